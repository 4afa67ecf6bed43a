"""The two processes of an installation: the API and the worker."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import uvicorn

from sihao.cli import database
from sihao.core import logs
from sihao.core.settings import settings

APP = "sihao.main:app"
GRACE_SECONDS = 20
SHARED_FIGURES = "PROMETHEUS_MULTIPROC_DIR"
"""Read by the library when it is imported, so it is named here and not taken from there."""


def serve(workers: int) -> None:
    """Serve until stopped; requests that have begun are finished first."""
    logs.configure()
    with database.at_hand(), figures_of(workers):
        uvicorn.run(
            APP,
            host=settings().host,
            port=settings().port,
            workers=workers,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )


@contextmanager
def figures_of(workers: int) -> Iterator[None]:
    """Several processes get a folder where they add their figures up; see `core/metrics.py`."""
    if workers == 1 or SHARED_FIGURES in os.environ:
        yield
        return
    with TemporaryDirectory(prefix="sihao-metrics-") as folder:
        os.environ[SHARED_FIGURES] = folder
        yield


def work(*, with_parent: bool) -> None:
    """Run jobs until stopped, or with `with_parent` until standard input ends."""
    from sihao.worker import main  # noqa: PLC0415 - it reads the settings, which come first

    logs.configure()
    if with_parent:
        threading.Thread(target=stop_with_parent, daemon=True).start()
    with database.at_hand():
        main()


def stop_with_parent() -> None:
    """Stop as by SIGTERM when whoever holds the other end of standard input is gone."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
