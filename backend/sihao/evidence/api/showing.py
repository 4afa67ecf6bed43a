"""How evidence is represented."""

from fastapi import Response

from sihao.core.context import Context
from sihao.core.etag import tag
from sihao.evidence import queries
from sihao.evidence.lifecycle import EVIDENCE, EvidenceFacts
from sihao.evidence.models import Evidence
from sihao.evidence.schemas import EvidencePublic, FilePublic
from sihao.units.queries import get_unit


async def answer(ctx: Context, response: Response, row: Evidence) -> EvidencePublic:
    """Represent a piece and tag the answer with its version."""
    tag(response, row)
    return await show(ctx, row)


async def show(ctx: Context, row: Evidence) -> EvidencePublic:
    """Represent a piece with its files, its uses and what the caller may do."""
    await ctx.db.flush()
    uses = await queries.list_uses(ctx, row.id)
    unit = await get_unit(ctx, row.unit_id)
    own = ctx.actor.unit_id == row.unit_id
    namings = await queries.list_namings(ctx, row) if own else []
    facts = EvidenceFacts(queries.say_namings(namings))
    files = await queries.list_files(ctx, row.id)
    living = [one for one in files if one.replaced_at is None]
    first = next(one for one in living if one.received_at or one.replaces_id is None)
    return EvidencePublic(
        **row.model_dump(include=set(EvidencePublic.model_fields)),
        unit_name=unit.name,
        file_name=first.file_name,
        sha256=first.sha256,
        size=first.declared_size if first.size is None else first.size,
        media_type=first.media_type,
        files=[FilePublic.model_validate(one, from_attributes=True) for one in living],
        late=any(one.late for one in living),
        uses=uses,
        saved=max(len(uses) - 1, 0),
        actions=EVIDENCE.actions(ctx.actor, row, facts),
        same=await queries.list_same(ctx, row),
        revisions=[
            FilePublic.model_validate(one, from_attributes=True)
            for one in files
            if one.replaced_at is not None
        ],
    )
