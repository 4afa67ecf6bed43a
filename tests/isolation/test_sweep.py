"""Every route, walked by one unit through another unit's things: nothing is shown, nothing taken.

Once as the product is, once with row-level security open so that the policies alone must hold, and
once with every policy open so that row-level security alone must. The two units have finished a
year and are in the middle of another, so there is a row of every kind to leak.
"""

import importlib
import json
import re
from dataclasses import dataclass
from uuid import uuid4

import pytest
from sqlalchemy import text, true
from sqlmodel import SQLModel, select

from sihao.accounts import auth
from sihao.accounts.schemas import Scope
from sihao.core.context import Actor, Role
from sihao.demo.city import units
from sihao.demo.seed import build
from sihao.units.models import Unit
from tests.conftest import ROOT, As, World, open_session
from tests.isolation.bodies import body_for
from tests.isolation.victim import add_what_a_poor_unit_has_not

SPEC = json.loads((ROOT / "openapi.json").read_text())
OPERATIONS = [
    (method.upper(), path, operation)
    for path, methods in SPEC["paths"].items()
    for method, operation in methods.items()
    if path.startswith("/api/v1") and "/auth/" not in path
]
READS = [one for one in OPERATIONS if one[0] == "GET"]
WRITES = [one for one in OPERATIONS if one[0] != "GET"]
OWNED = sorted(
    name for name, table in SQLModel.metadata.tables.items() if "unit_id" in table.columns
)
ATTACKER, VICTIM = 36, 34
SMALL_CITY = (1, 2, 20, 33, VICTIM, ATTACKER)
ROLES = (Role.UNIT_LEAD, Role.UNIT_DEPUTY, Role.UNIT_OFFICE, Role.UNIT_MEMBER)
SLICES = (
    "accounts",
    "units",
    "campaigns",
    "plans",
    "ledgers",
    "evidence",
    "self_reports",
    "inspections",
    "extras",
    "ballots",
    "results",
    "followups",
    "complaints",
    "dashboards",
    "imports",
    "exports",
    "calendars",
)
TABLES = {
    "units": "unit",
    "heat": "unit",
    "members": "member",
    "plans": "plan",
    "problems": "problem",
    "measures": "measure",
    "team-meetings": "team_meeting",
    "ledger-entries": "ledger_entry",
    "evidence": "evidence",
    "evidence-links": "evidence_link",
    "evidence-manifests": "evidence_manifest",
    "uploads": "upload",
    "self-reports": "self_report",
    "self-report-sections": "self_report_section",
    "inspections": "inspection",
    "sheets": "score_sheet",
    "findings": "finding",
    "objections": "objection",
    "extras": "extra",
    "results": "annual_result",
    "corrections": "result_correction",
    "commendations": "commendation",
    "notice-objections": "notice_objection",
    "interviews": "interview",
    "rectifications": "rectification",
    "referrals": "referral",
    "recusals": "recusal",
    "imports": "import_job",
    "exports": "export_job",
    "documents": "document",
    "co-assessments": "unit",
    "ballots": "ballot",
    "webhooks": "webhook",
}
"""The path's first word → whose row its {id} is."""
NOT_A_UNITS = {
    "people",
    "service-accounts",
    "campaigns",
    "standards",
    "comparisons",
    "co-assessments",
    "inspection-groups",
    "complaints",
    "files",
    "indicators",
    "material-collections",
    "document-templates",
    "webhook-deliveries",
}
"""Ids of things that belong to no unit."""


HANDED_IN = {
    "document_preview_ticket",
    "evidence_preview",
    "evidence_ticket",
    "export_create",
    "upload_offer",
}
"""Of the writes whose bodies are made up here, those that a system with every scope may do."""


@dataclass
class Scene:
    """The two units, and every id of the one that must not show."""

    as_: As
    world: World
    own: Unit
    foreign: Unit
    rows: dict[str, list[tuple[str, int]]]
    criterion: str
    campaign: str
    assessment: str
    secrets: set[str]

    def address(self, path: str, *, missing: bool = False) -> str | None:
        """Fill the path with the victim's ids; None where no id of a unit's thing goes in."""
        word = path.removeprefix("/api/v1/").removeprefix("dashboards/").split("/")[0]
        if "{id}" not in path and "{unit_id}" not in path:
            return path
        if word in NOT_A_UNITS and "{unit_id}" not in path:
            return None
        found = [] if missing else self.rows.get(TABLES.get(word, ""), [])
        ident = str(uuid4()) if missing else found[0][0] if found else None
        if ident is None:
            pytest.fail(f"{path}: the victim has no row to try it on")
        filled = path.replace("/co-assessments/{id}", f"/co-assessments/{self.assessment}")
        filled = filled.replace("{criterion_id}", self.criterion).replace("{number}", "1")
        return re.sub(r"{\w+}", ident, filled)

    def version(self, path: str) -> int:
        word = path.removeprefix("/api/v1/").split("/")[0]
        return (self.rows.get(TABLES.get(word, "")) or [("", 1)])[0][1]


