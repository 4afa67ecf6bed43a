"""What goes in and out about accounts."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, StringConstraints
from sqlmodel import Field, SQLModel

from sihao.accounts.models import PersonFields, Way
from sihao.accounts.passwords import SHORTEST
from sihao.core.addresses import network_of
from sihao.core.body import Body
from sihao.core.context import Role
from sihao.core.events import Audience
from sihao.core.paging import PageQuery
from sihao.core.text import Line


class View(StrEnum):
    """The parts of the SPA a person has."""

    UNIT = "unit"
    COMMITTEE = "committee"
    LEADERSHIP = "leadership"
    ADMIN = "admin"
    RECEIVER = "receiver"


class Login(Body):
    """Name and password from the browser."""

    name: Line = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=200)
    totp: str = Field(default="", max_length=40)
    """A one-time code, or a recovery code, where the account has them."""


_OWN_PAGE = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*")


def _own_page(given: str) -> str:
    """Let nobody be sent to another site after signing in."""
    if not _OWN_PAGE.fullmatch(given):
        raise ValueError("须是本系统的页面地址，以一个 / 开头。")
    return given


class SignInBegin(Body):
    """Somebody goes to sign in elsewhere; `next` is the page that he wanted."""

    next: Annotated[str, Field(max_length=1000), AfterValidator(_own_page)] = "/"


class SignInBegun(SQLModel):
    """Where the browser goes to."""

    address: str


class OidcReturn(Body):
    """What the provider gave the browser to bring back."""

    state: str = Field(max_length=200)
    code: str = Field(default="", max_length=4000)
    iss: str | None = Field(default=None, max_length=500)
    error: str = Field(default="", max_length=200)


class CasReturn(Body):
    """The ticket that a CAS server gave the browser."""

    ticket: Annotated[str, StringConstraints(pattern=r"^[!-~]{1,500}$")]


class SignInWays(SQLModel):
    """How people may sign in: names of the buttons; null where there is no such way."""

    oidc: str | None
    cas: str | None


class StepUp(Body):
    """A fresh proof: a one-time or recovery code where the account has them, else the password."""

    password: str = Field(default="", max_length=200)
    code: str = Field(default="", max_length=40)


class CodeBody(Body):
    """A one-time code, or where an app is lost a recovery code."""

    code: str = Field(min_length=1, max_length=40)


class TotpState(SQLModel):
    """How somebody proves himself: what a dialog asks for, and what the account page shows."""

    is_on: bool
    confirmed_at: datetime | None
    recovery_left: int
    has_password: bool
    """He may prove himself by his password, where codes are off."""


class TotpBegun(SQLModel):
    """The only answer that shows the secret: as text, as an app's address, as an SVG picture."""

    secret: str
    address: str
    picture: str


class RecoveryCodes(SQLModel):
    """The only answer that shows them; each is good once."""

    codes: list[str]


class Bootstrap(PersonFields, Body):
    """The first account of an installation, proved by the code that `sihao init` printed."""

    code: Line = Field(min_length=1, max_length=64)
    password: str = Field(min_length=SHORTEST, max_length=200)


class Access(SQLModel):
    """A fresh access token; the refresh token is in the cookie."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a kind, no secret
    expires_in: int


class SignedIn(Access):
    """The same after signing in elsewhere."""

    next: str
    """The page that was wanted; empty where somebody has only proved anew who he is."""


class TokenAnswer(Access):
    """OAuth 2.0: what a script gets; service accounts get no refresh token."""

    refresh_token: str | None = None
    scope: str = ""


class UnitRef(SQLModel):
    """A unit by name."""

    id: UUID
    name: str


class Me(SQLModel):
    """Who is logged in, and which views the SPA shows."""

    id: UUID
    name: str
    display_name: str
    unit: UnitRef | None
    member_id: UUID | None
    roles: list[Role]
    views: list[View]
    scopes: list[str]


class SessionPublic(SQLModel):
    """One log-in of one's own."""

    id: UUID
    created_at: datetime
    used_at: datetime
    expires_at: datetime
    address: str
    user_agent: str
    way: Way
    current: bool


class PasswordChange(Body):
    """A new password, proved by the current one."""

    current: str = Field(min_length=1, max_length=200)
    new: str = Field(min_length=10, max_length=200)


class GrantBody(Body):
    """A role; the roles of a unit name the unit, others none."""

    role: Role
    unit_id: UUID | None = None


class GrantPublic(SQLModel):
    """A role somebody holds."""

    id: UUID
    role: Role
    unit_id: UUID | None
    unit_name: str | None


