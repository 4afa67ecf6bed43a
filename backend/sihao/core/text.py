"""Text people type: normalised to NFC, without control characters, never cut."""

import unicodedata
from typing import Annotated

from pydantic import BeforeValidator

_KEPT = {"\n", "\t"}
# Bidirectional overrides make a name read otherwise than it is stored.
_BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _clean(value: object, kept: set[str]) -> object:
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
    if any((unicodedata.category(c) in {"Cc", "Cs"} and c not in kept) or c in _BIDI for c in text):
        msg = "control_character"
        raise ValueError(msg)
    return text.strip()


def _line(value: object) -> object:
    return _clean(value, set())


def _prose(value: object) -> object:
    return _clean(value, _KEPT)


Line = Annotated[str, BeforeValidator(_line)]
"""One line: a title, a name. Give its bound with `Field(max_length=…)`."""

Prose = Annotated[str, BeforeValidator(_prose)]
"""Several lines: an opinion, a fact."""
