"""Which evidence an actor sees, and who may hand in or judge it."""

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import col

from sihao.core.context import COMMITTEE, UNIT_ROLES, UNIT_WRITERS, Actor, Role
from sihao.core.errors import Forbidden
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Evidence, EvidenceLink, EvidenceManifest, Upload

SCOPE = "evidence:write"
"""What a service account needs, for reading its own hand-ins back too."""
_EVERYTHING = COMMITTEE | {Role.SYSTEM}
_ASSESSORS = frozenset({Role.INSPECTOR, Role.OFFICER})


def visible(actor: Actor) -> ColumnElement[bool]:
    """Evidence: the own unit's, the assigned units', all for the committee.

    Leadership sees what has arrived, no promises. A team member without another role sees what is
    his own, a service account what its units hold.
    """
    unit = col(Evidence.unit_id)
    clauses: list[ColumnElement[bool]] = []
    if actor.has(_EVERYTHING) or SCOPE in actor.scopes:
        clauses.append(actor.sees(Evidence.unit_id))
    if actor.has(UNIT_WRITERS):
        clauses.append(actor.owns(Evidence.unit_id))
    if actor.has({Role.UNIT_MEMBER}):
        mine = col(Evidence.uploaded_by_id) == actor.id
        clauses.append(and_(actor.owns(Evidence.unit_id), mine))
    if actor.has({Role.INSPECTOR}) and actor.assigned:
        clauses.append(unit.in_(actor.assigned))
    if actor.has({Role.LEADERSHIP}):
        clauses.append(col(Evidence.state) == EvidenceState.AVAILABLE)
    return or_(false(), *clauses)


def visible_summary(actor: Actor) -> ColumnElement[bool]:
    """Counts of links: of every unit that the actor reads, for its members too."""
    return actor.sees(EvidenceLink.unit_id)


def visible_manifest(actor: Actor) -> ColumnElement[bool]:
    """Manifests: for those who see all evidence of the unit, no matter whose."""
    clauses: list[ColumnElement[bool]] = []
    if actor.has(_EVERYTHING) or SCOPE in actor.scopes:
        clauses.append(actor.sees(EvidenceManifest.unit_id))
    if actor.has(UNIT_WRITERS):
        clauses.append(actor.owns(EvidenceManifest.unit_id))
    if actor.has({Role.INSPECTOR}) and actor.assigned:
        clauses.append(col(EvidenceManifest.unit_id).in_(actor.assigned))
    return or_(false(), *clauses)


def visible_upload(actor: Actor) -> ColumnElement[bool]:
    """An upload under way: whoever began it, nobody else."""
    return and_(col(Upload.person_id) == actor.id, actor.owns(Upload.unit_id))


def check_hands_in(actor: Actor, row: Evidence) -> None:
    """Evidence is handed in by its own unit, or by that unit's system. Raise `Forbidden`."""
    own = actor.unit_id == row.unit_id
    if not own or not (actor.has(UNIT_ROLES) or SCOPE in actor.scopes):
        code, zh = "evidence.role", "佐证材料由本单位上传和维护。"
        raise Forbidden(code, zh, "Only its own unit hands in evidence.")


def check_promises(actor: Actor) -> None:
    """A manifest speaks for the whole unit. Raise `Forbidden` for whoever does not."""
    if not (actor.has(UNIT_WRITERS) or SCOPE in actor.scopes):
        code, zh = "evidence_manifest.role", "材料清单由单位机关党委或负责同志报送。"
        raise Forbidden(code, zh, "Only the unit's office hands in a manifest.")


def may_judge(actor: Actor, link: EvidenceLink) -> bool:
    """Tell whether this actor may accept or reject: an assessor, and never for the own unit."""
    return actor.has(_ASSESSORS) and actor.unit_id != link.unit_id


def check_judges(actor: Actor, link: EvidenceLink) -> None:
    """Raise `Forbidden` for whoever may not accept or reject."""
    if not may_judge(actor, link):
        code, zh = (
            "evidence_link.role",
            "是否采信由检查组或市直机关工委认定，本单位的材料须回避。",
        )
        raise Forbidden(code, zh, "Only an assessor of another unit may judge evidence.")
