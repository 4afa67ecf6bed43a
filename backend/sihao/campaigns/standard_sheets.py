"""A standard as a workbook or as YAML, out and in again.

One table of columns serves export and import. Everything wrong with a file is found at once, each
mistake with the sheet, the row as Excel shows it and the column.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

import yaml
from pydantic import ValidationError
from python_calamine import CalamineError, CalamineWorkbook

from sihao.campaigns.standard_document import StandardDocument
from sihao.core.errors import Invalid
from sihao.core.words import validation_sentence

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YAML = "application/yaml"
LARGEST = 4 * 1024 * 1024
"""Bytes of a file taken; the built-in standard has 20 kB."""
MOST_ROWS = 2000

HEAD = {"name": "名称", "year": "年度", "source": "依据文件"}
DIMENSION = {"code": "编号", "title": "名称"}
CRITERION = {
    "code": "编号",
    "title": "条目",
    "text": "标准原文",
    "kind": "评判方式",
    "source_ref": "出处",
    "source_rule": "量化规定",
    "suggested_indicator": "建议指标",
    "suggested_evidence": "建议佐证",
    "ledgers": "相关台账",
}
KINDS = {"qualitative": "定性", "yes_no": "是否", "quantitative": "定量"}
SHEETS = {"head": "标准", "dimensions": "方面", "criteria": "条目"}
_WIDTHS = {"code": 8, "title": 32, "text": 60, "kind": 10, "source_ref": 10, "ledgers": 16}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One wrong place of a file; `row` as Excel counts, `column` by its heading."""

    pointer: str
    code: str
    detail: str
    row: int | None = None
    column: str | None = None


def write_yaml(document: StandardDocument) -> bytes:
    """Write a standard as YAML; empty fields are left out."""
    plain = document.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100).encode()


def write_xlsx(document: StandardDocument) -> bytes:
    """Write a standard as a workbook with three sheets."""
    import xlsxwriter  # noqa: PLC0415 - megabytes, rarely wanted

    out = BytesIO()
    # Strings stay strings: a text beginning with "=" is no formula.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        head = [[getattr(document, name) for name in HEAD]]
        _write_sheet(book, SHEETS["head"], HEAD, head)
        dimensions = [[one.code, one.title] for one in document.dimensions]
        _write_sheet(book, SHEETS["dimensions"], DIMENSION, dimensions)
        criteria = [
            [
                {"kind": KINDS[one.kind], "ledgers": " ".join(one.ledgers)}.get(
                    name, getattr(one, name)
                )
                for name in CRITERION
            ]
            for one in document.criteria
        ]
        _write_sheet(book, SHEETS["criteria"], CRITERION, criteria)
    return out.getvalue()


def _write_sheet(book: Any, title: str, columns: Mapping[str, str], rows: list[list[Any]]) -> None:
    sheet = book.add_worksheet(title)
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    for at, (name, heading) in enumerate(columns.items()):
        sheet.set_column(at, at, _WIDTHS.get(name, 24))
        sheet.write_string(0, at, heading, bold)
    for down, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            sheet.write(down, at, value, wrapped)


def read_standard(content: bytes, media_type: str) -> StandardDocument:
    """Read a file by its media type; raise `Invalid` with every mistake in it."""
    if media_type == XLSX:
        return _read_xlsx(content)
    if media_type in {YAML, "text/yaml", "application/x-yaml"}:
        return _read_yaml(content)
    raise _unreadable("只接受 XLSX 或 YAML 文件。", "/header/Content-Type")


def _read_yaml(content: bytes) -> StandardDocument:
    try:
        plain = yaml.safe_load(content)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _unreadable(f"YAML 第 {line} 行有误，无法解析。") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _unreadable("不是有效的 YAML 文件。") from error
    try:
        return StandardDocument.model_validate(plain)
    except ValidationError as error:
        raise _wrong(
            Mistake(_join("/body", *one["loc"]), one["type"], validation_sentence(one))
            for one in error.errors(include_url=False, include_input=False)
        ) from error


