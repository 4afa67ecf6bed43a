"""An evidence pack: a unit's files of a year, an index, their hashes, a way to check them."""

import re
import zipfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import orjson

from sihao.core.stores import store
from sihao.core.stores.threads import in_thread
from sihao.exports.tables import Workbook
from sihao.imports.columns import Column, Sheet, Type

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_INDEX = Sheet(
    "材料清单",
    (
        Column("path", "文件", width=48),
        Column("title", "名称", width=32),
        Column("note", "说明", width=32),
        Column("covers_from", "起", Type.DATE),
        Column("covers_until", "止", Type.DATE),
        Column("media_type", "格式", width=20),
        Column("size", "字节", Type.INTEGER),
        Column("received_at", "收到时间", width=26),
        Column("late", "逾期", Type.BOOLEAN),
        Column("sha256", "SHA-256", width=68),
    ),
)
VERIFY = '''"""核对材料包：python3 verify.py（只用标准库）。全部相符时退出码为 0。"""

import hashlib
import pathlib
import sys

here = pathlib.Path(__file__).parent
bad = 0
for line in (here / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
    wanted, name = line.split("  ", 1)
    path = here / name
    if not path.is_file():
        bad += 1
        print(f"缺少 {name}")
        continue
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    if digest.hexdigest() != wanted:
        bad += 1
        print(f"不符 {name}")
print("全部相符" if not bad else f"{bad} 个文件不符")
sys.exit(bool(bad))
'''


async def write_pack(
    path: Path,
    head: dict[str, Any],
    files: Sequence[Any],
    report: Callable[[int, str], Awaitable[None]],
) -> None:
    """Write the pack file by file; memory stays flat whatever their size.

    Evidence is packed already as a rule, so nothing is compressed again.
    """
    told = [_tell(number, one) for number, one in enumerate(files, start=1)]
    index = path.with_name(f"{path.name}.index.xlsx")
    try:
        await in_thread(_write_index, index, told)
        with zipfile.ZipFile(path, "x", zipfile.ZIP_STORED) as pack:
            document = {**head, "files": told}
            pack.writestr("index.json", orjson.dumps(document, option=orjson.OPT_INDENT_2))
            await in_thread(pack.write, index, "index.xlsx")
            pack.writestr("verify.py", VERIFY)
            sums = "".join(f"{one['sha256']}  {one['path']}\n" for one in told)
            pack.writestr("SHA256SUMS", sums)
            for done, one in enumerate(told):
                entry = zipfile.ZipInfo(one["path"], (2020, 1, 1, 0, 0, 0))
                with pack.open(entry, "w", force_zip64=True) as packed:
                    async for piece in store().read(one["sha256"]):
                        await in_thread(packed.write, piece)
                await report(done + 1, "packing")
    finally:
        await in_thread(index.unlink, True)  # noqa: FBT003 - missing_ok, by position


def _tell(number: int, file: Any) -> dict[str, Any]:
    name = _UNSAFE.sub("_", file.file_name).strip(". ") or "文件"
    return {
        "path": f"files/{number:05}-{name}",
        "evidence_id": str(file.id),
        "file_id": str(file.file_id),
        "title": file.title,
        "note": file.note,
        "covers_from": file.covers_from and file.covers_from.isoformat(),
        "covers_until": file.covers_until and file.covers_until.isoformat(),
        "media_type": file.media_type,
        "size": file.size,
        "received_at": file.received_at.isoformat(),
        "late": file.late,
        "sha256": file.sha256,
    }


def _write_index(path: Path, told: Sequence[dict[str, Any]]) -> None:
    book = Workbook(path)
    rows = [[column.show(one[column.name]) for column in _INDEX.columns] for one in told]
    book.add(_INDEX, rows)
    book.close()
