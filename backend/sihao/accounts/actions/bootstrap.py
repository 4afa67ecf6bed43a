"""The first account: made once, by a code that only the server's operator has seen.

A refused code is counted, so `claim` *returns* the problem: raising would roll the count back.
"""

from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest

from sihao.accounts import queries
from sihao.accounts.actions.people import draw_password
from sihao.accounts.models import BootstrapCode, Person, RoleGrant
from sihao.accounts.passwords import hash_password
from sihao.accounts.schemas import Bootstrap
from sihao.core.context import Context, Role
from sihao.core.errors import Gone, Invalid, Problem, Unauthenticated
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps

VALID = timedelta(hours=24)
GUESSES = 5
_GROUPS = 5
"""Letters in five groups of four: 99 bits, so a plain hash is enough."""


async def draw_code(ctx: Context) -> str | None:
    """Draw the code anew; None once somebody who keeps accounts can log in."""
    ctx.require(Role.SYSTEM)
    if await queries.has_security_administrator(ctx):
        return None
    for old in await queries.list_bootstrap_codes(ctx):
        await ctx.db.delete(old)
    code = draw_password(_GROUPS)
    drawn = BootstrapCode(code_hash=_digest(code), expires_at=ctx.now + VALID)
    ctx.db.add(drawn)
    emit(ctx, "bootstrap.drawn", drawn.id, audience=Audience.ADMIN)
    return code


async def claim(ctx: Context, body: Bootstrap) -> Person | Problem:
    """Make the security administrator, who makes all other accounts; the code is used up.

    Five wrong codes use it up too; `sihao init` draws another.
    """
    if body.name.lower() in body.password.lower():
        zh = "密码不能包含账号名。"
        raise Invalid("password.weak", zh, "Choose another one.", pointer="/body/password")
    code = next(iter(await queries.list_bootstrap_codes(ctx)), None)
    if code is None or code.used_at or code.expires_at <= ctx.now or code.failures >= GUESSES:
        zh = "没有可用的引导码，请在服务器上执行 sihao init 取得新的引导码。"
        return Gone("bootstrap.over", zh, "There is no code to use; `sihao init` draws one.")
    if not compare_digest(code.code_hash, _digest(body.code)):
        code.failures += 1
        emit(ctx, "bootstrap.refused", code.id, audience=Audience.ADMIN, failures=code.failures)
        zh = f"引导码不对，还可以再试 {GUESSES - code.failures} 次。"
        return Unauthenticated("bootstrap.wrong", zh, "Wrong code.")
    code.used_at = ctx.now
    person = Person(
        name=body.name,
        display_name=body.display_name,
        password_hash=await hash_password(body.password),
        **stamps(ctx),
    )
    ctx.db.add(person)
    await ctx.db.flush()
    ctx.db.add(RoleGrant(person_id=person.id, role=Role.ADMIN_SECURITY))
    emit(ctx, "bootstrap.used", code.id, audience=Audience.ADMIN, login=person.name)
    return person


def _digest(code: str) -> str:
    return sha256(code.strip().lower().encode()).hexdigest()
