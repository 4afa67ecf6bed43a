"""The record of an interview: named readers alone, each look noted, changes reopen (B11)."""

from uuid import uuid4

import pytest
from sqlalchemy import text, true
from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.core.events import Audience, Event
from sihao.followups import policy
from sihao.followups.lifecycle import InterviewState
from tests.factories import make_member, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_followups import make_interview

URL = "/api/v1/interviews"
HELD = {"held_on": "2026-01-15", "place": "第二会议室", "attendees": "工委三人"}


async def setting(world):
    campaign = await make_campaign(world, state=CampaignState.SETTLING)
    return campaign, await make_unit(world, "市水务局")


async def held(as_, world):
    campaign, unit = await setting(world)
    officer = await as_.officer()
    case = await make_interview(world, campaign, unit, state=InterviewState.HELD, taken_by=officer)
    return unit, case, officer, f"{URL}/{case.id}"


async def record_of(client, url):
    answer = await client.get(f"{url}/record")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def write(client, url, record, **changes):
    headers = {"If-Match": f'"{record["version"]}"'}
    return await client.patch(f"{url}/record", json=changes, headers=headers)


async def test_everybody_in_office_on_the_day_is_ticked_and_whoever_was_absent_has_a_reason(
    as_, world
):
    campaign, unit = await setting(world)
    first = await make_member(world, unit, "张明", rank_order=1)
    second = await make_member(world, unit, "李海", rank_order=2)
    await make_member(world, unit, "王退", terms=[])
    case = await make_interview(world, campaign, unit, state=InterviewState.NOTIFIED)
    officer, url = await as_.officer(), f"{URL}/{case.id}"
    shown = (await officer.get(url)).json()
    came = {"member_id": str(first.id), "came": True}
    absent = {"member_id": str(second.id), "came": False}

    team = (await officer.get(f"{url}/team?on=2026-01-15")).json()
    one = await officer.move(shown, url, "hold", **HELD, attendance=[came])
    silent = await officer.move(shown, url, "hold", **HELD, attendance=[came, absent])
    told = [came, {**absent, "reason": "因公出差"}]
    done = (await officer.move(shown, url, "hold", **HELD, attendance=told)).json()

    assert [member["name"] for member in team] == ["张明", "李海"]
    assert one.json()["code"] == "interview_record.team"
    assert silent.json()["errors"][0]["pointer"] == "/body/attendance/1/reason"
    assert done["may_read"] is True
    kept = (await record_of(officer, url))["attendance"]
    assert [(who["name"], who["came"], who["reason"]) for who in kept] == [
        ("张明", True, ""),
        ("李海", False, "因公出差"),
    ]


async def test_only_lead_leader_and_note_taker_read_the_record(as_, world):
    unit, _, taker, url = await held(as_, world)
    readers = [await as_.lead(unit), await as_.leader(), taker]
    others = [
        await as_.officer(),
        await as_.leadership(),
        await as_.deputy(unit),
        await as_.unit(unit, Role.UNIT_OFFICE),
        await as_.unit(unit, Role.UNIT_MEMBER),
        await as_.lead(await make_unit(world)),
        await as_.inspector(),
        await as_.role(Role.RECEIVER),
        await as_.role(Role.ADMIN_AUDIT),
    ]

    for client in readers:
        assert (await record_of(client, url))["text"] == "谈话如下。"
        shown = (await client.get(url)).json()
        assert shown["may_read"] is True
        assert {one["role"] for one in shown["readers"]} == {"lead", "leader", "note_taker"}
    for client in others:
        assert (await client.get(f"{url}/record")).status_code == 404
        shown = await client.get(url)
        assert "谈话如下" not in shown.text
        if shown.status_code == 200:
            assert (shown.json()["may_read"], shown.json()["readers"]) == (False, [])


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SYSTEM}))
async def test_the_database_alone_keeps_the_record_to_its_readers(as_, world, monkeypatch, role):
    unit, _, _, url = await held(as_, world)
    monkeypatch.setattr(policy, "visible_records", lambda _: true())
    monkeypatch.setattr(policy, "visible_interviews", lambda _: true())

    client = await as_.role(role, unit=unit)
    answer = await client.get(f"{url}/record")

    reads = role in {Role.LEADER, Role.UNIT_LEAD}
    assert answer.status_code == (200 if reads else 404)


async def test_the_office_reads_no_record_even_if_it_is_named(as_, world, connection):
    unit, case, _, url = await held(as_, world)
    office = await as_.unit(unit, Role.UNIT_OFFICE)
    await connection.execute(text("SELECT open_system_context()"))
    named = text("UPDATE interview_record SET readers = ARRAY[:one]::uuid[]")
    await connection.execute(named, {"one": office.person_id})

    assert (await office.get(f"{url}/record")).status_code == 404
    await connection.execute(
        text("SELECT set_sihao(false, ARRAY[:unit]::uuid[], :one, ARRAY['unit.office'])"),
        {"unit": case.unit_id, "one": office.person_id},
    )
    rows = await connection.execute(text("SELECT count(*) FROM interview_record"))
    assert rows.scalar_one() == 0


