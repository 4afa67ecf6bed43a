"""A ballot held over the API, step by step."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.factories import make_unit
from tests.factories_campaigns import make_campaign

BALLOTS, FORMS, PAPERS, TAGS = (
    f"/api/v1/{one}" for one in ("ballots", "ballot-forms", "ballot-papers", "ballot-tags")
)
GRADES = [{"label": "好", "points": "100"}, {"label": "差", "points": "40"}, {"label": "不了解"}]
QUESTIONS = [{"text": "总体评价", "grades": GRADES}, {"text": "作风", "grades": GRADES}]
GROUPS = [
    {"code": "team", "name": "班子成员", "weight": "60", "codes": 8},
    {"code": "staff", "name": "职工代表", "weight": "40", "codes": 8},
]


@dataclass
class Held:
    """A ballot as the officer read it last, with what was shown once."""

    officer: object
    client: object
    ballot: dict
    unit: object
    key: str = ""
    codes: dict[str, list[str]] | None = None

    @property
    def url(self) -> str:
        return f"{BALLOTS}/{self.ballot['id']}"

    async def read(self, by=None) -> dict:
        answer = await (by or self.officer).get(self.url)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def move(self, name: str, by=None, **body: object):
        answer = await (by or self.officer).move(self.ballot, self.url, name, **body)
        if answer.is_success:
            self.ballot = answer.json().get("ballot", answer.json())
        return answer

    async def issue(self) -> None:
        told = (await self.move("issue")).json()
        self.key = told["key"]
        self.codes = {one["group"]: one["codes"] for one in told["groups"]}

    async def vote(self, group: str, number: int, *answers: int | None):
        body = {"code": self.codes[group][number], "answers": list(answers)}
        return await self.client.post(PAPERS, json=body)

    async def votes(self, group: str, *papers: tuple) -> list[str]:
        """Cast these papers with the group's first codes; give their numbers."""
        answers = [await self.vote(group, at, *one) for at, one in enumerate(papers)]
        assert [one.status_code for one in answers] == [201] * len(papers), answers[0].text
        return [one.json()["tag"] for one in answers]

    async def enter(self, by, group: str, *chosen: list[int], **numbers: int):
        numbers = {"issued": 20, "returned": 10, "valid": 10, **numbers}
        body = {"group": group, **numbers, "chosen": list(chosen)}
        return await by.post(f"{self.url}/hand-counts", json=body)

    async def count(self, by, key: str | None = None):
        if self.ballot["state"] == "open":
            await self.move("close")
        return await self.move("count", by, key=key or self.key)


def body(campaign, unit, **fields: object) -> dict:
    now = datetime.now(UTC)
    return {
        "campaign_id": str(campaign.id),
        "unit_id": str(unit.id),
        "title": "2026年度领导班子民主测评",
        "opens_at": (now - timedelta(hours=1)).isoformat(),
        "closes_at": (now + timedelta(hours=8)).isoformat(),
        "questions": QUESTIONS,
        "groups": GROUPS,
        **fields,
    }


async def draft(world, as_, client, campaign=None, officer=None, **fields: object) -> Held:
    campaign, unit = campaign or await make_campaign(world), await make_unit(world)
    officer = officer or await as_.officer()
    answer = await officer.post(BALLOTS, json=body(campaign, unit, **fields))
    assert answer.status_code == 201, answer.text
    return Held(officer, client, answer.json(), unit)


async def opened(world, as_, client, **fields: object) -> Held:
    held = await draft(world, as_, client, **fields)
    await held.issue()
    answer = await held.move("open")
    assert answer.status_code == 200, answer.text
    return held
