"""Find what a unit showed for the same topic the year before (B1, B8)."""

from uuid import UUID

from sqlalchemy import func, or_
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.campaigns.models import Campaign, Criterion, CriterionMapping
from sihao.core.context import Context
from sihao.core.paging import rows_of
from sihao.evidence import policy
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Evidence, EvidenceFile, EvidenceLink
from sihao.evidence.queries.files import COUNTING
from sihao.evidence.queries.links import OF_THIS
from sihao.evidence.schemas import EvidenceSuggestion, SuggestionQuery


async def suggest(ctx: Context, unit_id: UUID, query: SuggestionQuery) -> list[EvidenceSuggestion]:
    """List last year's pieces for the item that this one goes on, or for the one of its code."""
    year = select(Campaign.year).where(Campaign.id == query.campaign_id).scalar_subquery()
    code = select(Criterion.code).where(Criterion.id == query.criterion_id).scalar_subquery()
    mapped = select(CriterionMapping.old_criterion_id).where(
        CriterionMapping.new_criterion_id == query.criterion_id
    )
    files = (
        sa_select(
            col(EvidenceFile.evidence_id),
            func.count().label("files"),
            func.coalesce(func.sum(col(EvidenceFile.size)), 0).label("size"),
        )
        .where(COUNTING, col(EvidenceFile.unit_id) == unit_id)
        .group_by(col(EvidenceFile.evidence_id))
        .subquery()
    )
    again = sa_select(col(Evidence.reused_from_id)).where(
        col(Evidence.unit_id) == unit_id,
        col(Evidence.campaign_id) == query.campaign_id,
        col(Evidence.state) != EvidenceState.WITHDRAWN,
        col(Evidence.reused_from_id).is_not(None),
    )
    rows = (
        rows_of(
            *(getattr(Evidence, name) for name in ("id", "title", "kind")),
            *(getattr(Evidence, name) for name in ("covers_from", "covers_until")),
            col(Campaign.year),
            col(Criterion.code),
            col(EvidenceLink.verdict),
            files.c.files,
            files.c.size,
            col(Evidence.id).in_(again).label("reused"),
        )
        .join(Campaign, col(Campaign.id) == col(Evidence.campaign_id))
        .join(EvidenceLink, OF_THIS)
        .join(Criterion, col(Criterion.id) == col(EvidenceLink.criterion_id))
        .join(files, files.c.evidence_id == col(Evidence.id))
        .where(
            col(Evidence.unit_id) == unit_id,
            col(Evidence.state) == EvidenceState.AVAILABLE,
            col(Campaign.year) == year - 1,
            or_(col(Criterion.id).in_(mapped), col(Criterion.code) == code),
            policy.visible(ctx.actor),
        )
        .order_by(col(Criterion.id).in_(mapped).desc(), col(Evidence.title), col(Evidence.id))
        .limit(100)
    )
    return [EvidenceSuggestion(**row) for row in (await ctx.db.execute(rows)).mappings()]
