"""One table for the twenty ledgers; `details` is typed by `kind` (see `kinds.py`)."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from sihao.core.db import Identified, UnitOwned, Versioned, choice, unit_key, within_unit
from sihao.core.text import Line


class LedgerKind(StrEnum):
    """T3–T20; T1 问题 and T2 措施 are derived from plans."""

    T3 = "T3"
    """民主生活会"""
    T4 = "T4"
    """巡视巡察整改"""
    T5 = "T5"
    """中心组学习"""
    T6 = "T6"
    """议事决策/三重一大"""
    T7 = "T7"
    """调研报告与理论文章"""
    T8 = "T8"
    """下基层调研"""
    T9 = "T9"
    """联系点与谈心谈话"""
    T10 = "T10"
    """为民办实事"""
    T11 = "T11"
    """帮扶"""
    T12 = "T12"
    """意识形态"""
    T13 = "T13"
    """党风廉政"""
    T14 = "T14"
    """制度建设"""
    T15 = "T15"
    """教育培训"""
    T16 = "T16"
    """组织生活与机关党建"""
    T17 = "T17"
    """重大部署与绩效目标"""
    T18 = "T18"
    """信访与矛盾化解"""
    T19 = "T19"
    """作风建设"""
    T20 = "T20"
    """负面清单: written by those who own the facts, never by the unit about itself"""


class LedgerEntryFields(SQLModel):
    """What every kind has."""

    title: Line = Field(min_length=1, max_length=300)
    happened_on: date
    ended_on: date | None = None
    """The last day, for what lasts longer than one."""
    external_code: Line | None = Field(default=None, max_length=100)
    """The row's key in the system it comes from."""


class LedgerEntry(LedgerEntryFields, Versioned, UnitOwned, Identified, table=True):
    """One row of a ledger. `campaign_id` is the assessment year; dates are facts of their own."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        unit_key(),
        UniqueConstraint("unit_id", "kind", "external_code"),
        CheckConstraint("ended_on IS NULL OR ended_on >= happened_on", name="entry_order"),
        Index("ix_ledger_entry_happened_on", "happened_on", "id"),
        Index("ix_ledger_entry_unit_happened_on", "unit_id", "happened_on", "id"),
    )

    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    kind: LedgerKind = Field(sa_type=choice(LedgerKind), index=True)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)


class LedgerEntryMember(UnitOwned, Identified, table=True):
    """A member who travelled, wrote, talked (T7, T8, T9)."""

    __tablename__ = "ledger_entry_member"
    __table_args__ = (
        UniqueConstraint("entry_id", "member_id"),
        within_unit("ledger_entry", "entry_id"),
        within_unit("member", "member_id"),
    )

    entry_id: UUID = Field(index=True)
    member_id: UUID = Field(index=True)
