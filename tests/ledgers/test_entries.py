from datetime import date
from uuid import uuid4

import pytest
from pydantic import TypeAdapter
from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.core.events import Event
from sihao.core.paging import Page
from sihao.ledgers.models import LedgerEntry
from sihao.ledgers.schemas import EntryPublic, LedgerPublic
from tests.factories import make_member, make_unit
from tests.factories_campaigns import make_campaign, make_standard
from tests.factories_evidence import make_evidence, make_link
from tests.factories_ledgers import DETAILS, make_entry

URL = "/api/v1/ledger-entries"


@pytest.fixture
async def unit(world):
    return await make_unit(world)


@pytest.fixture
async def campaign(world):
    return await make_campaign(world)


@pytest.fixture
async def member(world, unit):
    return await make_member(world, unit, "张明")


def body(campaign, kind, *members, **fields):
    row = {"title": "一则", "happened_on": "2026-03-02", "details": DETAILS[kind], **fields}
    ids = {"member_ids": [str(one.id) for one in members]} if members else {}
    return {"campaign_id": str(campaign.id), "kind": kind, **ids, **row}


def pointers(answer):
    return {one["pointer"]: one["detail"] for one in answer.json()["errors"]}


async def test_the_office_keeps_a_ledger_and_every_change_is_an_event(
    as_, world, unit, campaign, member
):
    office = await as_.unit(unit)

    made = await office.post(URL, json=body(campaign, "T8", member, ended_on="2026-03-04"))
    assert made.status_code == 201, made.text
    entry = made.json()
    assert made.headers["etag"] == '"1"'
    assert entry["members"] == [{"id": str(member.id), "name": "张明"}]
    assert entry["details"] == {
        "place": "石岭镇柳树湾村",
        "purpose_kind": "调研",
        "portion": "全天",
    }
    changed = await office.edit(entry, f"{URL}/{entry['id']}", title="二则", ended_on=None)
    assert changed.status_code == 200, changed.text
    assert changed.json()["title"] == "二则"
    assert changed.json()["ended_on"] is None
    assert changed.json()["members"] == entry["members"]
    gone = await office.delete(f"{URL}/{entry['id']}", headers={"If-Match": '"2"'})
    assert gone.status_code == 204

    events = await world.all(select(Event).order_by(Event.seq))
    assert [event.name for event in events] == [
        "ledger_entry.created",
        "ledger_entry.updated",
        "ledger_entry.deleted",
    ]
    assert events[1].data["fields"] == ["ended_on", "title"]
    assert events[2].data["details"] == entry["details"]
    assert events[2].data["member_ids"] == [str(member.id)]
    assert await world.all(select(LedgerEntry)) == []


async def test_every_kind_takes_what_its_form_asks(as_, world, unit, campaign, member):
    office, coassessor = await as_.unit(unit), await as_.role(Role.COASSESSOR)
    for kind in DETAILS:
        who = coassessor if kind == "T20" else office
        given = body(campaign, kind, *([member] if kind in {"T7", "T8", "T9"} else []))
        if kind == "T9":
            given["title"] = ""
        if kind == "T20":
            given["unit_id"] = str(unit.id)
        answer = await who.post(URL, json=given)
        assert answer.status_code == 201, answer.text
        assert answer.json()["details"].items() >= DETAILS[kind].items()


async def test_a_list_has_the_shape_it_promises(as_, world, unit, campaign, member):
    await make_entry(world, unit, campaign, "T8", member, external_code="OA-1")
    await make_entry(world, unit, campaign, "T11")

    answer = await (await as_.officer()).get(f"{URL}?count=exact")

    page = Page[EntryPublic].model_validate_json(answer.text)
    assert page.total == 2
    assert {one.unit_name for one in page.items} == {unit.name}
    assert [one.members[0].name for one in page.items if one.kind == "T8"] == ["张明"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=T8", {"走访"}),
        ("criterion=B12", {"报告"}),
        ("criterion=Z9", set()),
        ("happened_from=2026-05-02&happened_until=2026-05-31", {"走访"}),
        ("happened_until=2026-04-30", {"报告"}),
        ("q=走", {"走访"}),
        ("q=%25", set()),
    ],
)
async def test_rows_are_found_by_what_is_known_of_them(
    as_, world, unit, campaign, member, query, found
):
    await make_entry(
        world, unit, campaign, "T7", member, title="报告", happened_on=date(2026, 4, 1)
    )
    trip = {"happened_on": date(2026, 4, 30), "ended_on": date(2026, 5, 3)}
    if "until=2026-04-30" in query:
        trip = {"happened_on": date(2026, 5, 1)}
    await make_entry(world, unit, campaign, "T8", member, title="走访", **trip)

    page = (await (await as_.unit(unit)).get(f"{URL}?{query}")).json()

    assert {one["title"] for one in page["items"]} == found


