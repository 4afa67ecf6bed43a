"""SCIM 2.0 (RFC 7643, RFC 7644) over accounts: the library speaks it, this is what it stands on.

Loaded with the first request of a directory, because the library takes memory.
"""

import json
from functools import cache
from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import Request, Response
from pydantic import Field
from scim2_models import (
    URN,
    AuthenticationScheme,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    External,
    Filter,
    Meta,
    Mutability,
    Patch,
    Reference,
    Required,
    Resource,
    ResourceType,
    ResponseParameters,
    ScimProvider,
    SearchRequest,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)
from scim2_models import Bulk as BulkSupport
from scim2_models import ETag as EntityTag
from scim2_models.path import CompareOperator, Comparison
from scim2_server.handler import AsyncScimHandler
from scim2_server.memory import InMemoryStorage
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from scim2_server.service import ScimService
from scim2_server.storage import AsyncScimStorage, SearchPage

from sihao.core.context import Context
from sihao.core.errors import Invalid, NotFound
from sihao.provisioning import actions, queries
from sihao.provisioning.naming import ADDRESS
from sihao.provisioning.schemas import GroupWish, KnownGroup, KnownPerson, PersonWish

_MOST = 1000
"""Resources in one answer."""
_RFC6750 = Reference[External]("https://datatracker.ietf.org/doc/html/rfc6750")


class Membership(ComplexAttribute):
    """A group somebody is in; groups change, people do not change their groups."""

    value: Annotated[str | None, Mutability.read_only, CaseExact.true] = None
    ref: Annotated[Reference["Group"] | None, Mutability.read_only] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    display: Annotated[str | None, Mutability.read_only] = None


class User(Resource[Any]):
    """An account. No password, no mail, no telephone: the product keeps none."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[
        str | None, Required.true, Mutability.immutable, Uniqueness.server, CaseExact.false
    ] = None
    """The log-in name, 2 to 64 characters. It stays, as what somebody did stays under it."""
    display_name: Annotated[str | None, Required.true] = None
    """The name that people read, up to 100 characters."""
    active: Annotated[bool | None, Required.true] = None
    """Whether he may come in. False ends his sessions at once."""
    groups: Annotated[list[Membership] | None, Mutability.read_only] = None
    """The groups he is in."""

    Groups: ClassVar[type[ComplexAttribute]] = Membership


class GroupMember(ComplexAttribute):
    """Somebody in a group."""

    value: Annotated[str | None, Mutability.immutable, CaseExact.true] = None
    ref: Annotated[Reference[User] | None, Mutability.immutable] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )


class Group(Resource[Any]):
    """Who holds a role of a unit, when the name says so: `unit.office@` and the unit's code."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, Required.true, Uniqueness.server] = None
    """The role's code, for a role of a unit followed by `@` and the unit's code."""
    members: list[GroupMember] | None = None
    """The people in it."""

    Members: ClassVar[type[ComplexAttribute]] = GroupMember


Membership.model_rebuild()
User.model_rebuild()


@cache
def _spoken() -> ScimService:
    bearer = AuthenticationScheme(
        type=AuthenticationScheme.Type.oauthbearertoken,
        name="OAuth 2.0 client credentials",
        description="POST /api/v1/auth/token with grant_type=client_credentials",
        spec_uri=_RFC6750,
    )
    config = ServiceProviderConfig(
        patch=Patch(supported=True),
        bulk=BulkSupport(supported=False, max_operations=0, max_payload_size=0),
        filter=Filter(supported=True, max_results=_MOST),
        change_password=ChangePassword(supported=False),
        sort=Sort(supported=True),
        etag=EntityTag(supported=True),
        authentication_schemes=[bearer],
    )
    return ScimService(ScimProvider([User, Group], config=config))


async def answer(ctx: Context, request: Request) -> Response:
    """Answer one request; raises `SCIMException` for what breaks the protocol's own rules."""
    asked = ScimRequest(
        method=request.method,
        base_url=f"{request.base_url}{ADDRESS.lstrip('/')}",
        path=f"/{request.path_params['path']}".removesuffix(".scim"),
        query=dict(request.query_params),
        headers=[(name, value) for name, value in request.headers.items()],
        body=await request.body(),
    )
    given = await AsyncScimHandler(_spoken(), Accounts(ctx)).handle(asked)
    await ctx.db.flush()
    return written(given)


def refusal(error: Exception) -> Response:
    """Write what went wrong as the protocol wants it."""
    return written(_spoken().error_response(error))


def written(given: ScimResponse) -> Response:
    """Turn the library's answer into one of ours."""
    body = b"" if given.body is None else json.dumps(given.body, ensure_ascii=False).encode()
    return Response(body, int(given.status), headers=given.headers)


