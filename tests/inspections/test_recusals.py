"""回避: own unit, former unit within three years, what was declared; it holds everywhere."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from sihao.accounts.models import EarlierUnit, RoleGrant
from sihao.core.context import Role
from sihao.core.events import Event
from sihao.core.paging import Page
from sihao.inspections.lifecycle import InspectionState
from sihao.inspections.schemas.recusals import RecusalPublic
from tests.factories import make_member, make_person, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import make_evidence, make_link
from tests.factories_inspections import (
    make_decision,
    make_finding,
    make_group,
    make_inspection,
    make_judgement,
    make_objection,
    make_recusal,
    make_sheet,
    make_visit,
)
from tests.inspections.acting import url_of

URL = "/api/v1/recusals"
TODAY = date.today()  # noqa: DTZ011 - days, not instants
LONG_GONE = TODAY - timedelta(days=3 * 366 + 1)


def declaration(person_id, unit, **fields):
    given = {"kind": "relative", "reason": "配偶在该单位任职", **fields}
    return {"person_id": str(person_id), "unit_id": str(unit.id), **given}


async def aside_of(as_, visit):
    return (await (await as_.officer()).get(url_of(visit))).json()["aside"]


async def test_an_inspector_declares_for_himself_for_any_unit(as_, world):
    unit = await make_unit(world)
    inspector = await as_.inspector()

    units = (await inspector.get(f"{URL}/units")).json()
    made = await inspector.post(URL, json=declaration(inspector.person_id, unit))

    assert unit.name in {one["name"] for one in units}
    assert made.status_code == 201, made.text
    assert made.json()["kind"] == "relative"
    assert not made.json()["may_withdraw"]
    page = Page[RecusalPublic].model_validate_json((await inspector.get(URL)).content)
    assert [row.unit_id for row in page.items] == [unit.id]


async def test_nobody_declares_for_another_but_an_officer(as_, world):
    unit = await make_unit(world)
    other, _ = await make_person(world, Role.INSPECTOR)
    body = declaration(other.id, unit)

    assert (await (await as_.inspector()).post(URL, json=body)).json()["code"] == "recusal.role"
    assert (await (await as_.leader()).post(URL, json=body)).status_code == 403
    assert (await (await as_.lead(unit)).post(URL, json=body)).status_code == 403
    made = await (await as_.officer()).post(URL, json=body)
    assert made.status_code == 201, made.text
    assert (await (await as_.inspector()).get(URL)).json()["items"] == []
    assert (await (await as_.unit(unit)).get(URL)).json()["items"] == []


async def test_a_declaration_is_withdrawn_by_another_person_with_a_reason_and_stays_on_record(
    as_, world
):
    unit = await make_unit(world)
    person, _ = await make_person(world, Role.INSPECTOR)
    officer, other = await as_.officer(), await as_.officer()
    made = (await officer.post(URL, json=declaration(person.id, unit))).json()
    url = f"{URL}/{made['id']}/withdraw"
    why = {"reason": "登记有误，配偶已调离"}

    own = await officer.post(url, json=why)
    silent = await other.post(url, json={"reason": ""})
    done = await other.post(url, json=why)

    assert own.json()["code"] == "recusal.withdraw"
    assert silent.status_code == 422
    assert done.status_code == 200, done.text
    assert done.json()["withdrawal"] == why["reason"]
    assert (await other.post(url, json=why)).json()["code"] == "recusal.withdrawn"
    assert (await officer.get(URL)).json()["items"] == []
    kept = (await officer.get(URL, params={"withdrawn": True})).json()["items"]
    assert [one["reason"] for one in kept] == ["配偶在该单位任职"]
    told = [e.name for e in await world.all(select(Event).order_by(Event.seq))]
    assert told == ["recusal.created", "recusal.withdrawn"]
    again = await officer.post(URL, json=declaration(person.id, unit))
    assert again.status_code == 201, again.text


async def test_nobody_withdraws_what_was_declared_about_himself(as_, world):
    unit = await make_unit(world)
    both = await as_.role(Role.INSPECTOR, Role.OFFICER)
    made = await (await as_.officer()).post(URL, json=declaration(both.person_id, unit))

    refused = await both.post(f"{URL}/{made.json()['id']}/withdraw", json={"reason": "没有"})

    assert refused.json()["code"] == "recusal.withdraw"


async def test_whoever_worked_there_says_until_when_and_is_free_after_three_years(as_, world):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id)
    body = declaration(inspector.person_id, visit.unit, kind="worked_there", reason="曾任科长")

    silent = await inspector.post(URL, json=body)
    old = await inspector.post(URL, json={**body, "left_on": str(LONG_GONE)})

    assert silent.json()["errors"][0]["pointer"] == "/body/left_on"
    assert old.status_code == 201, old.text
    assert await aside_of(as_, visit) == []
    assert (await inspector.get(url_of(visit))).status_code == 200


@pytest.mark.parametrize(("left_on", "free"), [(TODAY, False), (LONG_GONE, True)])
async def test_a_former_unit_is_kept_away_from_for_three_years(as_, world, left_on, free):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id)

    await world.add(
        EarlierUnit(person_id=inspector.person_id, unit_id=visit.unit.id, left_on=left_on)
    )

    assert ((await inspector.get(url_of(visit))).status_code == 200) is free
    assert (await aside_of(as_, visit) == []) is free


@pytest.mark.parametrize(("ended_on", "free"), [(TODAY, False), (LONG_GONE, True), (None, False)])
async def test_a_term_on_the_units_team_counts_as_working_there(as_, world, ended_on, free):
    inspector = await as_.inspector()
    visit = await make_visit(world, inspector.person_id)

    await make_member(
        world,
        visit.unit,
        person_id=inspector.person_id,
        terms=[(date(2015, 1, 1), ended_on)],
    )

    assert ((await inspector.get(url_of(visit))).status_code == 200) is free


async def test_who_loses_the_role_in_a_unit_stands_aside_from_that_day_on(as_, world):
    unit = await make_unit(world)
    person, _ = await make_person(world, Role.INSPECTOR, Role.UNIT_MEMBER, unit=unit)
    (grant,) = await world.all(select(RoleGrant).where(RoleGrant.unit_id == unit.id))
    admin = await as_.role(Role.ADMIN_SECURITY)
    read = await admin.get(f"/api/v1/people/{person.id}")

    gone = await admin.delete(
        f"/api/v1/people/{person.id}/grants/{grant.id}", headers={"If-Match": read.headers["etag"]}
    )

    assert gone.status_code < 300, gone.text
    (standing,) = (await (await as_.officer()).get(f"{URL}/standing")).json()
    assert (standing["person_id"], standing["why"]) == (str(person.id), "former")
    assert standing["until"] > str(TODAY + timedelta(days=3 * 365 - 1))


async def test_the_officer_reads_every_reason(as_, world):
    own, former, family = [await make_unit(world) for _ in range(3)]
    person, _ = await make_person(world, Role.INSPECTOR, Role.UNIT_MEMBER, unit=own)
    await world.add(EarlierUnit(person_id=person.id, unit_id=former.id, left_on=TODAY))
    officer = await as_.officer()
    await officer.post(URL, json=declaration(person.id, family))

    standing = (await officer.get(f"{URL}/standing")).json()

    assert {one["unit_name"]: one["why"] for one in standing} == {
        own.name: "own",
        former.name: "former",
        family.name: "relative",
    }
    assert (await (await as_.inspector()).get(f"{URL}/standing")).status_code == 403


async def aside_and_not(world, as_):
    """Make an inspector with two visits, who stands aside for the first, and all that hangs on it.

    Each unit has evidence, a finding, a decision, an objection, a sheet of the inspector's.
    """
    inspector = await as_.inspector()
    closed = await make_visit(world, inspector.person_id, state=InspectionState.IN_PROGRESS)
    group = await make_group(world, closed.campaign, inspector.person_id)
    open_unit = await make_unit(world)
    opened = await make_inspection(
        world, closed.campaign, open_unit, group, state=InspectionState.IN_PROGRESS
    )
    await make_sheet(world, opened, inspector.person_id)
    rows = {}
    for unit, inspection in ((closed.unit, closed.inspection), (open_unit, opened)):
        paper = await make_evidence(world, unit, closed.campaign, title=f"{unit.name}学习记录")
        await make_link(world, paper, criterion_id=closed.items["A1"].id)
        finding = await make_finding(
            world, inspection, closed.items["A1"], found_by_id=inspector.person_id
        )
        await make_decision(world, inspection, closed.items["A1"], "0.5")
        objection = await make_objection(world, inspection, closed.items["A1"])
        rows[unit.id] = (paper, finding, objection, inspection)
    await make_judgement(world, closed.sheets[0], closed.items["A1"], "0.5")
    await make_recusal(world, inspector.person_id, closed.unit)
    return inspector, closed, open_unit, rows


LISTS = {
    "/api/v1/inspections": "unit_id",
    "/api/v1/findings": "unit_id",
    "/api/v1/objections": "unit_id",
    "/api/v1/evidence": "unit_id",
    "/api/v1/units": "id",
}


@pytest.mark.parametrize(("url", "key"), LISTS.items())
async def test_recusal_holds_in_lists_and_in_their_counts(as_, world, url, key):
    inspector, closed, open_unit, _ = await aside_and_not(world, as_)

    page = (await inspector.get(url, params={"count": "exact"})).json()

    shown = {one[key] for one in page["items"]}
    assert str(open_unit.id) in shown
    assert str(closed.unit.id) not in shown
    assert page["total"] == len(page["items"])


async def test_recusal_holds_for_each_thing_by_its_address(as_, world):
    inspector, closed, _, rows = await aside_and_not(world, as_)
    paper, finding, objection, inspection = rows[closed.unit.id]
    sheet = closed.sheets[0]

    for url in (
        f"/api/v1/inspections/{inspection.id}",
        f"/api/v1/inspections/{inspection.id}/consolidation",
        f"/api/v1/inspections/{inspection.id}/items/A1/history",
        f"/api/v1/inspections/{inspection.id}/items/{closed.items['A1'].id}",
        f"/api/v1/sheets/{sheet.id}",
        f"/api/v1/evidence/{paper.id}",
        f"/api/v1/findings/{finding.id}",
        f"/api/v1/objections/{objection.id}",
    ):
        assert (await inspector.get(url)).status_code == 404, url


async def test_recusal_holds_in_what_there_is_to_do(as_, world):
    inspector, closed, open_unit, _ = await aside_and_not(world, as_)

    said = (await inspector.get("/api/v1/todos")).text

    assert str(open_unit.id) in said or open_unit.name in said
    assert str(closed.unit.id) not in said
    assert closed.unit.name not in said


async def test_recusal_holds_in_search(as_, world):
    inspector, closed, open_unit, _ = await aside_and_not(world, as_)

    said = (await inspector.get("/api/v1/search", params={"q": "学习记录"})).text

    assert open_unit.name in said
    assert closed.unit.name not in said


async def test_recusal_holds_in_the_feed(as_, world):
    inspector, closed, _, _ = await aside_and_not(world, as_)
    officer = await as_.officer()
    read = (await officer.get(url_of(closed))).json()
    await officer.edit(read, url_of(closed), visit_on=str(TODAY))

    feed = (await inspector.get("/api/v1/events", params={"newest": True})).text

    assert str(closed.unit.id) not in feed


async def test_recusal_holds_in_exports(as_, world):
    inspector, closed, open_unit, _ = await aside_and_not(world, as_)
    from sihao.exports.lists import LISTS as EXPORTS  # noqa: PLC0415 - this test's own

    export = EXPORTS["findings"]
    ctx = await context_of(world, inspector)
    said = [row async for _, rows in export.pages(ctx, export.query()) for row in rows]

    assert open_unit.name in str(said)
    assert closed.unit.name not in str(said)


async def context_of(world, client):
    """Open the context of whoever holds a client, as a job that he asked for does."""
    from sihao.accounts.auth import act_for  # noqa: PLC0415 - this test's own

    return await act_for(await world.ctx(), client.person_id)


async def test_a_campaign_without_recusals_lists_nobody_aside(as_, world):
    await make_campaign(world)

    assert (await (await as_.officer()).get(f"{URL}/standing")).json() == []
