"""Files that mean harm: each is refused with its reason, and the worker lives on."""

import io
import resource
import zipfile

import pytest

from tests.factories import make_unit
from tests.factories_campaigns import make_campaign
from tests.imports.sending import Sender, workbook

HEAD = "台账,外部编号,名称,日期,学习专题,应到人数,实到人数"
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
async def send(world, as_):
    campaign = await make_campaign(world)
    office = await as_.unit(await make_unit(world))
    sender = Sender(world, campaign)

    async def send(content, **asked):
        return await sender.send(office, content, "application/octet-stream", **asked)

    return send


def with_sheet(xml) -> bytes:
    """Put another sheet into a good workbook; `xml` gives its bytes piece by piece."""
    out = io.BytesIO()
    good = zipfile.ZipFile(io.BytesIO(workbook({"T5": [["名称"], ["学习"]]})))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for one in good.infolist():
            if one.filename != SHEET:
                made.writestr(one, good.read(one))
        with made.open(SHEET, "w", force_zip64=True) as sheet:
            for piece in xml:
                sheet.write(piece)
    return out.getvalue()


def sheet(rows):
    yield b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    yield from rows
    yield b"</sheetData></worksheet>"


def ten_million_cells():
    row = b"<row>" + b"<c><v>1</v></c>" * 1000 + b"</row>"
    return sheet(row for _ in range(10_000))


def far_corners():
    return sheet(
        [
            b'<row r="1"><c r="A1"><v>1</v></c></row>',
            b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        ]
    )


def endless_text():
    return sheet(b"<!--" + b" " * 1_000_000 + b"-->" for _ in range(700))


@pytest.mark.parametrize("made", [ten_million_cells, far_corners, endless_text])
async def test_a_small_file_that_is_huge_inside(send, made):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = await send(with_sheet(made()))
    assert (told["state"], told["causes"][0]["code"]) == ("refused", "import.cells")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


async def test_an_entity_that_reads_a_file_of_ours(send):
    told = await send(
        with_sheet(
            [
                b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>',
                *sheet([b'<row r="1"><c r="A1" t="str"><v>&y;</v></c></row>']),
            ]
        )
    )
    assert told["state"] == "refused"
    assert "root:" not in str(told)


async def test_a_workbook_with_macros(send):
    out = io.BytesIO(workbook({"T5": [["名称"], ["学习"]]}))
    with zipfile.ZipFile(out, "a") as made:
        made.writestr("xl/vbaProject.bin", b"x")
    told = await send(out.getvalue())
    assert told["causes"][0]["code"] == "import.macros"


@pytest.mark.parametrize(
    "value",
    [
        *("\0", "a\0b", "\u202e文", "9" * 400, "1e999", "NaN", "-1", "9223372036854775808"),
        *("9999-12-31", "0000-00-00", "𠮷" * 400, "' OR 1=1 --", "＝1", "<script>"),
    ],
)
@pytest.mark.parametrize("column", range(7))
async def test_anything_in_any_cell_is_taken_or_refused_by_row(send, column, value):
    cells = ["T5", "OA-1", "学习", "2026-03-02", "学习党章", "7", "6"]
    cells[column] = value
    told = await send(f"{HEAD}\n{','.join(cells)}".encode(), file_name="x.csv")
    assert told["state"] in {"done", "refused"}, told
    if told["state"] == "refused":
        assert told["causes"][0]["first"][0]["row"] == 2


async def test_a_heading_that_no_text_holds(send):
    told = await send("台账,名\0称\nT5,x".encode(), file_name="x.csv")
    assert told["causes"][0]["code"] == "import.columns"


@pytest.mark.parametrize("name", ["a\0b.csv", "../../x.csv", "x" * 300 + ".csv", "\u202evsc.x"])
async def test_any_file_name(world, as_, name):
    campaign = await make_campaign(world)
    office = await as_.unit()
    answer = await office.post(
        "/api/v1/imports",
        params={"kind": "ledger-entries", "campaign_id": str(campaign.id)},
        files={"file": (name, f"{HEAD}\n".encode(), "text/csv")},
    )
    assert answer.status_code in {202, 400, 422}, answer.text


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"x", "multipart/form-data"),
        (b"--a\r\nnothing", "multipart/form-data; boundary=a"),
        (b"{", "application/json"),
        (b'{"rows": []}', "application/json"),
        (b'{"rows": [{"a": "\\ud800"}]}', "application/json"),
    ],
)
async def test_bodies_that_are_none(world, as_, body, media_type):
    campaign = await make_campaign(world)
    office = await as_.unit()
    answer = await Sender(world, campaign).try_(office, body, media_type)
    assert answer.status_code in {400, 422}, answer.text