async def test_rows_are_found_by_member_in_the_order_of_their_dates(
    as_, world, unit, campaign, member
):
    other = await make_member(world, unit)
    await make_entry(world, unit, campaign, "T7", member, title="一", happened_on=date(2026, 2, 1))
    await make_entry(world, unit, campaign, "T7", other, title="二", happened_on=date(2026, 3, 1))
    await make_entry(
        world, unit, campaign, "T7", member, other, title="三", happened_on=date(2026, 4, 1)
    )
    office = await as_.unit(unit)

    newest = (await office.get(f"{URL}?member_id={member.id}")).json()["items"]
    oldest = (await office.get(f"{URL}?sort=happened_on")).json()["items"]

    assert [one["title"] for one in newest] == ["三", "一"]
    assert [one["title"] for one in oldest] == ["一", "二", "三"]


async def test_what_is_wrong_with_a_row_is_told_all_at_once(as_, world, unit, campaign):
    office = await as_.unit(unit)
    stranger = await make_member(world, await make_unit(world))
    details = {"portion": "半夜", "colour": "红"}

    bad = body(campaign, "T8", stranger, title="", ended_on="2026-03-01", details=details)
    answer = await office.post(URL, json=bad)

    assert answer.status_code == 422
    assert pointers(answer) == {
        "/body/title": "必填。",
        "/body/ended_on": "不能早于开始日期。",
        "/body/member_ids/0": "本单位没有这名班子成员。",
        "/body/details/place": "必填。",
        "/body/details/portion": "须是下列之一：全天、上午、下午。",
        "/body/details/colour": "不认识这一项，请删去。",
    }


@pytest.mark.parametrize(
    ("kind", "details", "wrong"),
    [
        ("T15", {"expected": 5, "trained": 6}, {"trained": "不能超过“应训人数”（5）。"}),
        ("T18", {"received": 5, "closed": 6}, {"closed": "不能超过“收到件数”（5）。"}),
        ("T9", {"category": None}, {"category": "登记谈心谈话时选择，到联系点不选。"}),
        ("T9", {"contact_point": "x"}, {"contact_point": "登记到联系点工作时填写，谈心谈话不填。"}),
        ("T10", {"satisfied_percent": 101}, {"satisfied_percent": "不能大于 100。"}),
        ("T11", {"funds_yuan": "1.005"}, {"funds_yuan": "小数最多 2 位。"}),
    ],
)
async def test_details_hold_together(as_, unit, campaign, member, kind, details, wrong):
    given = body(campaign, kind, *([member] if kind == "T9" else []))
    given["details"] = {**DETAILS[kind], **details}
    given["title"] = "" if kind == "T9" else "一则"

    answer = await (await as_.unit(unit)).post(URL, json=given)

    assert answer.status_code == 422
    told = {f"/body/details/{field}": sentence for field, sentence in wrong.items()}
    assert pointers(answer) == told


async def test_talks_are_counted_and_nobody_can_write_what_was_said(as_, unit, campaign, member):
    office = await as_.unit(unit)

    named = await office.post(URL, json=body(campaign, "T9", member, title="与王某谈违纪问题"))
    counted = await office.post(URL, json=body(campaign, "T9", member, title=""))
    entry = counted.json()
    renamed = await office.edit(entry, f"{URL}/{entry['id']}", title="与王某谈违纪问题")
    more = await office.edit(
        entry, f"{URL}/{entry['id']}", details={"form": "联系点", "contact_point": "柳树湾村"}
    )

    assert named.status_code == renamed.status_code == 422
    assert list(pointers(named)) == list(pointers(renamed)) == ["/body/title"]
    assert entry["title"] == "与干部谈心谈话"
    assert more.json()["title"] == "到联系点柳树湾村开展工作"


async def test_a_row_that_evidence_shows_stays(as_, world, unit, campaign, member):
    entry = await make_entry(world, unit, campaign, "T8", member)
    await make_link(world, await make_evidence(world, unit, campaign), entry_id=entry.id)
    office = await as_.unit(unit)

    answer = await office.delete(f"{URL}/{entry.id}", headers={"If-Match": '"1"'})

    assert answer.status_code == 409
    assert answer.json()["code"] == "ledger_entry.in_use"
    left = await office.get(f"{URL}/{entry.id}")
    assert [one["name"] for one in left.json()["members"]] == ["张明"]


