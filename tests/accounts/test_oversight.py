from urllib.parse import quote

from sihao.accounts.schemas import AuditRow
from sihao.core.context import Role
from sihao.core.paging import Page
from tests.factories import make_committee, make_unit

URL = "/api/v1/audit"


async def test_the_auditor_sees_everything_that_happened(as_, world):
    await make_committee(world)
    unit = await make_unit(world, "市教育局")
    officer, security = await as_.officer(), await as_.role(Role.ADMIN_SECURITY)
    renamed = await officer.patch(
        f"/api/v1/units/{unit.id}", json={"name": "市教体局"}, headers={"If-Match": '"1"'}
    )
    assert renamed.status_code == 200
    await security.post("/api/v1/people", json={"name": "new.one", "display_name": "新人"})
    auditor = await as_.role(Role.ADMIN_AUDIT)

    page = Page[AuditRow].model_validate_json((await auditor.get(URL)).text)

    assert [one.name for one in page.items] == ["person.created", "unit.updated"]
    assert page.items[1].data == {"fields": ["name"]}
    assert page.items[1].unit_id == unit.id

    async def names(filters: str) -> list[str]:
        answer = await auditor.get(f"{URL}?{filters}")
        assert answer.status_code == 200, answer.text
        return [one["name"] for one in answer.json()["items"]]

    assert await names("name=unit") == ["unit.updated"]
    assert await names("name=unit.updated") == ["unit.updated"]
    assert await names("name=uni") == []
    assert await names(f"subject_id={unit.id}") == ["unit.updated"]
    assert await names(f"unit_id={unit.id}") == ["unit.updated"]
    assert await names(f"actor_id={security.person_id}") == ["person.created"]
    assert await names(f"actor={quote(page.items[0].actor)}") == ["person.created"]
    instant = quote(page.items[0].at.isoformat())
    assert await names(f"until={instant}") == []
    assert await names(f"since={instant}&sort=seq") == ["unit.updated", "person.created"]


async def test_only_the_auditor_reads_the_audit(as_, world):
    for role in set(Role) - {Role.ADMIN_AUDIT, Role.SYSTEM}:
        caller = await as_.role(role, unit=await make_unit(world))
        assert (await caller.get(URL)).status_code == 403, role


async def test_the_system_administrator_sees_settings_without_secrets(as_, database):
    system, security = await as_.role(Role.ADMIN_SYSTEM), await as_.role(Role.ADMIN_SECURITY)

    answer = await system.get("/api/v1/settings")

    assert answer.status_code == 200, answer.text
    settings = {one["name"]: one for one in answer.json()["settings"]}
    assert settings["SIHAO_SIGNING_KEY"] == {
        "name": "SIHAO_SIGNING_KEY",
        "value": None,
        "is_given": True,
    }
    assert "@" not in settings["SIHAO_DATABASE_URL"]["value"]
    assert "PRIVATE KEY" not in answer.text
    health = answer.json()["health"]
    assert health["database_bytes"] > 0
    assert 0 < health["disk_free_bytes"] <= health["disk_total_bytes"]
    assert (await security.get("/api/v1/settings")).status_code == 403
