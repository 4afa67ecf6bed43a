"""A workbook with mistakes comes back as the clerk made it, with nothing but marks added."""

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from sihao.imports import package
from tests.factories_campaigns import make_campaign
from tests.imports.sending import Sender, workbook

URL = "/api/v1/imports"
HEADINGS = ["外部编号", "名称", "学习日期", "学习专题", "应到人数", "实到人数"]
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def clerks(attended=(6, 9), *, noted=False) -> bytes:
    """A workbook as a clerk has it: widths, fonts, dates, a formula, a list, a sheet of notes."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "font_name": "仿宋", "font_size": 14})
        day = book.add_format({"num_format": "yyyy年m月d日", "italic": True})
        sheet = book.add_worksheet("T5")
        sheet.set_column(1, 1, 33.5)
        sheet.write_row(0, 0, HEADINGS, bold)
        for at, (number, present) in enumerate(zip((1, 2), attended, strict=True), start=2):
            sheet.write_row(at, 0, [f"OA-{number}", "学习"])
            sheet.write_number(at, 2, 46083 + number, day)
            sheet.write_string(at, 3, "学习党章")
            sheet.write_formula(at, 4, "=3+4", None, 7)
            sheet.write_number(at, 5, present)
        sheet.data_validation(1, 3, 50, 3, {"validate": "list", "source": ["学习党章", "学习条例"]})
        if noted:
            sheet.write_comment(2, 1, "请张明核对", {"author": "李四"})
        notes = book.add_worksheet("填写说明")
        notes.write_string(0, 0, "本表由办公室填写", bold)
        notes.set_row(0, 40)
    return out.getvalue()


@pytest.fixture
async def office(as_):
    return await as_.unit()


@pytest.fixture
async def sender(world):
    return Sender(world, await make_campaign(world))


async def marked(office, sender, content, **asked) -> bytes:
    told = await sender.send(office, content, "application/octet-stream", **asked)
    answer = await office.get(f"{URL}/{told['id']}/workbook")
    assert answer.status_code == 200, answer.text
    return answer.content


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as book:
        return book.read(name)


def parsed(content: bytes, name: str) -> ET.Element:
    return ET.fromstring(part(content, name))  # noqa: S314 - written by ourselves


def names(content: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(content)) as book:
        assert book.testzip() is None
        return book.namelist()


def red(content: bytes) -> set[str]:
    """The places of red cells."""
    styles = parsed(content, "xl/styles.xml")
    fills = [ET.tostring(one) for one in styles.find(f"{MAIN}fills")]
    grounds = [int(one.get("fillId", 0)) for one in styles.find(f"{MAIN}cellXfs")]
    sheet = parsed(content, SHEET)
    return {
        cell.get("r")
        for cell in sheet.iter(f"{MAIN}c")
        if b"FFFFC8CE" in fills[grounds[int(cell.get("s", 0))]]
    }


async def test_nothing_but_the_marks_is_changed(office, sender):
    sent = clerks()
    back = await marked(office, sender, sent)
    assert red(back) == {"F4", "G4"}
    assert part(back, "xl/worksheets/sheet2.xml") == part(sent, "xl/worksheets/sheet2.xml")
    sheet = part(back, SHEET).decode()
    width = re.search(rb"<col [^>]*>", part(sent, SHEET)).group().decode()
    for kept in (width, "<f>3+4</f><v>7</v>", "学习党章,学习条例"):
        assert kept in sheet
    styles = part(back, "xl/styles.xml").decode()
    assert "仿宋" in styles
    assert "yyyy年m月d日" in styles.replace('"', "").replace("&quot;", "")


async def test_a_red_cell_keeps_its_own_format_otherwise(office, sender):
    late = replaced(clerks(attended=(6, 7)), rb'(r="C4"[^>]*><v>)46085<', rb"\g<1>99999999<")
    back = await marked(office, sender, late)
    assert red(back) == {"C4", "G4"}
    formats = parsed(back, "xl/styles.xml").find(f"{MAIN}cellXfs")
    assert int(formats.get("count")) == len(formats)
    good, bad = (formats[style_of(back, place)] for place in ("C3", "C4"))
    for kept in ("numFmtId", "fontId"):
        assert bad.get(kept) == good.get(kept) != "0"


async def test_a_wrong_cell_has_a_comment_and_its_row_a_sentence(office, sender):
    back = await marked(office, sender, clerks())
    (comments,) = [name for name in names(back) if "comments" in name]
    found = parsed(back, comments)
    assert [one.get("ref") for one in found.iter(f"{MAIN}comment")] == ["F4"]
    assert part(back, "[Content_Types].xml").decode().count(comments) == 1
    rows = CalamineWorkbook.from_filelike(BytesIO(back)).get_sheet_by_name("T5").to_python()
    assert rows[0] == [*HEADINGS, "导入问题"]
    assert rows[-1][-1] == "实到人数：不能超过“应到人数”（7）。"
    assert rows[-2][-1] == ""


async def test_the_clerks_own_comments_stay(office, sender):
    back = await marked(office, sender, clerks(noted=True))
    (comments,) = [name for name in names(back) if "comments" in name]
    found = parsed(back, comments)
    told = {one.get("ref"): "".join(one.itertext()) for one in found.iter(f"{MAIN}comment")}
    assert set(told) == {"B3", "F4"}
    assert told["B3"] == "请张明核对"
    (drawing,) = [name for name in names(back) if name.endswith(".vml")]
    assert part(back, drawing).count(b"ObjectType=") == 2
    assert part(back, SHEET).count(b"<legacyDrawing") == 1


async def test_what_is_mended_is_plain_in_the_next_round(office, sender):
    once = await marked(office, sender, clerks(attended=(8, 9)))
    assert red(once) == {"F3", "G3", "F4", "G4"}
    half = replaced(once, rb'(r="F3"[^>]*><v>)8<', rb"\g<1>6<")
    twice = await marked(office, sender, half)
    assert red(twice) == {"F4", "G4"}
    (comments,) = [name for name in names(twice) if "comments" in name]
    assert part(twice, comments).count(b"<comment ") == 1
    rows = CalamineWorkbook.from_filelike(BytesIO(twice)).get_sheet_by_name("T5").to_python()
    assert [row[-1] != "" for row in rows[-2:]] == [False, True]

    whole = replaced(twice, rb'(r="F4"[^>]*><v>)9<', rb"\g<1>7<")
    done = await sender.send(office, whole, "application/octet-stream")
    assert (done["state"], done["created"], done["causes"]) == ("done", 2, [])


def test_a_sheet_too_large_is_not_changed_in_place(tmp_path):
    sent = tmp_path / "sent.xlsx"
    sent.write_bytes(workbook({"T5": [HEADINGS, *[["OA", "学习"]] * 200_000]}))
    with zipfile.ZipFile(sent) as archive, pytest.raises(package.UnusualError):
        package.Package(archive).root(SHEET)


def style_of(content: bytes, place: str) -> int:
    sheet = parsed(content, SHEET)
    (cell,) = [one for one in sheet.iter(f"{MAIN}c") if one.get("r") == place]
    return int(cell.get("s"))


def replaced(content: bytes, pattern: bytes, by: bytes) -> bytes:
    """Change a cell as somebody does who saves the workbook again."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.infolist():
            told = old.read(one)
            if one.filename == SHEET:
                told, times = re.subn(pattern, by, told)
                assert times == 1
            new.writestr(one, told)
    return out.getvalue()
