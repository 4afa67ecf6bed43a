"""What is wrong with a file: every place of it, counted by cause (W4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from sihao.core.errors import Invalid
from sihao.core.words import validation_sentence
from sihao.imports.columns import Cell, Column, as_text
from sihao.imports.schemas import Cause, RowError

KEPT = 5000
"""Errors that are kept one by one; all are counted."""
FIRST = 20
"""Rows shown of each cause."""
_SHOWN = 100
ERROR_HEADING = "导入问题"
"""The column that the corrected workbook adds; sent back it is ignored."""


class Errors:
    """Collects what is wrong, in any order."""

    def __init__(self) -> None:
        self._kept: list[RowError] = []
        self._causes: dict[tuple[str, str, str], Cause] = {}
        self._rows: set[tuple[str, int | None]] = set()

    def __bool__(self) -> bool:
        return bool(self._rows)

    @property
    def rows(self) -> int:
        """How many rows have at least one error."""
        return len(self._rows)

    def add(self, found: Iterable[RowError]) -> None:
        """Count errors; the first ones are kept."""
        for told in found:
            one = _storable(told)
            self._rows.add((one.sheet, one.row))
            key = (one.column, one.code, one.hint)
            cause = self._causes.get(key)
            if cause is None:
                cause = Cause(column=one.column, code=one.code, hint=one.hint, count=0, first=[])
                self._causes[key] = cause
            cause.count += 1
            if len(cause.first) < FIRST:
                cause.first.append(one)
            if len(self._kept) < KEPT:
                self._kept.append(one)

    @property
    def kept(self) -> list[RowError]:
        """The errors that are kept, in the order of the file."""
        return sorted(self._kept, key=lambda one: (one.sheet, one.row or 0))

    @property
    def causes(self) -> list[Cause]:
        """The causes, the most frequent first."""
        return sorted(self._causes.values(), key=lambda one: -one.count)[:200]


def _storable(one: RowError) -> RowError:
    """Show the one character that PostgreSQL keeps in no text as the one that stands for any."""
    texts = {name: value for name, value in one if isinstance(value, str) and "\0" in value}
    return one.model_copy(update={k: v.replace("\0", "\ufffd") for k, v in texts.items()})


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a file: where it is, and what it says under which heading."""

    sheet: str
    row: int
    layout: "Layout"
    cells: Sequence[Cell]

    def error(self, name: str, code: str, hint: str) -> RowError:
        """Say what is wrong with the cell of the field `name`."""
        at = self.layout.positions.get(name)
        cell = self.cells[at] if at is not None and at < len(self.cells) else None
        return RowError(
            row=self.row,
            sheet=self.sheet,
            column=self.layout.heading(name),
            code=code,
            value=as_text(cell)[:_SHOWN],
            hint=hint,
        )

    def complaint(self, name: str, found: Mapping[str, Any]) -> RowError:
        """Say what Pydantic found wrong with the field `name`, as the form would."""
        return self.error(name, str(found["type"]), validation_sentence(found))


@dataclass(frozen=True, slots=True)
class Layout:
    """Which field stands at which position of a sheet's rows."""

    headings: tuple[str, ...]
    columns: tuple[tuple[int, Column], ...]
    strays: tuple[int, ...] = ()
    """Positions of columns that rows of another kind have and these do not."""
    positions: Mapping[str, int] = field(default_factory=dict)
    named: Mapping[str, Column] = field(default_factory=dict)

    def heading(self, name: str) -> str:
        """Call a field as the file does, or as the template does when it lacks the column."""
        at = self.positions.get(name)
        if at is not None:
            return self.headings[at]
        return self.named[name].heading if name in self.named else ""


def lay_out(
    headings: Sequence[str], columns: Sequence[Column], others: Iterable[str] = ()
) -> Layout:
    """Find the columns of a sheet by heading, alias or field name.

    `others` are headings that belong to rows of other kinds. Raise `Invalid` for a heading that
    nobody knows, for one that is there twice, and for a column that is missing.
    """
    known: dict[str, Column] = {}
    for column in columns:
        for name in (*column.aliases, column.name):
            known.setdefault(name, column)
    known |= {column.heading: column for column in columns}
    known |= {column.shared: column for column in columns if column.shared}
    elsewhere = set(others)
    placed: dict[str, int] = {}
    strays = []
    for at, heading in enumerate(headings):
        if heading in known:
            column = known[heading]
            first = placed.setdefault(column.name, at)
            if first == at:
                continue
            if headings[first] == heading or not elsewhere:
                raise _columns(f"列“{heading}”重复，请只保留一列。")
            # “会议名称” is the title of one ledger and a detail of another: “名称” goes before it.
            placed[column.name] = at if heading == column.shared else first
            strays.append(first if heading == column.shared else at)
        elif heading in elsewhere:
            strays.append(at)
        elif heading and heading != ERROR_HEADING:
            near = get_close_matches(heading, [one.heading for one in columns], 1)
            meant = f"，是否应为“{near[0]}”" if near else ""
            raise _columns(f"不认识列“{heading[:40]}”{meant}。请对照模板修改列名或删去这一列。")
    missing = [one.heading for one in columns if one.required and one.name not in placed]
    if missing:
        raise _columns(f"缺少列“{'”“'.join(missing)}”，请对照模板补上。")
    named = {column.name: column for column in columns}
    found = tuple((at, named[name]) for name, at in placed.items())
    return Layout(tuple(headings), found, tuple(strays), placed, named)


def _columns(zh: str) -> Invalid:
    return Invalid("import.columns", zh, "The columns are not those of the template.")
