"""Templates to fill in: the columns of the import, choices to pick from, an example, notes."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from sihao.imports.columns import Column, Sheet, Type
from sihao.imports.reader import EXAMPLE, IGNORED_SHEETS

_NOTES, _CHOICES = IGNORED_SHEETS
_ROWS = 5000
"""Rows that are given lists and formats."""
_HEADS = ("工作表", "列", "必填", "格式", "说明", "示例")
_FORMATS = {
    Type.TEXT: "文字",
    Type.INTEGER: "整数",
    Type.DECIMAL: "数字",
    Type.DATE: "日期，如 2026-03-02",
    Type.BOOLEAN: "是或否",
    Type.CHOICE: "从列表中选",
    Type.NAMES: "文字，几项之间用顿号隔开",
}


def write_template(sheets: Sequence[Sheet]) -> bytes:
    """Write an empty workbook for these sheets."""
    import xlsxwriter  # noqa: PLC0415 - megabytes, rarely wanted

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        look = {
            "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF7"}),
            "must": book.add_format({"bold": True, "bottom": 1, "bg_color": "#FCE8E6"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "plain": book.add_format({"num_format": "@"}),
            "example": book.add_format({"italic": True, "font_color": "#808080"}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        lists = _Lists(book)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.title[:31]), sheet, look, lists)
        _write_notes(book.add_worksheet(_NOTES), sheets, look)
        lists.write()
    return out.getvalue()


class _Lists:
    """Choices stand on a hidden sheet: a list in a cell's own rule has at most 255 characters."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, ...], str] = {}

    def place(self, choices: Sequence[str]) -> str:
        """Tell the range of these choices."""
        key = tuple(choices)
        at = len(self._made)
        from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - as above

        name = xl_col_to_name(at)
        return self._made.setdefault(key, f"='{_CHOICES}'!${name}$1:${name}${len(key)}")

    def write(self) -> None:
        """Write the hidden sheet, if anything has choices."""
        if self._made:
            sheet = self._book.add_worksheet(_CHOICES)
            for at, choices in enumerate(self._made):
                sheet.write_column(0, at, choices)
            sheet.hide()


def _write_sheet(written: Any, sheet: Sheet, look: dict[str, Any], lists: _Lists) -> None:
    written.freeze_panes(1, 0)
    for at, column in enumerate(sheet.columns):
        shown = {Type.DATE: look["day"], Type.TEXT: look["plain"]}.get(column.type)
        written.set_column(at, at, column.width, shown)
        written.write_string(0, at, column.heading, look["must" if column.required else "head"])
        if rule := _rule(column, lists):
            written.data_validation(1, at, _ROWS, at, rule)
        written.write_string(1, at, example_of(column) if at else EXAMPLE, look["example"])


def _rule(column: Column, lists: _Lists) -> dict[str, Any] | None:
    told = {"error_title": column.heading, "error_message": "请按填写说明修改。"}
    if column.hint:
        told |= {"input_title": column.heading[:32], "input_message": column.hint[:250]}
    if column.type is Type.CHOICE:
        source = lists.place(tuple(column.choices.values()))
        return {"validate": "list", "source": source, **told}
    if column.type is Type.BOOLEAN:
        return {"validate": "list", "source": ["是", "否"], **told}
    if column.type is Type.INTEGER:
        return {"validate": "integer", "criteria": ">=", "value": 0, **told}
    return {"validate": "any", **told} if column.hint else None


def example_of(column: Column) -> str:
    """Give something that could stand in the column."""
    if column.example is not None:
        shown = column.show(column.example) if column.type is not Type.NAMES else column.example
        return str(shown)
    made = {Type.DATE: "2026-03-02", Type.INTEGER: "1", Type.DECIMAL: "1.5", Type.BOOLEAN: "是"}
    if column.type is Type.CHOICE:
        return next(iter(column.choices.values()), "")
    return made.get(column.type, "")


def _write_notes(written: Any, sheets: Sequence[Sheet], look: dict[str, Any]) -> None:
    for at, width in enumerate((22, 20, 6, 22, 50, 30)):
        written.set_column(at, at, width, look["wrapped"])
    general = (
        "红底的列必填。灰色的示例行导入时忽略，可以删去，也可以留着。",
        "带“外部编号”或“系统编号”的行再次导入时更新原有记录，没有变化的不会重写。",
        "不要改列名；不用的列可以删去。",
        *(note for sheet in sheets for note in sheet.notes),
    )
    for down, line in enumerate(dict.fromkeys(general)):
        written.write_string(down, 0, line)
    start = len(dict.fromkeys(general)) + 1
    written.write_row(start, 0, _HEADS, look["head"])
    rows = ((sheet, column) for sheet in sheets for column in sheet.columns)
    for down, (sheet, column) in enumerate(rows, start=start + 1):
        must, shape = "是" if column.required else "", _FORMATS[column.type]
        told = (sheet.title, column.heading, must, shape, column.hint, example_of(column))
        written.write_row(down, 0, told)