async def test_a_batch_is_taken_whole_or_not_at_all(as_, world, unit, campaign, member):
    office = await as_.unit(unit)
    good = {key: body(campaign, "T8", member)[key] for key in ("title", "happened_on", "details")}
    good["member_ids"] = [str(member.id)]
    head = {"campaign_id": str(campaign.id), "kind": "T8"}

    bad = await office.post(
        f"{URL}/batch", json={**head, "rows": [good, good, good, {**good, "details": {}}]}
    )
    assert bad.status_code == 422
    assert pointers(bad) == {"/body/rows/3/details/place": "必填。"}
    assert await world.all(select(LedgerEntry)) == []

    answer = await office.post(f"{URL}/batch", json={**head, "rows": [good] * 3})
    assert answer.status_code == 201, answer.text
    shown = TypeAdapter(list[EntryPublic]).validate_json(answer.text)
    assert len(shown) == len(await world.all(select(LedgerEntry))) == 3
    names = [one.name for one in await world.all(select(Event))]
    assert names == ["ledger_entry.created"] * 3

    many = await office.post(f"{URL}/batch", json={**head, "rows": [good] * 501})
    assert many.status_code == 422


async def test_an_external_code_is_taken_once(as_, world, unit, campaign):
    office = await as_.unit(unit)
    await make_entry(world, unit, campaign, "T5", external_code="OA-1")
    row = {"title": "一", "happened_on": "2026-03-02", "details": DETAILS["T5"]}
    head = {"campaign_id": str(campaign.id), "kind": "T5"}

    again = await office.post(URL, json={**head, **row, "external_code": "OA-1"})
    twice = await office.post(
        f"{URL}/batch", json={**head, "rows": [{**row, "external_code": "OA-2"}] * 2}
    )
    elsewhere = await office.post(URL, json=body(campaign, "T15", external_code="OA-1"))

    assert again.status_code == twice.status_code == 409
    assert again.json()["code"] == "ledger_entry.external_code"
    assert twice.json()["errors"][0]["pointer"] == "/body/rows/1/external_code"
    assert elsewhere.status_code == 201


async def test_the_negative_list_is_written_by_those_who_own_the_facts(as_, world, unit, campaign):
    given = body(campaign, "T20", unit_id=str(unit.id))
    for who in (await as_.unit(unit), await as_.lead(unit), await as_.leader()):
        answer = await who.post(URL, json=given)
        assert answer.status_code == 403
        assert answer.json()["code"] == "ledger_entry.role"

    coassessor = await as_.role(Role.COASSESSOR)
    for who in (coassessor, await as_.officer()):
        assert (await who.post(URL, json=given)).status_code == 201
    nobody = await coassessor.post(URL, json=body(campaign, "T20"))
    unknown = await coassessor.post(URL, json={**given, "unit_id": str(uuid4())})
    assert list(pointers(nobody)) == list(pointers(unknown)) == ["/body/unit_id"]

    await make_entry(world, unit, campaign, "T5")
    seen = (await coassessor.get(URL)).json()["items"]
    assert {one["kind"] for one in seen} == {"T20"}
    theirs = (await (await as_.unit(unit)).get(f"{URL}?kind=T20")).json()["items"]
    assert len(theirs) == 2
    refused = await (await as_.unit(unit)).delete(
        f"{URL}/{theirs[0]['id']}", headers={"If-Match": '"1"'}
    )
    assert refused.status_code == 403


async def test_only_the_unit_itself_writes_its_other_ledgers(as_, world, unit, campaign):
    entry = await make_entry(world, unit, campaign, "T5")
    as_read = {"version": 1}
    for who in (await as_.officer(), await as_.leadership()):
        created = await who.post(URL, json=body(campaign, "T5", unit_id=str(unit.id)))
        assert created.status_code == 403
        assert (await who.get(f"{URL}/{entry.id}")).status_code == 200
        assert (await who.edit(as_read, f"{URL}/{entry.id}", title="x")).status_code == 403
    for who in (await as_.unit(), await as_.inspector(), await as_.role(Role.ADMIN_SYSTEM)):
        assert (await who.get(f"{URL}/{entry.id}")).status_code == 404
        assert (await who.edit(as_read, f"{URL}/{entry.id}", title="x")).status_code == 404
        assert (await who.get(URL)).json()["items"] == []
    foreign = await (await as_.unit()).post(URL, json=body(campaign, "T5", unit_id=str(unit.id)))
    assert foreign.status_code == 422
    assert list(pointers(foreign)) == ["/body/unit_id"]


