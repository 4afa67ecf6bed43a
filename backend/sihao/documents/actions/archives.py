"""Ask for a unit's archive of a year; it is made and kept as an export."""

from sihao.campaigns.queries import get_campaign
from sihao.core.context import Context
from sihao.core.errors import Invalid, NotFound
from sihao.core.events import Audience, emit
from sihao.core.jobs import enqueue
from sihao.core.lifecycle import stamps
from sihao.documents.schemas import ArchiveCreate
from sihao.exports.models import ExportFormat, ExportJob
from sihao.units.queries import get_committee, get_unit

ARCHIVE = "archive"


async def create_archive(ctx: Context, body: ArchiveCreate) -> ExportJob:
    """Have an archive made, of what its asker may see when the worker comes to it."""
    asker = ctx.person_id
    try:
        campaign = await get_campaign(ctx, body.campaign_id)
        unit = await get_unit(ctx, body.unit_id or ctx.unit_id)
    except NotFound as error:
        subject = error.code.partition(".")[0]
        pointer = f"/body/{subject}_id"
        raise Invalid(error.code, error.zh, error.en, pointer=pointer) from error
    owner = ctx.actor.unit_id or (await get_committee(ctx)).id
    filters = {"campaign_id": str(campaign.id), "unit_id": str(unit.id)}
    job = ExportJob(
        unit_id=owner,
        person_id=asker,
        asked_by=ctx.actor.name,
        kind=ARCHIVE,
        format=ExportFormat.ZIP,
        filters=filters,
        **stamps(ctx),
    )
    ctx.db.add(job)
    await ctx.db.flush()
    told = {"kind": ARCHIVE, "format": ExportFormat.ZIP.value, "filters": filters}
    emit(ctx, "export.asked", job.id, owner, audience=Audience.UNIT, **told)
    await enqueue(ctx, "exports.begin", once=str(job.id), export_id=str(job.id))
    return job