def _read_xlsx(content: bytes) -> StandardDocument:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        missing = [title for title in SHEETS.values() if title not in book.sheet_names]
        if missing:
            raise _unreadable(f"工作簿缺少工作表“{missing[0]}”。")
        head = _Sheet(book, "head", HEAD)
        dimensions = _Sheet(book, "dimensions", DIMENSION)
        criteria = _Sheet(book, "criteria", CRITERION)
    except CalamineError as error:
        raise _unreadable("不是有效的 XLSX 工作簿。") from error
    plain = {
        **(head.rows[0] if head.rows else {}),
        "dimensions": dimensions.rows,
        "criteria": [_criterion(row) for row in criteria.rows],
    }
    try:
        return StandardDocument.model_validate(plain)
    except ValidationError as error:
        parts = {"dimensions": dimensions, "criteria": criteria}
        raise _wrong(
            _locate(one, head, parts) for one in error.errors(include_url=False)
        ) from error


def _criterion(row: dict[str, Any]) -> dict[str, Any]:
    kinds = {zh: kind for kind, zh in KINDS.items()}
    kind = kinds.get(row["kind"], row["kind"])
    return {**row, "kind": kind, "ledgers": split_ledgers(row["ledgers"])}


def split_ledgers(text: str) -> list[str]:
    """Read the ledgers of an item, whatever stands between them."""
    return text.replace("、", " ").replace(",", " ").replace("，", " ").split()


class _Sheet:
    """The rows of one sheet as field → text; blank rows are dropped, their numbers are kept."""

    def __init__(self, book: CalamineWorkbook, part: str, columns: Mapping[str, str]) -> None:
        self.title, self.columns = SHEETS[part], columns
        cells = book.get_sheet_by_name(self.title).to_python(
            skip_empty_area=False, nrows=MOST_ROWS + 1
        )
        headings = [_text(cell) for cell in cells[0]] if cells else []
        for heading in columns.values():
            if heading not in headings:
                raise _unreadable(f"工作表“{self.title}”第 1 行缺少列“{heading}”。")
        places = {name: headings.index(heading) for name, heading in columns.items()}
        read = [
            (number, {name: _text(row[at]) for name, at in places.items()})
            for number, row in enumerate(cells[1:], start=2)
        ]
        self.numbers = [number for number, row in read if any(row.values())]
        self.rows = [row for _, row in read if any(row.values())]

    def mistake(self, at: int, name: str | None, error: Mapping[str, Any]) -> Mistake:
        """Name the row and the column of an error in the row at place `at`."""
        row = self.numbers[at] if at < len(self.numbers) else None
        heading = self.columns.get(name or "")
        pointer = _join("/body", self.title, *(one for one in (row, heading) if one))
        words = "、".join(KINDS.values())
        detail = f"须是{words}之一。" if name == "kind" else validation_sentence(error)
        return Mistake(pointer, error["type"], detail, row, heading)


def _text(cell: object) -> str:
    """Give what a cell shows; Excel keeps every number as a float."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _locate(error: Any, head: _Sheet, parts: Mapping[str, _Sheet]) -> Mistake:
    place = error["loc"]
    if not place:
        return Mistake("/body", error["type"], validation_sentence(error))
    if place[0] not in parts:
        return head.mistake(0, place[0], error)
    if len(place) == 1:
        title = parts[place[0]].title
        return Mistake(f"/body/{title}", error["type"], validation_sentence(error))
    name = place[2] if len(place) > 2 else None  # noqa: PLR2004 - part, index, field
    return parts[place[0]].mistake(place[1], name, error)


def _join(*parts: object) -> str:
    return "/".join(map(str, parts))


def _wrong(mistakes: Any) -> Invalid:
    found = [asdict(one) for one in mistakes][:100]
    zh = f"文件有 {len(found)} 处需要修改，没有导入。"
    return Invalid("standard.file", zh, f"The file has {len(found)} mistakes.", errors=found)


def _unreadable(zh: str, pointer: str = "/body") -> Invalid:
    return Invalid("standard.unreadable", zh, "The file cannot be read.", pointer=pointer)
