"""Ledger rows from a file: checked as the form checks, written once, each refusal explained."""

import json

import pytest
from sqlmodel import func, select

from sihao.core.context import Role
from sihao.core.events import Event
from sihao.imports.models import ImportJob
from sihao.ledgers.models import LedgerEntry, LedgerEntryMember
from tests.factories import make_member, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_ledgers import make_entry
from tests.imports.sending import Sender, workbook

STUDY = "台账,外部编号,名称,日期,学习专题,学习形式,应到人数,实到人数"


@pytest.fixture
async def unit(world):
    return await make_unit(world)


@pytest.fixture
async def campaign(world):
    return await make_campaign(world)


@pytest.fixture
async def office(as_, unit):
    return await as_.unit(unit)


@pytest.fixture
def sender(world, campaign):
    return Sender(world, campaign)


def studies(*rows):
    return "\n".join([STUDY, *rows]).encode()


async def entries(world):
    return await world.all(select(LedgerEntry).order_by(LedgerEntry.external_code))


async def test_a_csv_file_is_written_row_by_row_with_events(world, office, sender, unit, campaign):
    sent = studies(
        "T5,OA-1,第一次集体学习,2026-03-02,学习党章,集中研讨,7,6",
        "中心组学习,OA-2,第二次集体学习,2026/3/9,学习条例,专题辅导,7,7",
    )
    done = await sender.send(office, sent, "text/csv", file_name="学习.csv")

    assert (done["state"], done["total"], done["created"]) == ("done", 2, 2)
    first, second = await entries(world)
    assert (first.title, str(first.happened_on)) == ("第一次集体学习", "2026-03-02")
    assert first.details == {
        "topic": "学习党章",
        "form": "集中研讨",
        "expected": 7,
        "attended": 6,
    }
    assert str(second.happened_on) == "2026-03-09"
    assert (first.unit_id, first.campaign_id, first.version) == (unit.id, campaign.id, 1)
    events = await world.all(select(Event).order_by(Event.seq))
    assert [one.name for one in events] == [
        "import.received",
        "import.begin",
        "ledger_entry.created",
        "ledger_entry.created",
        "import.finish",
    ]
    assert events[2].data["title"] == "第一次集体学习"
    assert events[2].actor_id == office.person_id
    assert events[-1].data["created"] == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
async def test_texts_are_read_however_they_were_saved(world, office, sender, encoding, delimiter):
    row = "T5,OA-1,“四好”学习,2026年3月2日,学习党章,集中研讨,7,6"
    sent = studies(row).decode().replace(",", delimiter).encode(encoding)
    done = await sender.send(office, sent, "text/csv", file_name="x.csv")

    assert done["created"] == 1, done
    assert (await entries(world))[0].title == "“四好”学习"


async def test_a_workbook_has_a_sheet_for_each_ledger(world, office, sender, unit):
    await make_member(world, unit, "张明")
    sent = workbook(
        {
            "T5 中心组学习": [
                ["外部编号", "名称", "学习日期", "学习专题", "应到人数", "实到人数"],
                ["001", "集体学习", "2026-03-02", "学习党章", 7, 6],
            ],
            "T8": [
                ["外部编号", "调研事由", "开始日期", "结束日期", "参加的班子成员", "地点"],
                [None] * 6,
                ["A-7", "看望", 46083, "2026-03-04", "张明", "柳树湾村"],
            ],
        }
    )
    done = await sender.send(office, sent, "application/octet-stream", file_name="x.xlsx")

    assert (done["state"], done["created"]) == ("done", 2), done
    study, trip = await entries(world)
    assert (study.kind, study.external_code) == ("T5", "001")
    assert (trip.kind, str(trip.happened_on), str(trip.ended_on)) == (
        "T8",
        "2026-03-02",
        "2026-03-04",
    )
    assert len(await world.all(select(LedgerEntryMember))) == 1


async def test_json_rows_and_lines_are_taken_by_field_names(world, office, sender):
    row = {
        "kind": "T5",
        "external_code": "OA-1",
        "title": "集体学习",
        "happened_on": "2026-03-02",
        "details": {"topic": "学习党章", "expected": 7, "attended": 7},
    }
    rows = await sender.send(office, json.dumps({"rows": [row]}).encode(), "application/json")
    lines = await sender.send(
        office,
        json.dumps({**row, "external_code": "OA-2"}).encode() + b"\n\n",
        "application/x-ndjson",
    )

    assert (rows["created"], lines["created"]) == (1, 1), (rows, lines)