async def test_a_leader_names_further_readers_and_never_somebody_of_the_office(as_, world):
    unit, _, officer, url = await held(as_, world)
    leader, deputy = await as_.leader(), await as_.deputy(unit)
    office = await as_.unit(unit, Role.UNIT_OFFICE)
    both = await as_.role(Role.UNIT_DEPUTY, Role.UNIT_OFFICE, unit=unit)
    shown = (await leader.get(url)).json()

    async def name(client, *people):
        body = {"person_ids": [str(one.person_id) for one in people], "opinion": "协助整改"}
        headers = {"If-Match": f'"{shown["version"]}"'}
        return await client.put(f"{url}/readers", json=body, headers=headers)

    assert (await name(officer, deputy)).status_code == 403
    for wrong in (office, both, await as_.deputy(await make_unit(world))):
        assert (await name(leader, wrong)).json()["code"] == "interview_record.reader"
    nameable = {one["id"] for one in (await leader.get(f"{url}/readers")).json()}
    assert nameable == {str(one.person_id) for one in (officer, leader, deputy)}
    assert (await deputy.get(f"{url}/readers")).status_code == 403
    named = (await name(leader, deputy)).json()

    assert [one["role"] for one in named["readers"] if one["id"] == str(deputy.person_id)] == [
        "named"
    ]
    assert (await record_of(deputy, url))["text"] == "谈话如下。"
    assert (await record_of(officer, url))["text"] == "谈话如下。"


async def test_every_look_at_a_record_is_kept(as_, world):
    unit, case, officer, url = await held(as_, world)
    lead = await as_.lead(unit)

    await record_of(officer, url)
    await record_of(lead, url)
    await record_of(lead, url)
    await (await as_.officer()).get(f"{url}/record")

    looks = select(Event).where(Event.name == "interview.record_read").order_by(Event.seq)
    seen = await world.all(looks)
    assert [one.actor_id for one in seen] == [
        officer.person_id,
        lead.person_id,
        lead.person_id,
    ]
    assert {(one.subject_id, one.audience) for one in seen} == {(case.id, Audience.RESTRICTED)}
    labels = [step["label"] for step in (await lead.get(url)).json()["history"]]
    assert labels.count("查阅约谈记录") == 3


async def test_a_change_reopens_what_one_side_has_confirmed(as_, world):
    unit, _, officer, url = await held(as_, world)
    lead, leader = await as_.lead(unit), await as_.leader()
    stale = (await lead.get(url)).json()
    record = await record_of(officer, url)

    confirmed = (await lead.move(stale, url, "confirm_record", "属实")).json()
    changed = await write(officer, url, record, text="补记一句。")
    shown = (await lead.get(url)).json()
    old = await write(officer, url, record, text="再改")

    assert confirmed["unit_confirmed_at"]
    assert changed.json()["text"] == "补记一句。"
    assert changed.json()["content_hash"] != record["content_hash"]
    assert (shown["unit_confirmed_at"], shown["unit_remark"]) == (None, "")
    assert (await lead.move(confirmed, url, "confirm_record")).status_code == 412
    assert old.status_code == 412
    shown = (await lead.move(shown, url, "confirm_record")).json()
    twice = await lead.move(shown, url, "confirm_record")
    assert twice.json()["detail"] == "本方已确认记录，等待另一方确认。"
    assert (await leader.move(shown, url, "confirm_record")).json()["state"] == "recorded"
    event = (await world.all(select(Event).order_by(Event.seq)))[-1]
    assert event.data["content_hash"] == changed.json()["content_hash"]


async def test_a_record_that_both_confirmed_is_locked_until_it_is_opened_again(as_, world):
    campaign, unit = await setting(world)
    officer = await as_.officer()
    case = await make_interview(
        world, campaign, unit, state=InterviewState.RECORDED, taken_by=officer
    )
    url = f"{URL}/{case.id}"
    record = await record_of(officer, url)

    locked = await write(officer, url, record, text="改写")
    shown = (await officer.get(url)).json()
    silent = await officer.move(shown, url, "reopen_record")
    opened = (await officer.move(shown, url, "reopen_record", "漏记一项承诺")).json()
    changed = await write(officer, url, record, text="补记承诺")

    assert (locked.status_code, locked.json()["code"]) == (409, "interview.record")
    assert silent.status_code == 422
    assert (opened["state"], opened["unit_confirmed_at"], opened["committee_confirmed_at"]) == (
        "held",
        None,
        None,
    )
    assert changed.status_code == 200
    assert record["may_edit"] is False


async def test_nobody_confirms_a_record_that_says_nothing_and_the_unit_writes_none(as_, world):
    unit, _, officer, url = await held(as_, world)
    lead = await as_.lead(unit)
    record = (await write(officer, url, await record_of(officer, url), text="")).json()
    shown = (await lead.get(url)).json()

    empty = await lead.move(shown, url, "confirm_record")
    foreign = await write(lead, url, record, text="我来写")
    unknown = await officer.get(f"{URL}/{uuid4()}/record")
    future = await write(officer, url, record, held_on="2099-01-01")

    assert empty.json()["detail"] == "约谈记录尚未填写。"
    assert foreign.status_code == 403
    assert unknown.status_code == 404
    assert future.json()["errors"][0]["pointer"] == "/body/held_on"
