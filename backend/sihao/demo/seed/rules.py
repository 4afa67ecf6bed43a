"""The rules of each year: a standard that goes on from the last, basis, windows, scheme."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sihao.campaigns import queries
from sihao.campaigns.actions import campaigns, schemes, standards
from sihao.campaigns.models import Standard
from sihao.campaigns.schemas import CampaignCreate, StandardCreate, WindowsBody
from sihao.campaigns.scheme import (
    Clause,
    ExtraKind,
    ExtraRule,
    InterviewRules,
    Quota,
    Rules,
    VetoRule,
)
from sihao.campaigns.standard_document import built_in
from sihao.demo.followups import MANY_PROBLEMS, POOR_BELOW
from sihao.demo.seed.town import Town, Year
from sihao.demo.texts import criteria

_AUTHORITY = "市委"
_EXTRAS = [
    ExtraRule(
        code="J1",
        kind=ExtraKind.BONUS,
        text="领导班子建设经验在省级及以上推广的，每项",
        points=Decimal(1),
        times_most=2,
    ),
    ExtraRule(
        code="J2",
        kind=ExtraKind.BONUS,
        text="获得省级及以上表彰、已经上级公示的，每项",
        points=Decimal("0.5"),
        times_most=2,
        notice_days=0,
    ),
    ExtraRule(
        code="K1",
        kind=ExtraKind.PENALTY,
        text="迟报、漏报重要情况被通报的，每次",
        points=Decimal(1),
        times_most=3,
        notice_days=3,
    ),
]
_VETOES = [
    VetoRule(
        code="V1",
        text="领导班子成员受到撤销党内职务及以上处分",
        grade="一般",
        assessment="X3",
    ),
    VetoRule(code="V2", text="在创建活动中弄虚作假", grade="较差", notice_days=3),
]
"""What the city adds, takes and does not forgive [C]."""
_BALLOT_SHARE = Decimal("0.1")
_RATERS = {"领导班子成员": 30, "中层干部": 30, "职工代表": 25, "服务对象代表": 15}
"""In the first year ballots weigh a tenth, where there was one."""
_QUOTAS = [Quota(grade="好", unit_class="政府部门", percent=50)]
"""From the second year on."""


async def open_years(town: Town) -> None:
    """Publish a standard and open a campaign for each of the three years."""
    standard: Standard | None = None
    for number in (town.calendar.first, town.calendar.finished, town.calendar.running):
        standard = await _publish(town, number, standard)
        town.years[number] = await _open(town, number, standard.id)


async def _publish(town: Town, year: int, before: Standard | None) -> Standard:
    at = town.calendar.at
    officer = town.by("officer", at(date(year - 1, 12, 8)))
    document = built_in(year)
    if before is None:
        standard = await town.do(standards.import_standard, officer, document)
    else:
        body = StandardCreate(
            name=document.name, year=year, source=document.source, copy_of=before.id
        )
        standard = await town.do(standards.create_standard, officer, body)
    leader = town.by("leader", at(date(year - 1, 12, 22)))
    opinion = "经工委会议研究同意，予以发布。"
    return await town.do(
        standards.move_standard, leader, standard.id, standard.version, "publish", opinion
    )


async def _open(town: Town, year: int, standard_id: UUID) -> Year:
    at = town.calendar.at
    officer = town.by("officer", at(date(year, 1, 4)))
    body = CampaignCreate(
        year=year,
        name=f"{year}年度“四好班子”创建活动",
        basis_authority=_AUTHORITY,
        basis_number=f"市委办批〔{year - 1}〕12号",
        basis_title="关于同意继续开展“四好班子”创建活动的批复",
        basis_valid_from=date(year, 1, 1),
        basis_valid_until=date(year + 1, 12, 31),
        standard_id=standard_id,
    )
    campaign = await town.do(campaigns.create_campaign, officer, body)
    windows = WindowsBody(windows=town.calendar.windows(year))
    campaign = await town.do(campaigns.set_windows, officer, campaign.id, campaign.version, windows)
    scheme = await queries.get_scheme(officer, campaign.id)
    rules = _rules(Rules.model_validate(scheme.rules), first=year == town.calendar.first)
    await town.do(schemes.set_rules, officer, campaign.id, scheme.version, rules)
    leader = town.by("leader", at(date(year, 1, 9)))
    campaign = await town.do(campaigns.move_campaign, leader, campaign.id, campaign.version, "open")
    known = {one.code: one.id for one in await queries.list_criteria(officer, standard_id)}
    points = {code: item.points for code, item in rules.items.items()}
    return Year(number=year, campaign=campaign, criteria=known, points=points)


def _rules(rules: Rules, *, first: bool) -> Rules:
    """The default scheme with the city's own catalogue of deductions and its two thresholds.

    The `first` year counts ballots, the later ones limit a grade instead.
    """
    items = {
        code: item.model_copy(
            update={
                "clauses": [
                    Clause(number=number, text=one.clause, points=one.points)
                    for number, one in enumerate(criteria()[code].deductions, start=1)
                ]
            }
        )
        for code, item in rules.items.items()
    }
    interview = InterviewRules(below=Decimal(POOR_BELOW), findings=MANY_PROBLEMS)
    ballots = {"ballot_share": _BALLOT_SHARE, "rater_groups": _RATERS}
    return Rules.model_validate(
        {
            **rules.model_dump(),
            "items": items,
            "interview": interview,
            "extras": _EXTRAS,
            "vetoes": _VETOES,
            **(ballots if first else {"quotas": _QUOTAS}),
        }
    )
