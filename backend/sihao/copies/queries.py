"""Look for what a text is like."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, and_, delete, func, literal, or_, text
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from sihao.campaigns.models import Campaign
from sihao.copies import policy
from sihao.copies.models import CopyKind, Passage, PassageFields, TextPrint
from sihao.copies.numbers import Ledger, Recorded
from sihao.copies.schemas import CopiedFile, OtherText
from sihao.core.context import Context
from sihao.evidence import policy as evidence_policy
from sihao.evidence.models import Evidence, EvidenceFile
from sihao.ledgers import policy as ledgers_policy
from sihao.ledgers.models import LedgerEntry, LedgerEntryMember, LedgerKind
from sihao.plans.lifecycle import SIGNED
from sihao.plans.models import Plan, PlanVersion
from sihao.self_reports.models import SelfReport
from sihao.units.models import Unit

AT_ONCE = 50
"""Texts that one look for signed texts without fingerprints brings."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Passage number `n` of those asked about is like another; `passage_id` where it is shown."""

    n: int
    passage_id: UUID | None
    is_own: bool
    percent: int


@dataclass(frozen=True, slots=True)
class SignedText:
    """A text of which the fingerprints are missing or of an earlier signature."""

    kind: CopyKind
    subject_id: UUID
    unit_id: UUID
    campaign_id: UUID
    content_hash: str
    content: dict[str, Any]


async def list_alike(
    ctx: Context, kind: CopyKind, subject: Plan | SelfReport, passages: Sequence[PassageFields]
) -> list[Likeness]:
    """Compare passages with last year's own and this year's of other units."""
    asked = [{"n": n, "grams": p.grams, "bands": p.bands} for n, p in enumerate(passages)]
    rows = text(
        "SELECT n, passage_id, is_own, percent"
        " FROM alike_passages(CAST(:asked AS jsonb), :kind, :own, :year)"
    )
    given: dict[str, Any] = {"asked": json.dumps(asked), "kind": kind.value}
    given |= {"own": subject.unit_id, "year": subject.campaign_id}
    return [Likeness(**row) for row in (await ctx.db.execute(rows, given)).mappings()]


async def list_texts(ctx: Context, likenesses: Sequence[Likeness]) -> dict[UUID, OtherText]:
    """Read the passages that the actor may see, by id."""
    wanted = {one.passage_id: one.percent for one in likenesses if one.passage_id}
    rows: Any = (
        sa_select(
            col(Passage.id),
            col(Passage.unit_id),
            col(Unit.name).label("unit_name"),
            col(Campaign.year),
            col(Passage.place),
            col(Passage.text),
        )
        .join(TextPrint, col(TextPrint.id) == col(Passage.print_id))
        .join(Campaign, col(Campaign.id) == col(TextPrint.campaign_id))
        .join(Unit, col(Unit.id) == col(Passage.unit_id))
        .where(col(Passage.id).in_(wanted), policy.visible(ctx.actor))
    )
    return {
        row["id"]: OtherText(percent=wanted[row["id"]], **{k: row[k] for k in row if k != "id"})
        for row in (await ctx.db.execute(rows)).mappings()
    }


async def list_passages(ctx: Context, subject_id: UUID) -> list[PassageFields]:
    """List the passages of a signed text."""
    rows = (
        select(Passage)
        .join(TextPrint, col(TextPrint.id) == col(Passage.print_id))
        .where(TextPrint.subject_id == subject_id, policy.visible(ctx.actor))
        .order_by(col(Passage.place), col(Passage.position))
    )
    return list((await ctx.db.exec(rows)).all())


async def count_recorded(ctx: Context, report: SelfReport) -> Ledger:
    """Count the unit's ledger rows of the report's year, by kind and form.

    Rows of the assessment year and of the calendar year both count: either may be meant.
    """
    details = col(LedgerEntry.details)
    of_members = (
        sa_select(func.greatest(func.count(), 1))
        .where(col(LedgerEntryMember.entry_id) == col(LedgerEntry.id))
        .scalar_subquery()
    )
    each = (
        sa_select(
            col(LedgerEntry.kind).label("kind"),
            func.coalesce(details["form"].astext, "").label("form"),
            of_members.label("members"),
            func.coalesce(details["count"].as_integer(), 1).label("times"),
            func.coalesce(details["trained"].as_integer(), 0).label("trained"),
        )
        .join(Campaign, col(Campaign.id) == report.campaign_id)
        .where(
            ledgers_policy.visible_figures(ctx.actor),
            col(LedgerEntry.unit_id) == report.unit_id,
            or_(
                col(LedgerEntry.campaign_id) == report.campaign_id,
                func.extract("year", col(LedgerEntry.happened_on)) == col(Campaign.year),
            ),
        )
        .subquery()
    )
    rows = sa_select(
        each.c.kind,
        each.c.form,
        func.count(),
        func.sum(each.c.members),
        func.sum(each.c.times * each.c.members),
        func.sum(each.c.trained),
    ).group_by(each.c.kind, each.c.form)
    return {
        (LedgerKind(kind), form): Recorded(*map(int, counts))
        for kind, form, *counts in (await ctx.db.execute(rows)).all()
    }


