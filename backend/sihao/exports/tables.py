"""Write rows as a workbook or as CSV, batch by batch, so that memory stays flat."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from sihao.imports.columns import Cell, Column, Sheet, neutralised

_BOM = "\ufeff"
_ROWS_OF_A_SHEET = 1_048_575


class Table(Protocol):
    """A file that is being written."""

    def add(self, sheet: Sheet, rows: Sequence[Sequence[Cell]]) -> None:
        """Write rows at the end of a sheet; its headings come by themselves."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...


class Workbook:
    """XLSX: every text is written as text, never as a formula or a link."""

    def __init__(self, path: Path) -> None:
        import xlsxwriter  # noqa: PLC0415 - megabytes that the API does not need

        options = {"constant_memory": True, "tmpdir": str(path.parent)}
        self._book = xlsxwriter.Workbook(str(path), options)
        self._bold = self._book.add_format({"bold": True, "bottom": 1})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._sheets: dict[str, list[Any]] = {}

    def add(self, sheet: Sheet, rows: Sequence[Sequence[Cell]]) -> None:
        """Write rows; a sheet that is full goes on in another one."""
        for row in rows:
            written, at = self._place(sheet)
            for column, value in enumerate(row):
                self._write(written, at, column, value)
            self._sheets[sheet.title][1] = at + 1

    def _place(self, sheet: Sheet) -> tuple[Any, int]:
        known = self._sheets.get(sheet.title)
        if known is None or known[1] > _ROWS_OF_A_SHEET:
            number = known[2] + 1 if known else 1
            title = sheet.title if number == 1 else f"{sheet.title[:27]}-{number}"
            known = self._sheets[sheet.title] = [self._begin(title, sheet.columns), 1, number]
        return known[0], known[1]

    def _begin(self, title: str, columns: Sequence[Column]) -> Any:
        written = self._book.add_worksheet(title[:31])
        written.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            written.set_column(at, at, column.width)
            written.write_string(0, at, column.heading, self._bold)
        return written

    def _write(self, written: Any, row: int, column: int, value: Cell) -> None:
        if isinstance(value, bool) or value is None:
            return
        if isinstance(value, date):
            written.write_datetime(row, column, value, self._day)
        elif isinstance(value, int | float):
            written.write_number(row, column, value)
        else:
            written.write_string(row, column, neutralised(value))

    def close(self) -> None:
        """Finish the workbook; one without rows has an empty sheet."""
        self._book.close()


class CsvFile:
    """UTF-8 with the mark that Excel wants; one table, whatever the sheets."""

    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._file.write(_BOM)
        self._rows = csv.writer(self._file)
        self._rows.writerow(headings)
        self._headings = tuple(headings)

    def add(self, sheet: Sheet, rows: Sequence[Sequence[Cell]]) -> None:
        """Write rows under the headings that they have in common."""
        places = [self._headings.index(column.common) for column in sheet.columns]
        for row in rows:
            line: list[object] = [""] * len(self._headings)
            for at, value in zip(places, row, strict=True):
                line[at] = neutralised(value) if isinstance(value, str) else _text(value)
            self._rows.writerow(line)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def _text(value: Cell) -> object:
    return "" if value is None else value.isoformat() if isinstance(value, date) else value
