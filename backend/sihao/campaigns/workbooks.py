"""Workbooks and YAML that are written and read back: a table of columns serves both ways.

Everything wrong with a file is found at once, each mistake with the sheet, the row as Excel shows
it and the column.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from sihao.core.errors import Invalid
from sihao.core.words import validation_sentence

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YAML = "application/yaml"
LARGEST = 4 * 1024 * 1024
"""Bytes of a file taken; the built-in standard has 20 kB."""
MOST_ROWS = 2000
M = TypeVar("M", bound=BaseModel)
_WIDTHS = {"code": 8, "title": 32, "text": 60, "kind": 10, "source_ref": 10, "ledgers": 16}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One wrong place of a file; `row` as Excel counts, `column` by its heading."""

    pointer: str
    code: str
    detail: str
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its title, its columns as field → heading, and the words for fields of few values.

    `words` maps such a field's values to what stands in the cell.
    """

    title: str
    columns: Mapping[str, str]
    words: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)


def write_yaml(plain: Any) -> bytes:
    """Write plain values as YAML."""
    import yaml  # noqa: PLC0415 - rarely wanted, and the API's idle memory is counted

    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100).encode()


def read_yaml(content: bytes, model: type[M], code: str) -> M:
    """Read YAML as a model; raise `Invalid` with the path of every mistake."""
    try:
        return model.model_validate(_plain(content))
    except ValidationError as error:
        raise wrong(
            (
                Mistake(join("/body", *one["loc"]), one["type"], validation_sentence(one))
                for one in error.errors(include_url=False, include_input=False)
            ),
            code,
        ) from error


def _plain(content: bytes) -> Any:
    import yaml  # noqa: PLC0415 - as above

    try:
        return yaml.safe_load(content)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise unreadable(f"YAML 第 {line} 行有误，无法解析。") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise unreadable("不是有效的 YAML 文件。") from error


def write_xlsx(sheets: Iterable[tuple[Sheet, Sequence[Mapping[str, Any]]]]) -> bytes:
    """Write sheets with their rows; a row maps fields to values."""
    import xlsxwriter  # noqa: PLC0415 - megabytes, rarely wanted

    out = BytesIO()
    # Strings stay strings: a text beginning with "=" is no formula.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for layout, rows in sheets:
            sheet = book.add_worksheet(layout.title)
            sheet.freeze_panes(1, 0)
            for at, (name, heading) in enumerate(layout.columns.items()):
                sheet.set_column(at, at, _WIDTHS.get(name, 24))
                sheet.write_string(0, at, heading, bold)
                for down, row in enumerate(rows, start=1):
                    sheet.write(down, at, _cell(layout, name, row[name]), wrapped)
    return out.getvalue()


def _cell(layout: Sheet, name: str, value: Any) -> Any:
    said = layout.words[name][value] if name in layout.words else value
    # As text a decimal keeps its digits; as a number it would become a float.
    return str(said) if isinstance(said, Decimal) else said


@dataclass(slots=True)
class ReadSheet:
    """The rows of one sheet as field → value; blank rows are dropped, their numbers are kept."""

    layout: Sheet
    numbers: list[int]
    rows: list[dict[str, Any]]

    def mistake(self, at: int, name: str | None, error: Mapping[str, Any]) -> Mistake:
        """Name the row and the column of an error in the row at place `at`."""
        row = self.numbers[at] if at < len(self.numbers) else None
        heading = self.layout.columns.get(name or "")
        pointer = join("/body", self.layout.title, *(one for one in (row, heading) if one))
        words = self.layout.words.get(name or "")
        choice = f"须是{'、'.join(words.values())}之一。" if words else ""
        return Mistake(pointer, error["type"], choice or validation_sentence(error), row, heading)


def read_xlsx(content: bytes, layouts: Mapping[str, Sheet]) -> dict[str, ReadSheet]:
    """Read the sheets that `layouts` names; raise `Invalid` where one or a column is missing."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - as above

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        missing = [one.title for one in layouts.values() if one.title not in book.sheet_names]
        if missing:
            raise unreadable(f"工作簿缺少工作表“{missing[0]}”。")
        return {part: _read_sheet(book, layout) for part, layout in layouts.items()}
    except CalamineError as error:
        raise unreadable("不是有效的 XLSX 工作簿。") from error


def _read_sheet(book: "CalamineWorkbook", layout: Sheet) -> ReadSheet:
    cells = book.get_sheet_by_name(layout.title).to_python(
        skip_empty_area=False, nrows=MOST_ROWS + 1
    )
    headings = [_text(cell) for cell in cells[0]] if cells else []
    for heading in layout.columns.values():
        if heading not in headings:
            raise unreadable(f"工作表“{layout.title}”第 1 行缺少列“{heading}”。")
    places = {name: headings.index(heading) for name, heading in layout.columns.items()}
    read = [
        (number, {name: _text(row[at]) for name, at in places.items()})
        for number, row in enumerate(cells[1:], start=2)
    ]
    filled = [(number, row) for number, row in read if any(row.values())]
    meant = {
        name: {said: value for value, said in words.items()} for name, words in layout.words.items()
    }
    rows = [
        {name: meant.get(name, {}).get(said, said) for name, said in row.items()}
        for _, row in filled
    ]
    return ReadSheet(layout, [number for number, _ in filled], rows)


def _text(cell: object) -> str:
    """Give what a cell shows; Excel keeps every number as a float."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def join(*parts: object) -> str:
    """Make a pointer of its parts."""
    return "/".join(map(str, parts))


def wrong(mistakes: Iterable[Mistake], code: str) -> Invalid:
    """Refuse a file with all that is wrong with it."""
    found = [asdict(one) for one in mistakes][:100]
    zh = f"文件有 {len(found)} 处需要修改，没有导入。"
    return Invalid(f"{code}.file", zh, f"The file has {len(found)} mistakes.", errors=found)


def unreadable(zh: str, pointer: str = "/body") -> Invalid:
    """Refuse what cannot be read at all."""
    return Invalid("file.unreadable", zh, "The file cannot be read.", pointer=pointer)
