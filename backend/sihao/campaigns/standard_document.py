"""A standard as one document: what is imported, exported and shipped with the product."""

import csv
from collections import Counter
from functools import cache
from importlib import resources
from typing import Annotated

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
        known = [one.code for one in self.dimensions]
        if twice := _repeated(known):
            raise ValueError(f"方面编号 {twice} 重复。")
        if twice := _repeated([one.code for one in self.criteria]):
            raise ValueError(f"条目编号 {twice} 重复。")
        strays = [one.code for one in self.criteria if one.dimension not in known]
        if strays:
            raise ValueError(f"条目 {strays[0]} 没有对应的方面“{strays[0][0]}”。")
        return self


def _repeated(codes: list[str]) -> str | None:
    return next((code for code, times in Counter(codes).items() if times > 1), None)


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
