"""The end of a finished year: computed, approved, published by the product, then compared."""

from datetime import date
from uuid import UUID

from sihao.campaigns.actions.campaigns import move_campaign
from sihao.demo.seed.town import Town, Year
from sihao.results.actions import comparisons, notices
from sihao.results.actions.results import compute_results, move_results
from sihao.results.models import Comparison
from sihao.results.schemas import ComparisonCreate, Deliberation, NoticeObjectionCreate

_PLACES = 8
"""So many that a tie lies across the line."""


async def move_year(town: Town, year: Year, name: str, day: date, opinion: str = "") -> None:
    """Let the leader move a campaign on."""
    leader = town.by("leader", town.calendar.at(day, 9))
    campaign = year.campaign
    year.campaign = await town.do(
        move_campaign, leader, campaign.id, campaign.version, name, opinion
    )


async def settle(town: Town, year: Year) -> None:
    """Compute the year's results, approve and publish them."""
    at, after = town.calendar.at, year.number + 1
    await move_year(town, year, "settle", date(after, 1, 12))
    officer = town.by("officer", at(date(after, 1, 14), 10))
    await town.do(compute_results, officer, year.campaign.id)
    for name, day, opinion in (
        ("approve", date(after, 1, 20), "经工委会议审定。"),
        ("publish", date(after, 1, 23), "予以公布。"),
    ):
        leader = town.by("leader", at(day, 15))
        await town.do(move_results, leader, year.campaign.id, name, opinion)


async def compare(town: Town, first: Year, second: Year) -> None:
    """Compare two published years and commend the best; ties at the line are taken in."""
    at, spring = town.calendar.at, second.number + 1
    officer = town.by("officer", at(date(spring, 3, 2), 10))
    body = ComparisonCreate(
        name=f"{first.number}—{second.number}年度“四好班子”集中评比",
        first_campaign_id=first.campaign.id,
        second_campaign_id=second.campaign.id,
        places=min(_PLACES, len(town.units) // 2),
    )
    one = await town.do(comparisons.create_comparison, officer, body)
    officer = town.by("officer", at(date(spring, 3, 4), 10))
    one = await town.do(comparisons.move_comparison, officer, one.id, one.version, "freeze", "")
    within = [row.unit_id for row in comparisons.outcome_of(one).rows if row.within]
    leader = town.by("leader", at(date(spring, 3, 18), 15))
    choice = Deliberation.model_validate(
        {
            "opinion": "会议审议了两年度得分，同意将入围单位列为通报表扬对象，并列的一并列入。",
            "unit_ids": within,
        }
    )
    one = await town.do(comparisons.deliberate, leader, one.id, one.version, choice)
    officer = town.by("officer", at(date(spring, 3, 20), 10))
    opinion = "公示五个工作日。"
    one = await town.do(
        comparisons.move_comparison, officer, one.id, one.version, "notice", opinion
    )
    await _object(town, one, spring)
    leader = town.by("leader", at(date(spring, 3, 30), 10))
    opinion = "公示期满，异议已经核实答复，予以通报表扬。"
    await town.do(comparisons.move_comparison, leader, one.id, one.version, "announce", opinion)


async def _object(town: Town, one: Comparison, spring: int) -> None:
    """Let somebody who is not on the list object to the first on it, and be answered."""
    at = town.calendar.at
    about = UUID(one.noticed[0]["unit_id"])
    letter = NoticeObjectionCreate(
        comparison_id=one.id,
        about_id=about,
        sender="一名退休干部",
        text="名单中该单位去年有一名干部受到党纪处分，请核实是否影响评比。",
    )
    officer = town.by("officer", at(date(spring, 3, 24), 9))
    made = await town.do(notices.file_objection, officer, letter)
    answer = "经核实，处分所涉问题发生在评比年度以前，已在当年结果中扣分，不影响本次评比。"
    leader = town.by("leader", at(date(spring, 3, 26), 16))
    await town.do(notices.move_objection, leader, made.id, made.version, "dismiss", answer)
