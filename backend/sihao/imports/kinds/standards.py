"""A version of the 创建标准 from a table: a draft, whatever has been published before.

A workbook has the three sheets of its export; a table alone has everything about an item in its
row, and about the standard at least in the first one.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import ValidationError

from sihao.campaigns.actions.standards import import_standard
from sihao.campaigns.queries import get_document
from sihao.campaigns.schemas import StandardCreate
from sihao.campaigns.standard_document import (
    CriterionEntry,
    DimensionEntry,
    StandardDocument,
    contradictions,
)
from sihao.campaigns.standard_sheets import (
    CRITERION,
    DIMENSION,
    HEAD,
    KINDS,
    SHEETS,
    split_ledgers,
)
from sihao.core.context import Context, Role
from sihao.core.words import validation_sentence
from sihao.imports import queries
from sihao.imports.checking import Layout, Place, lay_out
from sihao.imports.columns import Column, Sheet, Type, as_text, is_blank
from sihao.imports.kinds.base import Made
from sihao.imports.kinds.plain import validated
from sihao.imports.schemas import RowError

Part = Literal["head", "dimensions", "criteria", "alone"]
_MORE: Mapping[str, dict[str, Any]] = {
    "name": {"required": True, "example": "“四好班子”创建标准", "width": 28},
    "year": {"type": Type.INTEGER, "required": True, "example": 2027},
    "code": {"required": True, "width": 8},
    "title": {"required": True, "width": 32},
    "text": {"width": 60},
    "kind": {"type": Type.CHOICE, "required": True, "choices": KINDS},
    "source_ref": {"hint": "原文出处，如 L17.4。"},
    "ledgers": {"hint": "台账编号，用顿号隔开，如 T5、T6。"},
}


def _columns(headings: Mapping[str, str], **examples: str) -> tuple[Column, ...]:
    return tuple(
        Column(name, heading, **{"width": 24, **_MORE.get(name, {}), **_example(examples, name)})
        for name, heading in headings.items()
    )


def _example(examples: Mapping[str, str], name: str) -> dict[str, Any]:
    return {"example": examples[name]} if name in examples else {}


_HEAD = _columns(HEAD)
_DIMENSIONS = _columns(DIMENSION, code="A", title="政治坚定好")
_CRITERIA = _columns(CRITERION, code="A1", title="认真学习贯彻党的创新理论", ledgers="T5、T6")
_DIMENSION = "dimension"
_ALONE = (
    Column("name", "标准名称", required=True, aliases=(HEAD["name"],)),
    *_HEAD[1:],
    Column(_DIMENSION, "方面", required=True, aliases=("方面名称",)),
    *_CRITERIA,
)
_PARTS: Mapping[str, Part] = {
    SHEETS["head"]: "head",
    SHEETS["dimensions"]: "dimensions",
    SHEETS["criteria"]: "criteria",
}
_COLUMNS = {
    "head": _HEAD,
    "dimensions": _DIMENSIONS,
    "criteria": _CRITERIA,
    "alone": _ALONE,
}


class Standards:
    """One standard."""

    title: ClassVar[str] = "创建标准"
    needs_campaign: ClassVar[bool] = False
    is_whole: ClassVar[bool] = True
    is_confirmed: ClassVar[bool] = False

    def sheets(self) -> list[Sheet]:
        """Three sheets, as the export has them."""
        note = "导入后是一份草稿，核对无误再发布；已发布的标准不受影响。"
        return [Sheet(title, _COLUMNS[part], (note,)) for title, part in _PARTS.items()]

    async def allow(self, ctx: Context, campaign_id: UUID | None) -> None:  # noqa: ARG002 - of none
        """The committee's officers."""
        ctx.require(Role.OFFICER)

    async def begin(self, ctx: Context, campaign_id: UUID | None) -> "StandardCheck":
        """Nothing is needed beforehand."""
        await self.allow(ctx, campaign_id)
        return StandardCheck()


