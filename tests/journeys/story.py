"""The people of the story, and how they speak to the product."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

API = "/api/v1"
TODAY = datetime.now(UTC).date()
YEAR = TODAY.year
STAGES = ("planning", "self_report", "inspection", "feedback", "rectification")
ITEMS = {
    "A1": ("树牢“四个意识”、坚决维护核心", "qualitative"),
    "B12": ("成员每年≥1篇调研报告或理论文章", "quantitative"),
    "C6": ("成员每年下基层调研≥60天", "quantitative"),
    "D1": ("落实党风廉政建设责任制", "qualitative"),
}
GOODS = {"A": "政治坚定好", "B": "学习创新好", "C": "勤政为民好", "D": "清正廉洁好"}


@dataclass
class Cast:
    """Everybody who plays a part, each with an own client."""

    officer: Any
    leader: Any
    leadership: Any
    receiver: Any
    coassessor: Any
    inspectors: list[Any]
    lead: Any
    deputy: Any
    office: Any
    unit: Any
    members: list[Any]


def ok(answer) -> Any:
    """Take the answer of something that must work."""
    assert answer.is_success, f"{answer.request.method} {answer.request.url}: {answer.text}"
    return answer.json() if answer.content else None


def refused(answer, status: int, code: str = "") -> dict:
    """Take the problem of something that must not work."""
    assert answer.status_code == status, answer.text
    problem = answer.json()
    assert problem["code"].startswith(code), problem
    return problem


async def get(client, path: str) -> Any:
    return ok(await client.get(f"{API}{path}"))


async def post(client, path: str, **body) -> Any:
    return ok(await client.post(f"{API}{path}", json=body))


async def move(client, path: str, name: str, opinion: str = "", **body) -> Any:
    """Make a transition as somebody who has just read the thing."""
    thing = await get(client, path)
    assert name in {action["name"] for action in thing["actions"]}, thing["actions"]
    return ok(await client.move(thing, f"{API}{path}", name, opinion, **body))


async def edit(client, path: str, **changes) -> Any:
    thing = await get(client, path)
    return ok(await client.edit(thing, f"{API}{path}", **changes))


async def publish_standard(officer, year: int) -> str:
    """An officer writes a small standard and publishes it."""
    name = "“四好班子”创建标准"
    standard = await post(officer, "/standards", name=name, year=year, source="创建意见")
    path = f"/standards/{standard['id']}"
    headers = {"If-Match": f'"{standard["version"]}"'}
    goods = [{"code": code, "title": title} for code, title in GOODS.items()]
    body = {"dimensions": goods}
    ok(await officer.put(f"{API}{path}/dimensions", json=body, headers=headers))
    for code, (title, kind) in ITEMS.items():
        version = (await get(officer, path))["version"]
        criterion = {"code": code, "title": title, "kind": kind, "text": title}
        headers = {"If-Match": f'"{version}"'}
        ok(await officer.post(f"{API}{path}/criteria", json=criterion, headers=headers))
    await move(officer, path, "publish")
    return standard["id"]


async def draft_campaign(officer, year: int, standard_id: str) -> str:
    """An officer drafts a year, with windows, but without a basis."""
    campaign = await post(
        officer,
        "/campaigns",
        year=year,
        name=f"{year}年度“四好班子”创建活动",
        standard_id=standard_id,
    )
    now = datetime.now(UTC)
    windows = [
        {
            "stage": stage,
            "opens_at": (now - timedelta(days=30)).isoformat(),
            "closes_at": (now + timedelta(days=30)).isoformat(),
        }
        for stage in STAGES
    ]
    path = f"/campaigns/{campaign['id']}"
    headers = {"If-Match": f'"{(await get(officer, path))["version"]}"'}
    ok(await officer.put(f"{API}{path}/windows", json={"windows": windows}, headers=headers))
    return campaign["id"]


async def give_basis(officer, campaign_id: str, year: int) -> None:
    """R24: the municipal committee's consent, with number and validity."""
    await edit(
        officer,
        f"/campaigns/{campaign_id}",
        basis_authority="市委",
        basis_number=f"市委发〔{year}〕3号",
        basis_title="关于开展“四好班子”创建活动的批复",
        basis_valid_from=f"{year}-01-01",
        basis_valid_until=f"{year + 1}-12-31",
    )


async def criteria_of(client, campaign_id: str) -> list[dict]:
    campaign = await get(client, f"/campaigns/{campaign_id}")
    return await get(client, f"/standards/{campaign['standard_id']}/criteria")
