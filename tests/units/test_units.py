from sqlmodel import select

from sihao.core.context import Role
from sihao.core.events import Event
from tests.factories import make_committee, make_member, make_unit

UNIT = {"code": "X1", "name": "市教育局", "short_name": "教育局", "unit_class": "政府部门"}
MEMBER = {
    "name": "张明",
    "duty": "副局长",
    "rank_order": 2,
    "terms": [{"started_on": "2024-01-01"}],
}


async def test_the_committee_adds_a_unit(as_, world):
    root = await make_committee(world)
    officer = await as_.officer()

    answer = await officer.post("/api/v1/units", json=UNIT)

    assert answer.status_code == 201, answer.text
    assert answer.headers["etag"] == '"1"'
    assert answer.json()["parent_id"] == str(root.id)
    names = [event.name for event in await world.all(select(Event))]
    assert names == ["unit.created"]


async def test_a_unit_sees_itself_and_the_committee_only(as_, world):
    root = await make_committee(world)
    own, foreign = await make_unit(world), await make_unit(world)

    office = await as_.unit(own)
    page = (await office.get("/api/v1/units")).json()

    assert {row["id"] for row in page["items"]} == {str(root.id), str(own.id)}
    missing = await office.get(f"/api/v1/units/{foreign.id}")
    assert missing.status_code == 404
    assert missing.json()["code"] == "unit.unknown"


async def test_pages_follow_each_other_without_gap_or_repeat(as_, world):
    units = [await make_unit(world) for _ in range(5)]
    officer = await as_.officer()

    seen, cursor = [], ""
    while cursor is not None:
        url = f"/api/v1/units?limit=2&count=exact{cursor and f'&cursor={cursor}'}"
        page = (await officer.get(url)).json()
        assert page["total"] == 5
        seen += [row["id"] for row in page["items"]]
        cursor = page["next_cursor"]

    assert seen == [str(unit.id) for unit in units]


async def test_a_stale_edit_is_refused_with_the_current_etag(as_, world):
    unit = await make_unit(world)
    officer = await as_.officer()
    read = (await officer.get(f"/api/v1/units/{unit.id}")).json()
    await officer.edit(read, f"/api/v1/units/{unit.id}", name="市教育体育局")

    answer = await officer.edit(read, f"/api/v1/units/{unit.id}", name="市体育局")

    assert answer.status_code == 412
    assert answer.headers["etag"] == '"2"'
    assert answer.json()["changed_by"]


async def test_an_edit_without_if_match_is_refused(as_, world):
    unit = await make_unit(world)

    answer = await (await as_.officer()).patch(f"/api/v1/units/{unit.id}", json={"name": "x"})

    assert answer.status_code == 428


async def test_the_office_keeps_its_own_team_and_no_other(as_, world):
    own, foreign = await make_unit(world), await make_unit(world)
    office = await as_.unit(own)

    kept = await office.post(f"/api/v1/units/{own.id}/members", json=MEMBER)
    refused = await office.post(f"/api/v1/units/{foreign.id}/members", json=MEMBER)

    assert kept.status_code == 201, kept.text
    assert kept.json()["terms"] == [{"started_on": "2024-01-01", "ended_on": None}]
    assert refused.status_code == 404


async def test_terms_of_office_may_not_overlap(as_, world):
    unit = await make_unit(world)
    terms = [{"started_on": "2024-01-01"}, {"started_on": "2025-01-01"}]

    answer = await (await as_.unit(unit)).post(
        f"/api/v1/units/{unit.id}/members", json={**MEMBER, "terms": terms}
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/body/terms"


async def test_a_member_may_not_change_the_team(as_, world):
    unit = await make_unit(world)
    member = await make_member(world, unit)
    reader = await as_.unit(unit, Role.UNIT_MEMBER)

    read = (await reader.get(f"/api/v1/members/{member.id}")).json()
    answer = await reader.edit(read, f"/api/v1/members/{member.id}", duty="局长")

    assert answer.status_code == 403


async def test_the_same_post_twice_has_one_effect_and_one_answer(as_, world):
    await make_committee(world)
    officer = await as_.officer()
    headers = {"Idempotency-Key": "once"}

    first = await officer.post("/api/v1/units", json=UNIT, headers=headers)
    again = await officer.post("/api/v1/units", json=UNIT, headers=headers)
    other = await officer.post("/api/v1/units", json={**UNIT, "code": "X2"}, headers=headers)

    assert again.status_code == 201
    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["etag"] == first.headers["etag"]
    assert other.status_code == 422
    assert other.json()["code"] == "idempotency.reused"


async def test_what_is_wrong_is_said_in_chinese_with_a_pointer(as_, world):
    officer = await as_.officer()

    answer = await officer.post("/api/v1/units", json={**UNIT, "name": "", "colour": "red"})

    assert answer.status_code == 422
    problem = answer.json()
    assert problem["detail"] == "有 2 处内容需要修改。"
    assert {(e["pointer"], e["detail"]) for e in problem["errors"]} == {
        ("/body/name", "不能少于 1 个字。"),
        ("/body/colour", "不认识这一项，请删去。"),
    }
