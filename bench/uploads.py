"""`python -m bench.uploads`: resumable uploads beside a plain write with fsync and SHA-256.

Once at one go, once with a hundred cut connections. Prints times, what was sent again, and the
most memory that the server took; exit code 1 when that is more than allowed, or when a file
of one byte more than is taken is begun. `BENCH_BYTES=3221225472` is the largest file.
"""

import asyncio
import base64
import hashlib
import http.client
import json
import os
import secrets
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.place import PASSWORD, throw_away
from sihao.core.context import system_context
from sihao.core.db import engine
from sihao.core.settings import settings

SIZE = int(os.environ.get("BENCH_BYTES", str(500 * 1024 * 1024)))
CUTS = 100
MOST_IDLE, MOST_GROWTH = 150, 16
"""MiB that an API process may take before, and that uploads may add whatever their size."""
PIECE = 1024 * 1024
CHUNK = 5 * 1024 * 1024
"""What clients send in one PATCH where lines are bad."""
UNITS = (1, 2, 20, 33, 34, 36)
HEAD = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
TUS = {"Tus-Resumable": "1.0.0"}
STREAM = TUS | {"Content-Type": "application/offset+octet-stream"}
RESET = struct.pack("ii", 1, 0)
_block = secrets.token_bytes(PIECE)


class Server(NamedTuple):
    """Where the product answers, for whom."""

    port: int
    token: str

    def ask(
        self, method: str, path: str, headers: dict[str, str], body: object = None
    ) -> http.client.HTTPResponse:
        """Send one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        signed = headers | {"Authorization": f"Bearer {self.token}"}
        connection.request(method, path, body, signed)  # type: ignore[arg-type]  # any iterable
        answer = connection.getresponse()
        if answer.status >= http.client.BAD_REQUEST:
            code = answer.read() or answer.headers.items()
            raise RuntimeError(f"{method} {path}: {answer.status} {code!r}")
        return answer

    def begin(self, name: str, evidence: str, size: int = SIZE) -> str:
        """Begin an upload and give its address."""
        said = {"filename": name, "evidence_id": evidence}
        pairs = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in said.items())
        wanted = TUS | {"Upload-Length": str(size), "Upload-Metadata": pairs}
        address = self.ask("POST", "/api/v1/uploads", wanted).getheader("Location")
        return address or ""

    def refusal(self, size: int, evidence: str) -> str:
        """Tell with which problem a file of this size is not even begun; empty if it is."""
        try:
            self.begin("过大.mp4", evidence, size)
        except RuntimeError as refused:
            return "file.too_large" if "413 " in str(refused) else str(refused)
        return ""

    def offset(self, path: str) -> int:
        """Ask how far it is; wait while the cut connection still holds it."""
        while True:
            try:
                return int(self.ask("HEAD", path, TUS).getheader("Upload-Offset") or 0)
            except RuntimeError as refused:
                if "423" not in str(refused):
                    raise
                time.sleep(0.01)


def content(start: int) -> Iterator[bytes]:
    """The file's bytes from an offset on."""
    at = start
    while at < SIZE:
        piece = HEAD + _block[len(HEAD) :] if at < PIECE else _block
        part = piece[at % PIECE : min(PIECE, at % PIECE + SIZE - at)]
        yield part
        at += len(part)


def plain_write(folder: Path) -> float:
    """Write the same bytes, hash them, make them durable."""
    begun, digest = time.monotonic(), hashlib.sha256()
    with (folder / "plain").open("wb") as file:
        for part in content(0):
            digest.update(part)
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    return time.monotonic() - begun


def at_one_go(server: Server, evidence: str) -> float:
    """Upload in one PATCH."""
    begun, path = time.monotonic(), server.begin("会议录像.mp4", evidence)
    wanted = STREAM | {"Upload-Offset": "0", "Content-Length": str(SIZE)}
    server.ask("PATCH", path, wanted, content(0))
    return time.monotonic() - begun


