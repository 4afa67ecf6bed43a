"""Read somebody's to-dos for another system that shows them: an office portal."""

from sqlmodel import col, select

from sihao.accounts.auth import act_for
from sihao.accounts.models import Person
from sihao.core.context import Context, as_system
from sihao.core.errors import Invalid, NotFound, Unauthenticated
from sihao.dashboards import policy
from sihao.dashboards.queries.todos import list_todos
from sihao.dashboards.schemas import Todo


async def list_todos_of(ctx: Context, login: str | None) -> list[Todo]:
    """List the to-dos of whoever has this log-in name, as that person finds them now.

    Somebody who is shut out has none. What is not for other eyes keeps its verb and date alone.
    Raises `Invalid` when a system names nobody and `NotFound` for a name outside its unit.
    """
    policy.check_shows_todos(ctx)
    if login is None:
        zh = "请写明是谁的待办：person=登录名。"
        raise Invalid("todo.person", zh, "Say whose: person=login.", pointer="/query/person")
    wanted = select(Person.id).where(col(Person.name) == login, policy.shown(ctx.actor))
    system = await as_system(ctx.db)
    person_id = (await system.db.exec(wanted)).one_or_none()
    if person_id is None:
        raise NotFound("person.unknown", "没有这个账号。", "No such account.")
    try:
        person = await act_for(system, person_id)
    except Unauthenticated:
        return []
    return [_told(one) for one in await list_todos(person)]


def _told(todo: Todo) -> Todo:
    if todo.kind not in policy.QUIET:
        return todo
    return todo.model_copy(update={"object": "", "reason": "", "unit_id": None})
