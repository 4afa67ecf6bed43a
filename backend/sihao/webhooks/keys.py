"""Secrets and signatures after Standard Webhooks (https://www.standardwebhooks.com)."""

import base64
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from standardwebhooks.webhooks import Webhook as Hmac

from sihao.webhooks.models import Signature

_PRIVATE, _PUBLIC = "whsk_", "whpk_"


def draw(signature: Signature) -> tuple[str, str | None]:
    """Draw a secret, and the public key to it if it has one."""
    if signature is Signature.HMAC:
        return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode(), None
    key = Ed25519PrivateKey.generate()
    private, public = key.private_bytes_raw(), key.public_key().public_bytes_raw()
    return _PRIVATE + _text(private + public), _PUBLIC + _text(public)


def sign(secret: str, event_id: str, at: datetime, body: str) -> str:
    """Sign one sending; `at` is in UTC."""
    if not secret.startswith(_PRIVATE):
        return Hmac(secret).sign(event_id, at, body)
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(secret[len(_PRIVATE) :])[:32])
    return "v1a," + _text(key.sign(f"{event_id}.{int(at.timestamp())}.{body}".encode()))


def _text(given: bytes) -> str:
    return base64.b64encode(given).decode()
