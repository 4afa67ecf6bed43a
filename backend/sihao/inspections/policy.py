"""Who sees which part of an inspection, and when.

A unit sees deductions, findings and decisions from `feedback` on; leadership sees no drafts either.
An inspector sees the units the own group inspects, and others' sheets only once no own sheet for
that unit is open (F32). Another system reads with the scope `result:read`, as leadership does.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import col

from sihao.core.context import COMMITTEE, UNIT_ROLES, Actor, Role
from sihao.core.errors import Forbidden
from sihao.inspections.lifecycle import InspectionState, SheetState
from sihao.inspections.models import (
    CoAssessment,
    CoAssessmentResult,
    CoResultChange,
    Finding,
    GroupMember,
    Inspection,
    InspectionGroup,
    ItemDecision,
    Objection,
    Recusal,
    ScoreSheet,
)

_COMMITTEE = COMMITTEE | {Role.SYSTEM}
_AFTER = (InspectionState.FEEDBACK, InspectionState.FINALIZED)
_UNITS_READERS = UNIT_ROLES | {Role.LEADERSHIP}


def _assigned(actor: Actor, unit_id: Any) -> ColumnElement[bool]:
    """Units this actor inspects now."""
    if Role.INSPECTOR in actor.roles and actor.assigned:
        return col(unit_id).in_(actor.assigned)
    return false()


def _given_back(row: Any) -> ColumnElement[bool]:
    """The row's inspection has been fed back to its unit."""
    inspection = aliased(Inspection)
    return exists().where(
        col(inspection.id) == col(row.inspection_id), col(inspection.state).in_(_AFTER)
    )


def _from_feedback_on(actor: Actor, row: Any) -> ColumnElement[bool]:
    if actor.has(_COMMITTEE):
        return true()
    theirs = _assigned(actor, row.unit_id)
    if actor.is_service or actor.has(_UNITS_READERS):
        return or_(theirs, and_(actor.sees(row.unit_id), _given_back(row)))
    return theirs


def visible_groups(actor: Actor) -> ColumnElement[bool]:
    """Groups: all for the committee, the own ones for an inspector."""
    if actor.has(_COMMITTEE):
        return true()
    mine = aliased(GroupMember)
    own = exists().where(
        col(mine.group_id) == col(InspectionGroup.id), col(mine.person_id) == actor.id
    )
    return own if Role.INSPECTOR in actor.roles else false()


def visible_recusals(actor: Actor) -> ColumnElement[bool]:
    """Recusals: the committee's business, and an inspector's own."""
    if actor.has(_COMMITTEE):
        return actor.sees(Recusal.unit_id)
    return col(Recusal.person_id) == actor.id if Role.INSPECTOR in actor.roles else false()


def withdrawable(actor: Actor) -> ColumnElement[bool]:
    """Tell which recusals this actor may withdraw: `check_withdraws` in SQL."""
    if not actor.has(COMMITTEE):
        return false()
    return and_(
        col(Recusal.withdrawn_at).is_(None),
        col(Recusal.person_id) != actor.id,
        col(Recusal.declared_by_id).is_distinct_from(actor.id),
    )


def visible(actor: Actor) -> ColumnElement[bool]:
    """Inspections: of the units the actor reads; a unit knows from the start who comes when."""
    return actor.sees(Inspection.unit_id)


def visible_sheets(actor: Actor) -> ColumnElement[bool]:
    """Sheets: the own ones; others' once submitted, to whoever has no open sheet for the unit."""
    if Role.SYSTEM in actor.roles:
        return true()
    own = and_(_assigned(actor, ScoreSheet.unit_id), col(ScoreSheet.inspector_id) == actor.id)
    reads = true() if actor.has(COMMITTEE) else _assigned(actor, ScoreSheet.unit_id)
    submitted = col(ScoreSheet.state) == SheetState.SUBMITTED
    return or_(own, and_(reads, submitted, ~scores_now(actor, ScoreSheet)))


def scores_now(actor: Actor, row: Any) -> ColumnElement[bool]:
    """Tell whether the actor's own sheet is open for the inspection that a row belongs to."""
    mine = aliased(ScoreSheet)
    return exists().where(
        col(mine.inspection_id) == col(row.inspection_id),
        col(mine.inspector_id) == actor.id,
        col(mine.state) == SheetState.OPEN,
    )


def visible_decisions(actor: Actor) -> ColumnElement[bool]:
    """Decisions: the committee's and the group's; the unit's and leadership's from feedback on."""
    return _from_feedback_on(actor, ItemDecision)