def cut_again_and_again(server: Server, evidence: str) -> tuple[float, int, int]:
    """Upload over connections that break; give the time, what was sent again, the most per cut."""
    begun, path = time.monotonic(), server.begin("活动录像.mp4", evidence)
    resent = most = 0
    for _ in range(CUTS):
        start = server.offset(path)
        sent = send_and_cut(server, path, start, min(SIZE // (CUTS + 1), CHUNK * 9 // 10))
        lost = start + sent - server.offset(path)
        resent, most = resent + lost, max(most, lost)
    start = server.offset(path)
    wanted = STREAM | {"Upload-Offset": str(start), "Content-Length": str(SIZE - start)}
    server.ask("PATCH", path, wanted, content(start))
    return time.monotonic() - begun, resent, most


def send_and_cut(server: Server, path: str, start: int, size: int) -> int:
    """Send some bytes of a PATCH and break the connection hard; tell how many were sent."""
    head = "".join(
        f"{name}: {value}\r\n"
        for name, value in (
            *STREAM.items(),
            ("Host", "bench"),
            ("Authorization", f"Bearer {server.token}"),
            ("Upload-Offset", start),
            ("Content-Length", min(CHUNK, SIZE - start)),
        )
    )
    sent = 0
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        connection.sendall(f"PATCH {path} HTTP/1.1\r\n{head}\r\n".encode())
        for part in content(start):
            connection.sendall(part[: size - sent])
            sent += len(part[: size - sent])
            if sent == size:
                break
    return sent


async def seed() -> str:
    """Build a small city; give its running year."""
    from sihao.demo.seed import build

    async with system_context() as ctx:
        town = await build(ctx, PASSWORD, lambda _: None, UNITS)
        year = str(town.years[max(town.years)].campaign.id)
    await engine().dispose()
    return year


def measure(folder: Path, year: str, port: int, process: int) -> None:
    """Upload and print."""
    stranger = Server(port, "")
    json_type = {"Content-Type": "application/json"}
    body = json.dumps({"name": "unit20.office", "password": PASSWORD})
    told = stranger.ask("POST", "/api/v1/auth/login", json_type, body).read()
    server = Server(port, json.loads(told)["access_token"])
    piece = {"campaign_id": year, "title": "录像", "file_name": "会议录像.mp4", "not_secret": True}
    made = server.ask("POST", "/api/v1/evidence", json_type, json.dumps(piece)).read()
    evidence = json.loads(made)["id"]
    idle = forget_peak(process)
    plain = plain_write(folder)
    whole = at_one_go(server, evidence)
    cut, resent, most = cut_again_and_again(server, evidence)
    mega = 1024 * 1024
    print(f"{SIZE // mega} MiB")
    print(f"plain write, fsync, SHA-256  {plain:6.1f} s")
    print(f"uploaded at one go           {whole:6.1f} s   {plain / whole:.0%} of the plain write")
    print(f"uploaded with {CUTS} cuts      {cut:6.1f} s   {plain / cut:.0%}")
    print(f"sent again {resent / mega:.1f} MiB in all, at most {most / mega:.2f} MiB for one cut")
    most_taken = memory(process)
    print(f"memory of the server {idle} MiB before, {most_taken} MiB at most")
    limit = settings().max_upload_bytes
    code = server.refusal(limit + 1, evidence)
    print(f"{limit // mega} MiB and a byte: {code}")
    if idle > MOST_IDLE or most_taken - idle > MOST_GROWTH or code != "file.too_large":
        sys.exit(1)


def memory(process: int) -> int:
    """The most memory that a process has taken so far, in MiB."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(one.split()[1]) // 1024 for one in status.splitlines() if "VmHWM" in one)


def forget_peak(process: int) -> int:
    """Give the memory a process has just now, in MiB; the peak is counted from here on.

    The log-in is left out: hashing a password takes 64 MiB for a moment.
    """
    Path(f"/proc/{process}/clear_refs").write_text("5")
    return memory(process)


def main() -> None:
    """Serve the product in a throw-away place and measure it."""
    with throw_away(), socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        year = asyncio.run(seed())
        serve = ["-m", "uvicorn", "sihao.main:app", "--port", str(port), "--no-access-log"]
        process = subprocess.Popen([sys.executable, *serve, "--log-level", "error"])  # noqa: S603 - our own
        try:
            while socket.socket().connect_ex(("127.0.0.1", port)) != 0:
                time.sleep(0.1)
            measure(settings().data_dir, year, port, process.pid)
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
