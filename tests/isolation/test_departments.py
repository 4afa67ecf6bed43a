"""A department is sent one case: every route, walked by its receiver, shows that and no more."""

from types import SimpleNamespace

import pytest

from sihao.core.context import Role
from sihao.followups.lifecycle import ReferralState
from tests.factories_followups import make_referral
from tests.isolation import test_sweep as sweep
from tests.isolation.test_sweep import READS, WRITES, Scene, ask, checksum, leaked

city, scene = sweep.city, sweep.scene
switched_off, without_net = sweep.switched_off, sweep.without_net


def has_row(scene: Scene, path: str) -> bool:
    """Tell whether the victim has a row to try a path on; that it has one, the sweep asks."""
    word = path.removeprefix("/api/v1/").removeprefix("dashboards/").split("/")[0]
    named = "{id}" in path or "{unit_id}" in path
    return (
        not named or word in sweep.NOT_A_UNITS or bool(scene.rows.get(sweep.TABLES.get(word, "")))
    )


@pytest.fixture(params=("by all nets", "by the policies alone", "by the database alone"))
def department_net(request):
    """Each net by itself keeps a department to its own case."""
    if request.param != "by all nets":
        alone = "without_net" if request.param == "by the policies alone" else "switched_off"
        request.getfixturevalue(alone)


async def receiver_of_one(scene: Scene):
    """Let a department have one case of the victim's: its address, and what it may say."""
    client = await scene.as_.role(Role.RECEIVER)
    campaign = SimpleNamespace(id=scene.campaign)
    receiver = SimpleNamespace(id=client.person_id)
    case = await make_referral(
        scene.world, campaign, scene.foreign, receiver=receiver, state=ReferralState.SENT
    )
    return client, f"/api/v1/referrals/{case.id}", {scene.foreign.name, str(scene.foreign.id)}


async def test_a_department_reads_its_one_case_and_nothing_else_of_any_unit(scene, department_net):
    client, own, told = await receiver_of_one(scene)

    assert (await client.get(own)).json()["unit_name"] == scene.foreign.name
    for method, path, operation in (one for one in READS if has_row(scene, one[1])):
        asked = await ask(client, scene, method, path, operation)
        if asked is not None:
            url, answer = asked
            may = told if path in {"/api/v1/referrals", "/api/v1/todos"} else set()
            assert leaked(scene, answer, url) <= may, f"{url} shows {leaked(scene, answer, url)}"


async def test_a_department_takes_nothing_that_is_not_its_own(scene, city, department_net):
    client, _, _ = await receiver_of_one(scene)
    before = await checksum(city)
    for method, path, operation in (one for one in WRITES if has_row(scene, one[1])):
        asked = await ask(client, scene, method, path, operation)
        assert asked is None or asked[1].status_code < 500, asked[1].text
    assert await checksum(city) == before
