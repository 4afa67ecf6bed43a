"""A client that costs next to nothing, so that it is the servers which are measured."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

CPU = "/cpu"
REQUESTS, AT_ONCE, ROUNDS, WARM_UP = 400, 8, 3, 40
_OK = (b"HTTP/1.1 200", b"HTTP/1.1 201")


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server listens."""

    port: int

    def get(self, path: str, token: str) -> bytes:
        """Write a GET."""
        return self._head("GET", path, token) + b"\r\n"

    def post(self, path: str, token: str, body: object) -> bytes:
        """Write a POST with a key of its own."""
        sent = json.dumps(body).encode()
        more = f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n"
        more += f"Idempotency-Key: {uuid4()}\r\n\r\n"
        return self._head("POST", path, token) + more.encode() + sent

    def _head(self, method: str, path: str, token: str) -> bytes:
        lines = (f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}")
        return "\r\n".join((*lines, f"Authorization: Bearer {token}", "")).encode()

    async def answers(self, requests: list[bytes]) -> bytes:
        """Send the requests one after another over one connection; give the last answer's body."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = b""
        for request in requests:
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            body = await reader.readexactly(length)
            if not head.upper().startswith(_OK):
                message = f"{head.decode()}{body.decode()}"
                raise RuntimeError(message)
        writer.close()
        await writer.wait_closed()
        return body


@dataclass(slots=True)
class Measured:
    """The best round of a server; CPU is its own process alone, in milliseconds a request."""

    rate: float = 0
    cpu: float = field(default=float("inf"))


async def compare(
    product: Server, floor: Server, request: Callable[[Server], bytes]
) -> tuple[Measured, Measured]:
    """Measure both in turns, several rounds each, so that a busy moment hits neither alone."""
    results = {product: Measured(), floor: Measured()}
    for server in results:
        await server.answers([request(server) for _ in range(WARM_UP)])
    for _ in range(ROUNDS):
        for server, best in results.items():
            await _round(server, best, request)
    return results[product], results[floor]


async def _round(server: Server, best: Measured, request: Callable[[Server], bytes]) -> None:
    each = [[request(server) for _ in range(REQUESTS // AT_ONCE)] for _ in range(AT_ONCE)]
    ask = [server.get(CPU, "")]
    before, began = float(await server.answers(ask)), time.perf_counter()
    await asyncio.gather(*map(server.answers, each))
    seconds = time.perf_counter() - began
    used = float(await server.answers(ask)) - before
    best.rate = max(best.rate, REQUESTS / seconds)
    best.cpu = min(best.cpu, used / REQUESTS * 1000)
