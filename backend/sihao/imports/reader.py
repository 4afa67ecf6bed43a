"""A process of its own that reads a file somebody sent: `python -m sihao.imports.reader PATH KIND`.

It may take only so much memory and time; whatever it meets, the worker lives on. On its standard
output it writes JSON, each with its length before it: a sheet's headings, some hundred rows, the
end or the refusal. Rows carry their number as Excel shows it; blank ones are left out.
"""

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from sihao.core.confine import confine

MEMORY = 1536 * 1024 * 1024
SECONDS = 120
ROWS = 200_000
CELLS = 4_000_000
UNPACKED = 600 * 1024 * 1024
COLUMNS = 300
BATCH = 2000
CELL_CHARACTERS = 32_767
_CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,4})(\d{1,8})"|<c[ >]')
IGNORED_SHEETS = ("填写说明", "选项")
EXAMPLE = "示例行，导入时忽略"
"""What the first cell of a template's example says."""
_DELIMITERS = (",", "\t", ";", "，", "|")


class RefusedError(Exception):
    """The file cannot be taken; `code` and a Chinese sentence say why."""

    def __init__(self, code: str, zh: str) -> None:
        super().__init__(code)
        self.code, self.zh = code, zh


def read(path: Path, kind: str) -> Iterator[dict[str, Any]]:
    """Yield `{"sheet", "headings", "row"}` and `{"rows": [[number, [cells]], …]}` in order."""
    counted = 0
    for sheet, lines in _READERS[kind](path):
        headed = False
        batch: list[Any] = []
        for number, cells in lines:
            while cells and _blank(cells[-1]):
                cells.pop()
            if not cells or cells[0] == EXAMPLE:
                continue
            if len(cells) > COLUMNS:
                raise RefusedError("import.columns", f"列数过多，最多 {COLUMNS} 列。")
            if not headed:
                headings = [str(_plain(cell)).strip() for cell in cells]
                yield {"sheet": sheet, "headings": headings, "row": number}
                headed = True
                continue
            counted += 1
            if counted > ROWS:
                raise RefusedError("import.rows", f"一次最多导入 {ROWS} 行，请拆分文件。")
            batch.append([number, [_plain(cell) for cell in cells]])
            if len(batch) >= BATCH:
                yield {"rows": batch}
                batch = []
        if batch:
            yield {"rows": batch}


def _blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _plain(cell: object) -> object:
    if isinstance(cell, datetime):
        whole = cell.time() == time()
        return cell.date().isoformat() if whole else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell)
    if isinstance(cell, str) and len(cell) > CELL_CHARACTERS:
        raise RefusedError("import.cell", f"单元格内容过长，最多 {CELL_CHARACTERS} 个字。")
    return cell


Lines = Iterator[tuple[int, list[Any]]]


def _read_xlsx(path: Path) -> Iterator[tuple[str, Lines]]:
    _count_cells(path)
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - the API never reads one

    book = CalamineWorkbook.from_path(str(path))
    titles = [one for one in book.sheet_names if one not in IGNORED_SHEETS]
    if not titles:
        raise RefusedError("import.empty", "工作簿中没有可导入的工作表。")
    for title in titles:
        sheet = book.get_sheet_by_name(title)
        rows = sheet.iter_rows()
        start = sheet.start[0] + 1 if sheet.start else 1
        indent = sheet.start[1] if sheet.start else 0
        yield title, _numbered(rows, start, indent)


def _numbered(rows: Any, start: int, indent: int) -> Lines:
    for number, row in enumerate(rows, start=start):
        yield number, [*[None] * indent, *(None if cell == "" else cell for cell in row)]


def _count_cells(path: Path) -> None:
    """Count cells and the area they span while unpacking, before anything builds a table of them.

    A workbook of 400 KB can hold ten million cells; one cell in the last corner spans billions.
    """
    cells = unpacked = 0
    try:
        with zipfile.ZipFile(path) as archive:
            names = [one for one in archive.infolist() if one.filename.endswith((".xml", ".rels"))]
            if any("vbaProject" in one.filename for one in archive.infolist()):
                raise RefusedError("import.macros", "工作簿含有宏，请另存为不含宏的 XLSX 再导入。")
            for one in names:
                rows = columns = 0
                is_sheet = one.filename.startswith("xl/worksheets/")
                with archive.open(one) as stream:
                    for size, block in _blocks(stream):
                        unpacked += size
                        if unpacked > UNPACKED:
                            raise _too_many()
                        if is_sheet:
                            for letters, row in _CELL.findall(block):
                                cells += 1
                                if row:
                                    rows = max(rows, int(row))
                                    columns = max(columns, _column(letters))
                        if cells > CELLS or rows * columns > 4 * CELLS:
                            raise _too_many()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise RefusedError("import.unreadable", "不是有效的 XLSX 工作簿，无法读取。") from error


