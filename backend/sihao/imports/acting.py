"""Do a job in the name of whoever asked for it, as far as they may do it now."""

from uuid import UUID

from sqlalchemy import text

from sihao.core.context import Actor, Context, Role
from sihao.core.errors import Unauthenticated

_OPEN = text("SELECT * FROM open_asker_context(:subject)")


async def act_for(ctx: Context, subject: UUID) -> Context:
    """Turn the system's context of a job into the asker's, in the same transaction.

    Roles and scopes are read anew: raise `Unauthenticated` for whoever is disabled by now. Having
    logged out meanwhile ends nothing.
    """
    opened = (await ctx.db.execute(_OPEN, {"subject": subject})).one_or_none()
    if opened is None:
        zh = "账号已停用，任务没有办理。"
        raise Unauthenticated("job.asker", zh, "Whoever asked for this is disabled.")
    actor = Actor(
        name=opened.name,
        roles=frozenset(map(Role, opened.roles or ())),
        id=subject,
        unit_id=opened.unit_id,
        member_id=opened.member_id,
        assigned=frozenset(opened.assigned),
        scopes=frozenset(opened.scopes),
    )
    return Context(ctx.db, actor, opened.opened_at)
