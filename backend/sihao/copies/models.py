"""Fingerprints of signed texts, passage by passage."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Index
from sqlmodel import Field, SQLModel

from sihao.core.db import Identified, UnitOwned, choice, unit_key, within_unit


class CopyKind(StrEnum):
    """What is compared: plans with plans, reports with reports."""

    PLAN = "plan"
    SELF_REPORT = "self_report"


class TextPrint(UnitOwned, Identified, table=True):
    """The signed text that the passages are of; drafts are compared, but nobody with them."""

    __tablename__ = "text_print"
    __table_args__ = (unit_key(),)

    kind: CopyKind = Field(sa_type=choice(CopyKind))
    subject_id: UUID = Field(unique=True)
    """The plan or the report."""
    campaign_id: UUID = Field(foreign_key="campaign.id", index=True)
    content_hash: str = Field(max_length=64)
    """Of the signed text; another hash means that it was signed anew."""


class PassageFields(SQLModel):
    """A paragraph and what it is known by."""

    place: str = Field(max_length=20)
    """The section or field that it stands in."""
    position: int
    text: str
    grams: list[int] = Field(sa_type=ARRAY(BigInteger))
    """Hashes of all runs of four characters: what is compared exactly."""
    bands: list[int] = Field(sa_type=ARRAY(BigInteger))
    """Hashes of parts of its MinHash: similar passages have one in common."""


class Passage(PassageFields, UnitOwned, Identified, table=True):
    """A passage of a signed text."""

    __table_args__ = (
        within_unit("text_print", "print_id"),
        Index("ix_passage_bands", "bands", postgresql_using="gin"),
    )

    print_id: UUID = Field(index=True)