async def list_same_files(ctx: Context, report: SelfReport, *, named: bool) -> list[CopiedFile]:
    """List the unit's files whose bytes were handed in elsewhere too; `named` tells by whom."""
    same = func.same_files(report.unit_id, report.campaign_id).table_valued(
        "file_id", "is_own", "is_others"
    )
    rows = (
        sa_select(
            col(Evidence.id).label("evidence_id"),
            col(EvidenceFile.file_name),
            same.c.is_own.label("last_year"),
            same.c.is_others.label("others"),
            (_holders(report) if named else literal([], ARRAY(Text))).label("units"),
        )
        .join(EvidenceFile, col(EvidenceFile.id) == same.c.file_id)
        .join(Evidence, col(Evidence.id) == col(EvidenceFile.evidence_id))
        .where(evidence_policy.visible(ctx.actor))
        .order_by(col(EvidenceFile.file_name), col(EvidenceFile.id))
    )
    return [CopiedFile(**row) for row in (await ctx.db.execute(rows)).mappings()]


def _holders(report: SelfReport) -> Any:
    """The names of other units that handed in the same bytes this year."""
    file, piece = aliased(EvidenceFile), aliased(Evidence)
    names = (
        sa_select(col(Unit.name))
        .join(file, col(file.unit_id) == col(Unit.id))
        .join(piece, col(piece.id) == col(file.evidence_id))
        .where(
            col(file.sha256) == col(EvidenceFile.sha256),
            col(file.replaced_at).is_(None),
            col(file.unit_id) != report.unit_id,
            col(piece.campaign_id) == report.campaign_id,
        )
        .distinct()
        .correlate(EvidenceFile)
    )
    return func.array(names.scalar_subquery())


async def list_unprinted(ctx: Context) -> list[SignedText]:
    """List some signed texts without fingerprints of this signature."""
    newest = aliased(PlanVersion)
    plans = (
        sa_select(Plan, col(PlanVersion.content), col(PlanVersion.content_hash))
        .join(PlanVersion, col(PlanVersion.plan_id) == col(Plan.id))
        .outerjoin(TextPrint, col(TextPrint.subject_id) == col(Plan.id))
        .where(
            col(Plan.state).in_(SIGNED),
            col(PlanVersion.number)
            == sa_select(func.max(col(newest.number)))
            .where(col(newest.plan_id) == col(Plan.id))
            .scalar_subquery(),
            _is_other(col(PlanVersion.content_hash)),
        )
        .limit(AT_ONCE)
    )
    reports = (
        sa_select(SelfReport, col(SelfReport.frozen), col(SelfReport.content_hash))
        .outerjoin(TextPrint, col(TextPrint.subject_id) == col(SelfReport.id))
        .where(col(SelfReport.content_hash).is_not(None), _is_other(col(SelfReport.content_hash)))
        .limit(AT_ONCE)
    )
    return [
        SignedText(kind, row.id, row.unit_id, row.campaign_id, content_hash, content)
        for kind, rows in ((CopyKind.PLAN, plans), (CopyKind.SELF_REPORT, reports))
        for row, content, content_hash in (await ctx.db.execute(rows)).all()
    ]


def _is_other(content_hash: Any) -> Any:
    known = and_(col(TextPrint.id).is_not(None), col(TextPrint.content_hash) == content_hash)
    return or_(col(TextPrint.id).is_(None), ~known)


async def forget_print(ctx: Context, subject_id: UUID) -> None:
    """Take the fingerprints of an earlier signature away."""
    rows = select(TextPrint).where(
        TextPrint.subject_id == subject_id, policy.visible_prints(ctx.actor)
    )
    for one in (await ctx.db.exec(rows)).all():
        await ctx.db.execute(delete(Passage).where(col(Passage.print_id) == one.id))
        await ctx.db.delete(one)
    await ctx.db.flush()
