"""Many at once on a server of its own: what was acknowledged is there, who came second knows it."""

import asyncio
from uuid import uuid4

from sqlmodel import select

from sihao.core.context import Role
from sihao.inspections.lifecycle import SheetState
from sihao.inspections.models import Judgement, JudgementChange
from tests.factories import make_person
from tests.factories_inspections import make_judgement, make_visit
from tests.process import place_of_its_own

AT_ONCE = 50


async def test_fifty_saves_of_one_item_at_once_and_a_second_try_of_those_who_lost():
    async with place_of_its_own() as place:
        world = place.world
        person, token = await make_person(world, Role.INSPECTOR)
        visit = await make_visit(world, person.id)
        url = f"/api/v1/sheets/{visit.sheets[0].id}/judgements/{visit.items['A1'].id}"
        await place.start()
        async with place.client(token) as client:
            client.timeout = 60

            async def save(number, tag):
                body = {"note": f"第 {number} 台设备"}
                return await client.put(url, json=body, headers={"If-Match": tag})

            first = await asyncio.gather(*(save(n, '"0"') for n in range(AT_ONCE)))
            lost = [n for n, answer in enumerate(first) if answer.status_code == 412]
            tags = {n: first[n].headers.get("etag", '"0"') for n in lost}
            again = await asyncio.gather(*(save(n, tags[n]) for n in lost))

        answers = [*first, *again]
        saved = [one for one in answers if one.status_code == 200]
        stale = [one.json() for one in answers if one.status_code == 412]
        (judgement,) = await world.all(select(Judgement))
        changes = await world.all(select(JudgementChange))
        assert {one.status_code for one in answers} == {200, 412}
        assert len(saved) == judgement.version == len(changes)
        assert len(saved) >= 2
        winner = next(one for one in saved if one.headers["etag"] == f'"{judgement.version}"')
        assert winner.json()["note"] == judgement.note
        notes = {one.json()["note"] for one in saved}
        for told in stale:
            assert told["changed_by"] == person.display_name
            (field,) = told["fields"]
            assert field["field"] == "note"
            assert field["theirs"] in notes
            assert field["mine"] != field["theirs"]


async def test_a_sheet_is_submitted_while_it_is_still_written_to():
    async with place_of_its_own() as place:
        world = place.world
        person, token = await make_person(world, Role.INSPECTOR)
        visit = await make_visit(world, person.id)
        for criterion in visit.items.values():
            await make_judgement(world, visit.sheets[0], criterion)
        url = f"/api/v1/sheets/{visit.sheets[0].id}"
        await place.start()
        async with place.client(token) as client:
            client.timeout = 60

            async def save(n):
                item = list(visit.items.values())[n % len(visit.items)]
                where, body = f"{url}/judgements/{item.id}", {"note": f"{n}"}
                return await client.put(where, json=body, headers={"If-Match": '"1"'})

            async def submit():
                key = {"If-Match": '"1"', "Idempotency-Key": str(uuid4())}
                return await client.post(f"{url}/submit", json={}, headers=key)

            *saves, submitted = await asyncio.gather(*(save(n) for n in range(20)), submit())
            late = await save(0)

        saved = sum(one.status_code == 200 for one in saves)
        versions = [one.version for one in await world.all(select(Judgement))]
        assert submitted.json()["state"] == SheetState.SUBMITTED
        assert sum(versions) - len(versions) == saved
        assert {one.status_code for one in saves} <= {200, 409, 412}
        assert late.json()["code"] == "sheet.closed"