class StandardCheck:
    """One file."""

    def __init__(self) -> None:
        self._head: dict[str, Any] = {}
        self._headed: Place | None = None
        self._dimensions: list[tuple[Place, DimensionEntry]] = []
        self._criteria: list[tuple[Place, CriterionEntry]] = []
        self._rows = 0
        self._document: StandardDocument | None = None
        self._made: Made | None = None

    def lay_out(self, sheet: str, headings: Sequence[str]) -> Layout:
        """Find the columns of this sheet."""
        return lay_out(headings, _COLUMNS[_PARTS.get(sheet, "alone")])

    async def stage(
        self,
        ctx: Context,  # noqa: ARG002 - nothing is asked of the database yet
        places: Sequence[Place],
    ) -> list[RowError]:
        """Check rows one by one, as the forms do."""
        errors: list[RowError] = []
        for place in places:
            self._rows += 1
            values = {
                column.name: column.read(place.cells[at])
                for at, column in place.layout.columns
                if at < len(place.cells) and not is_blank(place.cells[at])
            }
            part = _PARTS.get(place.sheet, "alone")
            if part == "head":
                errors += self._take_head(place, values)
            elif part == "dimensions":
                errors += self._take_dimension(place, values)
            elif part == "criteria":
                errors += self._take_criterion(place, values)
            else:
                errors += self._take_all(place, values)
        return errors

    def _take_head(self, place: Place, values: dict[str, Any]) -> list[RowError]:
        """Take what is told of the standard itself; later rows may leave it out."""
        if self._headed is None:
            read = validated(StandardCreate, place, values)
            if isinstance(read, list):
                return read
            self._headed, self._head = place, read.model_dump(exclude={"copy_of"})
            return []
        return [
            place.error(name, "standard.head", f"和前面的“{self._head[name]}”不一致。")
            for name, value in values.items()
            if as_text(value) != str(self._head[name])
        ]

    def _take_dimension(self, place: Place, values: dict[str, Any]) -> list[RowError]:
        read = validated(DimensionEntry, place, values)
        if isinstance(read, DimensionEntry):
            self._dimensions.append((place, read))
            return []
        return read

    def _take_criterion(self, place: Place, values: dict[str, Any]) -> list[RowError]:
        if "ledgers" in values:
            values["ledgers"] = split_ledgers(str(values["ledgers"]))
        read = validated(CriterionEntry, place, values)
        if isinstance(read, CriterionEntry):
            self._criteria.append((place, read))
            return []
        return read

    def _take_all(self, place: Place, values: dict[str, Any]) -> list[RowError]:
        head = {name: values.pop(name) for name in HEAD if name in values}
        title = as_text(values.pop(_DIMENSION, None)).strip()
        errors = self._take_head(place, head) + self._take_criterion(place, values)
        code = as_text(values.get("code")).strip()[:1]
        known = {one.code: one.title for _, one in self._dimensions}
        if title and code and code not in known:
            read = validated(DimensionEntry, place, {"code": code, "title": title})
            if isinstance(read, DimensionEntry):
                self._dimensions.append((place, read))
        elif title and known.get(code, title) != title:
            zh = f"和前面 {code} 的方面“{known[code]}”不一致。"
            errors.append(place.error(_DIMENSION, "standard.dimension", zh))
        return errors

    async def settle(self, ctx: Context) -> tuple[dict[str, int], list[RowError]]:
        """Put it together; the same standard sent again is nothing new."""
        counts = {"created": 0, "updated": 0, "unchanged": 0}
        read = self._put_together()
        if isinstance(read, list):
            return {}, read
        assert self._headed is not None  # noqa: S101 - put together
        known = await queries.find_standard(ctx, read.name, read.year)
        if known is None:
            self._document = read
            return {**counts, "created": self._rows}, []
        if await get_document(ctx, known) == read:
            self._made = Made(known.id, _named(read))
            return {**counts, "unchanged": self._rows}, []
        zh = f"{read.year} 年度已有同名的标准，内容不同；请改名称或年度，另起一版。"
        return {}, [self._headed.error("name", "standard.known", zh)]

    def _put_together(self) -> StandardDocument | list[RowError]:
        dimensions = [one for _, one in self._dimensions]
        criteria = [one for _, one in self._criteria]
        places: Mapping[str, Sequence[tuple[Place, Any]]]
        places = {"dimensions": self._dimensions, "criteria": self._criteria}
        wrong = [
            places[part][at][0].error("code", f"standard.{part}", zh)
            for part, at, zh in contradictions(dimensions, criteria)
        ]
        if wrong:
            return wrong
        try:
            return StandardDocument(**self._head, dimensions=dimensions, criteria=criteria)
        except ValidationError as error:
            return [
                RowError(
                    row=None,
                    column=str(one["loc"][0]),
                    code=one["type"],
                    hint=f"{_said_of(str(one['loc'][0]))}：{validation_sentence(one)}",
                )
                for one in error.errors(include_url=False)
            ]

    async def write(self, ctx: Context, job_id: UUID) -> Made | None:  # noqa: ARG002 - its own event
        """Make the draft."""
        if self._document is not None:
            standard = await import_standard(ctx, self._document)
            self._made = Made(standard.id, _named(self._document))
        return self._made


def _said_of(field: str) -> str:
    return {**HEAD, **SHEETS}.get(field, field)


def _named(document: StandardDocument) -> str:
    return f"{document.name}（{document.year}）"
