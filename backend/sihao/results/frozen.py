"""What a result depends on and what it says: frozen inputs, and the tree that explains them."""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sihao.campaigns.scheme import ExtraKind, Rules


class Frozen(BaseModel):
    """Base of what is frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FrozenDeduction(Frozen):
    """A deduction in its four parts: clause, fact, evidence or its absence, and who."""

    clause: str
    times: int = 1
    """How often the clause was broken; `points` are those of all times together."""
    fact: str
    evidence_id: str | None = None
    evidence_title: str = ""
    absence: str = ""
    points: Decimal
    inspector: str


class FrozenItem(Frozen):
    """One item as the group decided it. `restored` came back by objections."""

    code: str
    title: str
    dimension: str
    lost: Decimal
    restored: Decimal
    reason: str = ""
    deductions: list[FrozenDeduction] = Field(default_factory=list)


class FrozenDimension(Frozen):
    """One of the four goods."""

    code: str
    title: str


class FrozenAssessment(Frozen):
    """A merged assessment; `score` (of 100) is None while its department has not delivered."""

    code: str
    title: str
    score: Decimal | None
    source: str = ""


class FrozenBallot(Frozen):
    """One group of raters; `score` (of 100) is None where none or too few have voted."""

    group: str
    score: Decimal | None
    note: str = ""


class FrozenExtra(Frozen):
    """A bonus or a penalty that has taken effect."""

    code: str
    kind: ExtraKind
    text: str
    points: Decimal
    """Of all times together."""
    fact: str
    evidence_id: str | None = None
    evidence_title: str = ""
    absence: str = ""
    confirmed_by: str = ""


class FrozenVeto(Frozen):
    """一票否决 that stands: no grade above `grade`."""

    code: str
    text: str
    grade: str
    fact: str
    raised_by: str


class FrozenDrop(Frozen):
    """A grade that the unit missed because of its class's quota, and how."""

    grade: str
    reason: str


class Inputs(Frozen):
    """Everything a result depends on."""

    year: int
    unit_id: str
    unit_name: str
    unit_class: str = ""
    standard: str
    dimensions: list[FrozenDimension]
    items: list[FrozenItem]
    assessments: list[FrozenAssessment]
    ballots: list[FrozenBallot] = Field(default_factory=list)
    extras: list[FrozenExtra] = Field(default_factory=list)
    vetoes: list[FrozenVeto] = Field(default_factory=list)
    drops: list[FrozenDrop] = Field(default_factory=list)
    """What `results.quotas` found when the whole year was computed."""
    finding_items: list[str]
    """Item codes of the problems found, one for each."""
    rules: Rules


NodeKind = Literal["total", "part", "dimension", "item", "assessment", "group", "extra"]


class Node(BaseModel):
    """One line of the explanation: `got` of `of`; children add up to it as `formula` says."""

    kind: NodeKind
    missing: bool = False
    """No result is there: `of`, `got` and `lost` are nothing, and the line takes no part."""
    code: str
    label: str
    of: Decimal
    got: Decimal
    lost: Decimal
    formula: str = ""
    note: str = ""
    deductions: list[FrozenDeduction] = Field(default_factory=list)
    children: "list[Node]" = Field(default_factory=list)


class Outcome(BaseModel):
    """The result and its whole explanation."""

    total: Decimal
    grade: str
    grade_reason: str
    findings: int
    tree: Node


def scores(outcome: Outcome) -> dict[str, dict[str, str]]:
    """Pick what was got for each dimension and item out of the explanation."""
    (checked, *_) = outcome.tree.children
    return {
        "dimensions": {one.code: str(one.got) for one in checked.children},
        "items": {
            item.code: str(item.got)
            for one in checked.children
            for item in one.children
            if not item.missing
        },
    }
