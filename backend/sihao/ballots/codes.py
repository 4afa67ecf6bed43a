"""Things people read off paper and type: voting codes, paper numbers, the key of the urn."""

import secrets

from sihao.core.canonical import digest

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""32 signs that are not taken for each other: no 0, O, 1, I."""
CODE, TAG, KEY = 16, 12, 24
"""Signs of a voting code (80 bits), of a paper's number (60 bits), of the urn's key (120 bits)."""
_GROUP = 4


def draw(signs: int) -> str:
    """Draw that many signs at random, in groups of four."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(signs))
    return "-".join(drawn[at : at + _GROUP] for at in range(0, signs, _GROUP))


def typed(text: str) -> str:
    """Read what somebody typed as it was drawn: case, spaces and hyphens do not matter."""
    signs = "".join(one for one in text.upper() if one.isalnum())
    return "-".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))


def code_hash(code: str) -> str:
    """Give what is stored of a code. It is random, so that its hash needs no salt."""
    return digest(f"ballot code {typed(code)}")
