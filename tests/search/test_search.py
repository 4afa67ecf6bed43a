from datetime import date

import pytest
from sqlalchemy import text

from sihao.core.context import Actor, Role
from sihao.plans.lifecycle import PlanState
from sihao.search.queries import parameters, shape_of, statement
from sihao.search.schemas import SearchKind, SearchQuery
from sihao.search.words import marks_in, words_of
from sihao.self_reports.lifecycle import SelfReportState
from tests.factories import make_member, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import make_evidence, make_file
from tests.factories_ledgers import make_entry
from tests.factories_plans import make_measure, make_plan, make_problem
from tests.factories_self_reports import make_report

URL = "/api/v1/search"


@pytest.fixture
async def unit(world):
    return await make_unit(world, "市林业局")


@pytest.fixture
async def campaign(world):
    return await make_campaign(world)


async def find(client, q, **params):
    answer = await client.get(URL, params={"q": q, **params})
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def kinds(client, q, **params):
    return [one["kind"] for one in await find(client, q, **params)]


async def fill(world, unit, campaign):
    """Let everything of a unit say 退耕还林."""
    plan = await make_plan(
        world, unit, campaign, state=PlanState.IN_FORCE, goals="全年退耕还林三千亩"
    )
    problem = await make_problem(world, plan, criteria=(), text="退耕还林进度偏慢")
    await make_measure(world, plan, problem, text="按月调度退耕还林")
    await make_entry(world, unit, campaign, title="退耕还林现场会")
    evidence = await make_evidence(world, unit, campaign, title="退耕还林验收单")
    await make_file(
        world, evidence, b"x", position=2, file_name="附件.txt", text="各县退耕还林面积一览"
    )
    await make_report(
        world, unit, campaign, state=SelfReportState.SUBMITTED, text="退耕还林任务超额完成。"
    )


async def test_everything_of_the_own_unit_is_found(world, as_, unit, campaign):
    await fill(world, unit, campaign)
    office = await as_.unit(unit)
    assert await kinds(office, "退耕还林") == [
        "plan",
        "problem",
        "measure",
        "entry",
        "evidence",
        "file",
        "self_report",
    ]


async def test_what_a_ledger_row_says_in_its_details_is_found(world, as_, unit, campaign):
    details = {"topic": "学习林长制意见"}
    await make_entry(world, unit, campaign, "T5", title="中心组学习", details=details)
    office = await as_.unit(unit)
    (only,) = await find(office, "林长")
    assert (only["kind"], only["title"]) == ("entry", "中心组学习")
    assert [only["snippet"][a:b] for a, b in only["marks"]] == ["林长"]
    assert await find(await as_.unit(), "林长") == []


async def test_two_characters_are_enough_and_exact(world, as_, unit, campaign):
    await make_entry(world, unit, campaign, title="乡村振兴调度会")
    await make_entry(world, unit, campaign, title="振奋兴业精神")
    office = await as_.unit(unit)
    (only,) = await find(office, "振兴")
    assert only["title"] == "乡村振兴调度会"
    assert [only["snippet"][a:b] for a, b in only["marks"]] == ["振兴"]


async def test_pairs_in_another_order_are_no_find(world, as_, unit, campaign):
    await make_entry(world, unit, campaign, title="村振兴在乡村，兴在乡")
    office = await as_.unit(unit)
    assert await find(office, "乡村振兴") == []


@pytest.mark.parametrize("asked", ["ＯＡ系统", "oa系统", "OA系统"])
async def test_width_and_capitals_do_not_matter(world, as_, unit, campaign, asked):
    await make_entry(world, unit, campaign, title="ＯＡ系统上线")
    office = await as_.unit(unit)
    (only,) = await find(office, asked)
    assert [only["snippet"][a:b] for a, b in only["marks"]] == ["ＯＡ系统"]


async def test_the_beginning_of_an_english_word_is_found(world, as_, unit, campaign):
    await make_entry(world, unit, campaign, title="Blockchain 试点")
    office = await as_.unit(unit)
    assert await kinds(office, "block") == ["entry"]


async def test_all_words_must_occur(world, as_, unit, campaign):
    await make_entry(world, unit, campaign, title="防火演练总结会")
    office = await as_.unit(unit)
    assert await kinds(office, "总结 防火") == ["entry"]
    assert await kinds(office, "总结 防汛") == []


@pytest.mark.parametrize("asked", ["%火", "_火演", "防\\火"])
async def test_wildcards_mean_themselves(world, as_, unit, campaign, asked):
    await make_entry(world, unit, campaign, title="防火演练")
    assert await find(await as_.unit(unit), asked) == []


@pytest.mark.parametrize("asked", ["林", "防火 林"])
async def test_one_character_is_refused_with_a_sentence(as_, unit, asked):
    answer = await (await as_.unit(unit)).get(URL, params={"q": asked})
    assert answer.status_code == 422


