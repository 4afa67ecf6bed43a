"""Votes on paper are entered by two people who do not know of each other's figures."""

import pytest

from tests.ballots.holding import opened

TEN = [[6, 4, 0], [5, 4, 1]]


def of(shown: dict, group: str) -> dict:
    return next(one for one in shown["hand_counts"] if one["group"] == group)


async def test_two_equal_entries_count(world, as_, client):
    held = await opened(world, as_, client)
    leader, other = await as_.leader(), await as_.officer()
    await held.enter(leader, "team", *TEN)
    half = of(await held.read(other), "team")
    blocked = await held.count(leader)

    agreed = of((await held.enter(other, "team", *TEN)).json(), "team")
    await held.count(leader)

    assert (half["state"], half["mine"], half["entries"]) == ("half", False, [])
    assert (blocked.status_code, blocked.json()["code"]) == (409, "ballot.count.blocked")
    assert agreed["state"] == "agreed"
    team = (await held.read())["result"]["groups"][0]
    assert (team["issued"], team["returned"], team["score"]) == (28, 10, "74.67")


async def test_different_entries_are_shown_and_made_anew(world, as_, client):
    held = await opened(world, as_, client)
    leader, other = await as_.leader(), await as_.officer()
    await held.enter(leader, "team", *TEN)
    told = of((await held.enter(other, "team", [5, 5, 0], TEN[1])).json(), "team")
    blocked = await held.count(leader)

    await held.enter(leader, "team", *TEN)
    again = of((await held.enter(other, "team", *TEN)).json(), "team")

    assert (told["state"], told["round"], told["mine"]) == ("different", 2, False)
    assert {str(one["chosen"][0]) for one in told["entries"]} == {"[6, 4, 0]", "[5, 5, 0]"}
    assert blocked.status_code == 409
    assert (again["state"], again["round"]) == ("agreed", 2)


async def test_nobody_is_both(world, as_, client):
    held = await opened(world, as_, client)
    leader = await as_.leader()
    await held.enter(leader, "team", *TEN)
    answer = await held.enter(leader, "team", *TEN)
    assert (answer.status_code, answer.json()["code"]) == (409, "hand_count.mine")


async def test_what_is_agreed_stays(world, as_, client):
    held = await opened(world, as_, client)
    for one in (await as_.leader(), await as_.officer()):
        await held.enter(one, "team", *TEN)
    answer = await held.enter(held.officer, "team", *TEN)
    assert (answer.status_code, answer.json()["code"]) == (409, "hand_count.agreed")


@pytest.mark.parametrize(
    ("chosen", "numbers", "code"),
    [
        (TEN, {"returned": 30}, "hand_count.order"),
        (TEN, {"valid": 11}, "hand_count.order"),
        (TEN[:1], {}, "hand_count.shape"),
        ([[6, 4], [5, 4]], {}, "hand_count.shape"),
        ([[6, 5, 0], TEN[1]], {}, "hand_count.sum"),
    ],
)
async def test_figures_that_cannot_be_are_refused(world, as_, client, chosen, numbers, code):
    held = await opened(world, as_, client)
    answer = await held.enter(held.officer, "team", *chosen, **numbers)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_nothing_is_entered_once_it_is_counted(world, as_, client):
    held = await opened(world, as_, client)
    await held.count(await as_.leader())
    answer = await held.enter(held.officer, "team", *TEN)
    assert (answer.status_code, answer.json()["code"]) == (409, "ballot.hand_count")
