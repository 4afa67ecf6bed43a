"""Secrets that must be read again: sealed by a key that the database never sees.

What only has to be recognised (passwords, tokens) is hashed instead. The key is derived from the
signing key: a dump of the database without it shows nothing. Who changes the signing key enters
these secrets anew.
"""

import base64
import secrets
from functools import cache

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sihao.core.tokens import signing_key

_NONCE = 12


def seal(secret: str, place: str) -> str:
    """Seal a secret for one place (`webhook <id>`): copied to another, it does not open."""
    nonce = secrets.token_bytes(_NONCE)
    sealed = nonce + _cipher().encrypt(nonce, secret.encode(), place.encode())
    return base64.b64encode(sealed).decode()


def unseal(sealed: str, place: str) -> str:
    """Open it. Raises `cryptography.exceptions.InvalidTag` for another place or another key."""
    given = base64.b64decode(sealed)
    return _cipher().decrypt(given[:_NONCE], given[_NONCE:], place.encode()).decode()


@cache
def _cipher() -> AESGCM:
    key = serialization.load_pem_private_key(signing_key().encode(), None).private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return AESGCM(HKDF(hashes.SHA256(), 32, None, b"sihao sealed secrets").derive(key))
