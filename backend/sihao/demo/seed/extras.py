"""What the running year adds and takes besides the items: one in effect, one on notice, one new."""

from dataclasses import dataclass
from datetime import timedelta

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
