"""Read pieces of evidence."""

from uuid import UUID

from fastapi import Response
from sqlalchemy import ColumnElement, false, func, or_, text, true
from sqlalchemy import select as sa_select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import col, select

from sihao.campaigns.models import Criterion
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.paging import json_object, json_page, matches, row_of, rows_of
from sihao.evidence import policy
from sihao.evidence.lifecycle import EVIDENCE, EvidenceState
from sihao.evidence.models import Evidence, EvidenceFile, EvidenceLink
from sihao.evidence.queries.files import COUNTING, LIVING
from sihao.evidence.queries.links import OF_THIS, TARGETS, USE_ORDER, USES, held
from sihao.evidence.schemas import (
    EvidenceQuery,
    EvidenceRow,
    FilePublic,
    SameFile,
)
from sihao.units.models import Unit

_USES_JSON = (
    USES.with_only_columns(
        func.coalesce(
            func.json_agg(aggregate_order_by(json_object(USES), *USE_ORDER)), text("'[]'::json")
        ),
        maintain_column_froms=True,
    )
    .where(OF_THIS)
    .correlate(Evidence)
    .scalar_subquery()
)
_SAVED = (
    sa_select(func.greatest(func.count() - 1, 0))
    .select_from(EvidenceLink)
    .where(OF_THIS)
    .correlate(Evidence)
    .scalar_subquery()
)
_FILE = row_of(FilePublic, EvidenceFile)
_FILES_JSON = (
    _FILE.with_only_columns(
        func.coalesce(
            func.json_agg(
                aggregate_order_by(
                    json_object(_FILE), col(EvidenceFile.position), col(EvidenceFile.promised_at)
                )
            ),
            text("'[]'::json"),
        ),
        maintain_column_froms=True,
    )
    .where(col(EvidenceFile.evidence_id) == col(Evidence.id), LIVING)
    .correlate(Evidence)
    .scalar_subquery()
)
FIRST_FILE = (
    sa_select(
        col(EvidenceFile.file_name),
        col(EvidenceFile.sha256),
        func.coalesce(col(EvidenceFile.size), col(EvidenceFile.declared_size)).label("size"),
        col(EvidenceFile.media_type),
    )
    .where(col(EvidenceFile.evidence_id) == col(Evidence.id), COUNTING)
    .order_by(col(EvidenceFile.position))
    .limit(1)
    .correlate(Evidence)
    .lateral("first")
)
_LATE = (
    sa_select(func.coalesce(func.bool_or(col(EvidenceFile.late)), false()))
    .where(col(EvidenceFile.evidence_id) == col(Evidence.id), LIVING)
    .correlate(Evidence)
    .scalar_subquery()
)
_ROWS = (
    row_of(
        EvidenceRow,
        Evidence,
        col(Unit.name).label("unit_name"),
        *FIRST_FILE.c,
        _FILES_JSON.label("files"),
        _LATE.label("late"),
        _USES_JSON.label("uses"),
        _SAVED.label("saved"),
    )
    .join(Unit, col(Unit.id) == col(Evidence.unit_id))
    .join(FIRST_FILE, true())
)
_SORTS = {
    "updated_at": col(Evidence.updated_at),
    "created_at": col(Evidence.created_at),
    "title": col(Evidence.title),
}


async def list_evidence(ctx: Context, query: EvidenceQuery) -> Response:
    """Answer a page of evidence."""
    rows = _ROWS.add_columns(EVIDENCE.actions_sql(Evidence, ctx.actor).label("actions")).where(
        policy.visible(ctx.actor)
    )
    for name in ("campaign_id", "unit_id", "state", "kind"):
        if (value := getattr(query, name)) is not None:
            rows = rows.where(getattr(Evidence, name) == value)
    for condition in _link_conditions(query):
        rows = rows.where(condition)
    if query.q:
        named = sa_select(col(EvidenceFile.id)).where(
            col(EvidenceFile.evidence_id) == col(Evidence.id),
            LIVING,
            matches(query.q, col(EvidenceFile.file_name)),
        )
        said = matches(query.q, col(Evidence.title), col(Evidence.note))
        rows = rows.where(or_(said, named.correlate(Evidence).exists()))
    if query.late is not None:
        rows = rows.where(_LATE.is_(query.late))
    return await json_page(ctx, rows, query, _SORTS, col(Evidence.id))


def _link_conditions(query: EvidenceQuery) -> list[ColumnElement[bool]]:
    """Keep evidence with one link that answers every filter about links."""
    wanted: list[ColumnElement[bool]] = [
        target == value
        for kind, target in TARGETS.items()
        if (value := getattr(query, f"{kind}_id", None)) is not None
    ]
    if query.verdict:
        wanted.append(col(EvidenceLink.verdict) == query.verdict)
    if query.criterion:
        codes = sa_select(col(Criterion.id)).where(col(Criterion.code) == query.criterion)
        wanted.append(col(EvidenceLink.criterion_id).in_(codes))
    if not wanted:
        return []
    links = sa_select(col(EvidenceLink.evidence_id)).where(OF_THIS, *wanted).correlate(Evidence)
    return [links.exists()]


async def get_evidence(ctx: Context, evidence_id: UUID, *, lock: bool = False) -> Evidence:
    """Read one piece; raise `NotFound` for a foreign one too."""
    rows = select(Evidence).where(Evidence.id == evidence_id, policy.visible(ctx.actor))
    found: Evidence | None = (await ctx.db.exec(held(rows, Evidence) if lock else rows)).first()
    if found is None:
        raise NotFound("evidence.unknown", "没有这份佐证材料。", "No such evidence.")
    return found


async def list_same(ctx: Context, row: Evidence) -> list[SameFile]:
    """List the unit's other pieces of the year with the same bytes; never another unit's."""
    own = sa_select(col(EvidenceFile.sha256)).where(
        col(EvidenceFile.evidence_id) == row.id, LIVING, col(EvidenceFile.sha256).is_not(None)
    )
    rows = (
        rows_of(col(Evidence.id), col(Evidence.title), col(Evidence.received_at))
        .join(EvidenceFile, col(EvidenceFile.evidence_id) == col(Evidence.id))
        .where(
            col(Evidence.unit_id) == row.unit_id,
            col(Evidence.campaign_id) == row.campaign_id,
            col(EvidenceFile.sha256).in_(own),
            LIVING,
            col(Evidence.id) != row.id,
            col(Evidence.state) == EvidenceState.AVAILABLE,
            policy.visible(ctx.actor),
        )
        .distinct()
        .order_by(col(Evidence.received_at), col(Evidence.id))
    )
    return [SameFile(**one) for one in (await ctx.db.execute(rows)).mappings()]
