"""One column map for the template, the export and the import (W2).

`show` turns a stored value into a cell and `read` turns a cell back; what `read` does not
understand it passes on as it is, so that the form's own validators say what is wrong with it.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

Cell = str | int | float | bool | date | None
"""What a sheet holds; on its way from the reading process a date is an ISO text."""

_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of Excel's calendar, as it counts from March 1900 on."""
_LAST_SERIAL = 2_958_465
_SEPARATORS = re.compile(r"[、,，;；\n]+")
_RISKY = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
"""What a spreadsheet would take for a formula, also after quotes of ours."""
_YES = frozenset({"是", "√", "✓", "有", "y", "yes", "true", "1"})
_NO = frozenset({"否", "×", "✗", "无", "n", "no", "false", "0"})


class Type(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    NAMES = "names"
    """Several short texts, with 、 between them."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `name` is the field, with dots into nested ones; `aliases` are other headings."""

    name: str
    heading: str
    type: Type = Type.TEXT
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    """Stored value → what people read."""
    hint: str = ""
    example: Cell = None
    aliases: tuple[str, ...] = ()
    shared: str = ""
    """The heading where rows of several kinds stand in one table."""
    width: int = 16

    @property
    def common(self) -> str:
        """The heading in a table of rows of several kinds."""
        return self.shared or self.heading

    def read(self, cell: Cell) -> Any:
        """Give the value in a cell, or the cell itself when it is none of this type."""
        return _READ[self.type](self, cell)

    def show(self, value: Any) -> Cell:
        """Give the cell that `read` turns back into this value."""
        if value is None:
            return None
        shown: Cell = _SHOW[self.type](self, value)
        return shown


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def neutralised(text: str) -> str:
    """Put a quote before what a spreadsheet would run."""
    return f"'{text}" if _RISKY.match(text) else text


def _plain(text: str) -> str:
    """Take the quote of `neutralised` away again."""
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text


def as_text(cell: Cell) -> str:
    """Give what a cell shows; Excel keeps every number as a float."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else _plain(str(cell))


def _read_text(_: Column, cell: Cell) -> Any:
    return as_text(cell)


def _read_integer(_: Column, cell: Cell) -> Any:
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    return cell.strip().replace(",", "") if isinstance(cell, str) else cell


def _read_decimal(_: Column, cell: Cell) -> Any:
    if isinstance(cell, float):
        return format(Decimal(repr(cell)).normalize(), "f")
    return cell.strip().replace(",", "") if isinstance(cell, str) else cell


def read_date(_: Column, cell: Cell) -> Any:
    """Read 2026-01-31, 2026/1/31, 2026年1月31日, 20260131 and Excel's serial numbers."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell):
        if 0 < cell <= _LAST_SERIAL and not re.fullmatch(r"(19|20)\d{6}", str(int(cell))):
            return _FIRST_DAY + timedelta(days=int(cell))
        cell = str(int(cell))
    if isinstance(cell, str):
        found = _DATE.fullmatch(cell.strip()) or _COMPACT.fullmatch(cell.strip())
        if found:
            year, month, day = map(int, found.groups())
            try:
                return date(year, month, day)
            except ValueError:
                return cell
    return cell


def _read_boolean(_: Column, cell: Cell) -> Any:
    said = as_text(cell).strip().lower()
    return True if said in _YES else False if said in _NO else cell


def _read_choice(column: Column, cell: Cell) -> Any:
    said = as_text(cell).strip()
    return next((value for value, label in column.choices.items() if said == label), said)


def _read_names(_: Column, cell: Cell) -> Any:
    return [part.strip() for part in _SEPARATORS.split(as_text(cell)) if part.strip()]


def _show_number(_: Column, value: Any) -> Cell:
    number = Decimal(str(value))
    return int(number) if number == number.to_integral_value() else float(number)


def _show_names(_: Column, value: Sequence[str]) -> Cell:
    return "、".join(value)


_READ = {
    Type.TEXT: _read_text,
    Type.INTEGER: _read_integer,
    Type.DECIMAL: _read_decimal,
    Type.DATE: read_date,
    Type.BOOLEAN: _read_boolean,
    Type.CHOICE: _read_choice,
    Type.NAMES: _read_names,
}
_SHOW: Mapping[Type, Any] = {
    Type.TEXT: lambda _, value: str(value),
    Type.INTEGER: _show_number,
    Type.DECIMAL: _show_number,
    Type.DATE: lambda _, value: date.fromisoformat(value) if isinstance(value, str) else value,
    Type.BOOLEAN: lambda _, value: "是" if value else "否",
    Type.CHOICE: lambda column, value: column.choices.get(str(value), str(value)),
    Type.NAMES: _show_names,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: its title, its columns, and what its notes say."""

    title: str
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()
