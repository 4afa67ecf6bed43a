"""What a self-report says of one item, picked out of the text about its dimension. Pure."""

import re
from collections.abc import Collection

_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]\d{1,3}(?![A-Za-z0-9])")
_SENTENCE = re.compile(r"[^。；！？]+(?:[。；！？]|$)(?:（[A-Z]\d{1,3}）)?")


def passages(text: str, code: str, codes: Collection[str]) -> list[str]:
    """Give what names the item by its code (A13), in the text's order.

    A paragraph that names no other item of `codes` speaks of it as a whole; of one that names
    several, the sentences that do.
    """
    found: list[str] = []
    for paragraph in text.splitlines():
        named = set(_CODE.findall(paragraph)) & set(codes)
        if named == {code}:
            found.append(paragraph.strip())
        elif code in named:
            found += [one.strip() for one in _SENTENCE.findall(paragraph) if _names(one, code)]
    return found


def _names(sentence: str, code: str) -> bool:
    return code in _CODE.findall(sentence)
