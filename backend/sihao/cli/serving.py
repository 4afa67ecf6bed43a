"""The two processes of an installation: the API and the worker."""

import os
import signal
import sys
import threading

import uvicorn

from sihao.cli import database
from sihao.core import logs
from sihao.core.settings import settings

APP = "sihao.main:app"
GRACE_SECONDS = 20


def serve(workers: int) -> None:
    """Serve until stopped; requests that have begun are finished first."""
    logs.configure()
    with database.at_hand():
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
