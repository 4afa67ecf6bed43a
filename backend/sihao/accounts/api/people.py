"""`/people`: accounts, kept by the security administrator."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from sihao.accounts import queries
from sihao.accounts.actions import people as actions
from sihao.accounts.actions.one_time_codes import reset_codes
from sihao.accounts.auth import Ctx
from sihao.accounts.models import Person
from sihao.accounts.schemas import (
    GrantBody,
    PersonCreate,
    PersonPublic,
    PersonQuery,
    PersonUpdate,
    PersonWithPassword,
)
from sihao.core.context import Context
from sihao.core.etag import IfMatch, tag
from sihao.core.idempotency import keep_nothing
from sihao.core.paging import Page
from sihao.core.proof import require_proof
from sihao.core.routes import Router

router = Router(prefix="/people", tag="people")


@router.get("", operation_id="person_list", response_model=Page[PersonPublic])
async def list_people(ctx: Ctx, query: Annotated[PersonQuery, Query()]) -> Response:
    """List people: all for the security administrator, else one's own unit and the contacts."""
    return await queries.list_people(ctx, query)


@router.post(
    "",
    operation_id="person_create",
    response_model=PersonWithPassword,
    status_code=201,
    dependencies=[Depends(require_proof)],
)
async def create_person(
    ctx: Ctx, request: Request, response: Response, body: PersonCreate
) -> PersonWithPassword:
    """Add somebody; the initial password is shown in this answer only."""
    person, password = await actions.create_person(ctx, body)
    return await _with_password(ctx, request, response, person, password)


@router.get("/{id}", operation_id="person_get", response_model=PersonPublic)
async def get_person(ctx: Ctx, response: Response, id: UUID) -> PersonPublic:
    """Read one account."""
    return await _answer(ctx, response, await queries.get_person(ctx, id))


@router.patch("/{id}", operation_id="person_update", response_model=PersonPublic)
async def update_person(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: PersonUpdate
) -> PersonPublic:
    """Change how somebody is called."""
    return await _answer(ctx, response, await actions.update_person(ctx, id, version, body))


@router.post("/{id}/disable", operation_id="person_disable", response_model=PersonPublic)
async def disable_person(ctx: Ctx, response: Response, id: UUID, version: IfMatch) -> PersonPublic:
    """Shut somebody out from the next request on."""
    return await _answer(ctx, response, await actions.disable_person(ctx, id, version))


@router.post("/{id}/enable", operation_id="person_enable", response_model=PersonPublic)
async def enable_person(ctx: Ctx, response: Response, id: UUID, version: IfMatch) -> PersonPublic:
    """Let somebody in again."""
    return await _answer(ctx, response, await actions.enable_person(ctx, id, version))


@router.post(
    "/{id}/reset_password",
    operation_id="person_reset_password",
    response_model=PersonWithPassword,
    dependencies=[Depends(require_proof)],
)
async def reset_password(
    ctx: Ctx, request: Request, response: Response, id: UUID, version: IfMatch
) -> PersonWithPassword:
    """Draw a new password, shown in this answer only, and end every session."""
    person, password = await actions.reset_password(ctx, id, version)
    return await _with_password(ctx, request, response, person, password)


@router.post(
    "/{id}/reset_totp",
    operation_id="person_reset_totp",
    response_model=PersonPublic,
    dependencies=[Depends(require_proof)],
)
async def reset_totp(ctx: Ctx, response: Response, id: UUID, version: IfMatch) -> PersonPublic:
    """Take the one-time codes of somebody away who has lost app and recovery codes."""
    return await _answer(ctx, response, await reset_codes(ctx, id, version))


@router.post(
    "/{id}/grants",
    operation_id="grant_add",
    response_model=PersonPublic,
    status_code=201,
    dependencies=[Depends(require_proof)],
)
async def add_grant(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: GrantBody
) -> PersonPublic:
    """Grant one more role; If-Match is the person's."""
    return await _answer(ctx, response, await actions.add_grant(ctx, id, version, body))


@router.delete(
    "/{id}/grants/{grant_id}",
    operation_id="grant_remove",
    response_model=PersonPublic,
    dependencies=[Depends(require_proof)],
)
async def remove_grant(
    ctx: Ctx, response: Response, id: UUID, grant_id: UUID, version: IfMatch
) -> PersonPublic:
    """Take a role away; If-Match is the person's."""
    return await _answer(ctx, response, await actions.remove_grant(ctx, id, grant_id, version))


async def _answer(ctx: Context, response: Response, person: Person) -> PersonPublic:
    tag(response, person)
    grants = await queries.list_named_grants(ctx, person.id)
    return PersonPublic(**person.model_dump(), grants=grants)


async def _with_password(
    ctx: Context, request: Request, response: Response, person: Person, password: str
) -> PersonWithPassword:
    keep_nothing(request)
    shown = await _answer(ctx, response, person)
    return PersonWithPassword(**shown.model_dump(), initial_password=password)
