"""`sihao export KIND`: have a list made into a file, wait, fetch it, compare its hash."""

import json
from hashlib import sha256
from pathlib import Path

from sihao.client.connection import Connection
from sihao.client.jobs import find_campaign, wait_for
from sihao.client.saying import OK, CouldNot, finish, say, shows_progress

_PACK = "evidence-pack"
_RUNNING = frozenset({"waiting", "running"})


def run(
    connection: Connection,
    kind: str,
    *,
    out: Path | None,
    form: str | None,
    campaign: str | None,
    filters: list[str],
    as_json: bool,
) -> None:
    """Export one list, by default into a file of its own name in the present folder."""
    asked = dict(_filter(one) for one in filters)
    if campaign or kind == _PACK:
        asked["campaign_id"] = find_campaign(connection, campaign)
    form = form or ("zip" if kind == _PACK else (out.suffix[1:].lower() if out else "")) or "xlsx"
    body = {"kind": kind, "format": form, "filters": asked}
    job = connection.post("/exports", json=body)
    path = f"/exports/{job['id']}"
    job = wait_for(connection, path, _RUNNING, kind, shown=shows_progress(as_json=as_json))
    if job["state"] != "done":
        raise CouldNot("导出没有完成，请稍后再试。", "The export failed; try again later.")
    target = out or Path(Path(job["file_name"]).name)
    _fetch(connection, path, target, job["sha256"])
    lines = [say(f"{target}：{job['rows']} 行", f"{target}: {job['rows']} rows")]
    lines += [f"! {one}" for one in job["left_out"]]
    finish({**job, "path": str(target)}, lines, OK, as_json=as_json)


def _filter(given: str) -> tuple[str, object]:
    """Take `name=value` apart; true, false and numbers are what they look like."""
    name, equals, value = given.partition("=")
    if not equals:
        raise CouldNot(f"筛选条件须写成 名称=值：{given}", f"A filter is name=value: {given}")
    try:
        plain = json.loads(value)
    except ValueError:
        plain = value
    return name, plain if isinstance(plain, bool | int) else value


def _fetch(connection: Connection, path: str, target: Path, expected: str) -> None:
    """Write the file whole or not at all."""
    ticket = connection.post(f"{path}/ticket")
    part = target.with_name(f".{target.name}.part")
    digest = sha256()
    try:
        with part.open("wb") as file:

            def write(chunk: bytes) -> None:
                digest.update(chunk)
                file.write(chunk)

            connection.download(ticket["url"], write)
        if digest.hexdigest() != expected:
            raise CouldNot("收到的文件与校验值不一致，请重试。", "The file differs from its hash.")
        part.replace(target)
    except OSError as error:
        raise CouldNot(f"写不了 {target}：{error}", f"{target}: {error}") from error
    finally:
        part.unlink(missing_ok=True)
