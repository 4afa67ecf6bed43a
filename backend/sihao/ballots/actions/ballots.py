"""Make a ballot ready, open and close it, count it."""

from datetime import datetime
from uuid import UUID

from sihao.ballots import policy
from sihao.ballots.codes import CODE, code_hash, draw
from sihao.ballots.counting import FEWEST, count
from sihao.ballots.lifecycle import BALLOT
from sihao.ballots.models import Ballot, BallotRecord
from sihao.ballots.queries import ballots as queries
from sihao.ballots.queries import hand_counts, urns
from sihao.ballots.record import write_record
from sihao.ballots.schemas import (
    BallotCreate,
    BallotGroup,
    BallotQuestion,
    BallotUpdate,
    IssuedCodes,
)
from sihao.ballots.seal import Paper, new_key, public_half, unseal
from sihao.ballots.template import template
from sihao.campaigns.queries import get_campaign
from sihao.core.canonical import digest
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.inspections.actions.phase import UNTIL_CLOSED, hold_phase_named
from sihao.units.queries import get_unit


async def create_ballot(ctx: Context, body: BallotCreate) -> Ballot:
    """Draft a unit's ballot of a year."""
    ctx.require(Role.OFFICER)
    await hold_phase_named(ctx, body.campaign_id, UNTIL_CLOSED)
    await get_unit(ctx, body.unit_id)
    _check_window(body.opens_at, body.closes_at)
    if await queries.has_ballot(ctx, body.campaign_id, body.unit_id):
        code, zh = "ballot.twice", "这个单位本年度已有民主测评。"
        raise Conflict(code, zh, "This unit has one already.", pointer="/body/unit_id")
    usual = template()
    questions, groups = body.questions or usual.questions, body.groups or usual.groups
    ballot = Ballot(
        **body.model_dump(exclude={"questions", "groups"}),
        questions=[one.model_dump(mode="json") for one in questions],
        groups=[one.model_dump(mode="json") for one in groups],
        **stamps(ctx),
    )
    ctx.db.add(ballot)
    await ctx.db.flush()
    emit(ctx, "ballot.created", ballot.id, ballot.unit_id, audience=Audience.COMMITTEE)
    return ballot


async def update_ballot(ctx: Context, ballot_id: UUID, version: int, body: BallotUpdate) -> Ballot:
    """Change a draft."""
    ctx.require(Role.OFFICER)
    ballot = await queries.get_ballot(ctx, ballot_id, lock=True)
    check_version(ballot, version)
    policy.check_editable(ballot)
    changes = body.model_dump(exclude_unset=True, exclude_none=True)
    for name in changes:
        value = getattr(body, name)
        plain = [one.model_dump(mode="json") for one in value] if name in _LISTS else value
        setattr(ballot, name, plain)
    _check_window(ballot.opens_at, ballot.closes_at)
    touch(ctx, ballot)
    emit(
        ctx,
        "ballot.updated",
        ballot.id,
        ballot.unit_id,
        audience=Audience.COMMITTEE,
        fields=sorted(changes),
    )
    return ballot


async def issue_ballot(
    ctx: Context, ballot_id: UUID, version: int, opinion: str
) -> tuple[Ballot, str, list[IssuedCodes]]:
    """Make codes and a key, shown this once; made before, they are void. Nothing is kept of them.

    The key opens the urns; whoever counts needs it. Without it nobody ever reads a paper.
    """
    ballot = await queries.get_ballot(ctx, ballot_id, lock=True)
    check_version(ballot, version)
    groups = [BallotGroup.model_validate(one) for one in ballot.groups]
    numbers = {one.code: one.codes for one in groups}
    BALLOT.apply(ctx, ballot, "issue", opinion, codes=numbers)
    key, ballot.public_key = new_key()
    ballot.issued_by = ctx.person_id
    issued = [
        IssuedCodes(group=one.code, codes=[draw(CODE) for _ in range(one.codes)]) for one in groups
    ]
    await ctx.db.flush()
    hashes = ((code_hash(code), one.group) for one in issued for code in one.codes)
    await urns.replace_codes(ctx, ballot, hashes, numbers)
    return ballot, key, issued


