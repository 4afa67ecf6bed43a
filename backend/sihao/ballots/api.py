"""`/ballots` for the committee; `/ballot-…` for voters, who have a code and no log-in."""

from typing import Annotated
from uuid import UUID, uuid5

from fastapi import Depends, Query, Request, Response

from sihao.accounts.auth import AnonymousCtx, Ctx
from sihao.ballots.actions import ballots as actions
from sihao.ballots.actions import hand_counts, voting
from sihao.ballots.lifecycle import BALLOT
from sihao.ballots.queries import ballots as queries
from sihao.ballots.schemas import (
    BallotCodeBody,
    BallotCountBody,
    BallotCreate,
    BallotForm,
    BallotIssued,
    BallotPaperCreate,
    BallotPublic,
    BallotQuery,
    BallotReceipt,
    BallotRow,
    BallotTagBody,
    BallotTagFound,
    BallotTags,
    BallotTemplate,
    BallotUpdate,
    HandCountCreate,
)
from sihao.ballots.template import template
from sihao.core.addresses import address_of
from sihao.core.context import Role
from sihao.core.etag import IfMatch, tag
from sihao.core.idempotency import keep_nothing, require_key
from sihao.core.lifecycle import TransitionBody
from sihao.core.paging import Page
from sihao.core.rates import count_request
from sihao.core.routes import Router

router = Router(prefix="", tag="ballots")
_ONE = "/ballots/{id}"
_BYTES: dict[str, object] = {
    "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
}
_ADDRESSES = UUID("6f4a4b56-0f0e-4c60-9a55-0f6d2a1f9d11")
"""Names what an address is counted under, in this process's memory alone."""


def _count_address(request: Request) -> None:
    """Let nobody try codes without end; nothing of it reaches the database or a log."""
    count_request(uuid5(_ADDRESSES, address_of(request)))


_COUNTED = [Depends(_count_address)]


@router.get("/ballots", operation_id="ballot_list", response_model=Page[BallotRow])
async def list_ballots(ctx: Ctx, query: Annotated[BallotQuery, Query()]) -> Response:
    """List ballots: all for the committee; for a unit its own published one."""
    return await queries.list_ballots(ctx, query)


@router.get("/ballot-template", operation_id="ballot_template_get", response_model=BallotTemplate)
async def get_template(ctx: Ctx) -> BallotTemplate:
    """Read the usual questions and groups."""
    ctx.require(Role.OFFICER)
    return template()


@router.post("/ballots", operation_id="ballot_create", response_model=BallotPublic, status_code=201)
async def create_ballot(ctx: Ctx, response: Response, body: BallotCreate) -> BallotPublic:
    """Draft the ballot of one unit in one year."""
    ballot = await actions.create_ballot(ctx, body)
    tag(response, ballot)
    return await queries.show_ballot(ctx, ballot)


@router.get(_ONE, operation_id="ballot_get", response_model=BallotPublic)
async def get_ballot(ctx: Ctx, response: Response, id: UUID) -> BallotPublic:
    """Read a ballot; of votes, never more than counts of five."""
    ballot = await queries.get_ballot(ctx, id)
    tag(response, ballot)
    return await queries.show_ballot(ctx, ballot)


@router.patch(_ONE, operation_id="ballot_update", response_model=BallotPublic)
async def update_ballot(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: BallotUpdate
) -> BallotPublic:
    """Change a draft."""
    ballot = await actions.update_ballot(ctx, id, version, body)
    tag(response, ballot)
    return await queries.show_ballot(ctx, ballot)


@router.post(
    f"{_ONE}/issue",
    operation_id="ballot_issue",
    response_model=BallotIssued,
    dependencies=[Depends(require_key)],
)
async def issue_ballot(
    ctx: Ctx, request: Request, response: Response, id: UUID, version: IfMatch, body: TransitionBody
) -> BallotIssued:
    """Make codes and the urn's key. They are shown this once; issuing again voids them."""
    keep_nothing(request)
    ballot, key, groups = await actions.issue_ballot(ctx, id, version, body.opinion)
    tag(response, ballot)
    shown = await queries.show_ballot(ctx, ballot)
    return BallotIssued(ballot=shown, key=key, groups=groups)


@router.post(
    f"{_ONE}/count",
    operation_id="ballot_count",
    response_model=BallotPublic,
    dependencies=[Depends(require_key)],
)
async def count_ballot(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: BallotCountBody
) -> BallotPublic:
    """Open the urns with their key, count, publish; not by whoever issued the codes."""
    ballot = await actions.count_ballot(ctx, id, version, body.key, body.opinion)
    tag(response, ballot)
    return await queries.show_ballot(ctx, ballot)


@router.post(
    f"{_ONE}/hand-counts",
    operation_id="ballot_hand_count",
    response_model=BallotPublic,
    status_code=201,
)
async def enter_hand_count(
    ctx: Ctx, response: Response, id: UUID, body: HandCountCreate
) -> BallotPublic:
    """Enter a group's votes on paper; they count when two people have entered the same."""
    ballot = await hand_counts.enter_hand_count(ctx, id, body)
    tag(response, ballot)
    return await queries.show_ballot(ctx, ballot)


@router.get(f"{_ONE}/tags", operation_id="ballot_tag_list", response_model=BallotTags)
async def list_tags(ctx: Ctx, id: UUID) -> BallotTags:
    """List the numbers of all counted papers, so that a voter finds his own."""
    ballot = await queries.get_ballot(ctx, id)
    return BallotTags(tags=ballot.tags, record_hash=ballot.record_hash)


@router.post(
    f"{_ONE}/record",
    operation_id="ballot_record_read",
    response_class=Response,
    responses={200: {"content": _BYTES}},
)
async def read_record(ctx: Ctx, request: Request, id: UUID) -> Response:
    """Hand out the record, byte by byte as it was hashed, for `docs/recount_ballot.py`.

    Who asked for it is recorded.
    """
    keep_nothing(request)
    return Response(await actions.read_record(ctx, id), media_type="application/octet-stream")


@router.post(
    "/ballot-forms",
    operation_id="ballot_form_read",
    response_model=BallotForm,
    dependencies=_COUNTED,
)
async def read_form(ctx: AnonymousCtx, body: BallotCodeBody) -> BallotForm:
    """Read what a code's holder is asked; nothing is written."""
    return await voting.open_form(ctx, body.code)


@router.post(
    "/ballot-papers",
    operation_id="ballot_paper_cast",
    response_model=BallotReceipt,
    status_code=201,
    dependencies=_COUNTED,
)
async def cast(ctx: AnonymousCtx, body: BallotPaperCreate) -> BallotReceipt:
    """Vote once, without a log-in; the answer is the paper's number, shown this once."""
    return BallotReceipt(tag=await voting.cast(ctx, body))


@router.post(
    "/ballot-tags",
    operation_id="ballot_tag_find",
    response_model=BallotTagFound,
    dependencies=_COUNTED,
)
async def find_tag(ctx: AnonymousCtx, body: BallotTagBody) -> BallotTagFound:
    """Find a paper's number in the published lists."""
    return await voting.find_paper(ctx, body.tag)


router.transitions(
    BALLOT,
    actions.move_ballot,
    queries.show_ballot,
    context=Ctx,
    response_model=BallotPublic,
    path=_ONE,
    without={"issue", "count"},
)
