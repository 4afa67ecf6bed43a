"""Who sees ballots: the committee all, others what is published. Nobody sees single votes."""

from sqlalchemy import ColumnElement, and_, false, true
from sqlmodel import col

from sihao.ballots.lifecycle import PUBLISHED, BallotState
from sihao.ballots.models import Ballot
from sihao.core.context import COMMITTEE, UNIT_ROLES, Actor, Role
from sihao.core.errors import Conflict, Forbidden


def visible(actor: Actor) -> ColumnElement[bool]:
    """Ballots: all for the committee; once published, the unit's own and the leadership's."""
    if actor.has({*COMMITTEE, Role.SYSTEM}):
        return true()
    if actor.has({*UNIT_ROLES, Role.LEADERSHIP}) or "result:read" in actor.scopes:
        return and_(col(Ballot.state).in_(PUBLISHED), actor.sees(Ballot.unit_id))
    return false()


def sees_progress(actor: Actor) -> bool:
    """Tell who sees turnout and hand counts: the committee."""
    return actor.has(COMMITTEE)


def check_editable(ballot: Ballot) -> None:
    """Once codes are out, voters must find what they were promised. Raise `Conflict`."""
    if ballot.state is not BallotState.DRAFTED:
        code, zh = "ballot.issued", "投票码已经制发，测评内容不能再修改。"
        raise Conflict(code, zh, "Codes are out; it stays as it is.")


def check_takes_hand_counts(ballot: Ballot) -> None:
    """Votes on paper are entered until the count. Raise `Conflict`."""
    if ballot.state not in {BallotState.OPEN, BallotState.CLOSED}:
        code, zh = "ballot.hand_count", "纸质票数在投票开始以后、开箱计票以前录入。"
        raise Conflict(code, zh, "Votes on paper are entered from opening to counting.")


def check_reads_record(actor: Actor) -> None:
    """The opened papers are for a recount by the committee's leaders alone. Raise `Forbidden`."""
    if not actor.has({Role.LEADER}):
        code, zh = "ballot.record", "复核清单只供工委领导组织复核时调取。"
        raise Forbidden(code, zh, "Only a leader of the committee may order a recount.")
