"""A standard as one document: what is imported, exported and shipped with the product."""

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Annotated, Literal

from pydantic import StringConstraints, model_validator
from sqlmodel import Field

from sihao.campaigns.models import CriterionFields, StandardFields
from sihao.core.body import Body
from sihao.core.text import Line

DimensionCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
CriterionCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][1-9]\d{0,2}$")]
LedgerCode = Annotated[str, StringConstraints(pattern=r"^(T([1-9]|1\d|20)|X\d{1,2})$")]
"""A ledger kind T1 … T20 or a merged assessment X0, X1, …"""


class DimensionEntry(Body):
    """One of the 四好. Its code is the letter that its items' codes begin with."""

    code: DimensionCode
    title: Line = Field(min_length=1, max_length=50)


class CriterionEntry(CriterionFields, Body):
    """One item; its code is its dimension's letter and a number: A1 … D13."""

    code: CriterionCode
    ledgers: list[LedgerCode] = Field(default_factory=list, max_length=30)

    @property
    def dimension(self) -> str:
        """The code of the dimension it belongs to."""
        return self.code[0]


class StandardDocument(StandardFields, Body):
    """A whole standard; the order of items is the order on paper."""

    dimensions: list[DimensionEntry] = Field(min_length=1, max_length=26)
    criteria: list[CriterionEntry] = Field(min_length=1, max_length=1000)

    @model_validator(mode="after")
    def _hangs_together(self) -> "StandardDocument":
        for _, _, zh in contradictions(self.dimensions, self.criteria):
            raise ValueError(zh)
        return self


def contradictions(
    dimensions: Sequence[DimensionEntry], criteria: Sequence[CriterionEntry]
) -> Iterator[tuple[Literal["dimensions", "criteria"], int, str]]:
    """Tell which entries, by part and place, do not go together with the others, and why."""
    known = [one.code for one in dimensions]
    for at in _repeated(known):
        yield "dimensions", at, f"方面编号 {known[at]} 重复。"
    codes = [one.code for one in criteria]
    for at in _repeated(codes):
        yield "criteria", at, f"条目编号 {codes[at]} 重复。"
    for at, one in enumerate(criteria):
        if one.dimension not in known:
            yield "criteria", at, f"条目 {one.code} 没有对应的方面“{one.dimension}”。"


def _repeated(codes: list[str]) -> list[int]:
    return [at for at, code in enumerate(codes) if code in codes[:at]]


BUILT_IN_NAME = "“四好班子”创建标准"
_DIMENSIONS = {"A": "政治坚定好", "B": "学习创新好", "C": "勤政为民好", "D": "清正廉洁好"}


@cache
def built_in_criteria() -> tuple[CriterionEntry, ...]:
    """Read the 52 items shipped with the product, cut from the opinion's part 三."""
    path = resources.files("sihao.campaigns") / "data" / "standard-items.csv"
    with path.open(encoding="utf-8") as lines:
        return tuple(
            CriterionEntry.model_validate({**row, "ledgers": row["ledgers"].split()})
            for row in csv.DictReader(lines)
        )


def built_in(year: int) -> StandardDocument:
    """Give the built-in standard for a year."""
    return StandardDocument(
        name=BUILT_IN_NAME,
        year=year,
        source="市直机关工委《关于开展“四好班子”创建活动的意见》第三部分",
        dimensions=[DimensionEntry(code=c, title=t) for c, t in _DIMENSIONS.items()],
        criteria=list(built_in_criteria()),
    )
