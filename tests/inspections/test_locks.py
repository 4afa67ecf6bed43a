"""After a lock nothing is written by any path: random sequences of everything people can do."""

from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

import pytest
from sqlalchemy import text
from sqlmodel import select

from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from sihao.inspections.lifecycle import InspectionState, ObjectionState
from sihao.inspections.models import Inspection, InspectionGroup, Objection
from tests.factories import make_committee
from tests.factories_inspections import make_co_assessment, make_co_result, make_visit
from tests.imports.sending import Sender
from tests.inspections.acting import judge, url_of

STEPS = 40
SHEETS = ("score_sheet", "judgement", "judgement_change", "deduction", "finding")
OF_UNIT = (*SHEETS, "inspection", "item_decision", "objection")
WAYS = ("form", "bulk", "file", "head")
"""How a merged assessment is written to."""
OF_YEAR = (
    *OF_UNIT,
    "inspection_group",
    "group_member",
    "item_allocation",
    "co_assessment",
    "co_assessment_result",
    "co_result_change",
)


class Year:
    """One unit's inspection and everybody who has something to do with it."""

    def __init__(self, as_, world, connection, seed):
        self.as_, self.world, self.connection = as_, world, connection
        self.random = Random(seed)

    async def begin(self):
        await make_committee(self.world)
        self.leader = await self.as_.inspector()
        self.second = await self.as_.inspector()
        self.visit = await make_visit(
            self.world, self.leader.person_id, self.second.person_id, state=InspectionState.PLANNED
        )
        self.officer, self.head = await self.as_.officer(), await self.as_.leader()
        self.lead = await self.as_.lead(self.visit.unit)
        self.owner = await self.as_.role(Role.COASSESSOR)
        self.co = await make_co_assessment(
            self.world, self.visit.campaign, owner_id=self.owner.person_id
        )
        await make_co_result(self.world, self.co, self.visit.unit, "80")
        return self

    async def read(self, url, client=None):
        return (await (client or self.officer).get(url)).json()

    def deeds(self):
        """All that somebody might do; what happens often is there more often."""
        often = (self.judge, self.judge, self.judge, self.on_sheet, self.on_sheet)
        often += (self.on_inspection, self.on_inspection, self.decide)
        once = (self.find, self.object, self.answer, self.plan, self.visits, self.change_group)
        return (*often, *once, self.allocate, self.assign, *(partial(self.merge, w) for w in WAYS))

    async def run(self, steps):
        return [await self.do(self.random.choice(self.deeds())) for _ in range(steps)]

    async def run_everything(self):
        deeds = list(self.deeds())
        self.random.shuffle(deeds)
        return [await self.do(deed) for deed in deeds]

    async def do(self, deed):
        answer = await deed()
        return answer.status_code if answer is not None else 0

    def inspector(self):
        return self.random.choice((self.leader, self.second))

    def item(self):
        return self.random.choice(list(self.visit.items.values()))

    async def judge(self):
        client = self.inspector()
        sheets = await self.read(url_of(self.visit, "/sheets"), client)
        own = [one for one in sheets if isinstance(one, dict)]
        own = [one for one in own if one["inspector_id"] == str(client.person_id)]
        ident = own[0]["id"] if own else self.visit.inspection.id
        sheet = await self.read(f"/api/v1/sheets/{ident}", client)
        said = {one["criterion_id"]: one["version"] for one in sheet.get("judgements", [])}
        cut = {"clause": "缺项", "fact": "没有记录。", "absence": "记录", "points": "0.5"}
        cuts = [cut] * self.random.randint(0, 1)
        answers = [
            await judge(client, ident, one, said.get(str(one.id), 0), deductions=cuts)
            for one in self.visit.items.values()
            if str(one.id) not in said or one is self.item()
        ]
        return answers[-1] if answers else None

    async def on_sheet(self):
        client = self.inspector()
        sheets = await self.read(url_of(self.visit, "/sheets"), client)
        if not isinstance(sheets, list) or not sheets:
            return None
        sheet = self.random.choice(sheets)
        name = self.random.choice(("submit", "submit", "submit", "withdraw"))
        return await client.move(sheet, f"/api/v1/sheets/{sheet['id']}", name, "重评")

    async def decide(self):
        if self.random.random() < 0.5:
            return await self.leader.post(url_of(self.visit, "/decisions/agree"))
        version = self.random.randint(0, 2)
        url = url_of(self.visit, f"/decisions/{self.item().id}")
        body = {"reason": "以核实为准"}
        return await self.leader.put(url, json=body, headers={"If-Match": f'"{version}"'})

    async def on_inspection(self):
        moves = (
            (self.leader, "start"),
            (self.leader, "consolidate"),
            (self.officer, "give_feedback"),
            (self.lead, "confirm"),
            (self.head, "finalize"),
        )
        client, name = self.random.choice(moves)
        (row,) = await self.world.all(select(Inspection))
        return await client.move({"version": row.version}, url_of(self.visit), name)

    def about(self, **more):
        ids = {"inspection_id": self.visit.inspection.id, "criterion_id": self.item().id}
        return {name: str(one) for name, one in ids.items()} | more

    async def find(self):
        body = self.about(text="研讨不深入。")
        return await self.inspector().post("/api/v1/findings", json=body)

    async def object(self):
        return await self.lead.post("/api/v1/objections", json=self.about(grounds="有记录。"))

    async def answer(self):
        rows = await self.world.all(select(Objection))
        if not rows:
            return None
        row = self.random.choice(rows)
        name = self.random.choice(("take_up", "uphold", "dismiss", "uphold_partly"))
        more = {"restored": "0.1"} if name == "uphold_partly" else {}
        url = f"/api/v1/objections/{row.id}"
        return await self.officer.move({"version": row.version}, url, name, "经核实", **more)

    async def plan(self):
        (row,) = await self.world.all(select(Inspection))
        day = f"2026-12-{self.random.randint(10, 20)}"
        return await self.officer.edit({"version": row.version}, url_of(self.visit), visit_on=day)

    async def group(self):
        return (await self.world.all(select(InspectionGroup)))[0]

    async def change_group(self):
        row = await self.group()
        url = f"/api/v1/inspection-groups/{row.id}"
        if self.random.random() < 0.3:
            body = {"campaign_id": str(self.visit.campaign.id), "name": f"{self.random.random()}"}
            return await self.officer.post("/api/v1/inspection-groups", json=body)
        people = [self.leader.person_id, self.second.person_id]
        ids = [str(one) for one in people]
        changes = {"name": f"{self.random.random()}", "member_ids": ids}
        return await self.officer.edit({"version": row.version}, url, **changes)

    async def allocate(self):
        row = await self.group()
        one = {"criterion_id": str(self.item().id), "person_ids": [str(self.leader.person_id)]}
        url = f"/api/v1/inspection-groups/{row.id}/allocation"
        tag = {"If-Match": f'"{row.version}"'}
        return await self.officer.put(url, json={"items": [one]}, headers=tag)

    async def assign(self):
        url = f"/api/v1/campaigns/{self.visit.campaign.id}/inspections/assign"
        proposal = (await self.officer.post(url, json={"dry_run": True})).json()
        return await self.officer.post(url, json={"confirms": proposal.get("digest", "")})

    async def visits(self):
        (row,) = await self.world.all(select(Inspection))
        day = f"2026-12-{self.random.randint(10, 20)}"
        one = {"inspection_id": str(row.id), "version": row.version, "visit_on": day}
        url = f"/api/v1/campaigns/{self.visit.campaign.id}/visits"
        return await self.officer.post(url, json={"visits": [one]})

    async def merge(self, way):
        score = str(self.random.randint(60, 99))
        url = f"/api/v1/co-assessments/{self.co.id}"
        if way == "head":
            return await self.officer.edit(await self.read(url), url, title=f"考核{score}")
        if way == "file":
            line = f"考核编号,单位,得分\n{self.co.code},{self.visit.unit.code},{score}"
            sender = Sender(self.world, self.visit.campaign, kind="co-assessment-results")
            sent = await sender.try_(self.owner, line.encode(), "text/csv")
            if sent.status_code == 202:
                await sender.run(sent.json()["id"])
            return sent
        row = {"unit_id": str(self.visit.unit.id), "score": score}
        if way == "bulk":
            return await self.owner.put(f"{url}/results", json={"rows": [row]})
        of_unit = f"{url}/results/{self.visit.unit.id}"
        tag = {"If-Match": f'"{self.random.randint(1, 4)}"'}
        return await self.owner.put(of_unit, json={"score": score}, headers=tag)

    async def sums(self, tables):
        """Sum up every row of some tables."""
        await self.world.ctx()
        told = {}
        for table in tables:
            rows = text(f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {table} t")  # noqa: S608 - ours
            told[table] = (await self.connection.execute(rows)).scalar_one()
        return told


async def lock_year(year, state):
    year.visit.campaign.state = state
    await year.world.add(year.visit.campaign)


@pytest.mark.parametrize(
    ("seed", "state", "tables"),
    [
        (
            1,
            CampaignState.SETTLING,
            (*SHEETS, "item_allocation", "inspection_group", "group_member"),
        ),
        (2, CampaignState.CLOSED, OF_YEAR),
    ],
)
async def test_after_the_year_is_settled_or_closed_nothing_is_written(
    as_, world, connection, seed, state, tables
):
    year = await Year(as_, world, connection, seed).begin()
    before = await year.run(STEPS)
    assert sum(200 <= one < 300 for one in before) > STEPS / 5
    await lock_year(year, state)
    locked = await year.sums(tables)

    after = [*await year.run(STEPS // 2), *await year.run_everything()]

    assert await year.sums(tables) == locked
    assert not any(one >= 500 for one in (*before, *after))


@pytest.mark.parametrize(("seed", "ended"), [(3, True), (4, False)])
async def test_after_an_inspection_is_final_nothing_of_it_is_written(
    as_, world, connection, seed, ended
):
    year = await Year(as_, world, connection, seed).begin()
    await year.run(STEPS)
    (row,) = await world.all(select(Inspection))
    row.state = InspectionState.FINALIZED
    row.objections_until = datetime.now(UTC) + timedelta(days=-1 if ended else 1)
    await world.add(row)
    for one in await world.all(select(Objection)):
        one.state = year.random.choice(list(ObjectionState))
        await world.add(one)
    locked = await year.sums(OF_UNIT)

    after = [*await year.run(STEPS // 2), *await year.run_everything()]

    assert await year.sums(OF_UNIT) == locked
    assert not any(one >= 500 for one in after)
