"""One writer for each kind of document: from its matter, as the caller may read it, to the paper.

A writer raises `NotFound` for whoever may not read the matter, so its document is as closed as it.
"""

from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from sihao.core.context import COMMITTEE, Context, Role
from sihao.core.errors import NotFound
from sihao.documents.kinds.circulars import write_circular, write_commendation
from sihao.documents.kinds.inspections import (
    write_feedback,
    write_notice,
    write_rectification_notice,
)
from sihao.documents.kinds.interviews import (
    write_interview_notice,
    write_interview_record,
    write_referral,
)
from sihao.documents.kinds.meetings import write_meeting_material
from sihao.documents.kinds.receipts import write_receipt
from sihao.documents.kinds.units import write_plan, write_self_report
from sihao.documents.models import OUTGOING, DocumentKind
from sihao.documents.written import Written

_WRITERS: Mapping[DocumentKind, Callable[[Context, UUID], Awaitable[Written]]] = {
    DocumentKind.ANNUAL_PLAN: write_plan,
    DocumentKind.SELF_REPORT: write_self_report,
    DocumentKind.INSPECTION_NOTICE: write_notice,
    DocumentKind.FEEDBACK_LETTER: write_feedback,
    DocumentKind.RESULT_CIRCULAR: write_circular,
    DocumentKind.COMMENDATION: write_commendation,
    DocumentKind.INTERVIEW_NOTICE: write_interview_notice,
    DocumentKind.INTERVIEW_RECORD: write_interview_record,
    DocumentKind.RECTIFICATION_NOTICE: write_rectification_notice,
    DocumentKind.REFERRAL_LETTER: write_referral,
    DocumentKind.RECEIPT: write_receipt,
    DocumentKind.MEETING_MATERIAL: write_meeting_material,
}


async def write(ctx: Context, kind: DocumentKind, subject_id: UUID) -> Written:
    """Write a paper about a matter.

    What the committee issues is its own until then: raises `NotFound` for everybody else.
    """
    if kind in OUTGOING and not ctx.actor.has(COMMITTEE | {Role.SYSTEM}):
        raise NotFound("document.unknown", "没有这份公文。", "No such document.")
    return await _WRITERS[kind](ctx, subject_id)