@pytest.fixture(scope="module")
async def city(connection_pool):
    """Build a city of six units in one transaction that is rolled back at the end."""
    async with connection_pool() as connection:
        outer = await connection.begin()
        world = World(connection)
        ctx = await world.ctx()
        await build(ctx, "a-long-password", lambda _: None, SMALL_CITY)
        await ctx.db.commit()
        await ctx.db.close()
        (victim,) = await world.all(unit_of(VICTIM))
        await add_what_a_poor_unit_has_not(world, victim)
        yield connection
        await outer.rollback()


@pytest.fixture
async def scene(city, product) -> Scene:
    product.dependency_overrides[auth.open_session] = open_session(city)
    world = World(city)
    own, foreign = [(await world.all(unit_of(number)))[0] for number in (ATTACKER, VICTIM)]
    await world.ctx()
    rows = {"unit": [(str(foreign.id), foreign.version)]}
    for table in OWNED:
        columns = SQLModel.metadata.tables[table].columns
        version = "version" if "version" in columns else "1"
        if "id" in columns:
            asked = text(f'SELECT id::text, {version} FROM "{table}" WHERE unit_id = :unit')  # noqa: S608 - our own tables
            found = (await city.execute(asked, {"unit": foreign.id})).all()
            rows[table] = [(ident, number) for ident, number in found]
    criterion = (await city.execute(text("SELECT id::text FROM criterion LIMIT 1"))).scalar_one()
    years = text("SELECT id::text FROM campaign ORDER BY year DESC LIMIT 1")
    campaign = (await city.execute(years)).scalar_one()
    heads = text("SELECT id::text FROM co_assessment LIMIT 1")
    assessment = (await city.execute(heads)).scalar_one()
    secrets = {ident for table in rows for ident, _ in rows[table]} | {foreign.name}
    return Scene(
        As(product, world), world, own, foreign, rows, criterion, campaign, assessment, secrets
    )


def unit_of(number: int):
    return select(Unit).where(Unit.code == unit_code(number))


def unit_code(number: int) -> str:
    return next(one.code for one in units() if one.number == number)


def leaked(scene: Scene, answer, asked: str) -> set[str]:
    """Find the victim's ids and name in an answer, but for what the question itself said."""
    said = answer.text
    return {secret for secret in scene.secrets if secret in said and secret not in asked}


async def checksum(city) -> dict[str, str]:
    """Sum up every row of the victim."""
    await city.execute(text("SELECT open_system_context()"))
    sums = {}
    for table in OWNED:
        rows = text(
            f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM \"{table}\" t"  # noqa: S608 - our own tables
            " WHERE unit_id = (SELECT id FROM unit WHERE code = :code)"
        )
        sums[table] = (await city.execute(rows, {"code": unit_code(VICTIM)})).scalar_one()
    return sums


@pytest.fixture
def switched_off(monkeypatch):
    """Let every policy pass everything: what still holds is the database alone."""
    monkeypatch.setattr(Actor, "sees", lambda _self, _column: true())
    monkeypatch.setattr(Actor, "owns", lambda _self, _column: true())
    for name in SLICES:
        policy = importlib.import_module(f"sihao.{name}.policy")
        for rule in vars(policy).copy():
            if rule.startswith("visible"):
                monkeypatch.setattr(policy, rule, lambda *_: true())


def required(scene: Scene, operation: dict) -> dict[str, str]:
    """Give the query what it must have."""
    known = {"against": "draft", "format": "yaml", "campaign_id": scene.campaign}
    known |= {"criterion_id": scene.criterion, "q": "学习"}
    known |= {"kind": "ledger-entries"}
    known |= {"on": "2026-05-01", "file_name": "说明.txt", "unit_id": str(scene.foreign.id)}
    if operation["operationId"] == "thread_get":
        known |= {"kind": "problem", "id": scene.rows["problem"][0][0]}
    if operation["operationId"] == "document_preview":
        known |= {"kind": "annual_plan", "subject_id": scene.rows["plan"][0][0]}
    if operation["operationId"] == "document_template_add":
        known |= {"kind": "annual_plan"}
    wanted = [one for one in operation.get("parameters", []) if one["in"] == "query"]
    return {one["name"]: known[one["name"]] for one in wanted if one.get("required")}


