from datetime import datetime
from uuid import uuid4

import pytest
from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.core.events import Audience, Event
from sihao.core.paging import Page
from sihao.evidence.lifecycle import EvidenceState
from sihao.extras.lifecycle import EXTRA, ExtraOrigin, ExtraState
from sihao.extras.models import Extra
from sihao.extras.schemas import ExtraPublic
from sihao.inspections.workdays import end_of_workdays
from sihao.results.lifecycle import ResultState
from tests.factories import LONG_AGO, make_unit
from tests.factories_evidence import make_evidence
from tests.factories_extras import make_extra, make_year
from tests.factories_inspections import make_co_assessment
from tests.factories_results import make_final_inspection, make_result

URL = "/api/v1/extras"
WHY = {"fact": "三月发生一起失泄密事件。", "absence": "通报存市保密局"}


def write(campaign, unit, code="K1", **fields):
    return {"campaign_id": str(campaign.id), "unit_id": str(unit.id), "code": code, **WHY, **fields}


def blocked(shown: dict, name: str) -> str | None:
    return next(one["blocked"] for one in shown["actions"] if one["name"] == name)


async def settle(officer, campaign) -> None:
    url = f"/api/v1/campaigns/{campaign.id}"
    settled = await officer.move((await officer.get(url)).json(), url, "settle")
    assert settled.status_code == 200, settled.text


async def test_a_unit_applies_for_a_bonus_and_it_counts_once_confirmed(as_, world):
    campaign, unit = (
        await make_year(world, state=CampaignState.INSPECTING),
        await make_unit(world, "市教育局"),
    )
    award = await make_evidence(world, unit, campaign, title="表彰决定")
    office, officer, leader = await as_.unit(unit), await as_.officer(), await as_.leader()
    asked = write(
        campaign, unit, "J1", times=2, evidence_id=str(award.id), document="中发〔2026〕3号"
    )

    made = await office.post(URL, json=asked)

    assert made.status_code == 201, made.text
    shown = made.json()
    assert (shown["origin"], shown["clause"], shown["points"]) == ("unit", "受到中央表彰", "4.0000")
    assert shown["evidence_title"] == "表彰决定"
    url = f"{URL}/{shown['id']}"
    noticed = (await officer.move(shown, url, "publish_notice")).json()
    assert datetime.fromisoformat(noticed["notice_until"]) == end_of_workdays(
        datetime.fromisoformat(noticed["noticed_at"]), 5
    )
    early = await leader.move(noticed, url, "confirm")
    assert (early.status_code, early.json()["code"]) == (409, "extra.confirm.blocked")
    assert early.json()["detail"].startswith("公示到")
    (row,) = await world.all(select(Extra))
    row.notice_until = LONG_AGO
    await world.add(row)
    confirmed = (await leader.move(noticed, url, "confirm", "同意")).json()
    assert (confirmed["state"], confirmed["decision"]) == ("effective", "同意")

    await make_final_inspection(world, campaign, unit, lost={"A1": "5"})
    await settle(officer, campaign)
    results = f"/api/v1/campaigns/{campaign.id}/results"
    assert (await officer.post(f"{results}:compute")).json()["computed"] == 1
    (result,) = (await officer.get("/api/v1/results")).json()["items"]
    assert result["total"] == "99.0000"
    tree = (await officer.get(f"/api/v1/results/{result['id']}/explanation")).json()["tree"]
    part = next(one for one in tree["children"] if one["code"] == "extras")
    assert (part["got"], part["formula"]) == ("4", "加 4，减 0")
    assert part["children"][0]["note"] == "三月发生一起失泄密事件。；表彰决定"
    names = [e.name for e in await world.all(select(Event).order_by(Event.seq))]
    assert names[:3] == ["extra.raised", "extra.publish_notice", "extra.confirm"]


