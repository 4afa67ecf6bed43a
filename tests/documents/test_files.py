"""Papers come as Word and PDF by one-time addresses; templates are checked, used and left again."""

import io

import docx
import pypdfium2
import pytest

from sihao.campaigns.lifecycle import CampaignState
from tests.factories import make_committee, make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_results import make_final_inspection

URL, TEMPLATES = "/api/v1/documents", "/api/v1/document-templates"


@pytest.fixture
async def letter(as_, world):
    await make_committee(world)
    campaign = await make_campaign(world, state=CampaignState.SETTLING)
    unit = await make_unit(world, "市水务局")
    inspection = await make_final_inspection(world, campaign, unit, lost={"A1": "0.5"})
    officer = await as_.officer()
    made = await officer.post(
        URL, json={"kind": "feedback_letter", "subject_id": str(inspection.id)}
    )
    return officer, made.json()


async def fetch(client, url, **body) -> bytes:
    ticket = await client.post(url, json=body)
    assert ticket.status_code == 200, ticket.text
    file = await client.get(ticket.json()["url"])
    assert file.status_code == 200, file.text
    assert (await client.get(ticket.json()["url"])).status_code == 410
    return file.content


def text_of_pdf(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_range() for page in pages)


def text_of_word(data: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)


def template(*lines: str) -> bytes:
    word = docx.Document()
    for line in lines:
        word.add_paragraph(line)
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


GOOD = template(
    "本会自用版式",
    "{{ 标题 }}",
    "{%p for 段 in 正文 %}",
    "{{ 段.文字 }}",
    "{%p endfor %}",
    "{{ 署名 }}{{ 日期 }}",
)


async def upload(client, data, name="版式.docx"):
    return await client.post(
        TEMPLATES, params={"kind": "feedback_letter", "file_name": name}, content=data
    )


async def test_an_issued_document_has_the_same_bytes_each_time(as_, letter):
    officer, made = letter
    url = f"{URL}/{made['id']}"
    sketch = text_of_pdf(await fetch(officer, f"{url}/ticket", format="pdf"))
    issued = (await (await as_.leader()).move(made, url, "issue")).json()

    first = await fetch(officer, f"{url}/ticket", format="pdf")
    again = await fetch(officer, f"{url}/ticket", format="pdf")
    word = await fetch(officer, f"{url}/ticket", format="word")

    assert "征求意见稿" in sketch
    assert first == again
    assert issued["number"] in text_of_pdf(first).replace(" ", "")
    assert "征求意见稿" not in text_of_pdf(first)
    assert issued["number"] in text_of_word(word)


async def test_a_template_of_the_committees_own_is_used_until_it_is_left(letter):
    officer, made = letter
    ticket = f"{URL}/{made['id']}/ticket"

    taken = await upload(officer, GOOD)
    assert taken.status_code == 201, taken.text
    used = text_of_word(await fetch(officer, ticket, format="word"))
    kept = taken.json()["template"]
    trial = text_of_word(await fetch(officer, f"{TEMPLATES}/{kept['id']}/try"))
    left = await officer.post(
        f"{TEMPLATES}/{kept['id']}/retire", headers={"If-Match": f'"{kept["version"]}"'}
    )
    plain = text_of_word(await fetch(officer, ticket, format="word"))

    assert "本会自用版式" in used
    assert "一、检查情况" in used
    assert "示例" in trial
    assert left.status_code == 200, left.text
    assert "本会自用版式" not in plain
    listed = (await officer.get(TEMPLATES)).json()
    assert [(one["number"], one["in_use"]) for one in listed] == [(1, False)]
    back = await officer.post(
        f"{TEMPLATES}/{kept['id']}/use",
        headers={"If-Match": f'"{left.json()["version"]}"'},
    )
    assert back.json()["in_use"]
    second = (await upload(officer, GOOD)).json()["template"]
    listed = (await officer.get(TEMPLATES)).json()
    assert [(one["number"], one["in_use"]) for one in listed] == [(2, True), (1, False)]
    assert second["number"] == 2


@pytest.mark.parametrize(
    ("lines", "code", "field", "place"),
    [
        (("{{ 标题 }}", "{{ 得分 }}"), "unknown_field", "得分", "正文第 2 段"),
        (("{{ 标题 }}", "{{ 署名"), "syntax", "", "正文第 2 段"),
        (("{{ ().__class__.__mro__ }}",), "syntax", "", None),
    ],
)
async def test_a_faulty_template_is_refused_with_the_place(letter, lines, code, field, place):
    officer, _ = letter
    answer = await upload(officer, template(*lines))
    assert answer.status_code == 422, answer.text
    told = answer.json()
    assert told["code"] == "document_template.faults"
    (found,) = [one for one in told["findings"] if one["level"] == "error"]
    assert (found["code"], found["field"]) == (code, field)
    assert place in (None, found["place"])
    assert (await officer.get(TEMPLATES)).json() == []


async def test_a_template_that_lacks_a_field_is_taken_with_a_warning(letter):
    officer, _ = letter
    told = (await upload(officer, template("{{ 标题 }}", "{{ 署名 }}{{ 日期 }}"))).json()
    assert [(one["level"], one["field"]) for one in told["findings"]] == [("warning", "正文")]


async def test_what_is_no_word_file_or_too_large_is_no_template(as_, letter):
    officer, _ = letter
    macro = await upload(officer, GOOD, "版式.docm")
    fake = await upload(officer, b"not a word file", "版式.docx")
    large = await upload(officer, b"0" * (2 * 1024 * 1024 + 1))
    leader = await upload(await as_.leader(), GOOD)

    assert macro.json()["code"] == "document_template.docx"
    assert fake.status_code == 422
    assert large.status_code == 413
    assert leader.status_code == 403


async def test_the_starting_template_passes_the_checker_and_has_every_field(letter):
    officer, _ = letter
    data = await fetch(officer, f"{TEMPLATES}/starting", kind="feedback_letter")
    fields = (await officer.get(f"{TEMPLATES}/fields")).json()

    taken = await upload(officer, data)

    assert taken.json()["findings"] == []
    text = text_of_word(data)
    assert [one["name"] for one in fields if one["name"] not in text] == []
