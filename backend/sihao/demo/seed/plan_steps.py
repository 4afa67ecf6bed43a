"""The way of a plan: presented, signed, returned or accepted, amended, closed (R6, R9, R10)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sihao.demo.city import Unit
from sihao.demo.plans import Plan as Planned
from sihao.demo.seed.town import Town, Year
from sihao.plans import queries
from sihao.plans.actions import plans as actions
from sihao.plans.models import Plan
from sihao.plans.schemas import PlanUpdate

_RETURNED_EVERY = 8
_AMENDED_EVERY = 13
_AMENDED = "因机构职责调整和上半年督查反馈意见，经班子会议研究，对年度目标作相应调整。"


@dataclass(frozen=True)
class Draft:
    """A plan on its way: its row, the goals it should end with, the days it has."""

    plan_id: UUID
    unit: Unit
    planned: Planned
    stage: str
    days: tuple[date, ...]


def is_returned(unit: Unit, stage: str) -> bool:
    """Whether the committee returns the first version."""
    return stage == "returned" or unit.number % _RETURNED_EVERY == 0


async def live(town: Town, draft: Draft) -> None:
    """Take the plan as far as its stage says, with the detour that some plans make."""
    unit, stage = draft.unit, draft.stage
    times = [town.calendar.at(day, 10) for day in draft.days]
    if stage == "draft":
        return
    await _present(town, draft, times[1])
    if stage == "team_review":
        return
    await _sign(town, draft, times[2])
    if stage == "filed":
        return
    if is_returned(unit, stage):
        await _return(town, draft, times[3])
        if stage == "returned":
            return
        await _rewrite(town, draft, times[4], "revise", "按退回意见修改。")
        await _present(town, draft, times[5])
        await _sign(town, draft, times[6])
    await _accept(town, draft, times[7])
    if unit.number % _AMENDED_EVERY == 0:
        await _amend(town, draft)


async def _amend(town: Town, draft: Draft) -> None:
    day = date(draft.days[0].year, 7, 6)
    times = [town.calendar.at(day + timedelta(days=after), 10) for after in (0, 4, 6, 8)]
    await _rewrite(town, draft, times[0], "amend", _AMENDED)
    await _present(town, draft, times[1])
    await _sign(town, draft, times[2])
    await _accept(town, draft, times[3])


async def _move(town: Town, draft: Draft, name: str, who: str, at: datetime, opinion: str) -> Plan:
    ctx = town.by(f"{draft.unit.account}.{who}", at)
    plan = await queries.get_plan(ctx, draft.plan_id)
    return await town.do(actions.move_plan, ctx, plan.id, plan.version, name, opinion)


async def _present(town: Town, draft: Draft, at: datetime) -> None:
    await _move(town, draft, "present", "office", at, "提请班子会议审议。")


async def _rewrite(town: Town, draft: Draft, at: datetime, name: str, opinion: str) -> None:
    plan = await _move(town, draft, name, "deputy", at, opinion)
    goals = [*draft.planned.goals, "各项措施按季度安排，每季度末月25日前报进展"]
    if name == "amend":
        goals.append("下半年新增督查事项全部纳入销号管理")
    body = PlanUpdate(goals="\n".join(goals))
    office = town.by(f"{draft.unit.account}.office", at + timedelta(hours=2))
    await town.do(actions.update_plan, office, plan.id, plan.version, body)


async def _sign(town: Town, draft: Draft, at: datetime) -> None:
    lead = town.by(f"{draft.unit.account}.lead", at)
    plan = await queries.get_plan(lead, draft.plan_id)
    opinion = "经班子会议审议通过，同意签发。"
    await town.do(actions.sign_plan, lead, plan.id, plan.version, opinion)


async def _return(town: Town, draft: Draft, at: datetime) -> None:
    officer = town.by("officer", at)
    plan = await queries.get_plan(officer, draft.plan_id)
    reason = draft.planned.return_reason
    await town.do(actions.return_plan, officer, plan.id, plan.version, reason)


async def _accept(town: Town, draft: Draft, at: datetime) -> None:
    officer = town.by("officer", at)
    plan = await queries.get_plan(officer, draft.plan_id)
    await town.do(actions.accept_plan, officer, plan.id, plan.version, "同意备案。")


async def close_plans(town: Town, year: Year) -> None:
    """Let each lead close the finished year's plan."""
    at = town.calendar.at(date(year.number, 12, 31), 15)
    for unit in town.units:
        lead = town.by(f"{unit.account}.lead", at)
        plan = await queries.find_plan(lead, town.unit_ids[unit.number], year.campaign.id)
        if plan is not None:
            opinion = "年度任务结束，未完成事项转入下一年度。"
            await town.do(actions.move_plan, lead, plan.id, plan.version, "close", opinion)
