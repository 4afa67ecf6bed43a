"""Mark wrong cells in the very workbook that was sent: formats, formulas, other sheets stay.

A wrong cell gets a red ground and a comment; the column 导入问题 says everything about its row.
What an earlier round marked and is right now is plain again.
"""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.dom.minidom import Element

from sihao.imports.checking import ERROR_HEADING
from sihao.imports.comments import Notes
from sihao.imports.package import Package, children, first, letters_of, make, number_of

_WIDTH = 48
_RED = "FFFFC8CE"
"""A red that nobody else uses, so that it is found again."""
_BEHIND = (
    *("legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts"),
    "extLst",
)
"""What comes behind the comments' drawing in a sheet."""


@dataclass(frozen=True, slots=True)
class Marks:
    """A sheet's headings, the row they stand in, and what is wrong by row and heading."""

    headings: Sequence[str]
    row: int
    wrong: Mapping[int, Mapping[str, str]]


def mark_in_place(source: Path, sheets: Mapping[str, Marks], target: Path) -> None:
    """Write the workbook again with its marks; raise `UnusualError` for one made in other ways."""
    with zipfile.ZipFile(source) as archive:
        package = Package(archive)
        styles = _Styles(package.root("xl/styles.xml"))
        for title, marks in sheets.items():
            part = package.sheet(title)
            _mark(package.root(part), styles, marks, Notes(package, part))
        package.save(target)


class _Styles:
    """The formats of cells; a red one is a copy of the clerk's with another ground."""

    def __init__(self, root: Element) -> None:
        self._formats, self._fills = first(root, "cellXfs"), first(root, "fills")
        self._made: dict[tuple[int, int], int] = {}
        reds = [
            at
            for at, one in enumerate(children(self._fills, "fill"))
            if _RED in one.toxml().upper()
        ]
        self._red = reds[0] if reds else self._add_red()

    def _add_red(self) -> int:
        fill = make(self._fills, "fill")
        pattern = make(self._fills, "patternFill", patternType="solid")
        pattern.appendChild(make(self._fills, "fgColor", rgb=_RED))
        pattern.appendChild(make(self._fills, "bgColor", indexed=64))
        fill.appendChild(pattern)
        return _append(self._fills, fill)

    def red(self, style: int) -> int:
        """Give the format like this one with a red ground."""
        return self._with_fill(style, self._red)

    def plain(self, style: int) -> int:
        """Give the format of a cell that is right: another one only where ours was."""
        known = children(self._formats, "xf")
        ours = style < len(known) and known[style].getAttribute("fillId") == str(self._red)
        return self._with_fill(style, 0) if ours else style

    def _with_fill(self, style: int, fill: int) -> int:
        if (style, fill) not in self._made:
            made = children(self._formats, "xf")[style].cloneNode(deep=True)
            assert made is not None  # noqa: S101 - elements can be copied
            made.setAttribute("fillId", str(fill))
            made.setAttribute("applyFill", "1")
            self._made[style, fill] = _append(self._formats, made)
        return self._made[style, fill]


def _append(parent: Element, child: Any) -> int:
    parent.appendChild(child)
    count = len(children(parent))
    parent.setAttribute("count", str(count))
    return count - 1


def _mark(root: Element, styles: _Styles, marks: Marks, notes: Notes) -> None:
    headings = [*marks.headings]
    if ERROR_HEADING not in headings:
        headings.append(ERROR_HEADING)
    told_at = headings.index(ERROR_HEADING)
    data = first(root, "sheetData")
    number = 0
    for row in children(data, "row"):
        number = int(row.getAttribute("r") or number + 1)
        if number < marks.row:
            continue
        line = _Line(row, number)
        if number == marks.row:
            if told_at not in line.cells:
                style = line.style(told_at - 1)
                line.say(told_at, ERROR_HEADING, style)
            continue
        for column in line.cells:
            line.restyle(column, styles.plain(line.style(column)))
        line.drop(told_at)
        if number in marks.wrong:
            _blame(line, marks.wrong[number], headings, styles, notes)
    for outdated in children(root, "dimension"):
        root.removeChild(outdated)
    _widen(root, data, told_at + 1)
    _draw(root, notes)


def _blame(
    line: "_Line", wrong: Mapping[str, str], headings: list[str], styles: _Styles, notes: Notes
) -> None:
    for heading, hint in wrong.items():
        if heading in headings:
            column = headings.index(heading)
            line.restyle(column, styles.red(line.style(column)))
            notes.add(line.number, column, hint)
    told_at = headings.index(ERROR_HEADING)
    told = "；".join(f"{c}：{h}" if c else h for c, h in wrong.items())
    line.say(told_at, told, styles.red(line.style(told_at)))


class _Line:
    """A row with its cells by column, from 0."""

    def __init__(self, row: Element, number: int) -> None:
        self._row, self.number = row, number
        self.cells: dict[int, Element] = {}
        column = -1
        for cell in children(row, "c"):
            said = cell.getAttribute("r")
            column = number_of(said) if said else column + 1
            self.cells[column] = cell
        if row.hasAttribute("spans"):
            row.removeAttribute("spans")

    def style(self, column: int) -> int:
        """Tell the format of a cell; of one that is not there, the row's."""
        cell = self.cells.get(column)
        return int((cell or self._row).getAttribute("s") or 0)

    def restyle(self, column: int, style: int) -> None:
        """Give a cell a format; add it where there is none."""
        if column not in self.cells:
            cell = make(self._row, "c", r=f"{letters_of(column)}{self.number}")
            behind = min((one for one in self.cells if one > column), default=None)
            self._row.insertBefore(cell, None if behind is None else self.cells[behind])
            self.cells[column] = cell
        if style or self.cells[column].hasAttribute("s"):
            self.cells[column].setAttribute("s", str(style))

    def say(self, column: int, text: str, style: int) -> None:
        """Write a text into a cell."""
        self.drop(column)
        self.restyle(column, style)
        cell = self.cells[column]
        cell.setAttribute("t", "inlineStr")
        inline = make(cell, "is")
        inline.appendChild(make(cell, "t", text))
        cell.appendChild(inline)

    def drop(self, column: int) -> None:
        """Take a cell away."""
        if column in self.cells:
            self._row.removeChild(self.cells.pop(column))


def _widen(root: Element, data: Element, place: int) -> None:
    known = children(root, "cols")
    cols = known[0] if known else make(root, "cols")
    if all(int(one.getAttribute("max")) < place for one in children(cols, "col")):
        cols.appendChild(make(root, "col", min=place, max=place, width=_WIDTH, customWidth=1))
    if not known:
        root.insertBefore(cols, data)


def _draw(root: Element, notes: Notes) -> None:
    """Name the drawing that Excel wants for comments, in its place."""
    ident = notes.write()
    if ident and not children(root, "legacyDrawing"):
        uri = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        drawing = make(root, "legacyDrawing", **{"xmlns:r": uri, "r:id": ident})
        behind = [one for name in _BEHIND for one in children(root, name)]
        root.insertBefore(drawing, behind[0] if behind else None)
