"""`sihao import KIND FILE`: send a file, wait for it, say what is wrong by cause."""

from pathlib import Path
from typing import Any

import httpx

from sihao.client.connection import Connection
from sihao.client.jobs import find_campaign, wait_for
from sihao.client.saying import COULD_NOT, OK, SOME_REFUSED, CouldNot, finish, say, shows_progress

_TYPES = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ndjson": "application/x-ndjson",
    ".jsonl": "application/x-ndjson",
    ".json": "application/json",
}
_OF_A_YEAR = frozenset({"ledger-entries", "measures", "co-assessment-results", "evidence-manifest"})
_RUNNING = frozenset({"received", "checking", "writing"})


def run(  # noqa: PLR0913 - the options of the command
    connection: Connection,
    kind: str,
    file: Path,
    *,
    campaign: str | None,
    dry_run: bool,
    mode: str,
    not_secret: bool,
    errors_out: Path | None,
    as_json: bool,
) -> None:
    """Import one file; exit code 1 when a row was refused."""
    media_type = _TYPES.get(file.suffix.lower())
    if media_type is None:
        known = "、".join(_TYPES)
        raise CouldNot(f"只能导入 {known} 文件。", f"Only {known} can be imported.")
    asked = {"kind": kind, "dry_run": str(dry_run).lower(), "mode": mode, "file_name": file.name}
    asked["not_secret"] = str(not_secret).lower()
    if campaign or kind in _OF_A_YEAR:
        asked["campaign_id"] = find_campaign(connection, campaign)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CouldNot(f"读不了 {file}：{error}", f"{file} cannot be read: {error}") from error
    headers = {"Content-Type": media_type}
    job = connection.post("/imports", params=asked, content=content, headers=headers)
    shown = shows_progress(as_json=as_json)
    job = wait_for(connection, f"/imports/{job['id']}", _RUNNING, file.name, shown=shown)
    if errors_out is not None and job["causes"]:
        marked: httpx.Response = connection.request("GET", f"/imports/{job['id']}/workbook")
        errors_out.write_bytes(marked.content)
    finish(job, _lines(job, errors_out), _code(job), as_json=as_json)


def _code(job: dict[str, Any]) -> int:
    if job["state"] == "failed":
        return COULD_NOT
    return SOME_REFUSED if job["causes"] or job["state"] == "refused" else OK


def _lines(job: dict[str, Any], errors_out: Path | None) -> list[str]:
    states = {
        "done": say("已导入", "imported"),
        "checked": say("检查通过（试导入，未写入）", "checked, nothing written"),
        "refused": say("没有导入", "not imported"),
        "failed": say("出错中断", "failed"),
    }
    counts = say(
        "共 {total} 行：新增 {created}，修改 {updated}，不变 {unchanged}，有误 {refused}",
        "{total} rows: {created} new, {updated} changed, {unchanged} unchanged, {refused} refused",
    )
    lines = [f"{job['file_name']}：{states.get(job['state'], job['state'])}", counts.format(**job)]
    if job["made_name"]:
        lines.append(f"→ {job['made_name']}")
    for cause in job["causes"]:
        rows = ", ".join(str(one["row"]) for one in cause["first"] if one["row"] is not None)
        where = f"{cause['column']}：" if cause["column"] else ""
        times = say(f"{cause['count']} 处", f"{cause['count']} times")
        lines.append(f"✗ {where}{cause['hint']} [{cause['code']}] {times}")
        if rows:
            lines.append(say(f"    行 {rows}", f"    rows {rows}"))
    if errors_out is not None and job["causes"]:
        lines.append(say(f"标出错误的文件：{errors_out}", f"marked workbook: {errors_out}"))
    return lines
