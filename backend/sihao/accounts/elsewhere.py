"""Ask other systems that say who somebody is: bounded, without redirects, never for long."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sihao.core.errors import Problem, Unavailable
from sihao.core.settings import is_private, settings

if TYPE_CHECKING:
    import httpx

_PATIENCE = 10
"""Seconds for one answer."""
_LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom another system vouches for: the account's name here, and how it calls him.

    `proved_at` is the instant (seconds since 1970) at which he showed his proof there, if told.
    """

    name: str
    display_name: str
    proved_at: int | None = None


@asynccontextmanager
async def exchanges() -> AsyncGenerator["httpx.AsyncClient", None]:
    """Open the way to another system; what goes wrong on it is a problem a person can read."""
    import httpx  # only an installation with such a system needs it

    try:
        async with httpx.AsyncClient(timeout=_PATIENCE, follow_redirects=False) as http:
            yield http
    except httpx.HTTPError as error:
        raise unreachable(str(error) or type(error).__name__) from error


async def ask(
    http: "httpx.AsyncClient", method: str, url: str, **said: Any
) -> tuple[int, bytes, str]:
    """Send one request; give status, body and media type. Raises `Unavailable` for too much."""
    if not is_private(url):
        raise unreachable("its address is not https")
    async with http.stream(method, url, **said) as response:
        body = bytearray()
        async for part in response.aiter_bytes():
            body += part
            if len(body) > _LARGEST:
                raise unreachable("its answer is too large")
        media = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return response.status_code, bytes(body), media


def unreachable(why: str) -> Problem:
    """Make the problem of a provider that does not answer as it should."""
    zh = "统一身份认证平台没有应答，或应答有误，请稍后再试。"
    return Unavailable("auth.provider", zh, f"The identity provider does not answer: {why}.")


def return_address(page: str) -> str:
    """Give the one address that people come back to from elsewhere: a page of the front end."""
    return f"{settings().public_origin}/login/{page}"
