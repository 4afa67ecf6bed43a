"""kill -9 in the middle of a signature: all of it or nothing, and signing again is safe."""

import asyncio

from sqlalchemy import text
from sqlmodel import select

from sihao.core.context import Role
from sihao.evidence.models import EvidenceLink
from sihao.self_reports.lifecycle import SelfReportState
from sihao.self_reports.models import ReceiptCounter, SelfReport
from tests.factories import make_person, make_unit
from tests.factories_campaigns import criteria_of, make_campaign, make_standard
from tests.factories_evidence import make_evidence
from tests.factories_self_reports import make_report
from tests.process import place_of_its_own


async def test_a_server_killed_in_the_middle_of_a_signature():
    async with place_of_its_own() as place:
        world = place.world
        standard = await make_standard(world)
        unit, campaign = await make_unit(world), await make_campaign(world, standard=standard)
        _, token = await make_person(world, Role.UNIT_LEAD, unit=unit)
        criteria = await criteria_of(world, standard)
        await make_evidence(world, unit, campaign, shows=[criteria["A1"]])
        report = await make_report(world, unit, campaign, state=SelfReportState.TEAM_REVIEW)
        await world.add(ReceiptCounter(campaign_id=campaign.id, last=7))
        await place.start()

        async def sign():
            async with place.client(token) as client:
                return await client.post(
                    f"/api/v1/self-reports/{report.id}/sign",
                    json={},
                    headers={"If-Match": '"1"', "Idempotency-Key": "once"},
                    timeout=30,
                )

        ctx = await world.ctx()
        held = select(ReceiptCounter).where(ReceiptCounter.campaign_id == campaign.id)
        await ctx.db.execute(held.with_for_update())
        waiting = asyncio.create_task(sign())
        await until_it_waits(ctx)
        place.kill()
        await ctx.db.rollback()
        await ctx.db.close()

        assert isinstance((await asyncio.gather(waiting, return_exceptions=True))[0], Exception)
        rows = await world.all(select(SelfReport))
        assert [(row.state, row.receipt_number, row.frozen) for row in rows] == [
            (SelfReportState.TEAM_REVIEW, None, None)
        ]
        assert [link.locked_at for link in await world.all(select(EvidenceLink))] == [None]
        assert [row.last for row in await world.all(select(ReceiptCounter))] == [7]

        await place.start()
        first, again = await sign(), await sign()

        assert first.status_code == 200, first.text
        assert first.json()["receipt_number"] == "自查〔2026〕008号"
        assert again.content == first.content
        assert again.headers["idempotency-replayed"] == "true"
        assert all(link.locked_at for link in await world.all(select(EvidenceLink)))


async def until_it_waits(ctx) -> None:
    """Come back once the server's transaction stands before the lock that the test holds."""
    waits = text(
        "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
        " WHERE NOT l.granted AND a.datname = current_database()"
    )
    while not (await ctx.db.execute(waits)).scalar_one():
        await asyncio.sleep(0.05)
