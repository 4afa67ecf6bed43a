"""The rules of a year: standard, campaign, windows, scheme."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, JSON, CheckConstraint, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from sihao.campaigns.lifecycle import CampaignState, StandardState
from sihao.core.db import Identified, Versioned, choice, instant
from sihao.core.text import Line, Prose


class CriterionKind(StrEnum):
    """How an item is judged."""

    QUALITATIVE = "qualitative"
    YES_NO = "yes_no"
    QUANTITATIVE = "quantitative"


class Nature(StrEnum):
    """What the campaign is by the rules of 2022; an appraisal has no two-year comparison."""

    ACTIVITY = "activity"
    """创建活动"""
    APPRAISAL = "appraisal"
    """责任制考核"""


class Stage(StrEnum):
    """What a window opens and closes."""

    PLANNING = "planning"
    SELF_REPORT = "self_report"
    INSPECTION = "inspection"
    FEEDBACK = "feedback"
    RECTIFICATION = "rectification"

    @property
    def label(self) -> str:
        """The stage's Chinese word."""
        return _STAGE_LABELS[self]


_STAGE_LABELS = {
    Stage.PLANNING: "计划",
    Stage.SELF_REPORT: "自查",
    Stage.INSPECTION: "检查",
    Stage.FEEDBACK: "反馈",
    Stage.RECTIFICATION: "整改",
}


class StandardFields(SQLModel):
    """What the committee writes about a standard."""

    name: Line = Field(min_length=1, max_length=100)
    year: int = Field(ge=2000, le=2100)
    source: Line = Field(default="", max_length=300)
    """The document it is cut from."""


class Standard(StandardFields, Versioned, Identified, table=True):
    """A version of the 创建标准; other campaigns are other standards."""

    __table_args__ = (UniqueConstraint("name", "year"),)

    state: StandardState = Field(default=StandardState.DRAFT, sa_type=choice(StandardState))


class Dimension(Identified, table=True):
    """One of the 四好: A 政治坚定好 … D 清正廉洁好."""

    __table_args__ = (UniqueConstraint("standard_id", "code"),)

    standard_id: UUID = Field(foreign_key="standard.id", index=True)
    code: Line = Field(min_length=1, max_length=4)
    title: Line = Field(min_length=1, max_length=50)
    sort_order: int = Field(ge=0, le=1000)


class CriterionFields(SQLModel):
    """What the committee writes about an item."""

    code: Line = Field(min_length=1, max_length=8)
    title: Line = Field(min_length=1, max_length=200)
    text: Prose = Field(default="", max_length=4000)
    kind: CriterionKind
    source_ref: Line = Field(default="", max_length=50)
    """Where the source says it: `L17.4` is line 17, sentence 4."""
    source_rule: Prose = Field(default="", max_length=2000)
    suggested_indicator: Prose = Field(default="", max_length=1000)
    suggested_evidence: Prose = Field(default="", max_length=1000)


class Criterion(CriterionFields, Identified, table=True):
    """One assessable item, A1 … D13."""

    __table_args__ = (UniqueConstraint("standard_id", "code"),)

    kind: CriterionKind = Field(sa_type=choice(CriterionKind))
    standard_id: UUID = Field(foreign_key="standard.id", index=True)
    dimension_id: UUID = Field(foreign_key="dimension.id", index=True)
    ledgers: list[str] = Field(default_factory=list, sa_type=ARRAY(String(8)))
    """Ledger kinds (T5) and merged assessments (X1) that bear on it."""
    sort_order: int = Field(ge=0, le=100_000)


class CriterionMapping(Identified, table=True):
    """Old item → new item (脱贫攻坚 → 乡村振兴), so that two years can be compared (B8)."""

    __tablename__ = "criterion_mapping"
    __table_args__ = (UniqueConstraint("old_criterion_id", "new_criterion_id"),)

    old_criterion_id: UUID = Field(foreign_key="criterion.id", index=True)
    new_criterion_id: UUID = Field(foreign_key="criterion.id", index=True)
    note: Line = Field(default="", max_length=300)


class CampaignFields(SQLModel):
    """What the committee writes about a year. The basis (R24) is needed before it opens."""

    year: int = Field(ge=2000, le=2100)
    name: Line = Field(min_length=1, max_length=100)
    nature: Nature = Nature.ACTIVITY
    basis_authority: Line = Field(default="", max_length=100)
    """批准机关"""
    basis_number: Line = Field(default="", max_length=60)
    """文号"""
    basis_title: Line = Field(default="", max_length=200)
    basis_valid_from: date | None = None
    basis_valid_until: date | None = None
    plan_filing: bool = True
    """Whether plans are filed with the committee [C]."""
    evidence_grace_hours: int = Field(default=72, ge=0, le=720)
    """How long after the deadline files may follow that a manifest promised before it [C]."""


class Campaign(CampaignFields, Versioned, Identified, table=True):
    """An assessment year."""

    __table_args__ = (UniqueConstraint("year"),)

    nature: Nature = Field(default=Nature.ACTIVITY, sa_type=choice(Nature))
    standard_id: UUID | None = Field(default=None, foreign_key="standard.id", index=True)
    state: CampaignState = Field(default=CampaignState.DRAFTED, sa_type=choice(CampaignState))


class CampaignWindow(Identified, table=True):
    """When a stage takes submissions. After `closes_at` they count as late, never as zero."""

    __tablename__ = "campaign_window"
    __table_args__ = (
        UniqueConstraint("campaign_id", "stage"),
        CheckConstraint("closes_at > opens_at", name="window_order"),
    )

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    stage: Stage = Field(sa_type=choice(Stage))
    opens_at: datetime = Field(sa_type=instant())
    closes_at: datetime = Field(sa_type=instant())


class Scheme(Versioned, Identified, table=True):
    """How a year is scored, as data (all [C]); frozen once the campaign is open."""

    campaign_id: UUID = Field(foreign_key="campaign.id", unique=True)
    rules: dict[str, Any] = Field(sa_type=JSON)
    """A `campaigns.scheme.Rules` as JSON, which keeps the order of its keys; JSONB would not."""


class SchemeVersion(Identified, table=True):
    """One saved state of a scheme; never changed. The last one before the year opens counts."""

    __tablename__ = "scheme_version"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    number: int
    rules: dict[str, Any] = Field(sa_type=JSON)
    rules_hash: str = Field(max_length=64)
    """SHA-256 of the canonical rules."""
    origin: Line = Field(max_length=60)
    """Where it comes from: 默认方案, 修改, 导入文件, 沿用上年度 …"""
    changes: list[str] = Field(default_factory=list, sa_type=JSONB)
    """What differs from the version before, in sentences."""
    saved_at: datetime = Field(sa_type=instant())
    saved_by: str = Field(max_length=200)
    saved_by_id: UUID | None = None
