"""Codes, sealed papers and records: what a vote touches. Nothing here knows a voter or a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import any_, delete, func, insert, literal, text, update
from sqlmodel import col, select

from sihao.ballots.lifecycle import PUBLISHED
from sihao.ballots.models import Ballot, BallotCode, BallotRecord, BallotUrn
from sihao.ballots.schemas import BallotForm, BallotTagFound
from sihao.campaigns.models import Campaign
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.paging import rows_of
from sihao.units.models import Unit

_DROP_IN = text(
    "UPDATE ballot_urn SET papers ="
    " (SELECT array_agg(one ORDER BY one) FROM unnest(papers || CAST(:paper AS bytea)) one)"
    " WHERE ballot_id = :ballot AND group_code = :group_code"
)


@dataclass(frozen=True, slots=True)
class CodeHeld:
    """A code that exists, with its ballot, which stays in its state until the transaction ends."""

    ballot: Ballot
    group: str
    spent: bool


async def hold_code(ctx: Context, code_hash: str) -> CodeHeld:
    """Find a code and hold its ballot's state; raise `NotFound` for one that was never made."""
    rows = (
        rows_of(Ballot, BallotCode.group_code, BallotCode.spent)
        .join(BallotCode, col(BallotCode.ballot_id) == col(Ballot.id))
        .where(col(BallotCode.code_hash) == code_hash)
        .with_for_update(key_share=True, read=True, of=Ballot)
    )
    found = (await ctx.db.execute(rows)).one_or_none()
    if found is None:
        zh = "没有这个投票码，请核对后重新输入。"
        raise NotFound("ballot_code.unknown", zh, "No such code.", pointer="/body/code")
    return CodeHeld(*found)


async def show_form(ctx: Context, held: CodeHeld) -> BallotForm:
    """Give what a voter is asked."""
    ballot = held.ballot
    said = {
        "group_name": next(one["name"] for one in ballot.groups if one["code"] == held.group),
        "closes_at": ballot.closes_at,
        "questions": ballot.questions,
    }
    return BallotForm.model_validate(await _heading(ctx, ballot) | said)


async def spend_code(ctx: Context, code_hash: str) -> bool:
    """Mark a code as used; tell whether it was still good. Two at once wait for each other."""
    spend = (
        update(BallotCode)
        .where(col(BallotCode.code_hash) == code_hash, col(BallotCode.spent).is_(False))
        .values(spent=True)
        .returning(col(BallotCode.group_code))
    )
    return (await ctx.db.execute(spend)).one_or_none() is not None


async def drop_in(ctx: Context, ballot_id: UUID, group: str, paper: bytes) -> None:
    """Put a sealed paper into its group's urn, which is shuffled by it."""
    named = {"paper": paper, "ballot": ballot_id, "group_code": group}
    await ctx.db.execute(_DROP_IN, named)


async def replace_codes(
    ctx: Context, ballot: Ballot, hashes: Iterable[tuple[str, str]], groups: Iterable[str]
) -> None:
    """Write a ballot's codes and empty urns anew, in the order of the hashes."""
    await remove_voting(ctx, ballot)
    owned = {"unit_id": ballot.unit_id, "ballot_id": ballot.id}
    codes = [
        {"code_hash": code_hash, "group_code": group, "spent": False, **owned}
        for code_hash, group in sorted(hashes)
    ]
    await ctx.db.execute(insert(BallotCode), codes)
    urns = [{"group_code": group, "papers": [], **owned} for group in groups]
    await ctx.db.execute(insert(BallotUrn), urns)


async def remove_voting(ctx: Context, ballot: Ballot) -> None:
    """Throw codes and urns away."""
    await ctx.db.execute(delete(BallotCode).where(col(BallotCode.ballot_id) == ballot.id))
    await remove_urns(ctx, ballot)


async def remove_urns(ctx: Context, ballot: Ballot) -> None:
    """Throw the urns away, with what was not opened."""
    await ctx.db.execute(delete(BallotUrn).where(col(BallotUrn.ballot_id) == ballot.id))


async def count_papers(ctx: Context, ballot_id: UUID) -> dict[str, int]:
    """Count the papers in each group's urn."""
    rows = (
        rows_of(BallotUrn.group_code, func.cardinality(BallotUrn.papers).label("size"))
        .where(col(BallotUrn.ballot_id) == ballot_id)
        .order_by(col(BallotUrn.group_code))
    )
    return {one.group_code: one.size for one in (await ctx.db.execute(rows)).all()}


async def list_papers(ctx: Context, ballot_id: UUID) -> dict[str, Sequence[bytes]]:
    """Give the sealed papers of each group."""
    rows = rows_of(BallotUrn.group_code, BallotUrn.papers).where(
        col(BallotUrn.ballot_id) == ballot_id
    )
    return {one.group_code: one.papers for one in (await ctx.db.execute(rows)).all()}


async def get_record(ctx: Context, ballot: Ballot) -> BallotRecord:
    """Read the record of a counted ballot; raise `NotFound` before."""
    rows = select(BallotRecord).where(BallotRecord.ballot_id == ballot.id)
    found = (await ctx.db.exec(rows)).first()
    if found is None:
        zh = "开箱计票以后才有选票清单。"
        raise NotFound("ballot.uncounted", zh, "It has not been counted.")
    return found


async def find_tag(ctx: Context, tag: str) -> BallotTagFound:
    """Find the published ballot that a paper's number stands in; raise `NotFound`."""
    rows = select(Ballot).where(
        literal(tag) == any_(col(Ballot.tags)), col(Ballot.state).in_(PUBLISHED)
    )
    ballot = (await ctx.db.exec(rows)).first()
    if ballot is None:
        zh = "公布的选票清单中没有这个编号。尚未计票，或者所在的组不足五票而没有开封。"
        raise NotFound("ballot_tag.unknown", zh, "No published list has it.", pointer="/body/tag")
    return BallotTagFound(**await _heading(ctx, ballot), record_hash=ballot.record_hash)


async def _heading(ctx: Context, ballot: Ballot) -> dict[str, Any]:
    rows = (
        rows_of(Unit.name, Campaign.year)
        .select_from(Ballot)
        .join(Unit, col(Unit.id) == col(Ballot.unit_id))
        .join(Campaign, col(Campaign.id) == col(Ballot.campaign_id))
        .where(col(Ballot.id) == ballot.id)
    )
    unit_name, year = (await ctx.db.execute(rows)).one()
    return {"unit_name": unit_name, "year": year, "title": ballot.title}