async def test_a_veto_of_the_owning_department_caps_the_grade(as_, world):
    campaign, unit = await make_year(world, state=CampaignState.INSPECTING), await make_unit(world)
    owner = await as_.role(Role.COASSESSOR)
    fields = {"owner_id": owner.person_id, "owner_department": "市纪委监委"}
    await make_co_assessment(world, campaign, "X3", title="党风廉政建设责任制", **fields)
    officer, leader = await as_.officer(), await as_.leader()

    made = await owner.post(URL, json=write(campaign, unit, "V1"))

    assert made.status_code == 201, made.text
    shown = made.json()
    assert (shown["origin"], shown["department"], shown["grade"]) == (
        "department",
        "市纪委监委",
        "一般",
    )
    url = f"{URL}/{shown['id']}"
    noticed = (await officer.move(shown, url, "publish_notice")).json()
    assert (await leader.move(noticed, url, "confirm")).status_code == 200
    assert [one["id"] for one in (await owner.get(URL)).json()["items"]] == [shown["id"]]

    await make_final_inspection(world, campaign, unit)
    await settle(officer, campaign)
    await officer.post(f"/api/v1/campaigns/{campaign.id}/results:compute")
    (result,) = (await officer.get("/api/v1/results")).json()["items"]
    assert (result["total"], result["grade"]) == ("100.0000", "一般")
    outcome = (await officer.get(f"/api/v1/results/{result['id']}/explanation")).json()
    assert "V1 班子成员受到党纪处分（市纪委监委提出）" in outcome["grade_reason"]


async def test_a_veto_counts_once_its_public_notice_is_over(as_, world):
    campaign, unit = await make_year(world, state=CampaignState.INSPECTING), await make_unit(world)
    officer, leader = await as_.officer(), await as_.leader()
    shown = (await officer.post(URL, json=write(campaign, unit, "V2"))).json()
    url = f"{URL}/{shown['id']}"

    noticed = (await officer.move(shown, url, "publish_notice")).json()

    assert datetime.fromisoformat(noticed["notice_until"]) == end_of_workdays(
        datetime.fromisoformat(noticed["noticed_at"]), 3
    )
    early = await leader.move(noticed, url, "confirm")
    assert (early.status_code, early.json()["code"]) == (409, "extra.confirm.blocked")
    (row,) = await world.all(select(Extra))
    row.notice_until = LONG_AGO
    await world.add(row)
    assert (await leader.move(noticed, url, "confirm")).json()["state"] == "effective"


async def test_only_those_the_scheme_names_raise(as_, world):
    campaign, unit = await make_year(world), await make_unit(world)
    owner, another = await as_.role(Role.COASSESSOR), await as_.role(Role.COASSESSOR)
    head = await make_co_assessment(
        world, campaign, "X3", title="党风廉政建设责任制", owner_id=owner.person_id
    )
    officer, office = await as_.officer(), await as_.unit(unit)
    body = {code: write(campaign, unit, code) for code in ("J1", "K1", "V1", "V2")}

    for client in (officer, another, office):
        refused = await client.post(URL, json=body["V1"])
        assert refused.status_code == 403
        assert refused.json()["detail"] == "这项否决只能由负责“党风廉政建设责任制”考核的部门提出。"
    for client, codes in ((owner, ("J1", "K1", "V2")), (office, ("K1", "V2"))):
        for code in codes:
            assert (await client.post(URL, json=body[code])).status_code == 403, code
    for role in (Role.UNIT_LEAD, Role.UNIT_MEMBER):
        client = await as_.unit(unit, role)
        assert (await client.post(URL, json=body["J1"])).status_code == 403
    for client in (await as_.leader(), await as_.inspector(), await as_.leadership()):
        assert (await client.post(URL, json=body["K1"])).status_code == 403
    machine = await as_.service("result:read", "coassessment:write")
    assert (await machine.post(URL, json=body["V1"])).status_code == 403
    assert (await officer.post(URL, json=body["V2"])).status_code == 201
    assert (await owner.post(URL, json=body["V1"])).status_code == 201
    (veto,) = await world.all(select(Extra).where(Extra.code == "V1"))
    assert veto.co_assessment_id == head.id