async def move_ballot(
    ctx: Context, ballot_id: UUID, version: int, name: str, opinion: str
) -> Ballot:
    """Open, close or lock it; with the lock its codes are thrown away."""
    ballot = await queries.get_ballot(ctx, ballot_id, lock=True)
    check_version(ballot, version)
    BALLOT.apply(ctx, ballot, name, opinion)
    if name == "lock":
        await urns.remove_voting(ctx, ballot)
    return ballot


async def count_ballot(
    ctx: Context, ballot_id: UUID, version: int, key: str, opinion: str
) -> Ballot:
    """Open the urns, count, freeze the record, publish; the urns are thrown away.

    Raises `Invalid` for a key that is not this ballot's.
    """
    ballot = await queries.get_ballot(ctx, ballot_id, lock=True)
    check_version(ballot, version)
    entered = await hand_counts.list_hand_counts(ctx, ballot)
    unsettled = hand_counts.name_unsettled(ballot, entered)
    BALLOT.apply(ctx, ballot, "count", opinion, facts=unsettled)
    if public_half(key) != ballot.public_key:
        code, zh = "ballot.key", "开箱钥匙不对，请按封存的钥匙单重新输入。"
        raise Invalid(code, zh, "Not the key of this ballot's urn.", pointer="/body/key")
    papers, unopened = await _open_urns(ctx, ballot, key)
    by_hand = await hand_counts.list_agreed(ctx, ballot)
    questions = [BallotQuestion.model_validate(one) for one in ballot.questions]
    groups = [BallotGroup.model_validate(one) for one in ballot.groups]
    ballot.result = count(questions, groups, papers, unopened, by_hand).model_dump(mode="json")
    campaign = await get_campaign(ctx, ballot.campaign_id)
    unit = await get_unit(ctx, ballot.unit_id)
    heading = {"unit": unit.name, "year": campaign.year, "title": ballot.title}
    record = write_record(heading, ballot, papers, unopened, by_hand)
    ballot.record_hash = digest(record)
    ballot.tags = [one.tag for one in papers]
    ctx.db.add(BallotRecord(ballot_id=ballot.id, unit_id=ballot.unit_id, text=record))
    await urns.remove_urns(ctx, ballot)
    return ballot


async def read_record(ctx: Context, ballot_id: UUID) -> str:
    """Hand out the record for a recount; who asked for it is recorded."""
    policy.check_reads_record(ctx.actor)
    ballot = await queries.get_ballot(ctx, ballot_id)
    record = await urns.get_record(ctx, ballot)
    emit(ctx, "ballot.record_read", ballot.id, ballot.unit_id, audience=Audience.COMMITTEE)
    return record.text


async def _open_urns(ctx: Context, ballot: Ballot, key: str) -> tuple[list[Paper], dict[str, bool]]:
    """Open the papers of every group that has five; the others' stay sealed for ever."""
    papers: list[Paper] = []
    unopened: dict[str, bool] = {}
    for group, sealed in (await urns.list_papers(ctx, ballot.id)).items():
        if len(sealed) < FEWEST:
            unopened[group] = len(sealed) > 0
            continue
        asked = len(ballot.questions)
        papers += [unseal(key, ballot.id, group, one, asked) for one in sealed]
    return sorted(papers, key=lambda one: one.tag), unopened


_LISTS = {"questions", "groups"}


def _check_window(opens_at: datetime, closes_at: datetime) -> None:
    if closes_at <= opens_at:
        code, zh = "ballot.window", "截止时间应当晚于开始时间。"
        raise Invalid(code, zh, "It closes before it opens.", pointer="/body/closes_at")
