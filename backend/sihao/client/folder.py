"""What lies in a folder: its files, the items they show, their hashes, and what was sent of them.

Items come from an index (CSV or XLSX with the columns path, title, codes) or from folders called
like `A13` or `A13 班子会议`.
"""

import csv
import io
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any, TextIO

from python_calamine import CalamineError, CalamineWorkbook

from sihao.client.saying import CouldNot

STATE = ".sihao-upload.jsonl"
_FOLDER = re.compile(r"([A-Z]\d{1,2})(?![0-9A-Za-z])")
_CODE = re.compile(r"[A-Z]\d{1,2}")
_COLUMNS = {
    "path": ("path", "路径", "文件"),
    "title": ("title", "标题", "名称"),
    "codes": ("codes", "code", "item codes", "items", "条目", "条目编号"),
}


@dataclass(frozen=True)
class Found:
    """One file: where it lies, seen from the folder with `/` between, and what it shows."""

    path: str
    size: int
    modified: int
    codes: tuple[str, ...]
    title: str | None


def files_of(
    folder: Path, index: Path | None, state: Path | None = None
) -> tuple[list[Found], list[str]]:
    """List all files but hidden and empty ones; and the lines of the index that name none.

    Index and state are no evidence, wherever they lie.
    """
    own = {path.resolve() for path in (index, state) if path is not None}
    described = _read_index(index) if index else {}
    found = []
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        if path.resolve() in own:
            continue
        if (stat := path.stat()).st_size == 0:
            continue
        title, codes = described.pop(name, (None, ()))
        codes = codes or tuple(_codes_of_folders(name))
        found.append(Found(name, stat.st_size, stat.st_mtime_ns, codes, title))
    return found, sorted(described)


def _walk(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise CouldNot(f"没有文件夹 {folder}。", f"There is no folder {folder}.")
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path


def _codes_of_folders(name: str) -> list[str]:
    parts = name.split("/")[:-1]
    return list(dict.fromkeys(m[1] for part in parts if (m := _FOLDER.match(part))))


def _read_index(index: Path) -> dict[str, tuple[str | None, tuple[str, ...]]]:
    try:
        rows = _sheet(index) if index.suffix.lower() == ".xlsx" else _table(index)
    except (OSError, CalamineError, csv.Error, UnicodeDecodeError) as error:
        raise CouldNot(f"读不了索引 {index}：{error}", f"{index}: {error}") from error
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    at = {
        name: next((head.index(one) for one in spelt if one in head), None)
        for name, spelt in _COLUMNS.items()
    }
    if at["path"] is None:
        raise CouldNot(
            f"索引 {index} 的第一行须有列名：路径、标题、条目。",
            f"The first line of {index} names the columns path, title, codes.",
        )

    def cell(row: list[str], name: str) -> str:
        place = at[name]
        return row[place].strip() if place is not None and place < len(row) else ""

    described = {}
    for row in rows[1:]:
        if path := cell(row, "path").replace("\\", "/").removeprefix("./"):
            codes = tuple(dict.fromkeys(_CODE.findall(cell(row, "codes").upper())))
            described[path] = (cell(row, "title") or None, codes)
    return described


def _sheet(index: Path) -> list[list[str]]:
    rows = CalamineWorkbook.from_path(str(index)).get_sheet_by_index(0).to_python()
    return [[str(cell) for cell in row] for row in rows]


def _table(index: Path) -> list[list[str]]:
    content = index.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    return list(csv.reader(io.StringIO(text)))


class Journal:
    """A file beside the folder's files that remembers hashes and uploads; it is only added to."""

    def __init__(self, path: Path) -> None:
        self._path, self._writing = path, threading.Lock()
        self._hashes: dict[str, dict[str, Any]] = {}
        self._uploads: dict[str, str] = {}
        self.manifest: dict[str, str] = {}
        self._file: TextIO | None = None
        kept = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
        self._is_cut = bool(kept) and not kept.endswith("\n")
        for line in kept.splitlines():
            self._recall(line)

    def _recall(self, line: str) -> None:
        try:
            said = json.loads(line)
        except ValueError:  # the last line of a client that was killed
            return
        if "manifest_id" in said:
            self.manifest = said
        elif "upload" in said:
            self._uploads[said["file_id"]] = said["upload"]
        elif "sha256" in said:
            self._hashes[said["path"]] = said

    def hash_of(self, folder: Path, file: Found) -> str:
        """Hash a file, or remember its hash while size and time are the same."""
        known = self._hashes.get(file.path)
        if known and (known["size"], known["modified"]) == (file.size, file.modified):
            return str(known["sha256"])
        with (folder / file.path).open("rb") as opened:
            digest = file_digest(opened, "sha256").hexdigest()
        said = {"path": file.path, "size": file.size, "modified": file.modified}
        self._add({**said, "sha256": digest})
        return digest

    def upload_of(self, file_id: str) -> str | None:
        """Give the address of an upload that was begun."""
        return self._uploads.get(file_id)

    def note_upload(self, file_id: str, upload: str) -> None:
        """Remember an upload that begins."""
        self._uploads[file_id] = upload
        self._add({"file_id": file_id, "upload": upload})

    def note_manifest(self, manifest_id: str, content_hash: str, campaign_id: str) -> None:
        """Remember the manifest and what it said."""
        self.manifest = {
            "manifest_id": manifest_id,
            "content_hash": content_hash,
            "campaign_id": campaign_id,
        }
        self._add(self.manifest)

    def _add(self, said: dict[str, Any]) -> None:
        with self._writing:
            if self._file is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._path.open("a", encoding="utf-8")
                self._file.write("\n" if self._is_cut else "")
            self._file.write(f"{json.dumps(said, ensure_ascii=False)}\n")
            self._file.flush()

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
