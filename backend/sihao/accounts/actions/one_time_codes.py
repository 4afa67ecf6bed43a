"""Set up, renew and take away somebody's one-time codes; tell whether a code is right."""

from uuid import UUID

from cryptography.exceptions import InvalidTag

from sihao.accounts import one_time, queries
from sihao.accounts.actions.guesses import Guesses, guesses_for
from sihao.accounts.models import OneTimeCodes, Person
from sihao.accounts.schemas import TotpBegun
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid, Problem
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import touch


async def begin_codes(ctx: Context) -> TotpBegun:
    """Draw a secret for the own app; nothing asks for its codes until one was shown."""
    person = await queries.get_me(ctx)
    codes = await queries.get_codes(ctx, ctx.person_id, lock=True)
    if codes is not None and codes.confirmed_at is not None:
        zh = "动态验证码已经启用；换手机请先停用，再重新设置。"
        raise Conflict("auth.totp.on", zh, "One-time codes are on already.")
    secret = one_time.draw_secret()
    if codes is None:
        codes = OneTimeCodes(person_id=person.id, sealed="", created_at=ctx.now)
        ctx.db.add(codes)
    codes.sealed, codes.created_at = one_time.sealed(secret, person.id), ctx.now
    address = one_time.address_for_apps(secret, person.name)
    return TotpBegun(secret=secret, address=address, picture=one_time.picture(address))


async def confirm_codes(ctx: Context, code: str) -> list[str]:
    """Switch codes on by the first right one; give the recovery codes, once."""
    codes = await queries.get_codes(ctx, ctx.person_id, lock=True)
    if codes is None or codes.confirmed_at is not None:
        zh = "没有正在设置的动态验证码，请重新开始设置。"
        raise Conflict("auth.totp.not_begun", zh, "Nothing is being set up.")
    step = one_time.find_step(_secret(codes), code, ctx.now, codes.used_step)
    if step is None:
        zh = "验证码不对。请核对手机时间是否准确，再填当前显示的 6 位数字。"
        raise Invalid("auth.totp.code", zh, "This is not the code.", pointer="/body/code")
    codes.used_step, codes.confirmed_at = step, ctx.now
    emit(ctx, "person.totp_on", codes.person_id, audience=Audience.ADMIN)
    return _draw(codes)


async def renew_recovery_codes(ctx: Context, code: str) -> list[str] | Problem:
    """Draw ten new recovery codes by a right code; the old ones end."""
    codes = await _get_own(ctx)
    if refusal := await _refuse_unless_right(ctx, codes, code):
        return refusal
    emit(ctx, "person.totp_renewed", codes.person_id, audience=Audience.ADMIN)
    return _draw(codes)


async def remove_codes(ctx: Context, code: str) -> Problem | None:
    """Switch codes off by a right one."""
    codes = await _get_own(ctx)
    if refusal := await _refuse_unless_right(ctx, codes, code):
        return refusal
    await ctx.db.delete(codes)
    emit(ctx, "person.totp_off", codes.person_id, audience=Audience.ADMIN)
    return None


async def reset_codes(ctx: Context, person_id: UUID, version: int) -> Person:
    """Take somebody's codes away, who lost app and paper; for the security administrator."""
    ctx.require(Role.ADMIN_SECURITY, Role.SYSTEM)
    person = await queries.get_person(ctx, person_id, lock=True)
    check_version(person, version)
    codes = await queries.get_codes(ctx, person_id, lock=True)
    if codes is None:
        raise Conflict("person.no_totp", "该账号没有启用动态验证码。", "There are no codes.")
    await ctx.db.delete(codes)
    touch(ctx, person)
    emit(ctx, "person.reset_totp", person.id, audience=Audience.ADMIN, login=person.name)
    return person


def use_code(ctx: Context, codes: OneTimeCodes, given: str) -> bool:
    """Tell whether a code of the app, or a recovery code, is right; it is used up by that."""
    given = given.strip()
    if len(given) == one_time.DIGITS and given.isascii() and given.isdigit():
        step = one_time.find_step(_secret(codes), given, ctx.now, codes.used_step)
        if step is None:
            return False
        codes.used_step = step
        return True
    digest = one_time.digest(given)
    if digest not in codes.recovery_hashes:
        return False
    codes.recovery_hashes = [one for one in codes.recovery_hashes if one != digest]
    left = len(codes.recovery_hashes)
    emit(ctx, "person.used_recovery_code", codes.person_id, audience=Audience.ADMIN, left=left)
    return True


def refuse_code(ctx: Context, guesses: Guesses, person_id: UUID) -> Problem:
    """Count a wrong code as a wrong password is counted."""
    return guesses.refuse(ctx, person_id, "auth.totp.wrong", "验证码", "Wrong code.")


async def _get_own(ctx: Context) -> OneTimeCodes:
    codes = await queries.get_codes(ctx, ctx.person_id, lock=True)
    if codes is None or codes.confirmed_at is None:
        raise Conflict("auth.totp.off", "没有启用动态验证码。", "One-time codes are off.")
    return codes


async def _refuse_unless_right(ctx: Context, codes: OneTimeCodes, code: str) -> Problem | None:
    guesses = await guesses_for(ctx, (await queries.get_me(ctx)).name)
    if locked := guesses.locked(ctx):
        return locked
    if not use_code(ctx, codes, code):
        return refuse_code(ctx, guesses, codes.person_id)
    await guesses.forgive(ctx)
    return None


def _draw(codes: OneTimeCodes) -> list[str]:
    drawn = one_time.draw_recovery_codes()
    codes.recovery_hashes = [one_time.digest(one) for one in drawn]
    return drawn


def _secret(codes: OneTimeCodes) -> str:
    try:
        return one_time.opened(codes.sealed, codes.person_id)
    except InvalidTag as error:
        zh = "服务器换过签名密钥，原来的动态验证码读不出来了。请用恢复码，或请安全管理员重置。"
        raise Conflict("auth.totp.unreadable", zh, "The signing key has changed.") from error
