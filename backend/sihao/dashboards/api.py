"""`/events`, `/todos`, `/dashboards`."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from sihao.accounts.auth import Ctx
from sihao.core.context import UNIT_ROLES, Role
from sihao.core.routes import Router
from sihao.dashboards.queries import (
    committee,
    events,
    leadership,
    questions,
    sentences,
    todos,
    todos_of,
    unit,
)
from sihao.dashboards.schemas import (
    CommitteeDashboard,
    DashboardQuery,
    EventFeed,
    EventQuery,
    HeatTable,
    HeatUnit,
    LeadershipDashboard,
    Questions,
    QuestionsQuery,
    Todo,
    TodoQuery,
    UnitDashboard,
)

router = Router(prefix="", tag="dashboards")
Wanted = Annotated[DashboardQuery, Query()]


@router.get("/events", operation_id="event_list", response_model=EventFeed)
async def list_events(ctx: Ctx, query: Annotated[EventQuery, Query()]) -> EventFeed:
    """Follow what happens, in the order of the commits."""
    ctx.require_scope("event:read")
    return await events.read_events(ctx, query)


@router.get("/todos", operation_id="todo_list", response_model=list[Todo])
async def list_todos(ctx: Ctx, query: Annotated[TodoQuery, Query()]) -> list[Todo]:
    """List what is to be done by whoever asks, and what the unit waits for.

    Another system, with the scope `todo:sync`, names the `person` whose to-dos it shows.
    """
    if ctx.actor.is_service or query.person is not None:
        return await todos_of.list_todos_of(ctx, query.person)
    return await todos.list_todos(ctx)


@router.get("/dashboards/unit", operation_id="dashboard_unit", response_model=UnitDashboard)
async def get_unit_dashboard(ctx: Ctx, query: Wanted) -> UnitDashboard:
    """Show the own unit's year."""
    ctx.require(*UNIT_ROLES)
    return await unit.get_unit_dashboard(ctx, ctx.unit_id, query.campaign_id)


@router.get(
    "/dashboards/committee", operation_id="dashboard_committee", response_model=CommitteeDashboard
)
async def get_committee_dashboard(ctx: Ctx, query: Wanted) -> CommitteeDashboard:
    """Show all units' year to the committee."""
    ctx.require(Role.OFFICER, Role.LEADER)
    return await committee.get_committee_dashboard(ctx, query)


@router.get(
    "/dashboards/leadership",
    operation_id="dashboard_leadership",
    response_model=LeadershipDashboard,
)
async def get_leadership_dashboard(ctx: Ctx, query: Wanted) -> LeadershipDashboard:
    """Answer the leadership's questions: how it stands, who needs attention, what changed."""
    ctx.require(Role.LEADERSHIP, Role.LEADER, Role.OFFICER)
    return await sentences.get_leadership_dashboard(ctx, query)


@router.get("/dashboards/questions", operation_id="dashboard_questions", response_model=Questions)
async def get_questions(ctx: Ctx, query: Annotated[QuestionsQuery, Query()]) -> Questions:
    """Answer what recurs in many units, which items separate nobody, and where words differ."""
    ctx.require(Role.LEADERSHIP, Role.LEADER, Role.OFFICER)
    return await questions.answer_questions(ctx, query)


@router.get("/dashboards/heat", operation_id="heat_list", response_model=HeatTable)
async def get_heat(ctx: Ctx, query: Wanted) -> HeatTable:
    """Draw unit × dimension."""
    ctx.require(Role.LEADERSHIP, Role.LEADER, Role.OFFICER)
    return await leadership.get_heat(ctx, query)


@router.get("/dashboards/heat/{id}", operation_id="heat_get", response_model=HeatUnit)
async def get_heat_of_unit(ctx: Ctx, id: UUID, query: Wanted) -> HeatUnit:
    """Draw one unit × its items."""
    ctx.require(Role.LEADERSHIP, Role.LEADER, Role.OFFICER)
    return await leadership.get_heat_of_unit(ctx, id, query)
