"""Every saved state of a scheme stays on record, and the one who wrote it does not approve it."""

from decimal import Decimal

from sihao.campaigns.examples import Example, make_rules
from sihao.campaigns.scheme import (
    ExtraKind,
    ExtraRule,
    Grade,
    ItemRules,
    Rounding,
    Rules,
    VetoRule,
)
from sihao.campaigns.scheme_changes import describe
from sihao.core.context import Role
from tests.factories_campaigns import make_campaign, make_standard


def rules(**fields) -> Rules:
    given = {
        "dimensions": {"A": Decimal(50)},
        "items": {"A1": ItemRules(points=Decimal(20)), "A2": ItemRules(points=Decimal(30))},
        "grades": [Grade(name="好", at_least=Decimal(90)), Grade(name="差", at_least=Decimal(0))],
    }
    return Rules(**{**given, **fields})


def test_differences_are_told_in_sentences():
    more = rules(
        items={"A1": ItemRules(points=Decimal(25), floor=Decimal(5)), "A3": ItemRules(points=25)},
        places=1,
        vetoes=[VetoRule(code="V1", text="弄虚作假", grade="差")],
        grades=[Grade(name="好", at_least=Decimal(85)), Grade(name="差", at_least=Decimal(0))],
        not_for={"群团组织": ["A3"]},
    )

    assert describe(rules(), more) == [
        "小数位数 2 → 1",
        "A1 分值 20 → 25",
        "A1 保底分 0 → 5",
        "删去条目 A2",
        "新增条目 A3",
        "群团组织 不适用条目 无 → A3",
        "新增否决事项 V1",
        "等次 好：不低于 90 → 85",
    ]
    assert describe(more, more) == []


def test_differences_are_told_in_words_not_in_codes():
    bonus = ExtraRule(code="J1", kind=ExtraKind.BONUS, text="受表彰", points=Decimal(1))
    grades = rules().grades
    before = rules(extras=[bonus])
    after = rules(
        rounding=Rounding.DOWN,
        co_share=Decimal("0.125"),
        extras=[bonus.model_copy(update={"kind": ExtraKind.PENALTY})],
        grades=[grades[0].model_copy(update={"no_zero_item": True}), grades[1]],
    )

    assert describe(before, after) == [
        "并入考核占比 0% → 12.5%",
        "尾数处理 四舍五入 → 舍去",
        "加减分事项 J1：类别 加分 → 减分",
        "等次 好：不得有零分条目 否 → 是",
    ]


async def test_each_save_is_a_version_that_says_what_it_changed(as_, world):
    campaign = await make_campaign(world, state="drafted")
    officer = await as_.officer()
    url = f"/api/v1/campaigns/{campaign.id}/scheme"
    scheme = (await officer.get(url)).json()

    changed = {**scheme["rules"], "places": 1}
    headers = {"If-Match": f'"{scheme["version"]}"'}
    saved = (await officer.put(url, json={"rules": changed}, headers=headers)).json()

    assert saved["number"] == 2
    newest, oldest = (await officer.get(f"{url}/versions")).json()
    assert newest["changes"] == ["小数位数 2 → 1"]
    old = (await officer.get(f"{url}/versions/{oldest['number']}")).json()
    assert old["rules"] == scheme["rules"]
    assert (await officer.get(f"{url}/versions/9")).json()["code"] == "scheme_version.unknown"