async def test_another_unit_finds_nothing_of_it(world, as_, unit, campaign):
    await fill(world, unit, campaign)
    other = await as_.unit()
    assert await find(other, "退耕还林") == []
    assert await find(other, "市林业局") == []


async def test_the_committee_finds_what_was_signed(world, as_, unit, campaign):
    await fill(world, unit, campaign)
    officer = await as_.officer()
    assert set(await kinds(officer, "退耕还林")) >= {"plan", "problem", "entry", "self_report"}


async def test_drafts_are_found_by_their_unit_alone(world, as_, unit, campaign):
    await make_plan(world, unit, campaign, goals="起草中的湿地保护")
    await make_report(world, unit, campaign, text="湿地保护有进展。", sections=("A",))
    assert await kinds(await as_.unit(unit), "湿地保护") == ["plan", "self_report"]
    for other in (await as_.officer(), await as_.leadership()):
        assert await find(other, "湿地保护") == []


async def test_a_signed_report_is_found_as_signed(world, as_, unit, campaign):
    await make_report(
        world, unit, campaign, state=SelfReportState.SUBMITTED, text="古树名木全部建档。"
    )
    (seen,) = await find(await as_.officer(), "古树名木")
    assert seen["kind"] == "self_report"
    assert seen["unit_name"] == "市林业局"


async def test_a_member_finds_his_own_things(world, as_, unit, campaign):
    mine, his = await make_member(world, unit), await make_member(world, unit)
    plan = await make_plan(world, unit, campaign, state=PlanState.IN_FORCE)
    await make_problem(world, plan, criteria=(), text="我的松材线虫问题", member_id=mine.id)
    await make_problem(world, plan, criteria=(), text="他的松材线虫问题", member_id=his.id)
    member = await as_.role(Role.UNIT_MEMBER, unit=unit, member=mine)
    assert [one["title"] for one in await find(member, "松材线虫")] == ["我的松材线虫问题"]


async def test_an_inspector_who_stands_back_finds_nothing(world, as_, unit, campaign):
    await fill(world, unit, campaign)
    inspector = await as_.inspector()
    assert await find(inspector, "退耕还林") == []


async def test_administrators_find_no_business(world, as_, unit, campaign):
    await fill(world, unit, campaign)
    for role in (Role.ADMIN_AUDIT, Role.ADMIN_SECURITY, Role.ADMIN_SYSTEM):
        assert await find(await as_.role(role), "退耕还林") == []


async def test_pages_are_of_one_kind(world, as_, unit, campaign):
    for n in range(7):
        await make_entry(world, unit, campaign, title=f"巡护记录之{n}")
    office = await as_.unit(unit)
    first = (await office.get(URL, params={"q": "巡护", "kind": "entry", "limit": 5})).json()
    rest = (
        await office.get(URL, params={"q": "巡护", "kind": "entry", "limit": 5, "offset": 5})
    ).json()
    assert first["more"] == ["entry"]
    assert rest["more"] == []
    assert len({one["id"] for one in first["items"] + rest["items"]}) == 7
    assert (await office.get(URL, params={"q": "巡护", "offset": 5})).status_code == 422


async def test_only_the_year_asked_for(world, as_, unit, campaign):
    await make_entry(world, unit, campaign, title="苗圃建设")
    office, other = await as_.unit(unit), await make_campaign(world, year=2031)
    assert await kinds(office, "苗圃", campaign_id=str(campaign.id)) == ["entry"]
    assert await kinds(office, "苗圃", campaign_id=str(other.id)) == []


async def test_what_the_newest_rows_say_often_is_newest_first(world, as_, unit, campaign):
    for day in range(1, 29):
        title = f"苗圃巡护第{day}次"
        await make_entry(world, unit, campaign, title=title, happened_on=date(2026, 2, day))
    office = await as_.unit(unit)
    found = await find(office, "苗圃 巡护", kind="entry")
    rest = await find(office, "苗圃 巡护", kind="entry", offset=25)
    assert [one["on"][-2:] for one in found] == ["28", "27", "26", "25", "24"]
    assert [one["on"][-2:] for one in rest] == ["03", "02", "01"]


def test_marks_point_into_the_text_as_it_is_written():
    shown = "㈱与ＡＢＣ和abc"
    assert [shown[a:b] for a, b in marks_in(shown, words_of("abc"))] == ["ＡＢＣ", "abc"]


@pytest.mark.parametrize("kind", [one for one in SearchKind if one is not SearchKind.UNIT])
async def test_the_index_is_used_under_row_level_security(connection, world, kind):
    await world.ctx()
    await connection.execute(text("SET LOCAL enable_seqscan = off"))
    actor = Actor("officer", frozenset({Role.OFFICER}))
    query, words = SearchQuery(q="巡护", kind=kind), ("巡护",)
    asked = parameters(query, words)
    made = statement(shape_of(actor, query, words)).params(asked)
    compiled = made.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    plan = "\n".join((await connection.execute(text(f"EXPLAIN {compiled}"))).scalars())
    assert "Bitmap Index Scan on words_of_" in plan, plan
