"""Let somebody in for whom another place vouches, and have people prove anew who they are."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from pydantic import BaseModel, ValidationError

from sihao.accounts import queries
from sihao.accounts.actions.guesses import guesses_for
from sihao.accounts.actions.one_time_codes import refuse_code, use_code
from sihao.accounts.actions.sessions import (
    Client,
    Issued,
    is_password_off,
    issue,
    open_session,
    refuse_password,
)
from sihao.accounts.elsewhere import Identity
from sihao.accounts.models import LoginSession, Person, PersonFields, Way
from sihao.accounts.passwords import hash_password, is_password
from sihao.core.context import Context
from sihao.core.errors import Forbidden, Invalid, Problem
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps
from sihao.core.sealing import seal, unseal
from sihao.core.settings import settings

VALID = timedelta(minutes=10)
"""How long somebody may take at the other place."""
_LEEWAY = 30
_PURPOSE = "sign-in"


class Pending(BaseModel):
    """A sign-in under way elsewhere. Only the browser that began it keeps it, sealed."""

    way: Way
    begun_at: int
    next: str
    session: UUID | None = None
    """The log-in whose holder proves himself anew; none: somebody comes in."""
    question: str = ""
    """What the answer must repeat."""
    asked: Mapping[str, str] = {}


def keep(pending: Pending) -> str:
    """Seal it for the browser's cookie."""
    return seal(pending.model_dump_json(), _PURPOSE)


def read_pending(ctx: Context, sealed: str | None, way: Way, state: str) -> Pending:
    """Read what this browser began; raise `Forbidden` for what it did not, or long ago."""
    try:
        pending = Pending.model_validate_json(unseal(sealed or "", _PURPOSE))
    except (InvalidTag, ValueError) as error:
        raise _not_begun() from error
    late = ctx.now.timestamp() - pending.begun_at > VALID.total_seconds()
    same = compare_digest(pending.question.encode(), state.encode())
    if late or not same or pending.way is not way:
        raise _not_begun()
    return pending


def _not_begun() -> Problem:
    zh = "这次登录不是从这个浏览器开始的，或者已超过十分钟，请重新登录。"
    return Forbidden("auth.state", zh, "This browser has not begun this sign-in, or long ago.")


def refuse(ctx: Context, way: Way, refusal: Problem) -> Problem:
    """Record that a proof from elsewhere was not good; the answer is the refusal itself."""
    subject = UUID(sha256(way.encode()).hexdigest()[:32])
    emit(ctx, "session.refused", subject, audience=Audience.ADMIN, way=way, code=refusal.code)
    return refusal


async def finish(
    ctx: Context, pending: Pending, identity: Identity, client: Client
) -> Issued | Problem:
    """Let in whom another place vouches for, or note that he has proved himself anew."""
    if pending.session is not None:
        return await _renew_proof(ctx, pending, pending.session, identity)
    person = await queries.get_person_by_name(ctx, identity.name)
    if person is None and pending.way is Way.OIDC and settings().oidc_create:
        person = await _create(ctx, identity)
    if person is None:
        zh = f"统一身份认证认得您（{identity.name}），但这里还没有这个账号，请联系安全管理员开通。"
        return refuse(ctx, pending.way, Forbidden("auth.unknown", zh, "There is no such account."))
    if person.disabled_at is not None:
        zh = "您的账号已停用。需要恢复，请联系安全管理员。"
        return refuse(ctx, pending.way, Forbidden("auth.disabled", zh, "This account is disabled."))
    return open_session(ctx, person, pending.way, client)


async def _create(ctx: Context, identity: Identity) -> Person | None:
    """Add an account without any role; None when what the provider says makes no account."""
    told: dict[str, Any] = {"name": identity.name, "display_name": identity.display_name}
    try:
        fields = PersonFields.model_validate(told)
    except ValidationError:
        return None
    nobody_knows = await hash_password(token_urlsafe(32))
    person = Person(**fields.model_dump(), password_hash=nobody_knows, **stamps(ctx))
    ctx.db.add(person)
    await ctx.db.flush()
    emit(ctx, "person.created", person.id, audience=Audience.ADMIN, login=person.name, roles=[])
    return person


async def _renew_proof(
    ctx: Context, pending: Pending, session_id: UUID, identity: Identity
) -> Issued | Problem:
    session = await queries.get_live_session(ctx, session_id)
    person = await queries.get_person(ctx, session.person_id) if session else None
    if session is None or person is None or person.name != identity.name:
        zh = "在统一身份认证平台登录的不是本人，没有通过验证。"
        return refuse(ctx, pending.way, Forbidden("auth.other", zh, "Somebody else proved."))
    shown_at = identity.proved_at
    if pending.way is Way.OIDC and (shown_at is None or shown_at < pending.begun_at - _LEEWAY):
        zh = "统一身份认证平台没有重新验证您的身份，请改用动态验证码或密码。"
        stale = Forbidden("auth.oidc.stale", zh, "The provider did not ask him again.")
        return refuse(ctx, pending.way, stale)
    return _proved(ctx, session, pending.way)


async def prove(ctx: Context, password: str, code: str) -> Issued | Problem:
    """Take a one-time code, or without codes the password, as a fresh proof of the own session."""
    person = await queries.get_me(ctx)
    session = await queries.get_session(ctx, ctx.session_id)
    guesses = await guesses_for(ctx, person.name)
    if locked := guesses.locked(ctx):
        return locked
    codes = await queries.get_codes(ctx, person.id, lock=True)
    if codes is not None and codes.confirmed_at is not None:
        if not code.strip():
            zh = "请填写手机上的 6 位动态验证码。"
            raise Invalid("auth.totp.needed", zh, "A code is needed.", pointer="/body/code")
        if not use_code(ctx, codes, code):
            return refuse_code(ctx, guesses, person.id)
    elif await is_password_off(ctx, person) or not await is_password(
        person.password_hash, password
    ):
        return refuse_password(ctx, guesses, person.id)
    await guesses.forgive(ctx)
    return _proved(ctx, session, Way.PASSWORD)


def _proved(ctx: Context, session: LoginSession, way: Way) -> Issued:
    session.proved_at = ctx.now
    emit(ctx, "session.proved", session.id, audience=Audience.ADMIN, way=way)
    return issue(session)
