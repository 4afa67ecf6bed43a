"""Vote. No event, no time, no address: a code is spent and a sealed paper lies in the urn."""

from sihao.ballots.codes import TAG, code_hash, draw, typed
from sihao.ballots.lifecycle import BallotState
from sihao.ballots.queries import urns
from sihao.ballots.schemas import BallotForm, BallotPaperCreate, BallotTagFound
from sihao.ballots.seal import Paper, seal
from sihao.core.context import Context
from sihao.core.errors import Conflict, Gone, Invalid


async def open_form(ctx: Context, code: str) -> BallotForm:
    """Give what the code's holder is asked; raises as `cast` does."""
    held = await urns.hold_code(ctx, code_hash(code))
    _check_takes_votes(ctx, held)
    return await urns.show_form(ctx, held)


async def cast(ctx: Context, body: BallotPaperCreate) -> str:
    """Take a vote; return its number, which nobody else gets to know.

    Raises `NotFound` for an unknown code, `Gone` for a spent one, `Conflict` before and after the
    voting, `Invalid` for answers that do not fit the questions.
    """
    hashed = code_hash(body.code)
    held = await urns.hold_code(ctx, hashed)
    _check_takes_votes(ctx, held)
    ballot = held.ballot
    _check_answers([len(one["grades"]) for one in ballot.questions], body.answers)
    if ballot.public_key is None or not await urns.spend_code(ctx, hashed):
        raise _spent()
    paper = Paper(held.group, draw(TAG), tuple(body.answers))
    await urns.drop_in(ctx, ballot.id, held.group, seal(ballot.public_key, ballot.id, paper))
    return paper.tag


def _check_takes_votes(ctx: Context, held: urns.CodeHeld) -> None:
    ballot = held.ballot
    if ballot.state in {BallotState.DRAFTED, BallotState.ISSUED} or ctx.now < ballot.opens_at:
        code, zh = "ballot.not_open", "投票还没有开始。"
        raise Conflict(code, zh, "Voting has not begun.", opens_at=ballot.opens_at)
    if ballot.state is not BallotState.OPEN or ctx.now >= ballot.closes_at:
        raise Conflict("ballot.closed", "投票已经结束。", "Voting is over.")
    if held.spent:
        raise _spent()


def _spent() -> Gone:
    zh = "这个投票码已经用过。如果是您本人刚才提交时断了网，您的票已经投入，不必重投。"
    return Gone("ballot_code.spent", zh, "This code has been used.", pointer="/body/code")


def _check_answers(grades: list[int], answers: list[int | None]) -> None:
    fits = len(answers) == len(grades) and all(
        one is None or one < number for one, number in zip(answers, grades, strict=True)
    )
    if not fits:
        code, zh = "ballot_paper.answers", "答案与题目不符，请重新打开投票页。"
        raise Invalid(code, zh, "The answers do not fit.", pointer="/body/answers")


async def find_paper(ctx: Context, tag: str) -> BallotTagFound:
    """Find a paper's number in the published lists; raise `NotFound`."""
    return await urns.find_tag(ctx, typed(tag))
