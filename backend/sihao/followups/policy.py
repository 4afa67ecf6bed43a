"""Who reads interviews, rectifications and referrals, and who writes them.

Restricted readers (B11): an interview is for the committee's staff and leader, the unit's lead and
deputy once notified, and the leadership once approved; its record is for named readers alone, and
never for somebody of a unit's office. A referral is for the committee, the
leadership once approved, and its one receiver once sent; the unit never reads it.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, any_, false, literal, or_, true
from sqlmodel import col

from sihao.core.context import COMMITTEE, UNIT_WRITERS, Actor, Role
from sihao.core.errors import Forbidden
from sihao.followups.lifecycle import (
    InterviewState,
    RectificationState,
    ReferralState,
)
from sihao.followups.models import Interview, InterviewRecord, Rectification, Referral

_STAFF = COMMITTEE | {Role.SYSTEM}
_UNIT_FIELDS = ("cause", "action", "owner_id", "handler_id", "report")
_COMMITTEE_FIELDS = ("text", "due_on", *_UNIT_FIELDS)
_WORKED_ON = (RectificationState.ASSIGNED, RectificationState.RETURNED)
SENT = (ReferralState.SENT, ReferralState.ACKNOWLEDGED, ReferralState.CONCLUDED)


def visible_interviews(actor: Actor) -> ColumnElement[bool]:
    """Interviews: the committee all, leadership from approval, lead and deputy from the notice."""
    if actor.has(_STAFF):
        return true()
    allowed: list[ColumnElement[bool]] = [false()]
    if actor.has({Role.LEADERSHIP}):
        allowed.append(col(Interview.state) != InterviewState.PROPOSED)
    if actor.has({Role.UNIT_LEAD, Role.UNIT_DEPUTY}):
        noticed = col(Interview.notified_at).is_not(None)
        allowed.append(and_(actor.owns(Interview.unit_id), noticed))
    return or_(*allowed)


def visible_records(actor: Actor) -> ColumnElement[bool]:
    """Records: the committee's leaders, the unit's lead, and whom the record names."""
    if actor.has({Role.LEADER, Role.SYSTEM}):
        return true()
    allowed: list[ColumnElement[bool]] = [false()]
    if actor.id is not None and not actor.has({Role.UNIT_OFFICE}):
        allowed.append(literal(actor.id) == any_(col(InterviewRecord.readers)))
    if actor.has({Role.UNIT_LEAD}):
        allowed.append(actor.owns(InterviewRecord.unit_id))
    return or_(*allowed)


def visible_rectifications(actor: Actor) -> ColumnElement[bool]:
    """Rectifications are work: the committee, the leadership, and the unit's three who do it."""
    if actor.has(_STAFF | {Role.LEADERSHIP}):
        return true()
    return actor.owns(Rectification.unit_id) if actor.has(UNIT_WRITERS) else false()


def handles(actor: Actor) -> ColumnElement[bool]:
    """Rectifications that are this person's work, or that he answers for."""
    mine = col(Rectification.handler_id) == actor.id
    return or_(mine, col(Rectification.owner_id) == actor.member_id) if actor.member_id else mine


def visible_referrals(actor: Actor) -> ColumnElement[bool]:
    """Referrals: the committee all, leadership from approval, the receiver the own ones sent."""
    if actor.has(_STAFF):
        return true()
    allowed: list[ColumnElement[bool]] = [false()]
    if actor.has({Role.LEADERSHIP}):
        allowed.append(col(Referral.state) != ReferralState.DRAFTED)
    if actor.has({Role.RECEIVER}):
        allowed.append(and_(col(Referral.receiver_id) == actor.id, col(Referral.state).in_(SENT)))
    return or_(*allowed)


def reads_inside(actor: Actor) -> bool:
    """Tell whether the actor reads what was said inside the committee before a notice went out."""
    return actor.has(_STAFF | {Role.LEADERSHIP})


def editable_fields(actor: Actor, row: Rectification) -> tuple[str, ...]:
    """Name the fields of a rectification that the actor may change now."""
    if row.state not in _WORKED_ON:
        return ()
    if actor.has({Role.OFFICER}):
        return _COMMITTEE_FIELDS
    own = actor.unit_id == row.unit_id and actor.has(UNIT_WRITERS)
    return _UNIT_FIELDS if own else ()


def check_edits(actor: Actor, row: Rectification, fields: set[str]) -> None:
    """Raise `Forbidden` for a field that is not this actor's to write."""
    own: tuple[str, ...] = ()
    if actor.has({Role.OFFICER}):
        own = _COMMITTEE_FIELDS
    elif actor.unit_id == row.unit_id and actor.has(UNIT_WRITERS):
        own = _UNIT_FIELDS
    foreign = sorted(fields - set(own))
    if foreign:
        code, zh = "rectification.role", "单位填写原因、措施和责任人；事项和时限由工委填写。"
        en = "The unit writes cause, action and owner; the committee also the rest."
        raise Forbidden(code, zh, en, pointer=f"/body/{foreign[0]}")


def may_edit_record(actor: Actor, row: Interview) -> bool:
    """Tell whether the actor may write in the record of an interview now, if he reads it."""
    return actor.has(COMMITTEE) and row.state == InterviewState.HELD


def may_name_readers(actor: Actor, row: Interview) -> bool:
    """Tell whether the actor may say who else reads the record."""
    return actor.has({Role.LEADER}) and row.held_on is not None


def may_edit_draft(actor: Actor, row: Referral) -> bool:
    """Tell whether the actor may change a referral now."""
    return actor.has({Role.OFFICER}) and row.state == ReferralState.DRAFTED


def reads_interviews(actor: Actor) -> bool:
    """Tell whether the actor may know which of the rectifications come from an interview."""
    return actor.has(_STAFF | {Role.LEADERSHIP, Role.UNIT_LEAD, Role.UNIT_DEPUTY})


def may_take_up(actor: Actor, unit_id: UUID) -> bool:
    """Tell whether the actor may have a problem or ledger row of this unit put right."""
    own = actor.unit_id == unit_id and actor.has({Role.UNIT_LEAD, Role.UNIT_DEPUTY})
    return actor.has({Role.OFFICER}) or own