def visible_findings(actor: Actor) -> ColumnElement[bool]:
    """Findings: as decisions; others' not while the own sheet for the unit is open (F32)."""
    mine = col(Finding.found_by_id) == actor.id
    return and_(_from_feedback_on(actor, Finding), or_(mine, ~scores_now(actor, Finding)))


def visible_objections(actor: Actor) -> ColumnElement[bool]:
    """Objections: of the units the actor reads."""
    return actor.sees(Objection.unit_id)


def visible_co_assessments(actor: Actor) -> ColumnElement[bool]:
    """Merged assessments: all who take part know them; a coassessor keeps the own ones."""
    if actor.is_service or actor.has(UNIT_ROLES | _COMMITTEE | {Role.LEADERSHIP, Role.INSPECTOR}):
        return true()
    return col(CoAssessment.owner_id) == actor.id if Role.COASSESSOR in actor.roles else false()


def _released(table: type[CoAssessmentResult | CoResultChange]) -> ColumnElement[bool]:
    result = aliased(CoAssessmentResult)
    return exists().where(
        col(result.co_assessment_id) == col(table.co_assessment_id),
        col(result.unit_id) == col(table.unit_id),
        col(result.released_at).is_not(None),
    )


def visible_results(
    actor: Actor, table: type[CoAssessmentResult | CoResultChange] = CoAssessmentResult
) -> ColumnElement[bool]:
    """Results of merged assessments, and their history: of the units read, and the owner's own.

    A unit reads what was released to it, or was published with its result (embargo).
    """
    reads = actor.sees(table.unit_id)
    if not actor.sees_all and "coassessment:write" not in actor.scopes:
        reads = or_(_assigned(actor, table.unit_id), and_(reads, _released(table)))
    if Role.COASSESSOR not in actor.roles:
        return reads
    owned = exists().where(
        col(CoAssessment.id) == col(table.co_assessment_id),
        col(CoAssessment.owner_id) == actor.id,
    )
    return or_(reads, owned)


def check_declares(actor: Actor, person_id: Any) -> None:
    """An inspector declares for himself, an officer for anybody. Raise `Forbidden`."""
    own = Role.INSPECTOR in actor.roles and actor.id == person_id
    if not own and Role.OFFICER not in actor.roles:
        code, zh = "recusal.role", "回避由检查组成员本人申报，或者由工委干部登记。"
        raise Forbidden(code, zh, "Inspectors declare for themselves, officers for anybody.")


def check_withdraws(actor: Actor, recusal: Recusal) -> None:
    """What was declared is withdrawn by another person of the committee. Raise `Forbidden`."""
    involved = {recusal.person_id, recusal.declared_by_id}
    if not actor.has(COMMITTEE) or actor.id in involved:
        code, zh = "recusal.withdraw", "回避须由本人和申报人以外的工委同志撤销。"
        raise Forbidden(code, zh, "Somebody else of the committee withdraws it.")


def check_inspects(actor: Actor, unit_id: Any) -> None:
    """Only the unit's inspectors write findings and read what the group weighs up."""
    if Role.INSPECTOR not in actor.roles or unit_id not in actor.assigned:
        code, zh = "inspection.inspector", "只有对该单位检查的检查组成员能办理。"
        raise Forbidden(code, zh, "Only the unit's inspectors may do this.")


def check_scores(actor: Actor, sheet: ScoreSheet) -> None:
    """Only its inspector writes a sheet. Raise `Forbidden`."""
    if actor.id != sheet.inspector_id:
        code, zh = "sheet.inspector", "评分表只能由评分人本人填写。"
        raise Forbidden(code, zh, "Only its inspector writes a sheet.")


def check_reads_facts(actor: Actor, unit_id: Any) -> None:
    """What stands behind an item is for inspectors and the committee. Raise `Forbidden`."""
    if not actor.has(COMMITTEE):
        check_inspects(actor, unit_id)


def check_writes_results(actor: Actor, co_assessment: CoAssessment) -> None:
    """Results come from the assessment's owner, or from its system. Raise `Forbidden`."""
    owns = Role.COASSESSOR in actor.roles and co_assessment.owner_id == actor.id
    if not owns and not actor.is_service:
        code, zh = "co_assessment.owner", "并入考核的结果由负责该项考核的部门提供。"
        raise Forbidden(code, zh, "Results come from the owner of the assessment.")
