"""Papers that went out: letters, a circular with its receipts, a commendation, notices."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlmodel import col, select

from sihao.demo.seed.town import Town, Year
from sihao.documents.actions import documents as actions
from sihao.documents.models import Document, DocumentKind
from sihao.documents.schemas import DocumentCreate
from sihao.followups.models import Interview
from sihao.inspections.models import Inspection
from sihao.results.lifecycle import ComparisonState
from sihao.results.models import Comparison

_LETTERS = 6
_NO_RECEIPT = 5
"""Every so manieth unit has not confirmed the circular."""


async def issue_documents(town: Town, year: Year) -> None:
    """Issue what a finished year gave occasion to."""
    at = datetime(year.number + 1, 5, 18, 2, tzinfo=UTC)
    inspections = await _inspections(town, year)
    for unit_id in list(town.unit_ids.values())[:_LETTERS]:
        if unit_id in inspections:
            await _issue(town, DocumentKind.FEEDBACK_LETTER, inspections[unit_id], at)
    circular = await _issue(town, DocumentKind.RESULT_CIRCULAR, year.campaign.id, at)
    await _confirm(town, circular, at + timedelta(days=1))
    interviews = select(Interview).where(
        Interview.campaign_id == year.campaign.id, col(Interview.notified_at).is_not(None)
    )
    for interview in (await town.ctx.db.exec(interviews)).all():
        await _issue(town, DocumentKind.INTERVIEW_NOTICE, interview.id, at)
    announced = select(Comparison).where(Comparison.state == ComparisonState.ANNOUNCED)
    for comparison in (await town.ctx.db.exec(announced)).all():
        await _issue(town, DocumentKind.COMMENDATION, comparison.id, at + timedelta(days=9))


async def announce_visits(town: Town, year: Year) -> None:
    """Issue the notices of a running year's first visits, and leave one as a draft."""
    found = await _inspections(town, year, with_visit=True)
    at = town.calendar.before(10)
    *first, last = list(found.values())[:4]
    for inspection_id in first:
        await _issue(town, DocumentKind.INSPECTION_NOTICE, inspection_id, at)
    await _draft(town, DocumentKind.INSPECTION_NOTICE, last, at)


async def _inspections(town: Town, year: Year, *, with_visit: bool = False) -> dict[UUID, UUID]:
    rows = select(Inspection).where(Inspection.campaign_id == year.campaign.id)
    found = {one.unit_id: one for one in (await town.ctx.db.exec(rows)).all()}
    return {
        ident: found[ident].id
        for ident in town.unit_ids.values()
        if ident in found and (found[ident].visit_on or not with_visit)
    }


async def _draft(town: Town, kind: DocumentKind, subject: UUID, at: datetime) -> Document:
    body = DocumentCreate(kind=kind, subject_id=subject)
    return await town.do(actions.create_document, town.by("officer", at), body)


async def _issue(town: Town, kind: DocumentKind, subject: UUID, at: datetime) -> Document:
    draft = await _draft(town, kind, subject, at)
    leader = town.by("leader", at + timedelta(hours=3))
    return await town.do(
        actions.move_document, leader, draft.id, draft.version, "issue", "同意印发。"
    )


async def _confirm(town: Town, document: Document, at: datetime) -> None:
    for number, unit in enumerate(town.units):
        ident = town.unit_ids[unit.number]
        if ident in document.recipient_ids and number % _NO_RECEIPT:
            lead = town.by(f"{unit.account}.lead", at)
            await town.do(actions.confirm_receipt, lead, document.id)
