"""A code votes once, whatever is tried at the same moment."""

import asyncio
import random
from collections import Counter

from tests.ballots.holding import opened
from tests.factories_campaigns import make_campaign

TRIES, CODES = 5000, 100


async def test_five_thousand_tries_at_once_make_one_paper_of_each_code(city):
    groups = [{"code": "staff", "name": "职工代表", "weight": "100", "codes": CODES}]
    held = await opened(city.world, city.as_, city.client, groups=groups)
    tries = [number for number in range(CODES) for _ in range(TRIES // CODES)]
    random.Random(4).shuffle(tries)
    waiting = asyncio.Semaphore(64)

    async def attempt(number: int) -> int:
        async with waiting:
            return (await held.vote("staff", number, 0, 1)).status_code

    answers = Counter(await asyncio.gather(*map(attempt, tries)))

    assert answers == {201: CODES, 410: TRIES - CODES}
    size = await city.superuser.fetchval("SELECT cardinality(papers) FROM ballot_urn")
    spent = await city.superuser.fetchval("SELECT count(*) FROM ballot_code WHERE spent")
    assert (size, spent) == (CODES, CODES)


async def test_votes_that_race_with_the_close_are_in_the_urn_or_refused(city):
    held = await opened(
        city.world, city.as_, city.client, campaign=await make_campaign(city.world, year=2025)
    )
    votes = [held.vote(group, at, 0, 0) for at in range(8) for group in ("team", "staff")]
    *answers, _ = await asyncio.gather(*votes, held.move("close"))

    taken = sum(one.status_code == 201 for one in answers)
    assert {one.status_code for one in answers} <= {201, 409}
    urns = "SELECT sum(cardinality(papers)) FROM ballot_urn WHERE ballot_id = $1"
    assert await city.superuser.fetchval(urns, held.ballot["id"]) == taken
