"""What goes in and out of ballots."""

from collections import Counter
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, StringConstraints, model_validator
from sqlmodel import Field, SQLModel

from sihao.ballots.lifecycle import BallotState
from sihao.core.body import Body
from sihao.core.lifecycle import Action, TransitionBody
from sihao.core.paging import PageQuery
from sihao.core.text import Line

Count = Annotated[int, Field(ge=0, le=100_000)]
Typed = Annotated[str, StringConstraints(min_length=1, max_length=60)]
"""A code, a paper's number or the urn's key, as somebody typed it."""
GroupCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,15}$")]
ALL = "all"
"""No group may be called so: it stands for the ballot's weighted score."""


class BallotGrade(Body):
    """An answer one may choose; without points (不了解) it is counted but weighs nothing."""

    label: Line = Field(min_length=1, max_length=20)
    points: Decimal | None = Field(default=None, ge=0, le=100, max_digits=5, decimal_places=2)


class BallotQuestion(Body):
    """What voters are asked; one of its grades may be chosen, or none."""

    text: Line = Field(min_length=1, max_length=200)
    grades: list[BallotGrade] = Field(min_length=2, max_length=10)


class BallotGroup(Body):
    """Voters whose votes weigh together. Fewer than five codes could never be shown."""

    code: GroupCode
    name: Line = Field(min_length=1, max_length=50)
    weight: Decimal = Field(gt=0, le=100, max_digits=5, decimal_places=2)
    codes: int = Field(ge=5, le=2000)
    """How many codes are made for it."""


class _Form(Body):
    """Questions and groups, checked where they are given."""

    @model_validator(mode="after")
    def _told_apart(self) -> "_Form":
        groups: list[BallotGroup] = getattr(self, "groups", None) or []
        codes = Counter(one.code for one in groups)
        if ALL in codes or any(number > 1 for number in codes.values()):
            msg = "two groups have one code"
            raise ValueError(msg)
        for one in getattr(self, "questions", None) or []:
            if len({grade.label for grade in one.grades}) < len(one.grades):
                msg = "two grades have one label"
                raise ValueError(msg)
        return self


class BallotCreate(_Form):
    """A new ballot; without questions and groups it begins with the usual ones."""

    campaign_id: UUID
    unit_id: UUID
    title: Line = Field(min_length=1, max_length=200)
    opens_at: AwareDatetime
    closes_at: AwareDatetime
    questions: list[BallotQuestion] | None = Field(default=None, min_length=1, max_length=30)
    groups: list[BallotGroup] | None = Field(default=None, min_length=1, max_length=12)


class BallotUpdate(_Form):
    """What may change while it is drafted; questions and groups are whole lists."""

    title: Line | None = Field(default=None, min_length=1, max_length=200)
    opens_at: AwareDatetime | None = None
    closes_at: AwareDatetime | None = None
    questions: list[BallotQuestion] | None = Field(default=None, min_length=1, max_length=30)
    groups: list[BallotGroup] | None = Field(default=None, min_length=1, max_length=12)


class LeftOut(StrEnum):
    """Why a group takes no part: missing is never zero."""

    NONE = "none"
    """Nobody voted."""
    FEW = "few"
    """Fewer than five voted: their votes stay unknown."""


class AnswerCount(SQLModel):
    """How a question was answered: votes for each grade, and papers that left it open."""

    chosen: list[int]
    unfilled: int
    score: Decimal | None
    """Mean of the points given, out of 100; null when nobody gave any."""


class GroupResult(SQLModel):
    """A group's votes; all but the issued ones are null when it is left out."""

    code: str
    name: str
    weight: Decimal
    issued: int
    returned: int | None = None
    valid: int | None = None
    """Returned with at least one question filled in."""
    kept_sealed: bool = False
    """Its papers in the urn were fewer than five and never opened; votes on paper count alone."""
    left_out: LeftOut | None = None
    answers: list[AnswerCount] = []
    score: Decimal | None = None


