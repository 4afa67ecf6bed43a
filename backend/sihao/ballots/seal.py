"""Sealed papers (HPKE, RFC 9180): anybody's server can seal, only the key's holder can open."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from sihao.ballots.codes import KEY, draw, typed

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_UNFILLED = 255


@dataclass(frozen=True, slots=True)
class Paper:
    """A vote: its random number, and for each question the place of the grade chosen, or None."""

    group: str
    tag: str
    answers: tuple[int | None, ...]


def new_key() -> tuple[str, bytes]:
    """Draw a key: what people keep to open the urn, and the public half that seals."""
    key = draw(KEY)
    return key, public_half(key)


def public_half(key: str) -> bytes:
    """Give the public half of a key as somebody typed it."""
    return _private(key).public_key().public_bytes_raw()


def seal(public_key: bytes, ballot_id: UUID, paper: Paper) -> bytes:
    """Seal a paper. All papers of a ballot are equally long, no two look alike."""
    chosen = bytes(_UNFILLED if one is None else one for one in paper.answers)
    key = X25519PublicKey.from_public_bytes(public_key)
    return _SUITE.encrypt(paper.tag.encode() + chosen, key, _bound(ballot_id, paper.group))


def unseal(key: str, ballot_id: UUID, group: str, sealed: bytes, questions: int) -> Paper:
    """Open a paper. Raises `cryptography.exceptions.InvalidTag` for another key, ballot, group."""
    plain = _SUITE.decrypt(sealed, _private(key), _bound(ballot_id, group))
    tag, chosen = plain[:-questions], plain[-questions:]
    return Paper(group, tag.decode(), tuple(None if one == _UNFILLED else one for one in chosen))


def _private(key: str) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(sha256(f"urn {typed(key)}".encode()).digest())


def _bound(ballot_id: UUID, group: str) -> bytes:
    return f"sihao ballot {ballot_id} {group}".encode()