async def test_the_list_says_what_the_caller_may_raise(as_, world):
    campaign, unit = await make_year(world), await make_unit(world)
    office = await as_.unit(unit)

    lines = (await office.get(f"{URL}/rules?campaign_id={campaign.id}")).json()["items"]

    assert [(one["code"], one["kind"], one["refused"]) for one in lines] == [
        ("J1", "bonus", None),
        ("J2", "bonus", None),
        ("K1", "penalty", "这项减分由市直机关工委提出。"),
        ("V1", "veto", "本年度没有设并入考核 X3，这项否决没有提出的部门。"),
        ("V2", "veto", "这项否决由市直机关工委提出。"),
    ]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"code": "Z9"}, "/body/code"),
        ({"code": "K1", "times": 2}, "/body/times"),
        ({"code": "J1", "times": 3}, "/body/times"),
        ({"absence": ""}, "/body/absence"),
        ({"evidence_id": str(uuid4())}, "/body/evidence_id"),
        ({"unit_id": str(uuid4())}, "/body/unit_id"),
        ({"campaign_id": str(uuid4())}, "/body/campaign_id"),
        ({"fact": " "}, "/body/fact"),
    ],
)
async def test_what_the_scheme_does_not_know_is_refused_at_its_place(as_, world, fields, pointer):
    campaign, unit = await make_year(world), await make_unit(world)

    answer = await (await as_.officer()).post(URL, json={**write(campaign, unit), **fields})

    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


async def test_times_are_counted_over_all_that_stands_or_may(as_, world):
    campaign, unit = await make_year(world), await make_unit(world)
    await make_extra(world, campaign, unit, "J1", state=ExtraState.DISMISSED, times=2)
    await make_extra(world, campaign, unit, "J1", state=ExtraState.EFFECTIVE)
    await make_extra(world, campaign, await make_unit(world), "J1", times=2)
    officer = await as_.officer()

    assert (await officer.post(URL, json=write(campaign, unit, "J1", times=2))).status_code == 422
    assert (await officer.post(URL, json=write(campaign, unit, "J1"))).status_code == 201
    assert (await officer.post(URL, json=write(campaign, unit, "J1"))).status_code == 422


async def test_no_more_takes_effect_than_the_scheme_allows(as_, world):
    campaign, unit = await make_year(world), await make_unit(world)
    await make_extra(world, campaign, unit, state=ExtraState.EFFECTIVE)
    second = await make_extra(world, campaign, unit, state=ExtraState.NOTICED)
    leader = await as_.leader()
    shown = (await leader.get(f"{URL}/{second.id}")).json()

    assert blocked(shown, "confirm") == "K1 本年度对该单位最多还能计 0 次，本件为 1 次。"
    assert (await leader.move(shown, f"{URL}/{second.id}", "confirm")).status_code == 409


async def test_a_unit_applies_with_its_own_evidence_only(as_, world):
    campaign, unit = await make_year(world), await make_unit(world)
    foreign = await make_evidence(world, await make_unit(world), campaign)
    gone = await make_evidence(world, unit, campaign, state=EvidenceState.WITHDRAWN)
    office = await as_.unit(unit)

    for evidence in (None, str(foreign.id), str(gone.id)):
        answer = await office.post(URL, json=write(campaign, unit, "J1", evidence_id=evidence))
        assert answer.json()["errors"][0]["pointer"] == "/body/evidence_id"
    other = await as_.unit()
    assert (await other.post(URL, json=write(campaign, unit, "J1"))).status_code == 422