async def test_sending_the_same_again_writes_nothing(world, office, sender):
    sent = studies("T5,OA-1,学习,2026-03-02,学习党章,集中研讨,7,6")
    await sender.send(office, sent, "text/csv")
    again = await sender.send(office, sent, "text/csv")

    assert (again["state"], again["unchanged"], again["created"], again["updated"]) == (
        "done",
        1,
        0,
        0,
    )
    (entry,) = await entries(world)
    assert entry.version == 1
    changed = await sender.send(office, sent.replace(b"7,6", b"7,5"), "text/csv")
    assert changed["updated"] == 1
    (entry,) = await entries(world)
    assert (entry.version, entry.details["attended"]) == (2, 5)
    (event,) = await world.all(select(Event).where(Event.name == "ledger_entry.updated"))
    assert event.data["fields"] == ["details"]


async def test_a_dry_run_writes_nothing_and_is_carried_out_without_the_file(world, office, sender):
    sent = studies("T5,OA-1,学习,2026-03-02,学习党章,集中研讨,7,6")
    dry = await sender.send(office, sent, "text/csv", dry_run="true")

    assert (dry["state"], dry["created"]) == ("checked", 1)
    assert [one["name"] for one in dry["actions"]] == ["commit"]
    assert await entries(world) == []
    moved = await office.move(dry, f"/api/v1/imports/{dry['id']}", "commit")
    assert moved.status_code == 200, moved.text
    done = await sender.work(office, dry["id"])
    assert (done["state"], done["created"]) == ("done", 1)
    assert len(await entries(world)) == 1


async def test_every_wrong_cell_is_told_by_row_column_and_sentence(world, office, sender, unit):
    sent = studies(
        "T5,OA-1,学习,2026-03-02,学习党章,集中研讨,7,8",
        "",
        "T5,OA-2,,2026-13-02,学习党章,座谈,七,6",
        "T99,OA-3,学习,2026-03-02,学习党章,集中研讨,7,6",
        "T5,OA-4,学习,2026-03-02,学习党章,集中研讨,7,6",
        "T5,OA-4,学习,2026-03-02,学习党章,集中研讨,7,6",
    )
    refused = await sender.send(office, sent, "text/csv")

    assert (refused["state"], refused["total"], refused["refused"]) == ("refused", 5, 4)
    assert await entries(world) == []
    page = (await office.get(f"/api/v1/imports/{refused['id']}/errors")).json()
    told = {(one["row"], one["column"]): one for one in page["items"]}
    assert set(told) == {
        (2, "实到人数"),
        (4, "名称"),
        (4, "日期"),
        (4, "学习形式"),
        (4, "应到人数"),
        (5, "台账"),
        (7, "外部编号"),
    }
    assert told[2, "实到人数"]["hint"] == "不能超过“应到人数”（7）。"
    assert told[4, "日期"]["value"] == "2026-13-02"
    assert told[4, "名称"]["hint"] == "必填。"
    assert told[7, "外部编号"]["code"] == "import.twice"
    first = (await office.get(f"/api/v1/imports/{refused['id']}/errors?limit=2")).json()
    rest = f"/api/v1/imports/{refused['id']}/errors?cursor={first['next_cursor']}"
    assert len(first["items"]) + len((await office.get(rest)).json()["items"]) == 7
    assert all(one["count"] == 1 for one in refused["causes"])


async def test_a_partial_import_writes_the_good_rows(world, office, sender):
    sent = studies(
        "T5,OA-1,学习,2026-03-02,学习党章,集中研讨,7,8",
        "T5,OA-2,学习,2026-03-02,学习党章,集中研讨,7,6",
    )
    done = await sender.send(office, sent, "text/csv", mode="partial")

    assert (done["state"], done["created"], done["refused"]) == ("done", 1, 1)
    assert [one.external_code for one in await entries(world)] == ["OA-2"]


async def test_what_is_not_the_units_is_refused_like_what_does_not_exist(
    as_, world, office, sender, campaign
):
    other = await make_unit(world)
    stranger = await make_member(world, other, "李外")
    foreign = await make_entry(world, other, campaign, "T5", external_code="F-1")
    head = "台账,系统编号,单位,名称,日期,发言的班子成员,学习专题,应到人数,实到人数"
    row = "T5,{},{},学习,2026-03-02,{},学习党章,7,6"
    unknown = "00000000-0000-4000-8000-000000000000"

    async def errors(*cells):
        sent = "\n".join([head, row.format(*cells)]).encode()
        told = await sender.send(office, sent, "text/csv")
        return [(one["column"], one["code"], one["hint"]) for one in told["causes"]]

    assert await errors(foreign.id, "", "") == await errors(unknown, "", "") != []
    assert await errors("", other.code, "") == await errors("", "XX", "") != []
    by_name = await errors("", "", stranger.name)
    assert by_name == [("发言的班子成员", "member.unknown", "本单位班子中没有“李外”。")]
    assert await errors("", "", stranger.id) != []
    assert len(await entries(world)) == 1