async def test_a_member_keeps_his_own_reports_trips_and_talks(as_, world, unit, campaign, member):
    other = await make_member(world, unit)
    foreign = await make_entry(world, unit, campaign, "T7", other)
    his = await as_.role(Role.UNIT_MEMBER, unit=unit, member=member)

    assert (await his.post(URL, json=body(campaign, "T7", member, other))).status_code == 201
    for_other = await his.post(URL, json=body(campaign, "T7", other))
    study = await his.post(URL, json=body(campaign, "T5"))

    assert for_other.status_code == 422
    assert list(pointers(for_other)) == ["/body/member_ids"]
    assert study.status_code == 403
    assert (await his.get(f"{URL}/{foreign.id}")).status_code == 404
    assert len((await his.get(URL)).json()["items"]) == 1


async def test_a_stale_edit_and_a_blind_one_are_refused(as_, world, unit, campaign):
    entry = await make_entry(world, unit, campaign, "T5")
    office = await as_.unit(unit)

    stale = await office.edit({"version": 7}, f"{URL}/{entry.id}", title="x")
    blind = await office.delete(f"{URL}/{entry.id}")

    assert stale.status_code == 412
    assert blind.status_code == 428


async def test_ledgers_rest_once_results_are_settled_but_facts_may_still_come(as_, world, unit):
    campaign = await make_campaign(world, state=CampaignState.SETTLING)
    entry = await make_entry(world, unit, campaign, "T5")
    office = await as_.unit(unit)

    created = await office.post(URL, json=body(campaign, "T5"))
    edited = await office.edit({"version": 1}, f"{URL}/{entry.id}", title="x")
    fact = await (await as_.officer()).post(URL, json=body(campaign, "T20", unit_id=str(unit.id)))
    unknown = await office.post(URL, json={**body(campaign, "T5"), "campaign_id": str(uuid4())})

    assert created.status_code == edited.status_code == 409
    assert created.json()["code"] == edited.json()["code"] == "campaign.phase"
    assert fact.status_code == 201
    assert list(pointers(unknown)) == ["/body/campaign_id"]


async def test_a_service_account_writes_for_its_own_unit_with_the_scope(as_, world, unit, campaign):
    script = await as_.service("ledger:write", unit=unit)
    other = await as_.service("evidence:write", unit=unit)

    assert (await script.post(URL, json=body(campaign, "T5"))).status_code == 201
    assert len((await script.get(URL)).json()["items"]) == 1
    assert (await other.post(URL, json=body(campaign, "T5"))).status_code == 403
    assert (await other.get(URL)).status_code == 403
    fact = await script.post(URL, json=body(campaign, "T20", unit_id=str(unit.id)))
    assert fact.status_code == 403


async def test_the_twenty_ledgers_say_what_they_ask_and_how_much_they_hold(as_, world, unit):
    campaign = await make_campaign(world, standard=await make_standard(world, codes=None))
    await make_entry(world, unit, campaign, "T8", happened_on=date(2026, 5, 1))
    await make_entry(world, unit, campaign, "T8", happened_on=date(2026, 6, 1))
    await make_entry(world, await make_unit(world), campaign, "T8")

    answer = await (await as_.unit(unit)).get("/api/v1/ledgers")

    ledgers = TypeAdapter(list[LedgerPublic]).validate_json(answer.text)
    assert [one.kind for one in ledgers] == [f"T{number}" for number in range(1, 21)]
    by_kind = {one.kind: one for one in ledgers}
    assert by_kind["T8"].criteria == ["B11", "C6"]
    assert (by_kind["T8"].count, by_kind["T8"].last_on) == (2, date(2026, 6, 1))
    assert by_kind["T8"].members.required
    assert by_kind["T1"].derived
    assert [one.kind for one in ledgers if not one.writable] == ["T1", "T2", "T20"]
    assert by_kind["T9"].title_label is None
    all_units = await (await as_.officer()).get("/api/v1/ledgers")
    assert {one["kind"]: one["count"] for one in all_units.json()}["T8"] == 3
    none = await (await as_.unit(unit)).get(f"/api/v1/ledgers?campaign_id={uuid4()}")
    assert list(pointers(none)) == ["/query/campaign_id"]
