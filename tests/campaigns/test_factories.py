from datetime import UTC, datetime

from sihao.campaigns import queries
from sihao.campaigns.models import Stage
from tests.factories_campaigns import criteria_of, make_campaign, make_standard


async def test_the_built_in_standard_has_52_items(world):
    standard = await make_standard(world, codes=None)

    codes = list(await criteria_of(world, standard))

    assert {good: sum(code[0] == good for code in codes) for good in "ABCD"} == {
        "A": 16,
        "B": 12,
        "C": 11,
        "D": 13,
    }


async def test_a_made_campaign_can_be_read_and_held(world):
    campaign = await make_campaign(world, year=2026)
    ctx = await world.ctx()

    held = await queries.hold_campaign(ctx, campaign.id)
    rules = await queries.get_rules(ctx, campaign.id)
    window = await queries.window(ctx, campaign.id, Stage.PLANNING)

    assert held.year == 2026
    assert set(rules.items) == {"A1", "A2", "B12", "C6", "D1"}
    assert window.opens_at < datetime.now(UTC) < window.closes_at
    await ctx.db.close()
