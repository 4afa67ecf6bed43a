"""The protocol's own tester walks through the product as it is really served."""

import asyncio
from collections import Counter

import httpx2
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server
from sqlmodel import select

from sihao.accounts.models import Person
from tests.factories import make_service
from tests.process import place_of_its_own


def walk(url: str, token: str):
    headers = {"Authorization": f"Bearer {token}"}
    with httpx2.Client(base_url=f"{url}/scim/v2", headers=headers, timeout=60) as http:
        return check_server(SyncSCIMClient(http))


async def test_the_protocols_own_tester_finds_nothing_wrong():
    async with place_of_its_own() as served:
        token = await make_service(served.world, "scim")
        await served.start()

        results = await asyncio.to_thread(walk, served.url, token)

        people = await served.world.all(select(Person))
    bad = [
        f"{one.status.name} {one.resource_type} {one.title}: {one.reason}"
        for one in results
        if one.status is not Status.SUCCESS
    ]
    assert bad == []
    assert len(results) > 50, Counter(one.title for one in results)
    assert len(people) > 10
    assert all(one.disabled_at for one in people)