async def test_the_unit_sees_from_the_notice_on_and_is_heard_before_the_decision(as_, world):
    campaign, unit = await make_year(world), await make_unit(world)
    extra = await make_extra(world, campaign, unit)
    officer, leader = await as_.officer(), await as_.leader()
    deputy, office, stranger = await as_.deputy(unit), await as_.unit(unit), await as_.unit()
    url = f"{URL}/{extra.id}"
    assert (await deputy.get(url)).status_code == 404
    assert (await deputy.get(URL)).json()["items"] == []

    shown = (await officer.get(url)).json()
    noticed = (await officer.move(shown, url, "publish_notice")).json()

    page = Page[ExtraPublic].model_validate_json((await deputy.get(URL)).content)
    assert [(one.id, one.state) for one in page.items] == [(extra.id, ExtraState.NOTICED)]
    assert (await stranger.get(url)).status_code == 404
    assert (await office.move(noticed, url, "state_view", "不属实")).status_code == 403
    assert (await officer.move(noticed, url, "answer_view", "核过")).status_code == 409
    heard = (await deputy.move(noticed, url, "state_view", "涉事人员已于一月调离。")).json()
    assert (heard["state"], heard["view"]) == ("noticed", "涉事人员已于一月调离。")
    early = await leader.move(heard, url, "confirm")
    assert early.json()["detail"] == "单位陈述的意见还没有答复，请先答复。"
    answered = (await officer.move(heard, url, "answer_view", "事发时在岗。")).json()
    assert (await deputy.move(answered, url, "state_view", "再说")).status_code == 409
    confirmed = await leader.move(answered, url, "confirm")
    assert confirmed.json()["state"] == "effective"
    told = [e for e in await world.all(select(Event)) if e.name.startswith("extra.")]
    assert {e.audience for e in told} == {Audience.UNIT}


async def test_whoever_raised_or_gave_notice_does_not_decide(as_, world):
    campaign, unit = await make_year(world), await make_unit(world)
    both, leader = await as_.role(Role.OFFICER, Role.LEADER), await as_.leader()
    raised = (await both.post(URL, json=write(campaign, unit))).json()
    url = f"{URL}/{raised['id']}"
    noticed = (await (await as_.officer()).move(raised, url, "publish_notice")).json()
    other = await make_extra(world, campaign, await make_unit(world))
    seen = (await both.get(f"{URL}/{other.id}")).json()
    own_notice = (await both.move(seen, f"{URL}/{other.id}", "publish_notice")).json()

    for thing in (noticed, own_notice):
        place = f"{URL}/{thing['id']}"
        for name in ("confirm", "dismiss"):
            assert (await both.move(thing, place, name, "同意")).status_code == 409, name
        assert (await leader.move(thing, place, "confirm")).status_code == 200


async def test_dismissing_and_lifting_need_a_reason_and_take_the_effect_away(as_, world):
    campaign, unit = await make_year(world, state=CampaignState.SETTLING), await make_unit(world)
    await make_final_inspection(world, campaign, unit)
    stands = await make_extra(world, campaign, unit, state=ExtraState.EFFECTIVE)
    waits = await make_extra(world, campaign, unit, "J2", state=ExtraState.NOTICED)
    officer, leader = await as_.officer(), await as_.leader()
    compute = f"/api/v1/campaigns/{campaign.id}/results:compute"
    await officer.post(compute)
    assert (await officer.get("/api/v1/results")).json()["items"][0]["total"] == "97.0000"

    for extra, name, after in ((stands, "lift", "lifted"), (waits, "dismiss", "dismissed")):
        url = f"{URL}/{extra.id}"
        shown = (await leader.get(url)).json()
        assert (await leader.move(shown, url, name)).status_code == 422
        assert (await officer.move(shown, url, name, "查无实据")).status_code == 403
        moved = (await leader.move(shown, url, name, "查无实据")).json()
        assert (moved["state"], moved["decision"]) == (after, "查无实据")

    await officer.post(compute)
    assert (await officer.get("/api/v1/results")).json()["items"][0]["total"] == "100.0000"


