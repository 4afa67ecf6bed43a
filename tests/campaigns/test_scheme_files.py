"""A scheme goes out as a workbook or YAML and comes back unchanged; a mistake has its place."""

from io import BytesIO

import pytest
import xlsxwriter
import yaml
from python_calamine import CalamineWorkbook

from sihao.campaigns.examples import Example, make_rules
from sihao.campaigns.scheme import Rules
from sihao.campaigns.scheme_sheets import read_scheme, write_scheme
from sihao.campaigns.standard_document import built_in_criteria
from sihao.campaigns.workbooks import XLSX, YAML
from sihao.core.errors import Invalid
from tests.factories_campaigns import make_campaign

BUILT_IN = [(one.dimension, one.code) for one in built_in_criteria()]
FORMS = [("xlsx", XLSX), ("yaml", YAML)]


def full() -> Rules:
    """A scheme that uses everything at once."""
    rules = make_rules(BUILT_IN, Example.PARTS)
    other = make_rules(BUILT_IN, Example.DEDUCTION)
    levels = make_rules(BUILT_IN, Example.LEVELS)
    return Rules.model_validate(
        rules.model_copy(
            update={
                "items": {**other.items, "A1": levels.items["A1"]},
                "extras": other.extras,
                "vetoes": [one.model_copy(update={"notice_days": 3}) for one in other.vetoes],
                "quotas": levels.quotas,
                "not_for": {"群团组织": ["C1", "D2"]},
            }
        ).model_dump()
    )


@pytest.mark.parametrize(("form", "media_type"), FORMS)
def test_every_scheme_reads_back_as_it_was_written(form, media_type):
    for rules in (full(), *(make_rules(BUILT_IN, one) for one in Example)):
        assert read_scheme(write_scheme(rules, form), media_type) == rules


def broken(sheet: str, row: int, column: int, value: object) -> bytes:
    """Write the full scheme with one cell changed."""
    book = CalamineWorkbook.from_filelike(BytesIO(write_scheme(full(), "xlsx")))
    out = BytesIO()
    with xlsxwriter.Workbook(out) as copy:
        for name in book.sheet_names:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if name == sheet:
                cells[row - 1][column - 1] = value
            written = copy.add_worksheet(name)
            for at, line in enumerate(cells):
                written.write_row(at, 0, line)
    return out.getvalue()


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "heading", "words"),
    [
        ("扣分目录", 3, 4, "许多", "每次扣分", "数"),
        ("条目", 4, 3, "-1", "保底分", "0"),
        ("加减分", 2, 2, "奖励", "类别", "须是加分、减分之一"),
        ("总则", 2, 8, "随意", "尾数处理", "须是四舍五入"),
        ("一票否决", 3, 5, "90", "公示工作日", "60"),
        ("等次", 2, 4, "101", "各方面不低于%", "100"),
    ],
)
def test_a_mistake_is_named_by_sheet_row_and_column(sheet, row, column, value, heading, words):
    title = {"加减分": "加分减分"}.get(sheet, sheet)

    with pytest.raises(Invalid) as refused:
        read_scheme(broken(title, row, column, value), XLSX)

    (mistake,) = refused.value.extra["errors"]
    assert mistake["pointer"] == f"/body/{title}/{row}/{heading}"
    assert words in mistake["detail"]


def test_yaml_that_contradicts_itself_says_where():
    plain = full().model_dump(mode="json")
    plain["items"]["A1"]["floor"] = "99"

    with pytest.raises(Invalid) as refused:
        read_scheme(yaml.safe_dump(plain).encode(), YAML)

    (mistake,) = refused.value.extra["errors"]
    assert mistake["pointer"] == "/body/items/A1"
    assert "保底分" in mistake["detail"]


@pytest.mark.parametrize(("form", "media_type"), FORMS)
async def test_a_downloaded_scheme_is_taken_back_and_told_in_the_record(
    as_, world, form, media_type
):
    campaign = await make_campaign(world, state="drafted")
    officer = await as_.officer()
    url = f"/api/v1/campaigns/{campaign.id}/scheme"
    version = (await officer.get(url)).json()["version"]
    file = await officer.get(f"{url}/export?format={form}")
    assert file.headers["content-type"] == media_type

    headers = {"Content-Type": media_type, "If-Match": f'"{version}"'}
    answer = await officer.post(f"{url}/import", content=file.content, headers=headers)

    assert answer.status_code == 200, answer.text
    versions = (await officer.get(f"{url}/versions")).json()
    assert [(one["number"], one["origin"], one["changes"]) for one in versions] == [
        (2, "导入文件", []),
        (1, "默认方案", []),
    ]
    assert versions[0]["rules_hash"] == versions[1]["rules_hash"]


async def test_what_is_no_file_of_a_scheme_is_refused(as_, world):
    campaign = await make_campaign(world, state="drafted")
    officer = await as_.officer()
    url = f"/api/v1/campaigns/{campaign.id}/scheme/import"

    for media_type, content in ((XLSX, b"nothing"), (YAML, b"a: [1"), ("text/plain", b"x")):
        headers = {"Content-Type": media_type, "If-Match": '"1"'}
        answer = await officer.post(url, content=content, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "file.unreadable")
