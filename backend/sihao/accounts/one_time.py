"""One-time codes by RFC 6238: six digits, half a minute, one step early or late."""

import secrets
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from io import BytesIO
from uuid import UUID

from sihao.core.sealing import seal, unseal

STEP = 30
DIGITS = 6
RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that reads like something else."""
_GROUPS, _LETTERS_A_GROUP = 4, 4
"""79 bits: a plain hash is enough."""


def draw_secret() -> str:
    """Draw a secret of 160 bits in base32, as apps read it."""
    import pyotp  # only who sets codes up, or shows one, needs it

    return pyotp.random_base32()


def sealed(secret: str, person_id: UUID) -> str:
    """Make of somebody's secret what is stored."""
    return seal(secret, f"one-time codes {person_id}")


def opened(stored: str, person_id: UUID) -> str:
    """Read a stored secret; raise `InvalidTag` when the signing key has changed since."""
    return unseal(stored, f"one-time codes {person_id}")


def find_step(secret: str, code: str, now: datetime, after: int) -> int | None:
    """Say for which half minute a code is right, if for one later than `after`."""
    import pyotp

    codes = pyotp.TOTP(secret, digits=DIGITS, interval=STEP)
    present = int(now.timestamp()) // STEP
    for step in (present - 1, present, present + 1):
        if step > after and compare_digest(codes.at(step * STEP).encode(), code.encode()):
            return step
    return None


def address_for_apps(secret: str, account: str) -> str:
    """Give the `otpauth:` address that an app scans."""
    import pyotp

    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP).provisioning_uri(
        name=account, issuer_name="四好"
    )


def picture(address: str) -> str:
    """Draw an address as a QR code: an SVG document."""
    import segno

    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", scale=4, dark="#000", light="#fff", xmldecl=False, nl=False
    )
    return drawn.getvalue().decode()


def draw_recovery_codes() -> list[str]:
    """Draw codes for the day when the app is lost; each is good once."""
    return [
        "-".join(
            "".join(secrets.choice(_LETTERS) for _ in range(_LETTERS_A_GROUP))
            for _ in range(_GROUPS)
        )
        for _ in range(RECOVERY_CODES)
    ]


def digest(code: str) -> str:
    """Hash a recovery code as it is kept."""
    return sha256(code.strip().lower().encode()).hexdigest()
