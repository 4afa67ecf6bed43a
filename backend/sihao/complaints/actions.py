"""Write into the box, and answer."""

from dataclasses import replace
from uuid import UUID

from sihao.complaints import queries
from sihao.complaints.lifecycle import COMPLAINT
from sihao.complaints.models import Complaint
from sihao.complaints.schemas import ComplaintCreate
from sihao.core.context import Actor, Context
from sihao.core.errors import Forbidden
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps

_NOBODY = Actor(name="匿名", roles=frozenset())


async def create_complaint(ctx: Context, body: ComplaintCreate) -> Complaint:
    """Put something into the box; without a name none is kept with it or in the record."""
    if ctx.actor.is_service:
        code, zh = "complaint.person", "投诉建议只能由本人提出。"
        raise Forbidden(code, zh, "Only a person may write into the box.")
    shown = ctx if body.named else replace(ctx, actor=_NOBODY)
    complaint = Complaint.model_validate(body, update={"author_id": ctx.person_id, **stamps(shown)})
    ctx.db.add(complaint)
    await ctx.db.flush()
    emit(shown, "complaint.created", complaint.id, audience=Audience.COMMITTEE, kind=complaint.kind)
    return complaint


async def move_complaint(
    ctx: Context, complaint_id: UUID, version: int, name: str, opinion: str
) -> Complaint:
    """Answer; the opinion is the answer, and its author finds it."""
    complaint = await queries.get_complaint(ctx, complaint_id, lock=True)
    check_version(complaint, version)
    COMPLAINT.apply(ctx, complaint, name, opinion)
    complaint.answer, complaint.answered_by = opinion, ctx.actor.name
    complaint.answered_at = ctx.now
    return complaint
