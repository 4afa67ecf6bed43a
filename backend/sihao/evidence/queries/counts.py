"""Count what a unit has to show."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    String,
    and_,
    cast,
    func,
    true,
)
from sqlalchemy import select as sa_select
from sqlmodel import col

from sihao.campaigns.models import Campaign, Criterion, Dimension
from sihao.core.context import Context
from sihao.evidence import policy
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Evidence, EvidenceFile, EvidenceLink, Verdict
from sihao.evidence.queries.files import LIVING
from sihao.evidence.queries.links import OF_THIS
from sihao.evidence.schemas import (
    EvidenceSummary,
    MatrixCell,
    Shown,
)


async def list_matrix(ctx: Context, campaign_id: UUID, unit_id: UUID) -> list[MatrixCell]:
    """Show each item of the year's standard with the evidence a unit links to it."""
    here = col(Evidence.state) == EvidenceState.AVAILABLE
    counts = {
        verdict.value: func.count().filter(here, col(EvidenceLink.verdict) == verdict)
        for verdict in Verdict
    }
    counts["promised"] = func.count().filter(col(Evidence.state) == EvidenceState.PROMISED)
    links = (
        sa_select(col(EvidenceLink.criterion_id), *(n.label(key) for key, n in counts.items()))
        .join(Evidence, OF_THIS)
        .where(
            col(Evidence.campaign_id) == campaign_id,
            col(EvidenceLink.unit_id) == unit_id,
            col(EvidenceLink.criterion_id).is_not(None),
            policy.visible_summary(ctx.actor),
        )
        .group_by(col(EvidenceLink.criterion_id))
        .subquery()
    )
    rows: Any = (
        sa_select(
            col(Criterion.id).label("criterion_id"),
            col(Criterion.code),
            col(Criterion.title),
            col(Dimension.code).label("dimension"),
            *(func.coalesce(links.c[key], 0).label(key) for key in counts),
        )
        .join(Campaign, col(Campaign.standard_id) == col(Criterion.standard_id))
        .join(Dimension, col(Dimension.id) == col(Criterion.dimension_id))
        .outerjoin(links, links.c.criterion_id == col(Criterion.id))
        .where(col(Campaign.id) == campaign_id)
        .order_by(col(Criterion.sort_order))
    )
    return [
        MatrixCell(**row._mapping, shown=_shown(row))  # noqa: SLF001 - SQLAlchemy's public name
        for row in await ctx.db.execute(rows)
    ]


def _shown(row: Any) -> Shown:
    if row.accepted:
        return Shown.ACCEPTED
    if row.unreviewed:
        return Shown.AVAILABLE
    return Shown.PROMISED if row.promised else Shown.NONE


async def summarize(ctx: Context, campaign_id: UUID, unit_id: UUID) -> EvidenceSummary:
    """Count a unit's store of one year in one statement."""
    state = col(Evidence.state)
    living = and_(
        col(Evidence.campaign_id) == campaign_id,
        col(Evidence.unit_id) == unit_id,
        state != EvidenceState.WITHDRAWN,
        policy.visible(ctx.actor),
    )
    links = (
        sa_select(
            func.count(col(EvidenceLink.criterion_id).distinct()).label("criteria"),
            func.count(col(EvidenceLink.measure_id).distinct()).label("measures"),
            func.count().filter(col(EvidenceLink.verdict) == Verdict.REJECTED).label("rejected"),
            (func.count() - func.count(col(EvidenceLink.evidence_id).distinct())).label("saved"),
        )
        .join(Evidence, OF_THIS)
        .where(living)
        .subquery()
    )
    size = (
        sa_select(func.coalesce(func.sum(col(EvidenceFile.size)), 0))
        .join(Evidence, col(Evidence.id) == col(EvidenceFile.evidence_id))
        .where(living, LIVING)
        .scalar_subquery()
    )
    files = (
        sa_select(
            func.count().filter(state == EvidenceState.AVAILABLE).label("available"),
            func.count().filter(state == EvidenceState.PROMISED).label("promised"),
            cast(size, String).label("bytes"),
        )
        .where(living)
        .subquery()
    )
    row = (
        await ctx.db.execute(sa_select(files, links).select_from(files.join(links, true())))
    ).one()
    return EvidenceSummary.model_validate(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name
