"""A served city as an integrator finds it: a unit, its people, a published result, a letter."""

import json
import os
import socket
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook

from sihao.accounts.models import ServiceAccount
from sihao.accounts.passwords import hash_now
from sihao.campaigns.lifecycle import CampaignState
from sihao.core.context import Role
from tests.factories import PASSWORD, STAMPS, make_committee, make_person, make_unit
from tests.factories_campaigns import make_campaign, make_standard
from tests.factories_results import make_final_inspection, make_result
from tests.process import Place, place_of_its_own

SECRET = "the-secret-of-a-night"
OF_UNIT = [
    "import",
    "ledger:write",
    "evidence:write",
    "plan:read",
    "result:read",
    "event:read",
    "todo:sync",
]


class City:
    """A served place, its unit and campaign, and the variables that the page names."""

    def __init__(self, place: Place, unit, campaign, office) -> None:
        self.place, self.unit, self.campaign, self.office = place, unit, campaign, office
        self.variables = {
            "SIHAO_URL": place.url,
            "CLIENT_ID": "oa",
            "CLIENT_SECRET": SECRET,
            "DIRECTORY_ID": "hr",
            "DIRECTORY_SECRET": SECRET,
            "UNIT_CODE": unit.code,
            "SIHAO_USER": office.name,
            "SIHAO_PASSWORD": PASSWORD,
        }

    def environment(self) -> dict[str, str]:
        """Give what an outside program runs with: nothing of the product's own."""
        own = ("SIHAO_", "PYTHONPATH")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(own)}
        return {**kept, **self.variables, "LANG": "C.UTF-8", "PYTHONUTF8": "1"}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
async def city():
    """Serve a city of one unit with the service accounts of an office system."""
    async with place_of_its_own() as place:
        world, port = place.world, _free_port()
        place.environment["SIHAO_OUTGOING_ALLOW"] = f"127.0.0.1/32:{port}"
        await make_committee(world)
        unit = await make_unit(world, "市教育局")
        standard = await make_standard(world)
        campaign = await make_campaign(world, standard=standard)
        await make_result(world, campaign, unit, total="91.5")
        office, _ = await make_person(world, Role.UNIT_LEAD, unit=unit)
        hashed = hash_now(SECRET)
        await world.add(
            ServiceAccount(
                name="OA",
                client_id="oa",
                secret_hash=hashed,
                scopes=OF_UNIT,
                unit_id=unit.id,
                **STAMPS,
            ),
            ServiceAccount(
                name="人事", client_id="hr", secret_hash=hashed, scopes=["scim"], **STAMPS
            ),
        )
        made = City(place, unit, campaign, office)
        await place.start()
        await _issue_letter(place, unit, standard)
        await _add_webhook(made, port)
        with place.worker():
            yield made


async def _issue_letter(place: Place, unit, standard) -> None:
    """Have a feedback letter of the year before drafted and issued."""
    world = place.world
    last = await make_campaign(world, year=2025, state=CampaignState.SETTLING, standard=standard)
    inspection = await make_final_inspection(world, last, unit, lost={"A1": "0.5"})
    _, officer = await make_person(world, Role.OFFICER)
    _, leader = await make_person(world, Role.LEADER)
    body = {"kind": "feedback_letter", "subject_id": str(inspection.id)}
    async with place.client(officer) as client:
        made = await client.post("/api/v1/documents", json=body)
        assert made.status_code == 201, made.text
    async with place.client(leader) as client:
        tag = {"If-Match": f'"{made.json()["version"]}"', "Idempotency-Key": "issue"}
        url = f"/api/v1/documents/{made.json()['id']}/issue"
        issued = await client.post(url, json={}, headers=tag)
        assert issued.status_code == 200, issued.text


async def _add_webhook(city: City, port: int) -> None:
    """Add an address on the loopback, and give one delivery as it would come."""
    _, admin = await make_person(city.place.world, Role.ADMIN_SYSTEM)
    body = {"name": "OA", "url": f"http://127.0.0.1:{port}/hook", "events": ["result.publish"]}
    async with city.place.client(admin) as client:
        made = await client.post("/api/v1/webhooks", json=body)
        assert made.status_code == 201, made.text
    webhook, at = made.json(), datetime.now(UTC)
    sent = json.dumps({"type": "result.publish"})
    signed = Webhook(webhook["secret"]).sign("msg_1", at, sent)
    city.webhook_tests = (admin, f"/api/v1/webhooks/{webhook['id']}/test")
    city.variables |= {
        "WEBHOOK_SECRET": webhook["secret"],
        "WEBHOOK_PORT": str(port),
        "WEBHOOK_ID": "msg_1",
        "WEBHOOK_TIMESTAMP": str(int(at.timestamp())),
        "WEBHOOK_SIGNATURE": signed,
        "WEBHOOK_BODY": sent,
    }