async def test_what_was_raised_is_taken_back_by_its_own_side_only(as_, world):
    campaign, unit = await make_year(world), await make_unit(world)
    theirs = await make_extra(world, campaign, unit, "J1", origin=ExtraOrigin.UNIT)
    ours = await make_extra(world, campaign, unit)
    officer, deputy = await as_.officer(), await as_.deputy(unit)

    url = f"{URL}/{theirs.id}"
    shown = (await officer.get(url)).json()
    assert blocked(shown, "withdraw") == "只有提出的一方能撤回。"
    assert (await officer.move(shown, url, "withdraw")).status_code == 409
    assert (await deputy.move(shown, url, "withdraw")).json()["state"] == "withdrawn"
    url = f"{URL}/{ours.id}"
    assert (await deputy.get(url)).status_code == 404
    assert (await officer.move(shown, url, "withdraw")).json()["state"] == "withdrawn"


async def test_while_results_are_settled_only_decisions_are_made(as_, world):
    campaign, unit = await make_year(world, state=CampaignState.SETTLING), await make_unit(world)
    raised = await make_extra(world, campaign, unit)
    noticed = await make_extra(world, campaign, unit, "J2", state=ExtraState.NOTICED)
    officer, leader = await as_.officer(), await as_.leader()

    assert (await officer.post(URL, json=write(campaign, unit, "V2"))).status_code == 409
    for name in ("publish_notice", "withdraw"):
        shown = (await officer.get(f"{URL}/{raised.id}")).json()
        assert (await officer.move(shown, f"{URL}/{raised.id}", name)).status_code == 409, name
    shown = (await leader.get(f"{URL}/{noticed.id}")).json()
    assert (await leader.move(shown, f"{URL}/{noticed.id}", "confirm")).status_code == 200


@pytest.mark.parametrize("approved", [ResultState.APPROVED, ResultState.PUBLISHED])
async def test_after_the_units_result_is_approved_nothing_is_decided(as_, world, approved):
    campaign, unit = await make_year(world, state=CampaignState.SETTLING), await make_unit(world)
    await make_result(world, campaign, unit, state=approved)
    noticed = await make_extra(world, campaign, unit, state=ExtraState.NOTICED)
    effective = await make_extra(world, campaign, unit, "J2", state=ExtraState.EFFECTIVE)
    leader = await as_.leader()

    for extra, name in ((noticed, "confirm"), (noticed, "dismiss"), (effective, "lift")):
        shown = (await leader.get(f"{URL}/{extra.id}")).json()
        refused = await leader.move(shown, f"{URL}/{extra.id}", name, "查无实据")
        assert refused.status_code == 409
        assert refused.json()["detail"].startswith("该单位的年度结果已经审定")


async def test_nothing_is_written_in_a_closed_year_by_any_path(as_, world):
    campaign, unit = await make_year(world, state=CampaignState.CLOSED), await make_unit(world)
    head = await make_co_assessment(world, campaign, "X3")
    people = {
        Role.OFFICER: await as_.officer(),
        Role.LEADER: await as_.leader(),
        Role.UNIT_LEAD: await as_.lead(unit),
        Role.UNIT_DEPUTY: await as_.deputy(unit),
    }
    extras = {
        state: await make_extra(world, campaign, unit, state=state, co_assessment_id=head.id)
        for state in ExtraState
    }
    before = [one.model_dump() for one in await world.all(select(Extra).order_by(Extra.id))]

    assert (await people[Role.OFFICER].post(URL, json=write(campaign, unit))).status_code == 409
    for arrow in EXTRA.transitions:
        for role in arrow.by & people.keys():
            for extra in extras.values():
                url = f"{URL}/{extra.id}"
                moved = await people[role].move({"version": 1}, url, arrow.name, "补充说明")
                assert moved.status_code in {404, 409}, (arrow.name, role, extra.state)
    assert [one.model_dump() for one in await world.all(select(Extra).order_by(Extra.id))] == before