async def test_whoever_was_disabled_meanwhile_gets_nothing_done(as_, world, unit, office, sender):
    sent = studies("T5,OA-1,学习,2026-03-02,学习党章,集中研讨,7,6")
    job = await sender.post(office, sent, "text/csv")
    security = await as_.role(Role.ADMIN_SECURITY)
    person = (await security.get(f"/api/v1/people/{office.person_id}")).json()
    gone = await security.move(person, f"/api/v1/people/{office.person_id}", "disable")
    assert gone.status_code == 200, gone.text
    await sender.run(job["id"])

    (kept,) = await world.all(select(ImportJob))
    assert kept.state == "refused"
    assert kept.causes[0]["code"] == "job.asker"
    assert await entries(world) == []


async def test_running_a_job_twice_does_it_once(world, office, sender):
    sent = studies("T5,,学习,2026-03-02,学习党章,集中研讨,7,6")
    done = await sender.send(office, sent, "text/csv")
    await sender.run(done["id"])

    assert await world.all(select(func.count()).select_from(LedgerEntry)) == [1]


async def test_a_member_imports_only_what_he_took_part_in(as_, world, unit, sender):
    member = await make_member(world, unit, "张明")
    await make_member(world, unit, "王红")
    mine = await as_.role(Role.UNIT_MEMBER, unit=unit, member=member)
    head = "台账,外部编号,题目,完成日期,署名的班子成员"
    sent = f"{head}\nT7,P-1,调研,2026-03-02,张明、王红\nT7,P-2,调研,2026-03-02,王红".encode()
    told = await sender.send(mine, sent, "text/csv")

    assert [(one["column"], one["code"]) for one in told["causes"]] == [
        ("署名的班子成员", "ledger_entry.own")
    ]
    assert told["refused"] == 1


async def test_a_service_account_needs_both_scopes(as_, unit, sender, world):
    sent = studies("T5,OA-1,学习,2026-03-02,学习党章,集中研讨,7,6")
    bare = await as_.service("import", unit=unit)
    assert (await sender.try_(bare, sent, "text/csv")).status_code == 403
    writer = await as_.service("ledger:write", unit=unit)
    assert (await sender.try_(writer, sent, "text/csv")).status_code == 403
    both = await as_.service("ledger:write", "import", unit=unit)
    assert (await sender.send(both, sent, "text/csv", dry_run="true"))["state"] == "checked"


async def test_others_do_not_see_an_import(as_, office, sender):
    sent = studies("T5,OA-1,学习,2026-03-02,学习党章,集中研讨,7,6")
    done = await sender.send(office, sent, "text/csv")
    stranger = await as_.unit()

    assert (await stranger.get(f"/api/v1/imports/{done['id']}")).status_code == 404
    assert (await stranger.get(f"/api/v1/imports/{done['id']}/errors")).status_code == 404
    assert (await stranger.get("/api/v1/imports")).json()["items"] == []


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"\xd0\xcf\x11\xe0old", "import.xls"),
        (b"", "import.empty"),
    ],
)
async def test_a_file_that_cannot_be_is_refused_at_once(office, sender, sent, code):
    answer = await sender.try_(office, sent, "application/octet-stream")
    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"PK\x03\x04 no zip at all", "import.unreadable"),
        ("台账,名称,什么\nT5,学习,x".encode(), "import.columns"),
        ("台账,日期\n".encode(), "import.empty"),
        (b'kind,title\n"T5,x', "import.unreadable"),
        (b'{"kind": 1', "import.unreadable"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_with_its_reason(office, sender, sent, code):
    told = await sender.send(office, sent, "application/octet-stream")
    assert (told["state"], told["causes"][0]["code"]) == ("refused", code)


async def test_a_closed_year_takes_no_rows(world, as_, unit, office):
    closed = await make_campaign(world, state="closed", year=2025)
    answer = await Sender(world, closed).try_(office, studies(), "text/csv")
    assert (answer.status_code, answer.json()["code"]) == (409, "campaign.phase")
