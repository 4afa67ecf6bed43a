"""Wrong proofs of one name, known or not: five are free, then it is locked, ever longer.

A refusal is itself a fact that must be kept, so it is *returned* as a problem: raising would roll
the record back.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from sihao.accounts import queries
from sihao.accounts.models import LoginFailure
from sihao.core.context import Context
from sihao.core.errors import Problem, TooMany, Unauthenticated
from sihao.core.events import Audience, emit

FREE_GUESSES = 5
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)


@dataclass(slots=True)
class Guesses:
    """What was guessed wrong for a name; the row is held until the transaction ends."""

    digest: str
    failure: LoginFailure | None

    def locked(self, ctx: Context) -> Problem | None:
        """Say how long to wait, if it is locked just now."""
        until = self.failure.locked_until if self.failure else None
        return _locked(until - ctx.now) if until and until > ctx.now else None

    async def forgive(self, ctx: Context) -> None:
        """Forget it all: he is who he says."""
        if self.failure:
            await ctx.db.delete(self.failure)

    def refuse(
        self, ctx: Context, person_id: UUID | None, code: str, what: str, en: str
    ) -> Problem:
        """Count one more; `what` is what was wrong, as the subject of a Chinese sentence."""
        if self.failure is None:
            self.failure = LoginFailure(name_hash=self.digest, failed_at=ctx.now)
            ctx.db.add(self.failure)
        elif ctx.now - self.failure.failed_at > LONGEST_LOCK:
            self.failure.failures = 0
        failure = self.failure
        failure.failures += 1
        failure.failed_at = ctx.now
        emit(
            ctx,
            "session.refused",
            person_id or UUID(self.digest[:32]),
            audience=Audience.ADMIN,
            failures=failure.failures,
        )
        if failure.failures >= FREE_GUESSES:
            doubled = FIRST_LOCK * 2 ** min(failure.failures - FREE_GUESSES, 10)
            failure.locked_until = ctx.now + min(doubled, LONGEST_LOCK)
            return _locked(failure.locked_until - ctx.now)
        left = FREE_GUESSES - failure.failures
        return Unauthenticated(code, f"{what}不对，还可以再试 {left} 次。", en)


async def guesses_for(ctx: Context, name: str) -> Guesses:
    """Read, and hold, what was guessed wrong for a name."""
    digest = sha256(name.strip().lower().encode()).hexdigest()
    return Guesses(digest, await queries.get_failure(ctx, digest))


def _locked(left: timedelta) -> Problem:
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    return TooMany(
        "auth.locked",
        f"密码或验证码连续输错，该账号暂停登录 {minutes} 分钟。",
        "Too many wrong passwords or codes; please wait.",
        retry_after=int(left.total_seconds()) + 1,
    )
