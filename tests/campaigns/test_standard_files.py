from io import BytesIO

import pytest
import xlsxwriter
import yaml

from sihao.campaigns import standard_sheets
from sihao.campaigns.standard_document import built_in
from sihao.campaigns.workbooks import XLSX, YAML
from sihao.core.errors import Invalid
from tests.factories_campaigns import make_standard

URL = "/api/v1/standards"
FORMATS = [
    ("xlsx", XLSX, standard_sheets.write_xlsx),
    ("yaml", YAML, standard_sheets.write_yaml),
]


@pytest.mark.parametrize(("_", "media_type", "write"), FORMATS)
def test_a_file_reads_back_as_it_was_written(_, media_type, write):
    document = built_in(2026)
    document.criteria[0].title = "=SUM(1)"

    assert standard_sheets.read_standard(write(document), media_type) == document


@pytest.mark.parametrize(("format", "media_type", "_"), FORMATS)
async def test_an_exported_standard_can_be_imported(as_, world, format, media_type, _):
    standard = await make_standard(world, year=2026, codes=None)
    officer = await as_.officer()
    exported = await officer.get(f"{URL}/{standard.id}/export?format={format}")
    assert exported.headers["content-type"] == media_type
    assert exported.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    headers = {"Content-Type": media_type}

    again = await officer.post(f"{URL}/import", content=exported.content, headers=headers)
    assert (again.status_code, again.json()["code"]) == (409, "constraint.uq_standard_name_year")

    fresh = standard_sheets.read_standard(exported.content, media_type)
    fresh.year = 2027
    write = {"xlsx": standard_sheets.write_xlsx, "yaml": standard_sheets.write_yaml}[format]
    imported = await officer.post(f"{URL}/import", content=write(fresh), headers=headers)

    assert imported.status_code == 201, imported.text
    assert imported.json()["state"] == "draft"
    assert imported.json()["criteria_count"] == 52
    old = (await officer.get(f"{URL}/{standard.id}/criteria")).json()
    new = (await officer.get(f"{URL}/{imported.json()['id']}/criteria")).json()
    own = {"id", "standard_id", "dimension_id"}
    assert [{k: v for k, v in one.items() if k not in own} for one in new] == [
        {k: v for k, v in one.items() if k not in own} for one in old
    ]


def workbook(criteria: list[list], head=("标准", 2026, ""), columns=None) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("标准")
        sheet.write_row(0, 0, ["名称", "年度", "依据文件"])
        sheet.write_row(1, 0, head)
        sheet = book.add_worksheet("方面")
        sheet.write_row(0, 0, ["编号", "名称"])
        sheet.write_row(1, 0, ["A", "政治坚定好"])
        sheet = book.add_worksheet("条目")
        sheet.write_row(0, 0, columns or list(standard_sheets.CRITERION.values()))
        for at, row in enumerate(criteria, start=1):
            sheet.write_row(at, 0, row)
    return out.getvalue()


async def test_every_mistake_of_a_workbook_comes_with_row_and_column(as_):
    good = ["A1", "标题", "", "定性", "", "", "", "", "T5、T6 X1"]
    no_kind = ["A2", "标题", "", "随意", "", "", "", "", ""]
    no_title = ["A3", "", "", "定量", "", "", "", "", "T99"]
    content = workbook([good, [], no_kind, no_title, ["", ""]], head=("标准", "明年", ""))
    headers = {"Content-Type": XLSX}

    answer = await (await as_.officer()).post(f"{URL}/import", content=content, headers=headers)

    assert answer.status_code == 422
    assert answer.json()["code"] == "standard.file"
    assert answer.json()["detail"] == "文件有 4 处需要修改，没有导入。"
    places = {(one["row"], one["column"]) for one in answer.json()["errors"]}
    assert places == {(2, "年度"), (4, "评判方式"), (5, "条目"), (5, "相关台账")}
    kind = next(one for one in answer.json()["errors"] if one["column"] == "评判方式")
    assert kind["detail"] == "须是定性、是否、定量之一。"


def test_ledgers_may_be_separated_as_people_write():
    content = workbook([["A1", "标题", "", "定性", "", "", "", "", "T5、T6，X1 T7"]])

    document = standard_sheets.read_standard(content, XLSX)

    assert document.criteria[0].ledgers == ["T5", "T6", "X1", "T7"]


@pytest.mark.parametrize(
    ("content", "media_type", "sentence"),
    [
        (b"", XLSX, "不是有效的 XLSX 工作簿。"),
        (b"PK\x03\x04nonsense", XLSX, "不是有效的 XLSX 工作簿。"),
        (
            workbook([], columns=["编号"]),
            XLSX,
            "工作表“条目”第 1 行缺少列“条目”。",
        ),
        (b"a: [1", YAML, "YAML 第 1 行有误，无法解析。"),
        (b"\xff\xfe\x00", YAML, "不是有效的 YAML 文件。"),
        (b"[" * 5000, YAML, "不是有效的 YAML 文件。"),
        (b"year: 2001-99-99", YAML, "不是有效的 YAML 文件。"),
        (b"{}", "text/csv", "只接受 XLSX 或 YAML 文件。"),
    ],
)
def test_what_is_no_such_file_is_refused(content, media_type, sentence):
    with pytest.raises(Invalid) as refused:
        standard_sheets.read_standard(content, media_type)

    assert refused.value.zh == sentence


@pytest.mark.parametrize("content", [b"", b"just text", b"- 1", b"name: x\nunknown: 1"])
def test_yaml_of_another_shape_is_refused_with_places(content):
    with pytest.raises(Invalid) as refused:
        standard_sheets.read_standard(content, YAML)

    assert refused.value.extra["errors"]


def test_items_that_repeat_or_stand_nowhere_are_refused():
    plain = built_in(2026).model_dump(mode="json")
    plain["criteria"][1]["code"] = "A1"
    content = yaml.safe_dump(plain, allow_unicode=True).encode()

    with pytest.raises(Invalid) as refused:
        standard_sheets.read_standard(content, YAML)

    assert refused.value.extra["errors"][0]["detail"] == "条目编号 A1 重复。"


async def test_an_import_needs_a_key_and_a_writer(as_, world):
    content = standard_sheets.write_yaml(built_in(2027))
    headers = {"Content-Type": YAML}
    leader, officer = await as_.leader(), await as_.officer()

    refused = await leader.post(f"{URL}/import", content=content, headers=headers)
    keyless = await officer.request("POST", f"{URL}/import", content=content, headers=headers)

    assert refused.status_code == 403
    assert keyless.status_code == 428