class Accounts(AsyncScimStorage):
    """People and groups of the product as the resources of the protocol, in one transaction."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def get(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        response_parameters: ResponseParameters[Any] | None = None,  # noqa: ARG002 - all is shown
    ) -> Resource[Any]:
        """Read one."""
        return await self._get(resource_type, _id(resource_id))

    async def search(
        self,
        resource_types: list[ResourceType],
        search_request: SearchRequest[Any],
        *,
        position: Any = None,
    ) -> SearchPage:
        """Filter, sort and page by the library's own rules: a city has a few thousand accounts.

        What directories ask all day, whether there is somebody of a name, is asked of the database.
        """
        wanted = _equal_to(search_request)
        found: list[Resource[Any]] = []
        for kind in resource_types:
            if _is_user(kind):
                found += map(_user, await queries.list_people(self._ctx, **wanted))
            else:
                found += map(_group, await queries.list_groups(self._ctx, **wanted))
        shelf = InMemoryStorage()
        shelf.resources = found
        return shelf.search(resource_types, search_request, position=position)

    async def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:
        """Add one."""
        if isinstance(resource, User):
            made = await actions.create_person(self._ctx, _person_wish(resource))
        else:
            made = await actions.create_group(self._ctx, _group_wish(resource))
        return await self._get(resource_type, made)

    async def update(
        self,
        resource_type: ResourceType,
        resource: Resource[Any],
        *,
        expected_version: str | None = None,
    ) -> Resource[Any]:
        """Make one as it is wanted."""
        of = _id(resource.id)
        if isinstance(resource, User):
            wish = _person_wish(resource)
            await actions.change_person(self._ctx, of, wish, expected_version)
        else:
            await actions.change_group(self._ctx, of, _group_wish(resource), expected_version)
        return await self._get(resource_type, of)

    async def delete(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        expected_version: str | None = None,
    ) -> None:
        """Hide somebody, or end a group with its grants."""
        end = actions.hide_person if _is_user(resource_type) else actions.remove_group
        await end(self._ctx, _id(resource_id), expected_version)

    async def _get(self, resource_type: ResourceType, of: UUID) -> Resource[Any]:
        await self._ctx.db.flush()
        if _is_user(resource_type):
            known, _ = await queries.get_person(self._ctx, of)
            return _user(known)
        return _group(await queries.get_group(self._ctx, of))


def _is_user(kind: ResourceType) -> bool:
    return kind.name == "User"


def _user(known: KnownPerson) -> User:
    person = known.person
    groups = [
        Membership(value=str(of), ref=Reference(f"Groups/{of}"), display=name)
        for of, name in known.groups
    ]
    return User(
        id=str(person.id),
        external_id=known.external_id,
        user_name=person.name,
        display_name=person.display_name,
        active=person.disabled_at is None,
        groups=groups or None,
        meta=_meta("User", person, known.tag),
    )


def _group(known: KnownGroup) -> Group:
    group = known.group
    members = [GroupMember(value=str(of), ref=Reference(f"Users/{of}")) for of, _ in known.members]
    return Group(
        id=str(group.id),
        external_id=group.external_id,
        display_name=group.name,
        members=members or None,
        meta=_meta("Group", group, known.tag),
    )


def _meta(kind: str, row: Any, tag: str) -> Meta:
    return Meta(
        resource_type=kind, created=row.created_at, last_modified=row.updated_at, version=tag
    )


def _person_wish(said: User) -> PersonWish:
    return PersonWish(
        name=(said.user_name or "").strip(),
        display_name=(said.display_name or "").strip(),
        active=said.active is True,
        external_id=said.external_id,
    )


def _group_wish(said: Any) -> GroupWish:
    return GroupWish(
        name=(said.display_name or "").strip(),
        external_id=said.external_id,
        members=frozenset(_member(one) for one in said.members or ()),
    )


def _member(said: GroupMember) -> UUID:
    try:
        return UUID(said.value or "")
    except ValueError as error:
        zh = "组的成员须以人员的 id 表示。"
        raise Invalid("directory_group.member", zh, "Members are ids of users.") from error


def _id(said: str | None) -> UUID:
    try:
        return UUID(said or "")
    except ValueError as error:
        raise NotFound("directory.unknown", "没有找到。", "No such resource.") from error


def _equal_to(search: SearchRequest[Any]) -> dict[str, str]:
    """Give what a filter of a single equality asks for, as `list_people` takes it."""
    node = search.filter.ast if search.filter else None
    if not isinstance(node, Comparison) or node.op != CompareOperator.eq:
        return {}
    asked = str(node.attr_path).rpartition(":")[2].lower()
    if asked in {"username", "displayname"} and isinstance(node.value, str):
        return {"name": node.value.lower()} if asked == "username" else {}
    if asked == "externalid" and isinstance(node.value, str):
        return {"external_id": node.value}
    return {}