@pytest.fixture
def without_net(monkeypatch):
    """Open every request with all rows in sight: what still holds are the policies alone."""
    opened = auth._resolve

    async def resolve(db, subject, session):
        ctx = await opened(db, subject, session)
        roles = [role.value for role in (*ctx.actor.roles, Role.ADMIN_SECURITY)]
        everything = text("SELECT set_sihao(true, NULL, :person, :roles)")
        await db.execute(everything, {"person": subject, "roles": roles})
        return ctx

    monkeypatch.setattr(auth, "_resolve", resolve)


@pytest.fixture(params=("with both nets", "by the policies alone"))
def net(request):
    if request.param == "by the policies alone":
        request.getfixturevalue("without_net")


async def ask(client, scene: Scene, method: str, path: str, operation: dict, **extra):
    url = scene.address(path)
    if url is None:
        return None
    foreign = scene.rows["plan"][0][0]
    headers = {"If-Match": f'"{scene.version(path)}"', "Idempotency-Key": str(uuid4())}
    kwargs = {"headers": headers, "params": required(scene, operation), **extra}
    if method in {"POST", "PUT", "PATCH"} and "json" not in extra:
        kwargs["json"] = body_for(SPEC, operation, foreign)
    if operation["operationId"] == "evidence_link_create":
        kwargs["json"] = {"criterion_id": scene.criterion}
    return url, await client.request(method, url, **kwargs)


@pytest.mark.parametrize("role", ROLES)
async def test_no_route_shows_another_units_things(scene, net, role):
    client = await scene.as_.role(role, unit=scene.own)
    for method, path, operation in READS:
        asked = await ask(client, scene, method, path, operation)
        if asked is None:
            continue
        url, answer = asked
        assert not leaked(scene, answer, url), f"{url} shows {leaked(scene, answer, url)}"
        if url != path:
            unknown = await client.get(
                scene.address(path, missing=True), params=required(scene, operation)
            )
            same = {**answer.json(), "trace_id": ""} == {**unknown.json(), "trace_id": ""}
            assert answer.status_code in {403, 404}, f"{url}: {answer.text}"
            assert same, f"{url} tells a foreign thing from a missing one: {answer.text}"


@pytest.mark.parametrize("role", ROLES)
async def test_a_foreign_unit_in_a_filter_finds_nothing(scene, net, role):
    client = await scene.as_.role(role, unit=scene.own)
    for _, path, operation in READS:
        names = {one["name"] for one in operation.get("parameters", [])}
        if "unit_id" in names and "{" not in path:
            url = f"{path}?unit_id={scene.foreign.id}"
            answer = await client.get(url)
            assert not leaked(scene, answer, url), f"{url}: {answer.text[:300]}"


@pytest.mark.parametrize("role", ROLES)
async def test_no_route_takes_another_units_things(scene, city, net, role):
    client = await scene.as_.role(role, unit=scene.own)
    before = await checksum(city)
    for method, path, operation in WRITES:
        asked = await ask(client, scene, method, path, operation)
        if asked is None:
            continue
        url, answer = asked
        assert answer.status_code < 500, f"{method} {url}: {answer.text}"
        if url != path:
            assert answer.status_code in {403, 404}, f"{method} {url}: {answer.text}"
    assert await checksum(city) == before


@pytest.mark.parametrize("role", ROLES)
async def test_the_database_alone_shows_nothing(scene, switched_off, role):
    client = await scene.as_.role(role, unit=scene.own)
    for method, path, operation in READS:
        asked = await ask(client, scene, method, path, operation)
        if asked is not None:
            url, answer = asked
            assert not leaked(scene, answer, url), f"{url} shows {leaked(scene, answer, url)}"


@pytest.mark.parametrize("role", ROLES)
async def test_the_database_alone_lets_nothing_be_taken(scene, city, switched_off, role):
    client = await scene.as_.role(role, unit=scene.own)
    before = await checksum(city)
    for method, path, operation in WRITES:
        await ask(client, scene, method, path, operation)
    assert await checksum(city) == before


async def test_another_system_does_nothing_that_only_people_do(scene):
    """With every scope, on its own unit's things: it hands in, and signs, scores, votes nothing."""
    client = await scene.as_.service(*Scope, unit=scene.foreign)
    done = set()
    for method, path, operation in WRITES:
        asked = await ask(client, scene, method, path, operation)
        if asked is not None and asked[1].is_success:
            done.add(operation["operationId"])
    assert "export_create" in done
    assert done <= HANDED_IN