class BallotResult(SQLModel):
    """What is published. Totals are sums over the groups that take part."""

    groups: list[GroupResult]
    issued: int
    returned: int
    valid: int
    answers: list[AnswerCount]
    score: Decimal | None
    """By the groups' weights, out of 100."""


class HandCountFigures(SQLModel):
    """Votes of a group on paper: handed out, returned, valid, and for each question and grade."""

    issued: Count
    returned: Count
    valid: Count
    chosen: list[list[Count]] = Field(min_length=1, max_length=30)


class HandCountCreate(HandCountFigures, Body):
    """One of two independent entries."""

    group: str = Field(max_length=16)


class HandCountEntry(HandCountFigures):
    """What somebody entered."""

    entered_by: str


class HandCountProgress(StrEnum):
    """How far a group's votes on paper are."""

    NONE = "none"
    HALF = "half"
    """One of two has entered them."""
    DIFFERENT = "different"
    """Both have, and not the same: they are entered anew."""
    AGREED = "agreed"


class HandCountPublic(SQLModel):
    """A group's votes on paper; entries show only once two people have made theirs."""

    group: str
    round: int
    state: HandCountProgress
    mine: bool
    """The caller has entered his in this round."""
    entries: list[HandCountEntry]


class Turnout(SQLModel):
    """How many of a group have voted so far; null below five."""

    group: str
    returned: int | None


class BallotRow(SQLModel):
    """A ballot in a list."""

    id: UUID
    campaign_id: UUID
    unit_id: UUID
    unit_name: str
    title: str
    opens_at: datetime
    closes_at: datetime
    state: BallotState
    version: int
    actions: list[Action]


class BallotPublic(BallotRow):
    """A ballot; `turnout` and `hand_counts` are the committee's, `result` comes with counting."""

    questions: list[BallotQuestion]
    groups: list[BallotGroup]
    turnout: list[Turnout]
    hand_counts: list[HandCountPublic]
    result: BallotResult | None
    record_hash: str


class BallotQuery(PageQuery):
    """Filters of `/ballots`."""

    campaign_id: UUID | None = None
    unit_id: UUID | None = None
    state: BallotState | None = None
    sort: Literal["opens_at", "-opens_at"] = "-opens_at"


class BallotTemplate(SQLModel):
    """The usual questions and groups, to begin with."""

    questions: list[BallotQuestion]
    groups: list[BallotGroup]


class IssuedCodes(SQLModel):
    """One group's codes, in random order."""

    group: str
    codes: list[str]


class BallotIssued(SQLModel):
    """Shown once: the codes to hand out, and the key that opens the urn."""

    ballot: BallotPublic
    key: str
    groups: list[IssuedCodes]


class BallotCountBody(TransitionBody):
    """The key that opens the urn."""

    key: Typed


class BallotTags(SQLModel):
    """The numbers of all counted papers, sorted, and the hash of the record they stand in."""

    tags: list[str]
    record_hash: str


class BallotCodeBody(Body):
    """A voting code: in a body, so that no address and no log has it."""

    code: Typed


class BallotForm(SQLModel):
    """What a voter is asked."""

    unit_name: str
    year: int
    title: str
    group_name: str
    closes_at: datetime
    questions: list[BallotQuestion]


class BallotPaperCreate(BallotCodeBody):
    """A vote: for each question the place of the grade chosen, null for none."""

    answers: list[Annotated[int, Field(ge=0, le=9)] | None] = Field(min_length=1, max_length=30)


class BallotReceipt(SQLModel):
    """The paper's number, shown once."""

    tag: str


class BallotTagBody(Body):
    """A paper's number."""

    tag: Typed


class BallotTagFound(SQLModel):
    """The counted ballot that a paper's number stands in."""

    unit_name: str
    year: int
    title: str
    record_hash: str
