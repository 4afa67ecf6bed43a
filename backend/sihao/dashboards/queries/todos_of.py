"""Read somebody's to-dos for another system that shows them: an office portal."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from sihao.accounts.auth import act_for
from sihao.accounts.models import Person, RoleGrant
from sihao.core.context import Actor, Context, as_system
from sihao.core.errors import Forbidden, Invalid, NotFound, Unauthenticated
from sihao.dashboards.policy import QUIET
from sihao.dashboards.queries.todos import list_todos
from sihao.dashboards.schemas import Todo

SCOPE = "todo:sync"


async def list_todos_of(ctx: Context, login: str | None) -> list[Todo]:
    """List the to-dos of whoever has this log-in name, as that person finds them now.

    Somebody who is shut out has none. What is not for other eyes keeps its verb and date alone.
    Raises `Forbidden` for a person who asks about another, `Invalid` when a system names nobody and
    `NotFound` for a name outside its unit.
    """
    if not ctx.actor.is_service:
        raise Forbidden("todo.others", "待办只能由本人查看。", "To-dos are their person's own.")
    ctx.require_scope(SCOPE)
    if login is None:
        zh = "请写明是谁的待办：person=登录名。"
        raise Invalid("todo.person", zh, "Say whose: person=login.", pointer="/query/person")
    system = await as_system(ctx.db)
    found = (await system.db.exec(_people(ctx.actor, login))).one_or_none()
    if found is None:
        raise NotFound("person.unknown", "没有这个账号。", "No such account.")
    try:
        person = await act_for(system, found)
    except Unauthenticated:
        return []
    return [_shown(one) for one in await list_todos(person)]


def _people(asking: Actor, login: str) -> SelectOfScalar[UUID]:
    people = select(Person.id).where(col(Person.name) == login)
    if asking.unit_id is None:
        return people
    of_unit = select(RoleGrant.id).where(
        col(RoleGrant.person_id) == col(Person.id), col(RoleGrant.unit_id) == asking.unit_id
    )
    return people.where(of_unit.exists())


def _shown(todo: Todo) -> Todo:
    if todo.kind not in QUIET:
        return todo
    return todo.model_copy(update={"object": "", "reason": "", "unit_id": None})
