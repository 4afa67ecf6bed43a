"""A published result changes only by a new version with its reason, published by another person."""

from sqlmodel import select

from sihao.core.context import Role
from sihao.results.lifecycle import ResultState
from sihao.results.models import AnnualResult
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_results import make_result

BODY = {
    "reason": "检查组复核，A1 扣分依据有误。",
    "items": [{"code": "A1", "lost": "7", "reason": "学习记录后经查实齐全"}],
}


async def publish_year(world, **fields):
    campaign = await make_campaign(world)
    unit = await make_unit(world, "市教育局")
    return unit, await make_result(world, campaign, unit, total="88", **fields)


async def draft(client, result, body=BODY):
    where = f"/api/v1/results/{result.id}/corrections"
    return await client.post(where, json=body, headers={"If-Match": f'"{result.version}"'})


def one(correction):
    return f"/api/v1/corrections/{correction['id']}"


async def test_a_correction_is_a_new_version_and_the_old_one_stays_on_record(as_, world):
    unit, result = await publish_year(world)
    officer, leader, lead = await as_.officer(), await as_.leader(), await as_.lead(unit)

    drafted = (await draft(officer, result)).json()
    assert (drafted["revision"], drafted["before_total"], drafted["total"]) == (2, "88.00", "93.00")
    assert (drafted["before_grade"], drafted["grade"]) == ("较好", "好")
    assert [(row["code"], row["change"]) for row in drafted["changes"]["items"]] == [("A1", "5")]
    hidden = (await lead.get(f"/api/v1/results/{result.id}/corrections")).json()
    assert hidden == []
    assert (await lead.get(f"/api/v1/results/{result.id}")).json()["total"] == "88.00"

    published = await leader.move(drafted, one(drafted), "publish")

    assert published.json()["state"] == "published"
    now = (await lead.get(f"/api/v1/results/{result.id}")).json()
    assert (now["total"], now["grade"], now["revision"]) == ("93.00", "好", 2)
    seen = (await lead.get(f"/api/v1/results/{result.id}/corrections")).json()
    assert [(row["revision"], row["reason"]) for row in seen] == [(2, BODY["reason"])]
    tree = (await lead.get(f"/api/v1/results/{result.id}/explanation")).json()["tree"]
    assert "更正：学习记录后经查实齐全" in tree["children"][0]["children"][0]["children"][0]["note"]
    assert (await officer.get(f"/api/v1/results/{result.id}/recount")).json()["same"]


async def test_whoever_drafted_it_does_not_publish_it(as_, world):
    _, result = await publish_year(world)
    both = await as_.role(Role.OFFICER, Role.LEADER)
    drafted = (await draft(both, result)).json()

    answer = await both.move(drafted, one(drafted), "publish")

    assert answer.status_code == 409
    assert answer.json()["code"] == "correction.publish.blocked"


async def test_a_dismissed_correction_leaves_the_result_as_it_is(as_, world):
    _, result = await publish_year(world)
    officer, leader = await as_.officer(), await as_.leader()
    drafted = (await draft(officer, result)).json()

    silent = await leader.move(drafted, one(drafted), "dismiss")
    assert silent.json()["code"] == "correction.dismiss.opinion"
    dismissed = await leader.move(drafted, one(drafted), "dismiss", "依据不足")

    assert dismissed.json()["state"] == "dismissed"
    (row,) = await world.all(select(AnnualResult))
    assert (str(row.total), row.revision) == ("88.0000", 1)
    assert (await draft(officer, result)).json()["revision"] == 3


async def test_what_cannot_be_corrected_is_refused_with_the_place(as_, world):
    _, result = await publish_year(world)
    officer = await as_.officer()

    def item(**fields):
        return {"reason": "复核", "items": [{**BODY["items"][0], **fields}]}

    for body, code, pointer in (
        (item(code="Z9"), "correction.unknown", "/body/items/0/code"),
        (item(lost="101"), "correction.lost", "/body/items/0/lost"),
        (
            {"reason": "复核", "assessments": [{"code": "X9", "score": "80", "source": "文件"}]},
            "correction.unknown",
            "/body/assessments/0/code",
        ),
        ({"reason": "复核"}, "correction.nothing", "/body/items"),
        (item(lost="12.00"), "correction.nothing", "/body/items"),
    ):
        refused = await draft(officer, result, body)
        assert refused.status_code == 422, body
        assert refused.json()["code"] == code
        assert pointer in str(refused.json())


async def test_before_publication_a_result_is_computed_anew_and_not_corrected(as_, world):
    _, result = await publish_year(world, state=ResultState.APPROVED)

    answer = await draft(await as_.officer(), result)

    assert answer.json()["code"] == "correction.not_published"


async def test_one_draft_at_a_time(as_, world):
    _, result = await publish_year(world)
    officer = await as_.officer()
    await draft(officer, result)

    assert (await draft(officer, result)).json()["code"] == "correction.twice"


async def test_the_frozen_inputs_of_a_year_are_given_unit_by_unit(as_, world):
    unit, result = await publish_year(world)
    other = await make_unit(world, "市水务局")
    url = f"/api/v1/campaigns/{result.campaign_id}/results/frozen"

    whole = (await (await as_.officer()).get(url)).text.splitlines()
    own = (await (await as_.lead(unit)).get(url)).text.splitlines()
    foreign = (await (await as_.lead(other)).get(url)).text

    assert len(whole) == len(own) == 1
    assert result.inputs_hash in whole[0]
    assert foreign == ""


async def preview(client, result, **lines):
    return await client.post(f"/api/v1/results/{result.id}/corrections/preview", json=lines)


async def test_a_correction_is_seen_before_it_is_drafted_and_comes_out_as_it_was_seen(as_, world):
    _, result = await publish_year(world)
    officer = await as_.officer()

    seen = (await preview(officer, result, items=BODY["items"])).json()

    assert (seen["before_total"], seen["total"]) == ("88.00", "93.00")
    assert (seen["before_grade"], seen["grade"]) == ("较好", "好")
    assert (await officer.get(f"/api/v1/results/{result.id}/corrections")).json() == []
    drafted = (await draft(officer, result)).json()
    assert {name: drafted[name] for name in seen} == seen


async def test_a_preview_is_refused_where_the_draft_would_be(as_, world):
    _, result = await publish_year(world)
    officer, leader = await as_.officer(), await as_.leader()
    strange = [{"code": "Z9", "lost": "1", "reason": "没有这一条"}]

    unknown = await preview(officer, result, items=strange)
    nothing = await preview(officer, result)
    forbidden = await preview(leader, result, items=BODY["items"])

    assert (unknown.status_code, unknown.json()["code"]) == (422, "correction.unknown")
    assert nothing.json()["code"] == "correction.nothing"
    assert forbidden.status_code == 403