def _blocks(stream: Any) -> Iterator[tuple[int, bytes]]:
    """Read in pieces that end where a tag ends; tell how much was unpacked for each."""
    rest = b""
    while piece := stream.read(1 << 20):
        whole, bracket, rest_ = (rest + piece).rpartition(b">")
        yield len(piece), whole + bracket
        rest = rest_[-4096:]
    yield 0, rest


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_many() -> RefusedError:
    return RefusedError("import.cells", f"工作簿过大，最多 {CELLS // 10_000} 万个单元格。")


def _decoded(path: Path) -> tuple[str, BinaryIO]:
    """Tell how a text is written; UTF-8 comes before GB18030, which takes almost anything."""
    stream = path.open("rb")
    head = stream.read(4)
    stream.seek(0)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", stream
    try:
        for line in stream:
            line.decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding = "gb18030"
    else:
        encoding = "utf-8-sig"
    stream.seek(0)
    return encoding, stream


def _read_csv(path: Path) -> Iterator[tuple[str, Lines]]:
    yield "", _csv_lines(path)


def _csv_lines(path: Path) -> Lines:
    encoding, stream = _decoded(path)
    csv.field_size_limit(CELL_CHARACTERS * 4)
    try:
        with io.TextIOWrapper(stream, encoding, newline="") as text:
            outside = re.sub(r'"[^"]*"', "", text.readline())
            text.seek(0)
            delimiter = max(_DELIMITERS, key=outside.count)
            for number, row in enumerate(csv.reader(text, delimiter=delimiter, strict=True), 1):
                yield number, [*row]
    except UnicodeError as error:
        zh = "文件编码无法识别，请存为 UTF-8 或 GB18030（CSV）再导入。"
        raise RefusedError("import.encoding", zh) from error
    except csv.Error as error:
        zh = "不是有效的 CSV 文件，引号没有成对或者含有空字符。"
        raise RefusedError("import.unreadable", zh) from error


def _read_objects(path: Path, *, lines: bool) -> Iterator[tuple[str, Lines]]:
    rows: list[Any] = []
    try:
        if lines:
            with path.open("rb") as stream:
                for number, line in enumerate(stream, start=1):
                    if line.strip():
                        rows.append((number, orjson.loads(line)))
        else:
            told = orjson.loads(path.read_bytes())
            given = told.get("rows") if isinstance(told, dict) else told
            rows = list(enumerate(given if isinstance(given, list) else [None], start=1))
    except orjson.JSONDecodeError as error:
        raise RefusedError("import.unreadable", "不是有效的 JSON，无法读取。") from error
    flat = [(number, _flat(row)) for number, row in rows]
    names = list(dict.fromkeys(name for _, row in flat for name in row))
    yield "", iter([(0, names), *((n, [row.get(name) for name in names]) for n, row in flat)])


def _flat(row: object, prefix: str = "") -> dict[str, Any]:
    if not isinstance(row, dict):
        raise RefusedError("import.unreadable", "每一行须是一个 JSON 对象。")
    made: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            below = "" if name == "details" and not prefix else f"{prefix}{name}."
            made |= _flat(value, below)
        elif isinstance(value, list):
            made[prefix + name] = "、".join(map(str, value))
        else:
            made[prefix + name] = value
    return made


_READERS: dict[str, Any] = {
    "xlsx": _read_xlsx,
    "csv": _read_csv,
    "ndjson": lambda path: _read_objects(path, lines=True),
    "json": lambda path: _read_objects(path, lines=False),
}


def main() -> None:
    """Read the file named on the command line."""
    confine(MEMORY, SECONDS, written=0)
    out = sys.stdout.buffer

    def tell(part: dict[str, Any]) -> None:
        written = orjson.dumps(part)
        out.write(len(written).to_bytes(4, "big") + written)
        out.flush()

    try:
        for part in read(Path(sys.argv[1]), sys.argv[2]):
            tell(part)
        ended: dict[str, str] = {"end": "done"}
    except RefusedError as refused:
        ended = {"code": refused.code, "zh": refused.zh}
    except MemoryError:
        ended = {"code": "import.cells", "zh": _too_many().zh}
    except Exception as error:  # noqa: BLE001 - a hostile file breaks a parser in any way
        zh = "文件无法读取，请用 Excel 或 WPS 另存为 XLSX 再导入。"
        ended = {"code": "import.unreadable", "zh": zh, "why": type(error).__name__}
    tell(ended)


if __name__ == "__main__":
    main()
