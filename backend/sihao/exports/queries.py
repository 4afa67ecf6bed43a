"""Read exports, and what only exports read: teams of many units, files of a pack."""

from collections.abc import AsyncGenerator
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel import select as select_rows

from sihao.ballots import policy as ballots_policy
from sihao.ballots.lifecycle import PUBLISHED
from sihao.ballots.models import Ballot
from sihao.ballots.schemas import BallotResult
from sihao.campaigns.models import Campaign
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.paging import json_page, row_of, rows_of
from sihao.evidence import policy as evidence_policy
from sihao.evidence.models import Evidence, EvidenceFile
from sihao.exports import policy
from sihao.exports.lifecycle import ExportState
from sihao.exports.models import ExportJob, ExportTicket
from sihao.exports.schemas import (
    CoResultsQuery,
    ExportQuery,
    ExportSummary,
    MeasureProgressQuery,
    ProgressExport,
    ResultExport,
)
from sihao.inspections import policy as inspections_policy
from sihao.inspections.models import CoAssessment, CoAssessmentResult
from sihao.plans import policy as plans_policy
from sihao.plans.models import Measure, MeasureProgress, Plan
from sihao.units import policy as units_policy
from sihao.units.models import Member, Term, Unit

_ROWS = row_of(ExportSummary, ExportJob)
_UNITS_AT_ONCE = 100
_TERM = func.jsonb_build_array(col(Term.started_on), col(Term.ended_on))
_TERMS = (
    select(func.array_agg(aggregate_order_by(_TERM, col(Term.started_on))))
    .where(col(Term.member_id) == col(Member.id))
    .correlate(Member)
    .scalar_subquery()
)
_TEAMS = (
    rows_of(
        col(Member.id),
        col(Unit.name),
        col(Member.name),
        col(Member.duty),
        col(Member.rank_order),
        _TERMS,
    )
    .join_from(Member, Unit, col(Unit.id) == col(Member.unit_id))
    .order_by(col(Unit.sort_order), col(Unit.id), col(Member.rank_order), col(Member.id))
)

_PARENT = aliased(CoAssessment)
"""Beside the table itself, which the rule of who sees results looks at."""
_CO_RESULTS = (
    row_of(
        ResultExport,
        CoAssessmentResult,
        col(_PARENT.code).label("code"),
        col(Unit.name).label("unit"),
    )
    .join(_PARENT, col(_PARENT.id) == col(CoAssessmentResult.co_assessment_id))
    .join(Unit, col(Unit.id) == col(CoAssessmentResult.unit_id))
)

_PROGRESS = (
    row_of(
        ProgressExport,
        MeasureProgress,
        col(Unit.name).label("unit_name"),
        col(Campaign.year).label("year"),
        col(Measure.number).label("number"),
        col(Measure.text).label("measure"),
    )
    .join(Measure, col(Measure.id) == col(MeasureProgress.measure_id))
    .join(Plan, col(Plan.id) == col(Measure.plan_id))
    .join(Campaign, col(Campaign.id) == col(Plan.campaign_id))
    .join(Unit, col(Unit.id) == col(Measure.unit_id))
)


async def get_export(ctx: Context, export_id: UUID) -> ExportJob:
    """Read one export; raise `NotFound` for a foreign one too."""
    rows = select_rows(ExportJob).where(ExportJob.id == export_id, policy.visible(ctx.actor))
    found = (await ctx.db.exec(rows)).first()
    if found is None:
        raise NotFound("export.unknown", "没有这次导出。", "No such export.")
    return found


async def hold_export(ctx: Context, export_id: UUID) -> ExportJob | None:
    """Read an export and keep other workers from it; for the system."""
    rows = select_rows(ExportJob).where(ExportJob.id == export_id).with_for_update()
    return (await ctx.db.exec(rows)).first()


async def list_exports(ctx: Context, query: ExportQuery) -> Response:
    """Answer a page of exports."""
    rows = _ROWS.where(policy.visible(ctx.actor))
    if query.kind is not None:
        rows = rows.where(col(ExportJob.kind) == query.kind)
    if query.state is not None:
        rows = rows.where(col(ExportJob.state) == query.state)
    sorts = {"created_at": col(ExportJob.created_at)}
    return await json_page(ctx, rows, query, sorts, col(ExportJob.id))


async def use_ticket(ctx: Context, token_hash: str) -> ExportJob | None:
    """Use a ticket up and give its export; None when it is used or expired.

    Raises `NotFound` for a ticket that never was.
    """
    good = (
        (col(ExportTicket.token_hash) == token_hash)
        & col(ExportTicket.used_at).is_(None)
        & (col(ExportTicket.expires_at) > ctx.now)
    )
    used = update(ExportTicket).where(good).values(used_at=ctx.now)
    opened = (
        await ctx.db.execute(used.returning(col(ExportTicket.export_id)))
    ).scalar_one_or_none()
    if opened is not None:
        return await ctx.db.get(ExportJob, opened)
    if await ctx.db.get(ExportTicket, token_hash) is None:
        raise NotFound("ticket.unknown", "没有这个下载地址。", "No such ticket.")
    return None


async def list_expired(ctx: Context) -> list[ExportJob]:
    """List exports whose files have been kept long enough; for the system."""
    rows = select_rows(ExportJob).where(
        ExportJob.state == ExportState.DONE, col(ExportJob.expires_at) < ctx.now
    )
    return list((await ctx.db.exec(rows)).all())


