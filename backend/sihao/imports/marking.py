"""A process of its own that gives a file back with its wrong cells marked (W5).

`python -m sihao.imports.marking SOURCE FORMAT ERRORS TARGET`: a workbook is marked as it was sent.
Of any other file, and of a workbook with more than some 150,000 cells on a sheet, the same rows and
columns are written anew, plain. A wrong cell is red and has a comment; the column 导入问题 says
everything about its row. Sent back, that column is ignored.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
import xlsxwriter

from sihao.core.confine import confine
from sihao.imports.checking import ERROR_HEADING
from sihao.imports.inplace import Marks, mark_in_place
from sihao.imports.package import UnusualError
from sihao.imports.reader import MEMORY, SECONDS, RefusedError, read

MARKED = 512 * 1024 * 1024
"""Bytes of a file that is written, at most."""
_COMMENTS = 2000
Errors = Mapping[tuple[str, int], list[dict[str, Any]]]


def mark(source: Path, kind: str, errors: Errors, target: Path) -> None:
    """Write the workbook; raise `RefusedError` for what cannot be read."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "tmpdir": str(target.parent),
    }
    commented = 0
    with xlsxwriter.Workbook(str(target), options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        red = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
        sheet: Any = None
        name, headings, shown = "", [""], 0
        for part in read(source, kind):
            if "sheet" in part:
                name, headings = part["sheet"], [*part["headings"]]
                if ERROR_HEADING not in headings:
                    headings.append(ERROR_HEADING)
                sheet = book.add_worksheet((name or "数据")[:31])
                sheet.freeze_panes(1, 0)
                sheet.set_column(0, len(headings) - 1, 16)
                for at, heading in enumerate(headings):
                    sheet.write_string(0, at, heading, bold)
                shown = 0
                continue
            for number, cells in part["rows"]:
                shown = number - 1 if number > 1 else shown + 1
                wrong = {one["column"]: one["hint"] for one in errors.get((name, number), ())}
                for at, value in enumerate(cells[: len(headings)]):
                    bad = headings[at] in wrong
                    _write(sheet, shown, at, value, red if bad else None)
                _mark_empty(sheet, shown, len(cells), headings, wrong, red)
                for at, heading in enumerate(headings):
                    if heading in wrong and commented < _COMMENTS:
                        sheet.write_comment(shown, at, wrong[heading])
                        commented += 1
                if wrong:
                    told = "；".join(f"{c}：{h}" if c else h for c, h in wrong.items())
                    sheet.write_string(shown, headings.index(ERROR_HEADING), told, red)


def _mark_empty(
    sheet: Any, row: int, start: int, headings: list[str], wrong: Mapping[str, str], red: Any
) -> None:
    for at in range(start, len(headings)):
        if headings[at] in wrong:
            sheet.write_blank(row, at, None, red)


def _write(sheet: Any, row: int, at: int, value: Any, look: Any) -> None:
    if value is None:
        sheet.write_blank(row, at, None, look)
    elif isinstance(value, bool):
        sheet.write_boolean(row, at, value, look)
    elif isinstance(value, int | float):
        sheet.write_number(row, at, value, look)
    else:
        sheet.write_string(row, at, str(value), look)


def main() -> None:
    """Mark the file named on the command line; the exit code tells whether it could be read."""
    source, kind, told, target = map(Path, sys.argv[1:])
    confine(MEMORY, SECONDS, MARKED)
    errors: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for one in orjson.loads(told.read_bytes()):
        if one["row"] is not None:
            errors.setdefault((one["sheet"], one["row"]), []).append(one)
    try:
        if str(kind) != "xlsx" or not _marked_in_place(source, errors, target):
            mark(source, str(kind), errors, target)
    except RefusedError:
        sys.exit(1)


def _marked_in_place(source: Path, errors: Errors, target: Path) -> bool:
    """Mark the workbook as it was sent; tell whether it is one that this is done with."""
    wrong: dict[str, dict[int, dict[str, str]]] = {}
    for (sheet, row), found in errors.items():
        wrong.setdefault(sheet, {})[row] = {one["column"]: one["hint"] for one in found}
    sheets = {
        part["sheet"]: Marks(part["headings"], part["row"], wrong.get(part["sheet"], {}))
        for part in read(source, "xlsx")
        if "sheet" in part
    }
    try:
        mark_in_place(source, sheets, target)
    except UnusualError:
        return False
    return True


if __name__ == "__main__":
    main()
