"""A real S3 server (SeaweedFS) for tests, on free ports of the loopback, small in memory."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

ACCESS, SECRET, BUCKET = "sihao-test", "sihao-test-secret", "evidence"
_PORTS = ("master.port", "volume.port", "filer.port", "s3.port")
_PATIENCE = 60


class TakenError(Exception):
    """Somebody took a port between its choice and its use."""


@contextmanager
def object_store() -> Generator[str, None, None]:
    """Serve S3 for the length of the block; give the endpoint. Keys are `ACCESS` and `SECRET`."""
    with ExitStack() as serving:
        yield _started(serving, tries=3)


def _started(serving: ExitStack, tries: int) -> str:
    try:
        return serving.enter_context(_serve())
    except TakenError:
        if tries == 1:
            raise
        return _started(serving, tries - 1)


@contextmanager
def _serve() -> Generator[str, None, None]:
    with tempfile.TemporaryDirectory(prefix="sihao-s3-") as folder:
        credentials = Path(folder) / "s3.json"
        keys = [{"accessKey": ACCESS, "secretKey": SECRET}]
        actions = ["Admin", "Read", "Write", "List", "Tagging"]
        identity = {"name": "sihao", "credentials": keys, "actions": actions}
        credentials.write_text(json.dumps({"identities": [identity]}))
        ports = dict(
            zip((*_PORTS, *(f"{one}.grpc" for one in _PORTS)), _free_ports(8), strict=True)
        )
        command = [
            str(Path(sys.executable).parent / "weed"),
            "server",
            f"-dir={folder}",
            "-ip=127.0.0.1",
            "-ip.bind=127.0.0.1",
            "-s3",
            "-filer",
            f"-s3.config={credentials}",
            "-s3.port.iceberg=0",
            "-master.volumeSizeLimitMB=256",
            "-volume.max=20",
            *(f"-{name}={port}" for name, port in ports.items()),
        ]
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "GOMEMLIMIT": "300MiB", "GOMAXPROCS": "2"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            endpoint = f"http://127.0.0.1:{ports['s3.port']}"
            _wait(endpoint, process)
            yield endpoint
        finally:
            process.kill()
            process.wait()


def _free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def _wait(endpoint: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until a bucket can be made; it needs master, volume and filer to have met."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise TakenError
        try:
            if httpx.get(endpoint).status_code < 500:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise RuntimeError("the S3 server did not start")
