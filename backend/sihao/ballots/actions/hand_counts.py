"""Enter votes on paper, twice."""

from uuid import UUID

from sihao.ballots import policy
from sihao.ballots.models import Ballot, HandCount
from sihao.ballots.queries import ballots as queries
from sihao.ballots.queries import hand_counts
from sihao.ballots.schemas import (
    BallotQuestion,
    HandCountCreate,
    HandCountFigures,
    HandCountProgress,
)
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid
from sihao.core.events import Audience, emit


async def enter_hand_count(ctx: Context, ballot_id: UUID, body: HandCountCreate) -> Ballot:
    """Enter a group's votes on paper, without knowing what the other person enters.

    Raises `Conflict` when the caller has entered them in this round, or two people agree already.
    """
    ctx.require(Role.OFFICER, Role.LEADER)
    ballot = await queries.get_ballot(ctx, ballot_id, lock=True)
    policy.check_takes_hand_counts(ballot)
    known = {one.group: one for one in await hand_counts.list_hand_counts(ctx, ballot)}
    if body.group not in known:
        raise Invalid("ballot.group", "没有这个组别。", "No such group.", pointer="/body/group")
    before = known[body.group]
    _check_open(before.state, mine=before.mine)
    _check_figures([BallotQuestion.model_validate(one) for one in ballot.questions], body)
    ctx.db.add(
        HandCount(
            unit_id=ballot.unit_id,
            ballot_id=ballot.id,
            group_code=body.group,
            round=before.round,
            person_id=ctx.person_id,
            entered_by=ctx.actor.name,
            figures=HandCountFigures.model_validate(body, from_attributes=True).model_dump(),
        )
    )
    emit(
        ctx,
        "ballot.hand_count_entered",
        ballot.id,
        ballot.unit_id,
        audience=Audience.COMMITTEE,
        group=body.group,
        round=before.round,
    )
    return ballot


def _check_open(state: HandCountProgress, *, mine: bool) -> None:
    if state is HandCountProgress.AGREED:
        code, zh = "hand_count.agreed", "这个组的纸质票数已由两人录入一致。"
        raise Conflict(code, zh, "Two people agree on it already.")
    if mine:
        code, zh = "hand_count.mine", "您已录入，请由另一位同志独立录入。"
        raise Conflict(code, zh, "The second entry is somebody else's.")


def _check_figures(questions: list[BallotQuestion], body: HandCountCreate) -> None:
    """Raise `Invalid` for figures that cannot be."""
    if not body.valid <= body.returned <= body.issued:
        zh = "有效票不能多于收回票，收回票不能多于发出票。"
        raise Invalid("hand_count.order", zh, "valid ≤ returned ≤ issued", pointer="/body/valid")
    grades = [len(one.grades) for one in questions]
    if [len(one) for one in body.chosen] != grades:
        zh = "票数应当逐题、逐等次填写。"
        raise Invalid("hand_count.shape", zh, "A number for each grade.", pointer="/body/chosen")
    for at, chosen in enumerate(body.chosen):
        if sum(chosen) > body.valid:
            zh = f"第 {at + 1} 题各等次合计多于有效票。"
            pointer = f"/body/chosen/{at}"
            raise Invalid("hand_count.sum", zh, "More than the valid ones.", pointer=pointer)