class PersonCreate(PersonFields, Body):
    """A new account."""

    grants: list[GrantBody] = Field(default_factory=list, max_length=10)


class PersonUpdate(Body):
    """What may change about an account; the log-in name stays."""

    display_name: Line | None = Field(default=None, min_length=1, max_length=100)


class PersonPublic(PersonFields):
    """An account with its roles."""

    id: UUID
    disabled_at: datetime | None
    version: int
    grants: list[GrantPublic]


class PersonWithPassword(PersonPublic):
    """The only answer that shows an initial password."""

    initial_password: str


class PersonQuery(PageQuery):
    """Filters of `/people`; `q` looks in both names."""

    role: Role | None = None
    unit_id: UUID | None = None
    disabled: bool | None = None
    q: str | None = Field(default=None, max_length=100)
    sort: Literal["name", "display_name"] = "name"


class Scope(StrEnum):
    """What an account of another system may do."""

    LEDGER_WRITE = "ledger:write"
    EVIDENCE_WRITE = "evidence:write"
    PLAN_READ = "plan:read"
    RESULT_READ = "result:read"
    COASSESSMENT_WRITE = "coassessment:write"
    IMPORT = "import"
    EVENT_READ = "event:read"
    TODO_SYNC = "todo:sync"
    SCIM = "scim"
    SCIM_APPOINT = "scim:appoint"
    """With `scim`: administrators and the committee's leaders as well."""


Network = Annotated[str, Field(min_length=2, max_length=43), AfterValidator(network_of)]
"""An address range as CIDR (`10.1.0.0/16`), or one address; host bits are refused."""
NETWORKS = 20


class ServiceAccountCreate(Body):
    """A new account of another system: of one unit, or (`unit_id` null) all."""

    name: Line = Field(min_length=1, max_length=100)
    scopes: list[Scope] = Field(min_length=1, max_length=len(Scope))
    unit_id: UUID | None = None
    expires_at: AwareDatetime | None = None
    addresses: list[Network] = Field(default_factory=list, max_length=NETWORKS)


class ServiceAccountUpdate(Body):
    """What may change about an account of another system; its unit stays."""

    name: Line | None = Field(default=None, min_length=1, max_length=100)
    scopes: list[Scope] | None = Field(default=None, min_length=1, max_length=len(Scope))
    expires_at: AwareDatetime | None = None
    addresses: list[Network] | None = Field(default=None, max_length=NETWORKS)


class SecretRotation(Body):
    """How long the present secret stays good beside the new one; not at all without a word."""

    previous_until: AwareDatetime | None = None


class ServiceAccountPublic(SQLModel):
    """An account of another system."""

    id: UUID
    name: str
    client_id: str
    scopes: list[str]
    unit_id: UUID | None
    unit_name: str | None
    created_at: datetime
    expires_at: datetime | None
    disabled_at: datetime | None
    addresses: list[str]
    previous_until: datetime | None
    used_at: datetime | None
    used_from: str | None
    version: int


class ServiceAccountWithSecret(ServiceAccountPublic):
    """The only answer that shows a secret."""

    client_secret: str


class ServiceAccountQuery(PageQuery):
    """Filters of `/service-accounts`."""

    q: str | None = Field(default=None, max_length=100)
    sort: Literal["name", "-created_at"] = "name"


class AuditRow(SQLModel):
    """One thing that happened."""

    id: UUID
    seq: int
    name: str
    subject_id: UUID
    unit_id: UUID | None
    unit_name: str | None
    audience: Audience
    actor_id: UUID | None
    actor: str
    at: datetime
    data: dict[str, Any]


class AuditQuery(PageQuery):
    """Filters of `/audit`; `name` is an event (`plan.sign`) or all of a subject (`plan`)."""

    name: str | None = Field(default=None, max_length=80)
    subject_id: UUID | None = None
    actor_id: UUID | None = None
    unit_id: UUID | None = None
    actor: str | None = Field(default=None, max_length=100)
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    """The first instant not shown any more."""
    sort: Literal["-seq", "seq"] = "-seq"


class SettingPublic(SQLModel):
    """One setting; `value` is null where it is secret or absent."""

    name: str
    value: str | None
    is_given: bool
    """The environment gives it; otherwise it is the default."""


class HealthPublic(SQLModel):
    """How the product is."""

    product_version: str
    schema_version: str
    database_version: str
    database_now: datetime
    database_bytes: int
    disk_total_bytes: int
    disk_free_bytes: int


class SettingsPublic(SQLModel):
    """Settings without secrets, and health."""

    settings: list[SettingPublic]
    health: HealthPublic
