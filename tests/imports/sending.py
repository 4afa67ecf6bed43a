"""Send files as clients do and run the jobs as the worker does."""

from io import BytesIO

import httpx
import xlsxwriter

from sihao.core.jobs import HANDLERS

URL = "/api/v1/imports"


class Sender:
    """Sends files of one campaign."""

    def __init__(self, world, campaign=None, kind="ledger-entries"):
        self.world, self.kind = world, kind
        self.campaign = campaign

    async def try_(self, client, content: bytes, media_type: str, **asked: str) -> httpx.Response:
        asked = {"kind": self.kind, **asked}
        if self.campaign is not None:
            asked.setdefault("campaign_id", str(self.campaign.id))
        headers = {"Content-Type": media_type}
        return await client.post(URL, params=asked, content=content, headers=headers)

    async def post(self, client, content: bytes, media_type: str, **asked: str) -> dict:
        answer = await self.try_(client, content, media_type, **asked)
        assert answer.status_code == 202, answer.text
        return answer.json()

    async def send(self, client, content: bytes, media_type: str, **asked: str) -> dict:
        job = await self.post(client, content, media_type, **asked)
        assert job["state"] == "received"
        return await self.work(client, job["id"])

    async def work(self, client, ident: str) -> dict:
        """Let the worker do what waits for it, and look."""
        await self.run(ident)
        answer = await client.get(f"{URL}/{ident}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def run(self, ident: str) -> None:
        await self.world.act(HANDLERS["imports.begin"], ident)
        await self.world.act(HANDLERS["imports.work"], ident)


def workbook(sheets: dict[str, list[list]]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for down, row in enumerate(rows):
                for at, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(down, at, value)
                    elif value is not None:
                        sheet.write(down, at, value)
    return out.getvalue()