async def test_groups_of_raters_and_classes_of_units_stay_in_the_order_they_were_given_in(
    as_, world
):
    campaign = await make_campaign(world, state="drafted")
    officer = await as_.officer()
    url = f"/api/v1/campaigns/{campaign.id}/scheme"
    scheme = (await officer.get(url)).json()
    groups = {"服务对象代表": "20", "班子成员": "50", "职工": "30"}
    aside = {"群团组织": ["A2"], "企业": ["A1"]}
    changed = {**scheme["rules"], "rater_groups": groups, "not_for": aside}

    headers = {"If-Match": f'"{scheme["version"]}"'}
    saved = (await officer.put(url, json={"rules": changed}, headers=headers)).json()

    for read in (saved, (await officer.get(url)).json()):
        assert list(read["rules"]["rater_groups"]) == list(groups)
        assert list(read["rules"]["not_for"]) == list(aside)

    turned = {**changed, "rater_groups": dict(reversed(groups.items()))}
    headers = {"If-Match": f'"{saved["version"]}"'}
    await officer.put(url, json={"rules": turned}, headers=headers)
    newest, *_ = (await officer.get(f"{url}/versions")).json()
    assert newest["changes"] == [
        "测评分组次序 服务对象代表、班子成员、职工 → 职工、班子成员、服务对象代表"
    ]


async def test_whoever_saved_the_scheme_last_does_not_open_the_year(as_, world):
    campaign = await make_campaign(world, state="drafted")
    both, leader = await as_.role(Role.OFFICER, Role.LEADER), await as_.leader()
    url = f"/api/v1/campaigns/{campaign.id}"
    version = (await both.get(f"{url}/scheme")).json()["version"]
    await both.post(f"{url}/scheme/reset", headers={"If-Match": f'"{version}"'})

    year = (await both.get(url)).json()
    refused = await both.move(year, url, "open")
    opened = await leader.move(year, url, "open")

    assert refused.json()["code"] == "campaign.open.blocked"
    assert "另一位同志" in refused.json()["detail"]
    assert opened.json()["state"] == "open"


async def test_a_year_goes_on_with_last_years_scheme_item_by_item(as_, world):
    old = await make_standard(world, year=2025, codes=("A1", "A2", "B12"))
    new = await make_standard(world, year=2026, codes=("A1", "A2", "A3", "B12"))
    made = make_rules((("A", "A1"), ("A", "A2"), ("B", "B12")), Example.DEDUCTION)
    items = {**made.items, "A1": ItemRules(points=Decimal(10)), "A2": ItemRules(points=Decimal(9))}
    before = Rules.model_validate(
        made.model_copy(
            update={"items": items, "dimensions": {"A": Decimal(19), "B": Decimal(25)}}
        ).model_dump()
    )
    await make_campaign(world, year=2025, standard=old, rules=before, state="closed")
    campaign = await make_campaign(world, year=2026, standard=new, state="drafted")
    officer = await as_.officer()
    url = f"/api/v1/campaigns/{campaign.id}/scheme"
    version = (await officer.get(url)).json()["version"]

    answer = await officer.post(f"{url}/continue", headers={"If-Match": f'"{version}"'})

    scheme = answer.json()["rules"]
    assert {code: Decimal(one["points"]) for code, one in scheme["items"].items()} == {
        "A1": Decimal(10),
        "A2": Decimal(9),
        "A3": Decimal(0),
        "B12": Decimal(25),
    }
    assert [one["code"] for one in scheme["vetoes"]] == ["V1", "V2"]


async def test_a_first_year_has_no_last_one(as_, world):
    campaign = await make_campaign(world, state="drafted")
    officer = await as_.officer()
    url = f"/api/v1/campaigns/{campaign.id}/scheme"
    version = (await officer.get(url)).json()["version"]

    answer = await officer.post(f"{url}/continue", headers={"If-Match": f'"{version}"'})

    assert (answer.status_code, answer.json()["code"]) == (404, "scheme.no_last_year")


async def test_a_scheme_is_tried_on_a_unit_that_there_is_not(as_, world):
    campaign = await make_campaign(world, state="drafted")
    officer = await as_.officer()
    url = f"/api/v1/campaigns/{campaign.id}/scheme"
    scheme = (await officer.get(url)).json()["rules"]

    tried = await officer.post(f"{url}/try", json={"rules": scheme, "lost": {"A1": "2.5"}})

    assert tried.json()["total"] == "97.50"
    assert (
        await (await as_.lead(None)).post(f"{url}/try", json={"rules": scheme})
    ).status_code == 403
