"""Who sees and writes plans, problems and measures.

The unit's writers see all of their own. Everybody else reads what was signed: the row of a plan
that is being drafted again, without its text, and `PlanVersion` instead. A `unit.member` reads
the signed plan, the team's problems and the own ones, and the measures he or she owns.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import col

from sihao.core.context import EVERY_UNIT, UNIT_WRITERS, Actor, Role
from sihao.core.errors import Conflict, Forbidden
from sihao.plans.lifecycle import EDITABLE, SIGNED
from sihao.plans.models import Measure, Plan, PlanVersion, Problem, TeamMeeting


def visible(actor: Actor) -> ColumnElement[bool]:
    """Plans: the own ones; of other units from the first signature on."""
    signed = and_(actor.sees(Plan.unit_id), col(Plan.signed_at).is_not(None))
    return or_(_works_on(actor, Plan.unit_id), signed)


def reads_text(actor: Actor) -> ColumnElement[bool]:
    """Tell of a visible plan whether its living text is for this reader: drafts are not."""
    return or_(_works_on(actor, Plan.unit_id), col(Plan.state).in_(SIGNED))


def visible_versions(actor: Actor) -> ColumnElement[bool]:
    """Signed versions: whole texts, so not for a member, whose colleagues' problems they name."""
    if _is_only_member(actor):
        return false()
    return actor.sees(PlanVersion.unit_id)


def visible_problems(actor: Actor) -> ColumnElement[bool]:
    """Problems; the query joins `Plan`."""
    signed = and_(actor.sees(Problem.unit_id), col(Plan.state).in_(SIGNED))
    if _is_only_member(actor):
        mine = or_(col(Problem.member_id).is_(None), col(Problem.member_id) == actor.member_id)
        signed = and_(signed, mine)
    return or_(_works_on(actor, Problem.unit_id), signed)


def visible_measures(actor: Actor) -> ColumnElement[bool]:
    """Measures; the query joins `Plan`."""
    signed = and_(actor.sees(Measure.unit_id), col(Plan.state).in_(SIGNED))
    if _is_only_member(actor):
        signed = and_(signed, col(Measure.owner_id) == actor.member_id)
    return or_(_works_on(actor, Measure.unit_id), signed)


def visible_meetings(actor: Actor) -> ColumnElement[bool]:
    """Meetings of the team: of the units the actor reads."""
    return actor.sees(TeamMeeting.unit_id)


def is_written_by(actor: Actor, row: Any) -> bool:
    """Tell whether the actor is the lead, a deputy or the office of the row's unit."""
    return actor.unit_id == row.unit_id and actor.has(UNIT_WRITERS)


def check_writes(actor: Actor, row: Any) -> None:
    """The unit's lead, deputy and office write its plan (R3–R5). Raise `Forbidden`."""
    if not is_written_by(actor, row):
        code, zh = "plan.role", "年度计划由本单位主要负责同志、分管负责同志和机关党委办理。"
        raise Forbidden(code, zh, "Only the unit's lead, deputy and office write its plan.")


def check_editable(plan: Plan) -> None:
    """The text changes only while it is drafted. Raise `Conflict`."""
    if plan.state not in EDITABLE:
        code, zh = (
            "plan.not_draft",
            "计划不在起草状态，不能修改；执行中的请先办理“调整计划”。",
        )
        raise Conflict(code, zh, "The plan is not a draft.", state=plan.state)


def _works_on(actor: Actor, unit_id: UUID) -> ColumnElement[bool]:
    return actor.owns(unit_id) if actor.has(UNIT_WRITERS) else false()


def _is_only_member(actor: Actor) -> bool:
    return actor.has({Role.UNIT_MEMBER}) and not actor.has(
        UNIT_WRITERS | EVERY_UNIT | {Role.INSPECTOR}
    )
