"""No stored thing links a voter to a paper: dumps around every vote do not help a thief."""

import json
import random
from collections import Counter
from dataclasses import dataclass
from itertools import count
from math import sqrt
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag

from sihao.ballots.actions import voting
from sihao.ballots.seal import Paper, new_key, seal, unseal
from tests.ballots.conftest import City
from tests.ballots.holding import Held, opened
from tests.ballots.thieves import THIEVES, Dump, Loot, by_words
from tests.factories_campaigns import make_campaign

POLLS = 200
GROUPS = [{"code": "team", "name": "班子成员", "weight": "100", "codes": 7}]
LUCK = 5
"""Standard deviations of what chance links; a thief who is better than that knows something."""


@pytest.fixture(scope="module")
async def theft(city) -> str:
    """Everything there is: rows with place and transaction, and the sequences."""
    tables = await city.superuser.fetch(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    parts = [
        f"SELECT '{name}', ctid::text, xmin::text, to_jsonb(t)::text FROM \"{name}\" t"  # noqa: S608 - ours
        for (name,) in tables
    ]
    sequences = "SELECT 'sequences', '', '1', jsonb_agg(s)::text FROM pg_sequences s"
    return " UNION ALL ".join([*parts, sequences])


@dataclass
class Poll:
    """A small ballot; for each vote `truth` tells its paper's place in the record."""

    loot: Loot
    truth: list[int]
    held: Held


@dataclass
class Booth:
    """Where small ballots of one year are held while a thief takes his dumps."""

    city: City
    theft: str
    campaign: object
    officer: object
    leader: object

    async def dump(self) -> Dump:
        rows = await self.city.superuser.fetch(self.theft)
        return frozenset(tuple(one) for one in rows)

    async def open(self) -> Held:
        world, as_, client = self.city.world, self.city.as_, self.city.client
        who = {"campaign": self.campaign, "officer": self.officer}
        return await opened(world, as_, client, groups=GROUPS, **who)

    async def hold(self, chance: random.Random) -> Poll:
        held = await self.open()
        voters = chance.sample(range(7), chance.randint(5, 7))
        dumps, tags = [await self.dump()], []
        for voter in voters:
            answers = [chance.choice([0, 1, 2, None]) for _ in range(2)]
            tags.append((await held.vote("team", voter, *answers)).json()["tag"])
            dumps.append(await self.dump())
        answer = await held.count(self.leader)
        assert answer.status_code == 200, answer.text
        record = await self.city.superuser.fetchval("SELECT text FROM ballot_record")
        papers = [(tag, answers) for _, tag, answers in json.loads(record)["papers"]]
        for table in ("ballot_code", "ballot_record", "ballot", "event", "idempotency_key"):
            await self.city.superuser.execute(f"DELETE FROM {table}")  # noqa: S608 - ours
        codes = [held.codes["team"][voter] for voter in voters]
        truth = [[tag for tag, _ in papers].index(one) for one in tags]
        return Poll(Loot(dumps, papers, codes), truth, held)


_years = count(2031)


@pytest.fixture
async def booth(city, theft) -> Booth:
    campaign = await make_campaign(city.world, year=next(_years))
    return Booth(city, theft, campaign, await city.as_.officer(), await city.as_.leader())


async def test_no_thief_links_better_than_chance(booth):
    chance, linked, votes = random.Random(20261124), Counter(), 0
    for _ in range(POLLS):
        poll = await booth.hold(chance)
        votes += len(poll.truth)
        for thief in THIEVES:
            linked[thief.__name__] += hits(thief(poll.loot), poll.truth)

    assert votes > 5 * POLLS
    luckiest = POLLS + LUCK * sqrt(POLLS)  # chance links one vote of each poll
    assert {name: number for name, number in linked.items() if number > luckiest} == {}


def hits(guess: list[int], truth: list[int]) -> int:
    return sum(a == b for a, b in zip(guess, truth, strict=True))


async def test_a_vote_writes_nothing_but_a_spent_code_and_a_shuffled_urn(booth):
    poll = await booth.hold(random.Random(1))
    loot = poll.loot

    for vote in range(len(loot.codes)):
        assert [table for table, *_ in loot.appeared(vote)] == ["ballot_code", "ballot_urn"]
    assert len({len(loot.sealed(vote)) for vote in range(len(loot.codes))}) == 1
    papers = urn_of(loot)
    assert papers == sorted(papers)
    assert poll.held.key not in "".join(row for one in loot.dumps for *_, row in one)


def urn_of(loot: Loot) -> list[str]:
    """Give the sealed papers of the last dump in their order, in hex."""
    (urn,) = [json.loads(row) for table, *_, row in loot.dumps[-1] if table == "ballot_urn"]
    return [one.removeprefix("\\x") for one in urn["papers"]]


async def test_one_dump_and_the_key_show_papers_without_voters(booth):
    """The urn is in random order: papers in it do not match codes by their transactions."""
    chance, linked, polls = random.Random(7), 0, 20
    for _ in range(polls):
        poll = await booth.hold(chance)
        key, ballot = poll.held.key, poll.held.ballot["id"]
        tags = [tag for tag, _ in poll.loot.papers]
        inside = [unseal(key, ballot, "team", bytes.fromhex(one), 2) for one in urn_of(poll.loot)]
        linked += hits([tags.index(one.tag) for one in inside], poll.truth)

    assert linked <= polls + LUCK * sqrt(polls)


async def test_thieves_do_find_what_is_not_sealed(booth, monkeypatch):
    """They are honest thieves: where a paper lies open they link every voter."""

    def leave_open(_key, _ballot, paper) -> bytes:
        return b"\0" * 32 + paper.tag.encode()

    monkeypatch.setattr(voting, "seal", leave_open)
    held = await booth.open()
    dumps, tags = [await booth.dump()], []
    for voter in range(5):
        tags.append((await held.vote("team", voter, 0, 0)).json()["tag"])
        dumps.append(await booth.dump())

    loot = Loot(dumps, [(tag, [0, 0]) for tag in sorted(tags)], held.codes["team"][:5])

    assert by_words(loot) == [sorted(tags).index(one) for one in tags]


@pytest.mark.parametrize("change", ["key", "ballot", "group"])
def test_a_paper_opens_with_its_key_in_its_ballot_and_its_group_alone(change):
    key, public = new_key()
    ballot = uuid4()
    sealed = seal(public, ballot, Paper("team", "AAAA-BBBB-CCCC", (0, None)))
    right = {"key": key, "ballot": ballot, "group": "team"}
    wrong = {"key": new_key()[0], "ballot": uuid4(), "group": "staff"}

    assert unseal(*right.values(), sealed, 2).answers == (0, None)
    with pytest.raises(InvalidTag):
        unseal(*(right | {change: wrong[change]}).values(), sealed, 2)
