"""Hash and check passwords in a bounded pool: 26 ms of CPU each, never on the event loop."""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_POOL = ThreadPoolExecutor(2, thread_name_prefix="argon2")
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))
"""Checked when the name is unknown, so that the answer takes as long."""


def hash_now(password: str) -> str:
    """Hash on the spot; for the command line."""
    return _HASHER.hash(password)


async def hash_password(password: str) -> str:
    """Hash for storage."""
    return await asyncio.get_running_loop().run_in_executor(_POOL, _HASHER.hash, password)


async def is_password(stored: str | None, password: str) -> bool:
    """Tell whether `password` is right; None stands for an unknown name and is always wrong."""
    found = await asyncio.get_running_loop().run_in_executor(
        _POOL, _check, stored or _NOBODY, password
    )
    return found and stored is not None


def _check(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
