"""The demo: a city with a running year, on a database of its own, served by this process.

It never touches the database that the settings name.
"""

import asyncio
import gc
import logging
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from threading import Thread

import typer
import uvicorn

from sihao.cli import database, first_run, serving
from sihao.core import logs
from sihao.core.embedded import embedded
from sihao.core.settings import settings

PAGES = Path(__file__).parents[3] / "frontend" / "dist"
MARK = "demo-city"
"""The file that tells a demo's folder from any other and, by its text, a finished one."""
WORKER_SECONDS = 30
GRACE_SECONDS = 5
ACCOUNTS = (
    ("unit01.lead…unit96.lead", "各单位主要负责人"),
    ("unit01.deputy  unit01.office  unit01.member…", "分管负责人、办公室、班子成员"),
    ("officer  leader", "工委干部、工委领导"),
    ("inspector1…inspector10  coassessor", "检查组成员、并入考核主管部门"),
    ("leadership", "市领导"),
    ("receiver", "有关部门"),
    ("admin.system  admin.security  admin.audit", "系统、安全、审计管理员"),
)


def run(*, fresh: bool, reload: bool, numbers: Sequence[int] = ()) -> None:
    """Start everything, serve until stopped, stop everything; data is kept unless `fresh`.

    A new city has the units of these numbers, or all 96.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    logs.configure(logging.WARNING)
    gc.disable()  # what is imported lives as long as the process: looking through it is in vain
    port = int(os.environ.get("SIHAO_PORT", "8000"))
    refuse_taken(port)
    home = database.data_dir().absolute()
    if fresh:
        throw_away(home)
    with ExitStack() as stack:
        password = prepare(home, stack, numbers)
        typer.echo("· starting the pages")
        config = uvicorn.Config(
            serving.APP,
            host=settings().host,
            port=port,
            log_config=None,
            access_log=False,
            reload=reload,
            reload_dirs=[str(Path(__file__).parents[1])] if reload else None,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )

        def greet() -> None:
            gc.freeze()
            gc.enable()
            stack.enter_context(worker())
            typer.echo(introduction(f"http://127.0.0.1:{port}/", password))

        if reload:
            greet()
            server = uvicorn.Server(config)
            uvicorn.supervisors.ChangeReload(config, server.run, [config.bind_socket()]).run()
        else:
            _Greeting(config, greet).run()


class _Greeting(uvicorn.Server):
    """A server that does something once it can be reached: people wait for pages, not for jobs."""

    def __init__(self, config: uvicorn.Config, greet: Callable[[], None]) -> None:
        super().__init__(config)
        self._greet = greet

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening, then greet."""
        await super().startup(sockets)
        self._greet()


def prepare(home: Path, stack: ExitStack, numbers: Sequence[int] = ()) -> str:
    """Bring database, tables, key and city into being; answer the accounts' password."""
    mark = home / MARK
    if not mark.exists() or mark.read_text(encoding="utf-8") != "complete":
        throw_away(home)
        home.mkdir(parents=True, exist_ok=True)
        mark.write_text("begun", encoding="utf-8")
    typer.echo("· starting PostgreSQL")
    # The product is imported while the server starts.
    meanwhile = Thread(target=import_module, args=["sihao.slices"])
    meanwhile.start()
    database.use(stack.enter_context(embedded(home / "postgres")))
    meanwhile.join()
    os.environ["SIHAO_DATA_DIR"] = str(home)
    os.environ["SIHAO_SPA_DIR"] = str(PAGES)
    settings.cache_clear()
    first_run.ensure_signing_key()
    password = demo_password(home)
    typer.echo("· bringing the tables up to date")
    database.migrate()
    if mark.read_text(encoding="utf-8") != "complete":
        from sihao.demo.seed import seed  # noqa: PLC0415 - only the first start needs the city

        chosen = numbers or range(1, 97)
        units = f"{len(chosen)} units"
        typer.echo(f"· building the city: {units}, two finished years and the running one")
        asyncio.run(seed(password, lambda part: typer.echo(f"  {part}"), chosen))
        mark.write_text("complete", encoding="utf-8")
    return password


def throw_away(home: Path) -> None:
    """Remove the demo's data. Raises `typer.Exit` for a folder that is no demo's."""
    if home.exists() and any(home.iterdir()) and not (home / MARK).exists():
        typer.echo(f"{home} holds something that is not a demo; choose another folder", err=True)
        raise typer.Exit(1)
    shutil.rmtree(home, ignore_errors=True)


def demo_password(home: Path) -> str:
    """SIHAO_DEMO_PASSWORD, else the one drawn at the first start."""
    if given := os.environ.get("SIHAO_DEMO_PASSWORD"):
        return given
    kept = home / "demo-password"
    if not kept.exists():
        first_run.write_privately(kept, secrets.token_urlsafe(9))
    return kept.read_text(encoding="utf-8")


def refuse_taken(port: int) -> None:
    """Raise `typer.Exit` when somebody listens on the port already."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            text = f"port {port} is taken; stop what runs there or set SIHAO_PORT to another one"
            typer.echo(text, err=True)
            raise typer.Exit(1)


@contextmanager
def worker() -> Iterator[None]:
    """Run the worker beside for the length of a block; jobs that have begun are finished."""
    command = [sys.executable, "-m", "sihao", "worker", "--with-parent"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - our own program
    try:
        yield
    finally:
        process.terminate()
        try:
            process.communicate(timeout=WORKER_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def introduction(address: str, password: str) -> str:
    """Where it is and who may log in."""
    accounts = "\n".join(f"  {names:<48}{who}" for names, who in ACCOUNTS)
    return (
        f"\n四好 is at {address}\n\n{accounts}\n\n  password of all: {password}\n\nCtrl-C stops it."
    )
