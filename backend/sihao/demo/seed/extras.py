"""What years add, take and do not forgive besides the items.

In the finished year a bonus, a penalty and a veto took effect; in the running one a penalty has, a
bonus is on notice, another just raised.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sihao.demo.seed.town import Town, Year
from sihao.extras.actions import move_extra, raise_extra
from sihao.extras.schemas import ExtraCreate

_NIGHT = timedelta(hours=10)
"""From the end of a notice to the next morning."""


@dataclass(frozen=True, slots=True)
class Told:
    """One matter: whose, what, and how many days ago it was raised and put on notice."""

    number: int
    code: str
    fact: str
    absence: str
    document: str
    raised: int
    noticed: int | None = None
    decided: bool = False


_ALL = (
    Told(
        number=20,
        code="K1",
        fact="一起群众集中反映的问题迟报两天，被市委办公室通报。",
        absence="通报原件存市委办公室",
        document="市委办通〔{year}〕21号",
        raised=22,
        noticed=20,
        decided=True,
    ),
    Told(
        number=24,
        code="J1",
        fact="班子“一线工作法”在全省机关党建现场会上作经验介绍。",
        absence="会议材料汇编存省直机关工委",
        document="省直工委会〔{year}〕9号",
        raised=3,
        noticed=1,
    ),
    Told(
        number=89,
        code="J2",
        fact="领导班子获省委表彰，表彰名单已经省委组织部公示。",
        absence="表彰决定存市委组织部",
        document="省委〔{year}〕33号",
        raised=1,
    ),
)


_SETTLED = (
    ("officer", 24, "J1", "“一线工作法”由省委组织部发文推广。", "省委组通〔{year}〕47号"),
    ("officer", 20, "K1", "一起突发情况漏报，被市委办公室通报。", "市委办通〔{year}〕52号"),
    ("coassessor", 34, "V1", "一名副职受到撤销党内职务处分。", "市纪委决〔{year}〕31号"),
)
"""Who raised it, whose it is, the line, the fact, the document of the finished year."""


async def settle_extras(town: Town, year: Year) -> None:
    """Raise the finished year's, give notice and confirm, before results are computed."""
    at = town.calendar.at
    for who, number, line, fact, document in _SETTLED:
        if number not in town.unit_ids:
            continue
        body = ExtraCreate(
            campaign_id=year.campaign.id,
            unit_id=town.unit_ids[number],
            code=line,
            fact=fact,
            absence="原件存发文机关",
            document=document.format(year=year.number),
        )
        extra = await town.do(raise_extra, town.by(who, at(date(year.number, 12, 14))), body)
        officer = town.by("officer", at(date(year.number, 12, 16)))
        extra = await town.do(move_extra, officer, extra.id, extra.version, "publish_notice", "")
        leader = town.by("leader", at(date(year.number + 1, 1, 6)))
        opinion = "公示期满，经工委会议研究同意。"
        await town.do(move_extra, leader, extra.id, extra.version, "confirm", opinion)


async def add_extras(town: Town, year: Year) -> None:
    """Raise them, give notice and confirm, as far as each has come."""
    units = {one.number for one in town.units}
    for told in _ALL:
        if told.number in units:
            await _add(town, year, told)


async def _add(town: Town, year: Year, told: Told) -> None:
    body = ExtraCreate(
        campaign_id=year.campaign.id,
        unit_id=town.unit_ids[told.number],
        code=told.code,
        fact=told.fact,
        absence=told.absence,
        document=told.document.format(year=year.number),
    )
    officer = town.by("officer", town.calendar.before(told.raised))
    extra = await town.do(raise_extra, officer, body)
    if told.noticed is None:
        return
    officer = town.by("officer", town.calendar.before(told.noticed))
    extra = await town.do(move_extra, officer, extra.id, extra.version, "publish_notice", "")
    if told.decided and extra.notice_until is not None:
        leader = town.by("leader", extra.notice_until + _NIGHT)
        opinion = "经工委会议研究同意。"
        await town.do(move_extra, leader, extra.id, extra.version, "confirm", opinion)
