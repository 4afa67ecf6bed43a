"""How the client proves who it is: by the environment, else by a file only its owner may read."""

import json
import os
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sihao.client.saying import CouldNot

OTHERS = 0o077


@dataclass(frozen=True)
class Credentials:
    """A place and a way in: a token as it is, a service account, or somebody's log-in."""

    url: str
    token: str = ""
    expires_at: float = 0.0
    """Seconds since 1970; 0 where nobody knows."""
    refresh_token: str = ""
    client_id: str = ""
    client_secret: str = ""


def place() -> Path:
    """Where `sihao login` keeps credentials."""
    home = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(home).expanduser() / "sihao" / "credentials.json"


def read() -> Credentials:
    """Read them from the environment or the file; raise `CouldNot` when there are none."""
    given = from_environment()
    if given is not None:
        return given
    path = place()
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        found = Credentials(**stored)
    except FileNotFoundError:
        raise CouldNot(
            "还没有登录：请先执行 sihao login，或设置 SIHAO_URL 等环境变量。",
            "Not logged in: run `sihao login`, or set SIHAO_URL and the others.",
        ) from None
    except (ValueError, TypeError) as error:
        raise CouldNot(f"凭证文件 {path} 已损坏，请重新登录。", f"{path} is damaged.") from error
    if sys.platform != "win32" and path.stat().st_mode & OTHERS:
        raise CouldNot(
            f"凭证文件 {path} 能被其他人读取，请先执行 chmod 600。",
            f"Others can read {path}: chmod 600 it first.",
        )
    if url := os.environ.get("SIHAO_URL"):
        found = replace(found, url=url)
    return found


def from_environment() -> Credentials | None:
    """Read `SIHAO_URL` with `SIHAO_TOKEN`, or with `SIHAO_CLIENT_ID` and `SIHAO_CLIENT_SECRET`."""
    url = os.environ.get("SIHAO_URL", "")
    token = os.environ.get("SIHAO_TOKEN", "")
    client_id = os.environ.get("SIHAO_CLIENT_ID", "")
    secret = os.environ.get("SIHAO_CLIENT_SECRET", "")
    if not token and not (client_id and secret):
        return None
    if not url:
        raise CouldNot("请设置 SIHAO_URL。", "Set SIHAO_URL.")
    return Credentials(url, token=token, client_id=client_id, client_secret=secret)


def write(credentials: Credentials) -> None:
    """Write the file whole or not at all; nobody else could read it at any moment."""
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=path.parent)  # mode 600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(credentials), file)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
