"""Access tokens: short-lived ES256 JWTs that any replica verifies without memory."""

import secrets
import time
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jose import JWTError, jwk, jwt

from sihao.core.settings import settings

_ALGORITHM = "ES256"
_AUDIENCE = "sihao-api"
_TYPE = "at+jwt"
_REQUIRED = ("exp", "iat", "nbf", "iss", "aud", "sub", "jti")
_LONGEST = 8192
_LEEWAY = 5
_REMEMBERED = 2000


class Tokens:
    """Issues and reads tokens with one prepared key pair (a key object: PEM text costs 91 ms)."""

    def __init__(self, private_pem: str, issuer: str) -> None:
        key = serialization.load_pem_private_key(private_pem.encode(), None)
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self._private = jwk.construct(private_pem, _ALGORITHM)
        self._public = jwk.construct(public.decode(), _ALGORITHM)
        self._issuer = issuer
        self._verified = lru_cache(_REMEMBERED)(self._verify)

    def issue(self, subject: str, seconds: int, **claims: object) -> str:
        """Sign a token for `subject` that lives `seconds`."""
        now = int(time.time())
        own = {"iss": self._issuer, "aud": _AUDIENCE, "sub": subject, "iat": now, "nbf": now}
        own |= {"exp": now + seconds, "jti": secrets.token_urlsafe(12)}
        token: str = jwt.encode(
            {**claims, **own}, self._private, algorithm=_ALGORITHM, headers={"typ": _TYPE}
        )
        return token

    def read(self, token: str) -> Mapping[str, Any]:
        """Return the claims; raise `JWTError` for anything that is not ours and alive.

        A signature stays good for as long as the token lives, so it is verified once. Whether the
        session behind it goes on is asked of the database at every request.
        """
        claims = self._verified(token)
        if claims["exp"] + _LEEWAY < time.time():
            raise JWTError("expired")
        return claims

    def _verify(self, token: str) -> Mapping[str, Any]:
        """Verify everything that can be verified.

        python-jose ignores `crit` and treats `algorithms` as a substring when given a string, so
        the header is compared as a whole and the algorithm given as a list.
        """
        if len(token) > _LONGEST:
            raise JWTError("too long")
        header = jwt.get_unverified_header(token)
        if header != {"alg": _ALGORITHM, "typ": _TYPE}:
            raise JWTError("header")
        claims = jwt.decode(
            token,
            self._public,
            algorithms=[_ALGORITHM],
            audience=_AUDIENCE,
            issuer=self._issuer,
            options={**{f"require_{c}": True for c in _REQUIRED}, "leeway": _LEEWAY},
        )
        return MappingProxyType(claims)


def new_signing_key() -> str:
    """Make the PEM of a fresh P-256 key."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def signing_key_path() -> Path:
    """Say where `sihao init` keeps the key when the environment does not carry it."""
    return settings().data_dir / "signing-key.pem"


def signing_key() -> str:
    """Return the installation's key as PEM; raise `FileNotFoundError` when there is none yet."""
    given = settings().signing_key
    return given.get_secret_value() if given else signing_key_path().read_text()


@cache
def tokens() -> Tokens:
    """Return the process's token key; raise `FileNotFoundError` when there is none yet."""
    return Tokens(signing_key(), settings().issuer)
