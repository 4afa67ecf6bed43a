"""Read manifests, and turn the lines of one into evidence, all of them at once."""

from typing import Any
from uuid import UUID

import orjson
from fastapi import Response
from sqlalchemy import ColumnElement, String, case, cast, func, literal, text
from sqlalchemy import select as sa_select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from sihao.campaigns.models import Campaign
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.paging import json_page, matches, row_of
from sihao.evidence import policy
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.manifest_schemas import (
    LineQuery,
    LineState,
    ManifestLine,
    ManifestLineRow,
    ManifestQuery,
    ManifestRow,
)
from sihao.evidence.models import (
    Evidence,
    EvidenceFile,
    EvidenceManifest,
    EvidenceManifestLine,
    ManifestCounter,
)
from sihao.evidence.queries.manifest_steps import STEPS
from sihao.units.models import Unit

_became: ColumnElement[str] = case(
    (col(Evidence.state) == EvidenceState.WITHDRAWN, LineState.WITHDRAWN.value),
    (col(EvidenceFile.received_at).is_not(None), LineState.RECEIVED.value),
    (col(EvidenceFile.replaced_at).is_not(None), LineState.REPLACED.value),
    else_=LineState.WAITING.value,
)
_FILE_OF_LINE = col(EvidenceFile.id) == col(EvidenceManifestLine.file_id)
_PIECE_OF_FILE = col(Evidence.id) == col(EvidenceFile.evidence_id)
_LINES = (
    row_of(
        ManifestLineRow,
        EvidenceManifestLine,
        _became.label("state"),
        col(EvidenceFile.evidence_id).label("evidence_id"),
        col(EvidenceFile.received_at).label("received_at"),
        col(EvidenceFile.late).label("late"),
    )
    .join(EvidenceFile, _FILE_OF_LINE)
    .join(Evidence, _PIECE_OF_FILE)
)
_WAITING = (
    sa_select(func.count())
    .select_from(EvidenceManifestLine)
    .join(EvidenceFile, _FILE_OF_LINE)
    .join(Evidence, _PIECE_OF_FILE)
    .where(
        col(EvidenceManifestLine.manifest_id) == col(EvidenceManifest.id),
        _became == LineState.WAITING.value,
    )
    .correlate(EvidenceManifest)
    .scalar_subquery()
)
_NUMBER = (
    literal("清单〔")
    .concat(cast(col(Campaign.year), String))
    .concat("〕")
    .concat(func.lpad(cast(col(EvidenceManifest.number), String), 3, "0"))
    .concat("号")
)
_ROWS = (
    row_of(
        ManifestRow,
        EvidenceManifest,
        col(Unit.name).label("unit_name"),
        _NUMBER.label("number"),
        _WAITING.label("waiting"),
    )
    .join(Unit, col(Unit.id) == col(EvidenceManifest.unit_id))
    .join(Campaign, col(Campaign.id) == col(EvidenceManifest.campaign_id))
)


async def hold_paths(ctx: Context, campaign_id: UUID) -> None:
    """Let a unit's manifests of a year come one after the other."""
    lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 12))")
    await ctx.db.execute(lock, {"name": f"{ctx.unit_id}:{campaign_id}"})


async def fulfil_lines(
    ctx: Context, manifest: EvidenceManifest, standard_id: UUID | None, lines: list[ManifestLine]
) -> dict[str, int]:
    """Store the lines and make of them what is new; tell how many rows each step wrote."""
    values = {
        "unit": manifest.unit_id,
        "manifest": manifest.id,
        "campaign": manifest.campaign_id,
        "standard": standard_id,
        "now": ctx.now,
        "who": ctx.actor.name,
        "who_id": ctx.actor.id,
        "lines": orjson.dumps([_staged(at, one) for at, one in enumerate(lines, 1)]).decode(),
    }
    written: dict[str, int] = {}
    for step, statement in STEPS.items():
        named = {name: value for name, value in values.items() if f":{name}" in statement}
        done: Any = await ctx.db.execute(text(statement), named)
        written[step] = done.rowcount
    return written


def _staged(position: int, line: ManifestLine) -> dict[str, Any]:
    title = line.title or line.file_name.rpartition(".")[0] or line.file_name
    return {**line.model_dump(), "title": title, "position": position}


async def next_number(ctx: Context, campaign_id: UUID) -> int:
    """Draw the next receipt number of a year; whoever draws it first commits first."""
    first = insert(ManifestCounter).values(campaign_id=campaign_id, last=1)
    drawn = first.on_conflict_do_update(
        index_elements=["campaign_id"],
        set_={"last": col(ManifestCounter.last) + 1},
    )
    return int((await ctx.db.execute(drawn.returning(col(ManifestCounter.last)))).scalar_one())


async def get_manifest(ctx: Context, manifest_id: UUID) -> EvidenceManifest:
    """Read one manifest; raise `NotFound` for a foreign one too."""
    rows = select(EvidenceManifest).where(
        EvidenceManifest.id == manifest_id, policy.visible_manifest(ctx.actor)
    )
    found: EvidenceManifest | None = (await ctx.db.exec(rows)).first()
    if found is None:
        raise NotFound("evidence_manifest.unknown", "没有这份材料清单。", "No such manifest.")
    return found


async def show_manifest(ctx: Context, manifest: EvidenceManifest) -> dict[str, Any]:
    """Read a receipt, and how far its lines are fulfilled."""
    row = (await ctx.db.execute(_ROWS.where(col(EvidenceManifest.id) == manifest.id))).one()
    counts = (
        sa_select(
            func.count().filter(col(EvidenceFile.received_at).is_not(None)).label("received"),
            func.count().filter(col(EvidenceFile.late)).label("late_files"),
        )
        .select_from(EvidenceManifestLine)
        .join(EvidenceFile, _FILE_OF_LINE)
        .where(col(EvidenceManifestLine.manifest_id) == manifest.id)
    )
    told = (await ctx.db.execute(counts)).one()
    return {**row._mapping, **told._mapping}  # noqa: SLF001 - SQLAlchemy's public name


async def list_manifests(ctx: Context, query: ManifestQuery) -> Response:
    """Answer a page of manifests."""
    rows = _ROWS.where(policy.visible_manifest(ctx.actor))
    for name in ("campaign_id", "unit_id"):
        if (value := getattr(query, name)) is not None:
            rows = rows.where(getattr(EvidenceManifest, name) == value)
    sorts = {"received_at": col(EvidenceManifest.received_at)}
    return await json_page(ctx, rows, query, sorts, col(EvidenceManifest.id))


async def list_lines(ctx: Context, manifest: EvidenceManifest, query: LineQuery) -> Response:
    """Answer a page of a manifest's lines."""
    rows = _LINES.where(col(EvidenceManifestLine.manifest_id) == manifest.id)
    if query.state is not None:
        rows = rows.where(_became == query.state.value)
    if query.late is not None:
        rows = rows.where(col(EvidenceFile.late) == query.late)
    if query.q:
        rows = rows.where(
            matches(query.q, col(EvidenceManifestLine.path), col(EvidenceManifestLine.title))
        )
    sorts = {name: getattr(EvidenceManifestLine, name) for name in ("position", "size", "path")}
    return await json_page(ctx, rows, query, sorts, col(EvidenceManifestLine.id))
