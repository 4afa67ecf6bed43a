"""Which self-reports an actor sees, and who writes them."""

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import col

from sihao.core.context import COMMITTEE, UNIT_WRITERS, Actor, Role
from sihao.core.errors import Forbidden
from sihao.self_reports.lifecycle import SelfReportState
from sihao.self_reports.models import SelfReport, SelfReportSection

_SIGNED = col(SelfReport.content_hash).is_not(None)
HANDED_IN = frozenset({SelfReportState.SUBMITTED, SelfReportState.ACCEPTED})


def visible(actor: Actor) -> ColumnElement[bool]:
    """Reports: the own unit's; others from the first signature on, and as they were signed.

    A team member reads it once it is before the team; leadership what stands handed in.
    """
    clauses: list[ColumnElement[bool]] = []
    if actor.has({Role.SYSTEM}):
        clauses.append(actor.sees(SelfReport.unit_id))
    if actor.has(UNIT_WRITERS):
        clauses.append(actor.owns(SelfReport.unit_id))
    if actor.has({Role.UNIT_MEMBER}):
        presented = col(SelfReport.state) != SelfReportState.DRAFT
        clauses.append(and_(actor.owns(SelfReport.unit_id), presented))
    if actor.has(COMMITTEE):
        clauses.append(_SIGNED)
    if actor.has({Role.INSPECTOR}) and actor.assigned:
        clauses.append(and_(_SIGNED, col(SelfReport.unit_id).in_(actor.assigned)))
    if actor.has({Role.LEADERSHIP}):
        clauses.append(col(SelfReport.state).in_(HANDED_IN))
    return or_(false(), *clauses)


def visible_sections(actor: Actor) -> ColumnElement[bool]:
    """Sections as they are being written: the own unit's only."""
    if actor.has({Role.SYSTEM}):
        return actor.sees(SelfReportSection.unit_id)
    return actor.owns(SelfReportSection.unit_id)


def reads_frozen(actor: Actor, report: SelfReport) -> bool:
    """Tell whether this reader gets the text as signed and not as it stands now."""
    outside = actor.unit_id != report.unit_id and not actor.has({Role.SYSTEM})
    return report.frozen is not None and (outside or report.state in HANDED_IN)


def check_writes(actor: Actor, row: SelfReport | SelfReportSection) -> None:
    """The own unit's lead, deputy and office write. Raise `Forbidden`."""
    if actor.unit_id != row.unit_id or not actor.has(UNIT_WRITERS):
        code, zh = "self_report.role", "自查报告由本单位主要负责同志、分管负责同志和机关党委起草。"
        raise Forbidden(code, zh, "Only its own unit writes a self-report.")
