"""Files that become one thing: a manifest with its receipt, a draft of a standard."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import update
from sqlmodel import select

from sihao.campaigns.lifecycle import StandardState
from sihao.campaigns.models import Standard
from sihao.core.events import Event
from sihao.evidence.models import EvidenceManifest
from sihao.imports.models import ImportJob
from tests.factories import make_committee
from tests.factories_campaigns import make_campaign, make_standard
from tests.factories_evidence import CONTENT
from tests.imports.sending import Sender, workbook

HASH = sha256(CONTENT).hexdigest()
HEAD = "路径,大小,SHA-256,条目,名称,种类,所属时间起,所属时间止"
NEW_YEAR = 2031


@pytest.fixture(autouse=True)
async def committee(world):
    return await make_committee(world)


@pytest.fixture
async def campaign(world):
    return await make_campaign(world, standard=await make_standard(world))


def lines(*rows):
    return "\n".join(rows).encode()


def causes(told):
    return {(one["column"], one["code"]) for one in told["causes"]}


class TestManifest:
    ROWS = (
        HEAD,
        f"会议/纪要.pdf,{len(CONTENT)},{HASH.upper()},A1,党组会议纪要,会议,2026-03-02,",
        f"会议\\签到.pdf,12,{HASH},,,,,",
    )

    @pytest.fixture
    def sender(self, world, campaign):
        return Sender(world, campaign, kind="evidence-manifest")

    async def test_it_ends_in_the_receipt_of_the_request(self, as_, sender, campaign):
        office = await as_.unit()
        done = await sender.send(office, lines(*self.ROWS), "text/csv", not_secret="true")
        assert (done["state"], done["created"], done["causes"]) == ("done", 2, []), done
        receipt = (await office.get(f"/api/v1/evidence-manifests/{done['made_id']}")).json()
        assert done["made_name"] == receipt["number"]

        told = {"size": len(CONTENT), "sha256": HASH, "codes": ["A1"], "title": "党组会议纪要"}
        first = {"path": "会议/纪要.pdf", "kind": "meeting", "covers_from": "2026-03-02", **told}
        second = {"path": "会议/签到.pdf", "size": 12, "sha256": HASH}
        body = {"campaign_id": str(campaign.id), "not_secret": True, "lines": [first, second]}
        sent = (await office.post("/api/v1/evidence-manifests", json=body)).json()
        assert (sent["content_hash"], sent["unchanged"]) == (receipt["content_hash"], 2)

    async def test_every_wrong_line_is_told_by_its_row_and_nothing_is_taken(
        self, as_, world, sender
    ):
        wrong = (
            *self.ROWS,
            f"会议/签到.pdf,12,{HASH},A1、Z9,,,,",
            "照片/1.jpg,0,abc,,,别的,2026-05-02,2026-05-01",
        )
        office = await as_.unit()
        told = await sender.send(office, lines(*wrong), "text/csv", not_secret="true")
        assert (told["state"], told["refused"], told["made_id"]) == ("refused", 2, None)
        found = (await office.get(f"/api/v1/imports/{told['id']}/errors")).json()["items"]
        assert {(one["row"], one["column"], one["hint"]) for one in found} >= {
            (4, "路径", "与第 3 行的路径相同。"),
            (4, "条目", "本年度标准没有条目“Z9”。"),
        }
        assert {one["column"] for one in found if one["row"] == 5} == {"大小", "SHA-256", "种类"}
        assert await world.all(select(EvidenceManifest)) == []

    async def test_a_dry_run_takes_nothing_and_its_confirmation_all(self, as_, world, sender):
        office = await as_.unit()
        asked = {"not_secret": "true", "dry_run": "true"}
        tried = await sender.send(office, lines(*self.ROWS), "text/csv", **asked)
        assert (tried["state"], tried["created"], tried["made_id"]) == ("checked", 2, None)
        assert await world.all(select(EvidenceManifest)) == []
        moved = await office.move(tried, f"/api/v1/imports/{tried['id']}", "commit")
        assert moved.status_code == 200, moved.text
        done = await sender.work(office, tried["id"])
        (manifest,) = await world.all(select(EvidenceManifest))
        assert (done["state"], done["made_id"]) == ("done", str(manifest.id))

    async def test_what_was_promised_before_is_promised_again_with_a_receipt(self, as_, sender):
        office = await as_.unit()
        first = await sender.send(office, lines(*self.ROWS), "text/csv", not_secret="true")
        again = await sender.send(office, lines(*self.ROWS), "text/csv", not_secret="true")
        assert (again["state"], again["created"], again["unchanged"]) == ("done", 0, 2)
        assert again["made_id"] not in {None, first["made_id"]}

    @pytest.mark.parametrize(
        ("asked", "code"),
        [({}, "import.not_secret"), ({"not_secret": "true", "mode": "partial"}, "import.whole")],
    )
    async def test_it_is_confirmed_and_whole(self, as_, sender, asked, code):
        answer = await sender.try_(await as_.unit(), lines(*self.ROWS), "text/csv", **asked)
        assert (answer.status_code, answer.json()["code"]) == (422, code)

    async def test_the_confirmation_is_kept(self, as_, world, sender):
        await sender.post(await as_.unit(), lines(*self.ROWS), "text/csv", not_secret="true")
        (event,) = await world.all(select(Event).where(Event.name == "import.received"))
        assert event.data["not_secret"] is True

    async def test_only_the_units_office_promises(self, as_, sender):
        answer = await sender.try_(
            await as_.officer(), lines(*self.ROWS), "text/csv", not_secret="true"
        )
        assert answer.status_code == 403

    async def test_who_sent_it_in_time_is_in_time_however_busy_the_worker(self, as_, world, sender):
        office = await as_.unit()
        job = await sender.post(office, lines(*self.ROWS), "text/csv", not_secret="true")
        earlier = update(ImportJob).values(created_at=ImportJob.created_at - timedelta(hours=3))
        await world.db.execute(earlier)
        await sender.run(job["id"])
        (manifest,) = await world.all(select(EvidenceManifest))
        (sent,) = await world.all(select(ImportJob))
        assert manifest.received_at == sent.created_at


class TestStandard:
    @pytest.fixture
    def sender(self, world):
        return Sender(world, kind="standard")

    async def exported(self, client, standard, format="xlsx"):
        answer = await client.get(f"/api/v1/standards/{standard.id}/export?format={format}")
        assert answer.status_code == 200, answer.text
        return answer.content

    def dated(self, content, year=NEW_YEAR):
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
        sheets["标准"][1][1] = year
        return workbook(sheets)

    async def test_an_exported_standard_is_taken_as_a_draft_and_exported_as_it_was(
        self, as_, world, sender
    ):
        standard = await make_standard(world)
        officer = await as_.officer()
        sent = self.dated(await self.exported(officer, standard))
        done = await sender.send(officer, sent, "application/octet-stream")
        assert (done["state"], done["causes"]) == ("done", []), done
        made = (await officer.get(f"/api/v1/standards/{done['made_id']}")).json()
        assert (made["state"], made["year"]) == ("draft", NEW_YEAR)
        assert done["made_name"] == f"{made['name']}（{NEW_YEAR}）"
        published = await self.exported(officer, standard, "yaml")
        (draft,) = await world.all(select(Standard).where(Standard.year == NEW_YEAR))
        again = await self.exported(officer, draft, "yaml")
        assert again.decode() == published.decode().replace(
            f"year: {standard.year}", f"year: {NEW_YEAR}"
        )

    async def test_the_same_standard_again_is_nothing_new(self, as_, world, sender):
        standard = await make_standard(world)
        officer = await as_.officer()
        sent = await self.exported(officer, standard)
        same = await sender.send(officer, sent, "application/octet-stream")
        assert (same["state"], same["created"], same["unchanged"]) == ("done", 0, same["total"])
        assert same["made_id"] == str(standard.id)
        assert len(await world.all(select(Standard))) == 1

    async def test_a_published_standard_is_not_touched(self, as_, world, sender):
        standard = await make_standard(world)
        officer = await as_.officer()
        sent = lines(
            "标准名称,年度,方面,编号,条目,评判方式",
            f"{standard.name},{standard.year},政治坚定好,A1,别的条目,定性",
        )
        told = await sender.send(officer, sent, "text/csv")
        assert (told["state"], causes(told)) == ("refused", {("标准名称", "standard.known")})

    async def test_a_table_alone_is_enough(self, as_, world, sender):
        sent = lines(
            "标准名称,年度,依据文件,方面,编号,条目,标准原文,评判方式,相关台账",
            f"新标准,{NEW_YEAR},新意见,政治坚定好,A1,学习,原文,定性,T5、T6",
            ",,,政治坚定好,A2,会议,,定量,",
            ",,,学习创新好,B1,调研,,是否,T7",
        )
        officer = await as_.officer()
        done = await sender.send(officer, sent, "text/csv")
        assert (done["state"], done["created"], done["causes"]) == ("done", 3, [])
        (standard,) = await world.all(select(Standard).where(Standard.year == NEW_YEAR))
        assert (standard.state, standard.source) == (StandardState.DRAFT, "新意见")
        items = (await officer.get(f"/api/v1/standards/{standard.id}/criteria")).json()
        assert [(one["code"], one["kind"], one["ledgers"]) for one in items] == [
            ("A1", "qualitative", ["T5", "T6"]),
            ("A2", "quantitative", []),
            ("B1", "yes_no", ["T7"]),
        ]

    async def test_every_mistake_has_its_place(self, as_, sender):
        sent = lines(
            "标准名称,年度,方面,编号,条目,评判方式,相关台账",
            f"新标准,{NEW_YEAR},政治坚定好,A1,学习,随意,",
            f"新标准,{NEW_YEAR + 1},政治坚强好,A2,会议,定性,T99",
            f"新标准,{NEW_YEAR},,B1,调研,定性,",
        )
        told = await sender.send(await as_.officer(), sent, "text/csv")
        assert told["state"] == "refused"
        assert causes(told) >= {
            ("评判方式", "enum"),
            ("年度", "standard.head"),
            ("相关台账", "string_pattern_mismatch"),
            ("编号", "standard.criteria"),
        }

    async def test_a_code_that_is_there_twice_is_told_where(self, as_, sender):
        sent = lines(
            "标准名称,年度,方面,编号,条目,评判方式",
            f"新标准,{NEW_YEAR},政治坚定好,A1,学习,定性",
            f"新标准,{NEW_YEAR},政治坚定好,A1,会议,定性",
        )
        told = await sender.send(await as_.officer(), sent, "text/csv")
        (cause,) = told["causes"]
        assert (cause["hint"], cause["first"][0]["row"]) == ("条目编号 A1 重复。", 3)

    async def test_only_the_committee_imports_standards(self, as_, sender):
        answer = await sender.try_(await as_.unit(), b"x", "text/csv")
        assert answer.status_code == 403
