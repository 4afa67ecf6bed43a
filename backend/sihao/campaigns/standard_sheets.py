"""A standard as a workbook or as YAML, out and in again."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from sihao.campaigns.standard_document import StandardDocument
from sihao.campaigns.workbooks import (
    XLSX,
    YAML,
    Mistake,
    ReadSheet,
    Sheet,
    read_xlsx,
    read_yaml,
    unreadable,
    wrong,
)
from sihao.campaigns.workbooks import write_xlsx as write_book
from sihao.campaigns.workbooks import write_yaml as write_plain
from sihao.core.words import validation_sentence

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
_LAYOUTS = {
    "head": Sheet(SHEETS["head"], HEAD),
    "dimensions": Sheet(SHEETS["dimensions"], DIMENSION),
    "criteria": Sheet(SHEETS["criteria"], CRITERION, {"kind": KINDS}),
}


def write_yaml(document: StandardDocument) -> bytes:
    """Write a standard as YAML; empty fields are left out."""
    return write_plain(document.model_dump(mode="json", exclude_defaults=True))


def write_xlsx(document: StandardDocument) -> bytes:
    """Write a standard as a workbook with three sheets."""
    plain = document.model_dump(mode="json")
    criteria = [{**one, "ledgers": " ".join(one["ledgers"])} for one in plain["criteria"]]
    return write_book(
        [
            (_LAYOUTS["head"], [plain]),
            (_LAYOUTS["dimensions"], plain["dimensions"]),
            (_LAYOUTS["criteria"], criteria),
        ]
    )


def read_standard(content: bytes, media_type: str) -> StandardDocument:
    """Read a file by its media type; raise `Invalid` with every mistake in it."""
    if media_type == XLSX:
        return _read_xlsx(content)
    if media_type in {YAML, "text/yaml", "application/x-yaml"}:
        return read_yaml(content, StandardDocument, "standard")
    raise unreadable("只接受 XLSX 或 YAML 文件。", "/header/Content-Type")


def _read_xlsx(content: bytes) -> StandardDocument:
    parts = read_xlsx(content, _LAYOUTS)
    head = parts["head"].rows
    plain = {
        **(head[0] if head else {}),
        "dimensions": parts["dimensions"].rows,
        "criteria": [
            {**row, "ledgers": split_ledgers(row["ledgers"])} for row in parts["criteria"].rows
        ],
    }
    try:
        return StandardDocument.model_validate(plain)
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise wrong((_locate(one, parts) for one in found), "standard") from error


def split_ledgers(text: str) -> list[str]:
    """Read the ledgers of an item, whatever stands between them."""
    return text.replace("、", " ").replace(",", " ").replace("，", " ").split()


def _locate(error: Any, parts: Mapping[str, ReadSheet]) -> Mistake:
    place = error["loc"]
    if not place:
        return Mistake("/body", error["type"], validation_sentence(error))
    if place[0] not in parts:
        return parts["head"].mistake(0, place[0], error)
    if len(place) == 1:
        title = parts[place[0]].layout.title
        return Mistake(f"/body/{title}", error["type"], validation_sentence(error))
    name = place[2] if len(place) > 2 else None  # noqa: PLR2004 - part, index, field
    return parts[place[0]].mistake(place[1], name, error)
