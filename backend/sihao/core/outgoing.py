"""The only way out: webhooks and portals send through here, to places the operator has named.

A target is looked up once; every address it has must be allowed; and the connection goes to the
address that was looked at, under the target's own name. So a name that changes its address between
look and connection (rebinding) gains nothing. Redirects are not followed, proxies of the
environment not used, certificates verified, answers read up to a limit.
"""

import asyncio
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from time import perf_counter
from typing import Any, cast

import httpx

from sihao.core.allowed import Address, AllowList, literal
from sihao.core.settings import settings
from sihao.core.targets import Target, refused, target_of

CONNECT_SECONDS = 5.0
ALL_SECONDS = 15.0
LARGEST_ANSWER = 64 * 1024
"""Bytes of an answer that are read; the rest is left unread."""

Lookup = Callable[[str, int], Awaitable[list[Address]]]
"""(host, port) -> the addresses it has; raises `OSError` when there are none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a target said; `text` is the beginning of its body."""

    status: int
    text: str
    seconds: float
    retry_after: str | None


class Outside:
    """An open way to one target: its address is settled, its connections are kept."""

    def __init__(self, client: httpx.AsyncClient, url: str) -> None:
        self._client, self._url = client, url

    async def send(self, method: str, **options: Any) -> Answer:
        """Send one request; `options` are httpx's: `content`, `headers`, `data`, `files`, `params`.

        Raises `httpx.HTTPError` when nobody answers, `TimeoutError` when it takes too long.
        """
        began = perf_counter()
        async with asyncio.timeout(ALL_SECONDS):
            async with self._client.stream(method, self._url, **options) as response:
                body = bytearray()
                async for part in response.aiter_raw(8192):
                    body += part
                    if len(body) >= LARGEST_ANSWER:
                        break
        return Answer(
            status=response.status_code,
            text=bytes(body[:LARGEST_ANSWER]).decode(errors="replace"),
            seconds=perf_counter() - began,
            retry_after=response.headers.get("retry-after"),
        )


class _Pinned(httpx.AsyncHTTPTransport):
    """Connects to the one address that was looked at; name and certificate stay the target's."""

    def __init__(self, target: Target, address: Address, connections: int) -> None:
        super().__init__(
            trust_env=False,
            limits=httpx.Limits(max_connections=connections, max_keepalive_connections=connections),
        )
        self._target, self._address = target, address

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send to the address; the `Host` header was made from the name before."""
        if (request.url.scheme, request.url.host.strip("[]")) != (
            self._target.scheme,
            self._target.host,
        ):
            raise refused(str(request.url.host))
        request.extensions["sni_hostname"] = self._target.host
        request.url = request.url.copy_with(host=str(self._address))
        return await super().handle_async_request(request)


async def look_up(host: str, port: int) -> list[Address]:
    """Ask the system's resolver, five seconds at most."""
    async with asyncio.timeout(CONNECT_SECONDS):
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ip_address(cast("str", one[4][0]).partition("%")[0]) for one in found]


@asynccontextmanager
async def outside(
    url: str, *, connections: int = 10, lookup: Lookup = look_up
) -> AsyncGenerator[Outside, None]:
    """Open the way to `url`.

    Raises `Invalid` (`outgoing.refused`, `outgoing.url`) for a target that is not allowed,
    `OSError` or `TimeoutError` when its name has no address just now.
    """
    target = target_of(url)
    numeric = literal(target.host)
    addresses = [numeric] if numeric else await lookup(target.host, target.port)
    allowed = AllowList(settings().outgoing_allow)
    if not addresses or not all(
        allowed.permits(target.scheme, target.host, one, target.port) for one in addresses
    ):
        raise refused(target.host)
    async with httpx.AsyncClient(
        transport=_Pinned(target, addresses[0], connections),
        timeout=httpx.Timeout(ALL_SECONDS, connect=CONNECT_SECONDS),
        follow_redirects=False,
        trust_env=False,
        headers={"User-Agent": "sihao"},
    ) as client:
        yield Outside(client, url)
