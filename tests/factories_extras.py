"""Bonuses, penalties, vetoes, and a year that knows some, for tests."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sihao.campaigns.examples import make_rules
from sihao.campaigns.scheme import ExtraKind, ExtraRule, Rules, VetoRule
from sihao.extras.lifecycle import ExtraOrigin, ExtraState
from sihao.extras.models import Extra, MatterKind
from tests.factories import STAMPS
from tests.factories_campaigns import criteria_of, make_campaign, make_standard

LIST = {
    "extras": [
        ExtraRule(code="J1", kind=ExtraKind.BONUS, text="受到中央表彰", points=2, times_most=2),
        ExtraRule(
            code="J2", kind=ExtraKind.BONUS, text="受到省委表彰", points="0.5", notice_days=0
        ),
        ExtraRule(code="K1", kind=ExtraKind.PENALTY, text="发生失泄密", points=3, notice_days=0),
    ],
    "vetoes": [
        VetoRule(code="V1", text="班子成员受到党纪处分", grade="一般", assessment="X3"),
        VetoRule(code="V2", text="弄虚作假", grade="较差", notice_days=3),
    ],
}


async def make_year(world, **fields):
    """Make a campaign whose scheme lists two bonuses, a penalty and two vetoes."""
    standard = fields.pop("standard", None) or await make_standard(
        world, year=fields.get("year", 2026)
    )
    plain = make_rules((code[0], code) for code in await criteria_of(world, standard))
    rules = Rules.model_validate({**plain.model_dump(), **LIST})
    return await make_campaign(world, standard=standard, rules=rules, **fields)


async def make_extra(world, campaign, unit, code="K1", *, state=ExtraState.RAISED, **fields):
    """Make one as the list words it; from the notice on its notice is over."""
    line = next(one for one in (*LIST["extras"], *LIST["vetoes"]) if one.code == code)
    over = datetime.now(UTC) - timedelta(hours=1)
    if state not in {ExtraState.RAISED, ExtraState.WITHDRAWN}:
        fields = {"noticed_by": "乙干部", "noticed_at": over, "notice_until": over, **fields}
    veto = isinstance(line, VetoRule)
    extra = Extra(
        campaign_id=campaign.id,
        unit_id=unit.id,
        code=code,
        kind=MatterKind.VETO if veto else MatterKind(line.kind),
        clause=line.text,
        points=Decimal(0) if veto else line.points * fields.get("times", 1),
        grade=line.grade if veto else "",
        state=state,
        **{
            "fact": "三月发生一起失泄密事件。",
            "absence": "通报存保密局",
            "origin": ExtraOrigin.COMMITTEE,
            "raised_by": "甲干部",
            **fields,
        },
        **STAMPS,
    )
    await world.add(extra)
    return extra
