"""A unit's archive of a year as one ZIP: every file under its hash, with a way to check them."""

import csv
import hashlib
import html
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from sihao.core.stores import store
from sihao.core.stores.threads import in_thread
from sihao.exports.pack import VERIFY
from sihao.exports.tables import Workbook
from sihao.imports.columns import Cell, Sheet

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_HEADINGS = ("文件", "类别", "名称", "字节", "SHA-256")
_WHEN = (2020, 1, 1, 0, 0, 0)
"""Every entry's time: the same content makes the same archive."""


Sheets = dict[str, tuple[Sheet, list[list[Cell]]]]
"""A list's sheets with their rows, by title."""


class Archive:
    """A ZIP that is being written; memory stays flat, for evidence is copied piece by piece.

    Evidence and PDF are packed already as a rule, so nothing is compressed again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._zip = zipfile.ZipFile(path, "x", zipfile.ZIP_STORED)
        self._lines: list[tuple[str, str, str, int, str]] = []

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    async def add(self, path: str, group: str, title: str, data: bytes) -> None:
        """Put a small file in."""
        self._note(path, group, title, len(data), hashlib.sha256(data).hexdigest())
        await in_thread(self._zip.writestr, zipfile.ZipInfo(path, _WHEN), data)

    async def add_stored(self, path: str, group: str, title: str, sha256: str) -> None:
        """Put a file of the store in; its hash is counted on the way, not believed."""
        counted, size = hashlib.sha256(), 0
        with self._zip.open(zipfile.ZipInfo(path, _WHEN), "w", force_zip64=True) as packed:
            async for piece in store().read(sha256):
                counted.update(piece)
                size += len(piece)
                await in_thread(packed.write, piece)
        self._note(path, group, title, size, counted.hexdigest())

    async def add_list(self, name: str, title: str, sheets: Sheets) -> int:
        """Put a list in twice: as JSON by its headings, and as a workbook; tell its rows."""
        told = [
            {column.heading: _plain(cell) for column, cell in zip(sheet.columns, row, strict=True)}
            for sheet, rows in sheets.values()
            for row in rows
        ]
        text = orjson.dumps(told, option=orjson.OPT_INDENT_2)
        await self.add(f"data/{name}.json", "数据", title, text)
        book = await in_thread(self._write_book, sheets)
        await self.add(f"data/{name}.xlsx", "数据", title, book)
        return len(told)

    def _write_book(self, sheets: Sheets) -> bytes:
        path = self._path.with_name(f"{self._path.name}.list.xlsx")
        try:
            book = Workbook(path)
            for sheet, rows in sheets.values():
                book.add(sheet, rows)
            book.close()
            return path.read_bytes()
        finally:
            path.unlink(missing_ok=True)

    def _note(self, path: str, group: str, title: str, size: int, sha256: str) -> None:
        self._lines.append((path, group, title, size, sha256))

    @property
    def files(self) -> int:
        """How many files are in it so far."""
        return len(self._lines)

    async def finish(self, head: dict[str, Any]) -> None:
        """Add what tells of the rest: two indexes, the program that checks, and all hashes."""
        lines = list(self._lines)
        about = {**head, "files": [dict(zip(_HEADINGS, one, strict=True)) for one in lines]}
        text = orjson.dumps(about, option=orjson.OPT_INDENT_2)
        await self.add("index.json", "目录", "目录", text)
        await self.add("index.html", "目录", "目录", _page(head, lines).encode())
        await self.add("index.csv", "目录", "目录", _csv(lines).encode("utf-8-sig"))
        await self.add("verify.py", "目录", "核对程序", VERIFY.encode())
        sums = "".join(f"{one[4]}  {one[0]}\n" for one in self._lines)
        await in_thread(self._zip.writestr, zipfile.ZipInfo("SHA256SUMS", _WHEN), sums)


def safe(name: str) -> str:
    """Make a name good for every file system."""
    return _UNSAFE.sub("_", name).strip(". ")[:120] or "文件"


def _plain(cell: Cell) -> Any:
    return cell if cell is None or isinstance(cell, str | int | float) else str(cell)


def _csv(lines: Sequence[tuple[str, str, str, int, str]]) -> str:
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(_HEADINGS)
    table.writerows(lines)
    return written.getvalue()


def _page(head: dict[str, Any], lines: Sequence[tuple[str, str, str, int, str]]) -> str:
    title = html.escape(f"{head['unit']} {head['year']} 年度档案")
    heads = "".join(f"<th>{one}</th>" for one in _HEADINGS)
    rows = "".join(
        f'<tr><td><a href="{html.escape(path)}">{html.escape(path)}</a></td>'
        f"<td>{html.escape(group)}</td><td>{html.escape(name)}</td><td>{size}</td>"
        f"<td><code>{sha256}</code></td></tr>"
        for path, group, name, size, sha256 in lines
    )
    left = "".join(f"<li>{html.escape(one)}</li>" for one in head["left_out"])
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title}</h1><p>生成时间：{html.escape(str(head['made_at']))}。"
        "核对方法：在本文件夹中运行 <code>python3 verify.py</code>。</p>"
        f"<h2>不在其中</h2><ul>{left}</ul>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></html>"
    )
