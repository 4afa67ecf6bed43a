"""One way to write a value as JSON, so that equal values have equal bytes and hashes."""

import json
from hashlib import sha256
from typing import Any


def canonical(value: Any) -> str:
    """Write JSON with sorted keys and nothing optional; decimals, dates and ids become strings."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def digest(text: str) -> str:
    """Give the SHA-256 of a canonical text, in hex."""
    return sha256(text.encode()).hexdigest()
