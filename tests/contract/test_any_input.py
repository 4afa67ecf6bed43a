"""Whatever comes in, the answer is 2xx to 4xx: every operation, for three roles, on a real server.

schemathesis makes the inputs from the served schema, well-formed and not; every second one is aimed
at a thing that exists. Derandomized, so that a red run stays red until it is mended.
"""

import asyncio
import itertools
import json
from uuid import uuid4

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck
from sqlalchemy import text

from sihao.cli.error_codes import is_listed
from sihao.core.context import Role
from sihao.demo.seed import build
from sihao.units.models import Unit
from tests.conftest import ROOT
from tests.factories import make_person
from tests.isolation.test_sweep import SMALL_CITY, TABLES, VICTIM, unit_of
from tests.process import place_of_its_own

SPEC = json.loads((ROOT / "openapi.json").read_text())
ROLES = (Role.UNIT_LEAD, Role.OFFICER, Role.ADMIN_SECURITY)
ENDS_THE_SESSION = {"session_revoke", "session_close", "person_disable", "password_change"}
EXAMPLES = 4

schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")


@pytest.fixture(scope="module")
async def served():
    async with place_of_its_own() as place:
        ctx = await place.world.ctx()
        await build(ctx, "a-long-password", lambda _: None, SMALL_CITY)
        await ctx.db.commit()
        await ctx.db.close()
        await place.start()
        yield place


async def known_ids(world) -> dict[str, str]:
    ctx = await world.ctx()
    (unit,) = (await ctx.db.execute(unit_of(VICTIM))).scalars()
    found = {"unit": str(unit.id)}
    for table in set(TABLES.values()) - {"unit"}:
        rows = text(f'SELECT id::text FROM "{table}" WHERE unit_id = :unit LIMIT 1')  # noqa: S608 - our own tables
        found[table] = (await ctx.db.execute(rows, {"unit": unit.id})).scalar() or str(uuid4())
    await ctx.db.close()
    return found


def attack(url: str, token: str, ids: dict[str, str]) -> list[str]:
    """Send every operation some inputs; return what was answered wrongly."""
    wrong: list[str] = []
    for found in schemathesis.openapi.from_dict(SPEC).get_all_operations():
        operation = found.ok()
        if operation.definition.raw["operationId"] not in ENDS_THE_SESSION:
            word = operation.path.removeprefix("/api/v1/").removeprefix("dashboards/")
            known = ids.get(TABLES.get(word.split("/")[0], ""))
            wrong += attack_one(operation, url, token, known)
    return wrong


def attack_one(operation, url: str, token: str, known: str | None) -> list[str]:
    wrong: list[str] = []
    turns = itertools.count()

    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy())
    def send(case) -> None:
        if known and next(turns) % 2 and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = known
        answer = case.call(base_url=url, headers={"Authorization": f"Bearer {token}"})
        kind = answer.headers.get("content-type", [""])[0]
        if answer.status_code >= 500 or (answer.status_code >= 400 and "problem" not in kind):
            wrong.append(f"{answer.status_code} {kind}: {case.as_curl_command()}")
        elif answer.status_code >= 400 and answer.content:
            code = answer.json().get("code", "")
            if code and not is_listed(code):
                wrong.append(f"{code} is missing in docs/errors.md: {case.as_curl_command()}")

    send()
    return wrong


@pytest.mark.parametrize("role", ROLES)
async def test_no_input_whatever_makes_the_server_fail(served, role):
    ids = await known_ids(served.world)
    unit = Unit(id=ids["unit"], code="", name="", short_name="", unit_class="")
    _, token = await make_person(served.world, role, unit=unit)

    wrong = await asyncio.to_thread(attack, served.url, token, ids)

    assert not wrong, "\n".join(wrong[:20])
