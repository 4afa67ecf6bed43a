"""`sihao upload DIR`: promise all files first, then send those that are still to come."""

import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from sihao.client.connection import Connection
from sihao.client.folder import STATE, Found, Journal, files_of
from sihao.client.jobs import find_campaign
from sihao.client.saying import (
    OK,
    SOME_REFUSED,
    CouldNot,
    Refused,
    finish,
    say,
    shows_progress,
)
from sihao.client.tus import Sending

_RECEIVED = "evidence.receive.state"
"""What the server says of a file that it has by now."""
_LISTED = 50


@dataclass(frozen=True)
class Wanted:
    """How a folder is to be sent."""

    folder: Path
    index: Path | None
    campaign: str | None
    state: Path | None
    parallel: int
    piece: int
    not_secret: bool
    dry_run: bool
    as_json: bool


def run(connection: Connection, wanted: Wanted) -> None:
    """Send a folder; exit code 1 when a file was refused or the index names a missing one."""
    files, missing = files_of(wanted.folder, wanted.index, wanted.state)
    if not files:
        raise CouldNot(f"{wanted.folder} 里没有文件。", f"There are no files in {wanted.folder}.")
    journal = Journal(wanted.state or wanted.folder / STATE)
    try:
        if wanted.dry_run:
            _tell_plan(files, missing, as_json=wanted.as_json)
        if not wanted.not_secret:
            raise CouldNot(
                "须确认所传文件不含国家秘密：加上 --not-secret。",
                "Confirm with --not-secret that no file holds a state secret.",
            )
        lines = _lines(wanted, journal, files)
        manifest = _promise(connection, wanted, journal, lines)
        where = f"/evidence-manifests/{manifest['id']}"
        waiting = connection.pages(f"{where}/lines", state="waiting")
        refused = _send(connection, wanted, journal, waiting)
        _tell(connection.get(where), waiting, refused, missing, as_json=wanted.as_json)
    finally:
        journal.close()


def _lines(wanted: Wanted, journal: Journal, files: list[Found]) -> list[dict[str, Any]]:
    lines = []
    with _bytes(wanted) as progress:
        bar = progress.add_task(say("校验", "hashing"), total=sum(one.size for one in files))
        for one in files:
            line = {
                "path": one.path,
                "size": one.size,
                "sha256": journal.hash_of(wanted.folder, one),
                "codes": list(one.codes),
            }
            lines.append({**line, "title": one.title} if one.title else line)
            progress.advance(bar, one.size)
    return lines


def _promise(
    connection: Connection, wanted: Wanted, journal: Journal, lines: list[dict[str, Any]]
) -> dict[str, Any]:
    """Hand the manifest in, unless the one before says the same."""
    campaign_id = find_campaign(connection, wanted.campaign)
    digest = sha256()
    for one in sorted(lines, key=lambda line: str(line["path"])):
        codes = ",".join(one["codes"])
        digest.update(f"{one['sha256']}\t{one['size']}\t{one['path']}\t{codes}\n".encode())
    said = digest.hexdigest()
    known = journal.manifest
    if (known.get("content_hash"), known.get("campaign_id")) == (said, campaign_id):
        try:
            return connection.get(f"/evidence-manifests/{known['manifest_id']}")
        except Refused as refused:
            if refused.code != "evidence_manifest.unknown":
                raise
    body = {"campaign_id": campaign_id, "not_secret": True, "lines": lines}
    manifest = connection.post("/evidence-manifests", json=body)
    journal.note_manifest(manifest["id"], said, campaign_id)
    return manifest


def _send(
    connection: Connection, wanted: Wanted, journal: Journal, waiting: list[dict[str, Any]]
) -> list[dict[str, str]]:
    """Send some files at once; give those that were refused, with the reason."""
    refused: list[dict[str, str]] = []
    adding = threading.Lock()
    with _bytes(wanted) as progress:
        total = sum(int(one["size"]) for one in waiting)
        bar = progress.add_task(say("上传", "uploading"), total=total)

        def moved(count: int) -> None:
            progress.advance(bar, count)

        sending = Sending(connection, journal, wanted.piece, moved)

        def send(line: dict[str, Any]) -> None:
            try:
                sending.send(wanted.folder / str(line["path"]), line)
            except Refused as error:
                if error.code == _RECEIVED:
                    return
                if error.status in {401, 403}:
                    raise
                with adding:
                    refused.append(_refusal(line, error.code, str(error)))
            except OSError as error:
                with adding:
                    refused.append(_refusal(line, "file.unreadable", str(error)))

        with ThreadPoolExecutor(wanted.parallel) as pool:
            futures = [pool.submit(send, line) for line in waiting]
            try:
                for one in as_completed(futures):
                    one.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    return sorted(refused, key=lambda one: one["path"])


def _refusal(line: dict[str, Any], code: str, reason: str) -> dict[str, str]:
    return {"path": str(line["path"]), "code": code, "reason": reason}


def _tell_plan(files: list[Found], missing: list[str], *, as_json: bool) -> None:
    """Say what would be sent; nothing is."""
    without = [one.path for one in files if not one.codes]
    size = sum(one.size for one in files)
    result = {"files": len(files), "size": size, "without_codes": without, "missing": missing}
    lines = [
        say(f"将上传 {len(files)} 个文件，{size} 字节", f"{len(files)} files, {size} bytes"),
        *(say(f"! 没有条目：{one}", f"! no items: {one}") for one in without[:_LISTED]),
        *_missing(missing),
    ]
    finish(result, lines, SOME_REFUSED if missing else OK, as_json=as_json)


def _tell(
    manifest: dict[str, Any],
    waiting: list[dict[str, Any]],
    refused: list[dict[str, str]],
    missing: list[str],
    *,
    as_json: bool,
) -> None:
    sent = len(waiting) - len(refused)
    there = manifest["lines"] - len(waiting)
    number, lines_, at = manifest["number"], manifest["lines"], manifest["received_at"]
    lines = [
        say(f"清单 {number}，{lines_} 行，{at} 收到", f"{number}: {lines_} lines, {at}"),
        say(
            f"本次上传 {sent} 个，已有 {there} 个，被拒 {len(refused)} 个",
            f"{sent} sent, {there} there already, {len(refused)} refused",
        ),
        *(f"✗ {one['path']}：{one['reason']} [{one['code']}]" for one in refused),
        *_missing(missing),
    ]
    result = {"manifest": manifest, "sent": sent, "refused": refused, "missing": missing}
    code = SOME_REFUSED if refused or missing else OK
    finish(result, lines, code, as_json=as_json)


def _missing(missing: list[str]) -> list[str]:
    return [say(f"! 索引里的文件不存在：{one}", f"! not there: {one}") for one in missing]


def _bytes(wanted: Wanted) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=Console(stderr=True),
        disable=not shows_progress(as_json=wanted.as_json),
        transient=True,
    )