async def forget_tickets(ctx: Context, before: datetime) -> None:
    """Drop tickets that expired before then."""
    await ctx.db.execute(delete(ExportTicket).where(col(ExportTicket.expires_at) < before))


async def list_teams(ctx: Context, unit_id: UUID | None) -> AsyncGenerator[list[Any], None]:
    """Give members with their terms of office, unit by unit in their order, some units at once."""
    units = select(col(Unit.id)).where(units_policy.visible(ctx.actor))
    if unit_id is not None:
        units = units.where(col(Unit.id) == unit_id)
    found = await ctx.db.execute(units.order_by(col(Unit.sort_order), col(Unit.id)))
    ids = list(found.scalars())
    for start in range(0, len(ids), _UNITS_AT_ONCE):
        theirs = col(Member.unit_id).in_(ids[start : start + _UNITS_AT_ONCE])
        yield list(
            (
                await ctx.db.execute(_TEAMS.where(units_policy.visible_members(ctx.actor), theirs))
            ).all()
        )


async def list_co_results(ctx: Context, query: CoResultsQuery) -> Response:
    """Answer a page of the results of a year's merged assessments, by assessment."""
    parents = select(col(CoAssessment.id)).where(
        col(CoAssessment.campaign_id) == query.campaign_id,
        inspections_policy.visible_co_assessments(ctx.actor),
    )
    rows = _CO_RESULTS.where(
        col(_PARENT.id).in_(parents), inspections_policy.visible_results(ctx.actor)
    )
    if query.co_assessment_id is not None:
        rows = rows.where(col(_PARENT.id) == query.co_assessment_id)
    if query.unit_id is not None:
        rows = rows.where(col(Unit.id) == query.unit_id)
    sorts = {"code": col(_PARENT.code)}
    return await json_page(ctx, rows, query, sorts, col(CoAssessmentResult.id))


async def list_progress(ctx: Context, query: MeasureProgressQuery) -> Response:
    """Answer a page of what was reported about measures, the oldest first."""
    ctx.require_scope("plan:read")
    rows = _PROGRESS.where(plans_policy.visible_measures(ctx.actor))
    for column, wanted in (
        (col(Plan.campaign_id), query.campaign_id),
        (col(Measure.unit_id), query.unit_id),
        (col(Measure.id), query.measure_id),
    ):
        if wanted is not None:
            rows = rows.where(column == wanted)
    sorts = {"reported_at": col(MeasureProgress.reported_at)}
    return await json_page(ctx, rows, query, sorts, col(MeasureProgress.id))


async def list_ballot_results(ctx: Context, ids: list[UUID]) -> dict[UUID, BallotResult]:
    """Give the published results among these ballots: totals of five votes and more, no paper."""
    rows = select(col(Ballot.id), col(Ballot.result)).where(
        ballots_policy.visible(ctx.actor),
        col(Ballot.id).in_(ids),
        col(Ballot.state).in_(PUBLISHED),
    )
    found = (await ctx.db.execute(rows)).all()
    return {ident: BallotResult.model_validate(result) for ident, result in found}


async def list_unit_names(ctx: Context) -> dict[str, str]:
    """Name the units that the actor reads, by id."""
    rows = select(col(Unit.id), col(Unit.name)).where(units_policy.visible(ctx.actor))
    return {str(ident): name for ident, name in (await ctx.db.execute(rows)).all()}


async def list_pack(ctx: Context, campaign_id: UUID, unit_id: UUID) -> list[Any]:
    """List the current files of a unit's evidence of a year that the actor may open."""
    rows = (
        rows_of(
            col(Evidence.id),
            col(Evidence.title),
            col(Evidence.note),
            col(Evidence.covers_from),
            col(Evidence.covers_until),
            col(EvidenceFile.id).label("file_id"),
            col(EvidenceFile.file_name),
            col(EvidenceFile.media_type),
            col(EvidenceFile.size),
            col(EvidenceFile.sha256),
            col(EvidenceFile.received_at),
            col(EvidenceFile.late),
        )
        .join_from(EvidenceFile, Evidence, col(Evidence.id) == col(EvidenceFile.evidence_id))
        .where(
            evidence_policy.visible(ctx.actor),
            col(Evidence.campaign_id) == campaign_id,
            col(Evidence.unit_id) == unit_id,
            col(EvidenceFile.received_at).is_not(None),
            col(EvidenceFile.replaced_at).is_(None),
        )
        .order_by(col(Evidence.created_at), col(Evidence.id), col(EvidenceFile.position))
    )
    return list((await ctx.db.execute(rows)).all())


async def count_missing(ctx: Context, campaign_id: UUID, unit_id: UUID) -> int:
    """Count files of a unit's evidence that are promised and have not come."""
    rows = (
        select(func.count())
        .select_from(EvidenceFile)
        .join(Evidence, col(Evidence.id) == col(EvidenceFile.evidence_id))
        .where(
            evidence_policy.visible(ctx.actor),
            col(Evidence.campaign_id) == campaign_id,
            col(Evidence.unit_id) == unit_id,
            col(EvidenceFile.received_at).is_(None),
        )
    )
    return int((await ctx.db.execute(rows)).scalar_one())
