"""Templates to fill in, and files that come back with their mistakes marked."""

import zipfile
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from sihao.imports.kinds import KINDS
from sihao.imports.reader import EXAMPLE
from tests.factories import make_committee, make_unit
from tests.factories_campaigns import make_campaign
from tests.imports.sending import Sender, workbook

URL = "/api/v1/imports"
HEADINGS = ["外部编号", "名称", "学习日期", "学习专题", "应到人数", "实到人数"]


def read(content: bytes, sheet: int = 0) -> list[list]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(sheet).to_python()


@pytest.mark.parametrize("kind", sorted(KINDS))
async def test_a_template_has_the_columns_that_are_read(as_, kind):
    answer = await (await as_.unit()).get(f"{URL}/templates/{kind}")
    assert answer.status_code == 200, answer.text
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    sheets = KINDS[kind].sheets()
    assert book.sheet_names[: len(sheets)] == [one.title for one in sheets]
    assert "填写说明" in book.sheet_names
    for sheet in sheets:
        head, example, *rest = book.get_sheet_by_name(sheet.title).to_python()
        assert head == [column.heading for column in sheet.columns]
        assert example[0] == EXAMPLE
        assert rest == []


async def test_choices_are_picked_from_a_list(as_):
    answer = await (await as_.unit()).get(f"{URL}/templates/ledger-entries?ledger=T5")
    with zipfile.ZipFile(BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert 'type="list"' in sheet
    assert "选项" in sheet


async def test_a_filled_in_template_is_taken_without_its_example(world, as_):
    unit, campaign = await make_unit(world), await make_campaign(world)
    office = await as_.unit(unit)
    empty = await office.get(f"{URL}/templates/ledger-entries?ledger=T5")
    head, example = read(empty.content)
    row = dict.fromkeys(head, None) | {
        "名称": "学习",
        "日期": None,
        "学习日期": "2026-03-02",
        "学习专题": "学习党章",
        "应到人数": 7,
        "实到人数": 7,
    }
    filled = workbook({"T5 中心组学习": [head, example, [row[name] for name in head]]})
    done = await Sender(world, campaign).send(office, filled, "application/octet-stream")
    assert (done["causes"], done["total"], done["created"]) == ([], 1, 1)


async def test_the_file_comes_back_with_its_mistakes_marked_and_is_taken_once_they_are_mended(
    world, as_
):
    campaign = await make_campaign(world)
    office, sender = await as_.unit(), Sender(world, campaign)
    good = ["OA-1", "学习", "2026-03-02", "学习党章", 7, 6]
    bad = ["OA-2", None, "2026-03-09", "学习条例", 7, 9]
    sent = workbook({"T5": [HEADINGS, good, [None] * 6, bad]})
    refused = await sender.send(office, sent, "application/octet-stream", file_name="学习.xlsx")
    assert refused["refused"] == 1
    answer = await office.get(f"{URL}/{refused['id']}/workbook")
    assert answer.status_code == 200, answer.text
    assert "%E5%AD%A6%E4%B9%A0-" in answer.headers["content-disposition"]
    head, first, blank, second = read(answer.content)
    assert head == [*HEADINGS, "导入问题"]
    assert first[:6] == good
    assert first[6] == ""
    assert set(blank) == {""}
    assert second[:2] == ["OA-2", ""]
    assert "实到人数：不能超过“应到人数”（7）。" in second[6]
    assert "名称：必填。" in second[6]
    with zipfile.ZipFile(BytesIO(answer.content)) as book:
        (name,) = [one for one in book.namelist() if "comments" in one]
        comments = book.read(name).decode()
    assert comments.count("<comment ") == 2

    second[1], second[5] = "学习", 7
    mended = workbook({"T5": [head, first, blank, second]})
    done = await sender.send(office, mended, "application/octet-stream")
    assert (done["causes"], done["created"]) == ([], 2)


async def test_a_csv_file_comes_back_as_a_workbook(world, as_):
    campaign = await make_campaign(world)
    office, sender = await as_.unit(), Sender(world, campaign)
    sent = "台账,名称,日期,学习专题,应到人数,实到人数\nT5,学习,2026-13-01,=1+1,7,6".encode(
        "gb18030"
    )
    refused = await sender.send(office, sent, "text/csv")
    head, row = read((await office.get(f"{URL}/{refused['id']}/workbook")).content)
    assert head[-1] == "导入问题"
    assert row[3] == "=1+1"
    assert row[-1].startswith("日期：")


async def test_others_do_not_get_the_file(world, as_):
    await make_committee(world)
    campaign = await make_campaign(world)
    office, sender = await as_.unit(), Sender(world, campaign)
    refused = await sender.send(office, "台账,名称\nT5,学习".encode(), "text/csv")
    for other in (await as_.unit(), await as_.officer()):
        assert (await other.get(f"{URL}/{refused['id']}/workbook")).status_code == 404
