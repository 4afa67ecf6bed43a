"""The page as GB/T 9704-2012 measures it."""

import re
import time
from datetime import date
from itertools import pairwise

import pytest

from sihao.documents.layout.blocks import Attachment, Heading, PageBreak, Paragraph, Table
from sihao.documents.layout.fonts import families, stand_ins
from sihao.documents.layout.pdf import UnprintableError, render_pdf
from tests.documents.layout.letters import HEIGHT, MM, PITCH, SENTENCE, Pages, annex, letter

PLAIN = {"red_heading": False, "number": None, "copies_to": (), "printed_by": ""}
PLAIN |= {"printed_on": None, "contact": None, "attachments": ()}
RARE = (
    "喆镕珺𬭎堃淼焱垚昇翀晟玥琤璟瑢璘甯畯皞睿祎禛稑窅竑笪筠簃粼綦綪缦羿翙翾耘聿舁艳芃苡荃莜菀葳蓁蕤薷"
    "虓蜒衎袆襄觐訚詝谌豳赟趸跶軎辂逄邕郅鄢酆釴銮锜镠闳阗陟隽霈霏靓靳韫韬顗颢颙颋飏馥骃骉骥髙魃鲲鳟鸢麒麓黎黻齮"
)


@pytest.fixture
def free_fonts() -> None:
    """Skip what Noto alone cannot show."""
    if reason := stand_ins(families()):
        pytest.skip(reason)


def lines_of_text(count: int) -> tuple[Paragraph, ...]:
    return (Paragraph("字" * 28 * count, indent=False),)


@pytest.fixture(scope="module")
def full() -> Pages:
    """Five pages and more of plain text."""
    return Pages(render_pdf(letter(**PLAIN, blocks=lines_of_text(120))))


def test_a_full_page_has_22_lines_of_28_characters(full: Pages):
    rows = [row for row in full.lines(1) if row[0].char == "字"]

    assert [len(row) for row in rows] == [28] * 22


def test_lines_are_28_95_points_apart(full: Pages):
    bases = [row[0].base for row in full.lines(1) if row[0].char == "字"]

    assert all(abs(above - below - PITCH) < 0.05 for above, below in pairwise(bases))


def test_text_stands_within_the_margins(full: Pages):
    page = full.pdf[1]
    rows = [row for row in full.lines(1) if row[0].char == "字"]
    left, right = rows[0][0].left, rows[0][-1].right
    top, bottom = HEIGHT - rows[0][0].base, HEIGHT - rows[-1][0].base

    assert [round(side / MM) for side in page.get_size()] == [210, 297]
    assert left == pytest.approx(28 * MM, abs=0.5)
    assert right == pytest.approx((210 - 26) * MM, abs=0.5)
    # Characters stand in the middle of their line, so half of what is left over is above.
    above = (PITCH - 16) / 2
    assert top == pytest.approx(37 * MM + above + 0.88 * 16, abs=0.3)
    assert bottom == pytest.approx((297 - 35) * MM - above - 0.12 * 16, abs=1.2)


def test_body_is_16_points_and_title_22(full: Pages):
    head = Pages(render_pdf(letter(title="通知", blocks=(Paragraph("正文"),)))).glyphs(0)

    sizes = {one.char: one.size for one in head}
    assert sizes["知"] == pytest.approx(22)
    assert {one.size for one in full.glyphs(1) if one.char == "字"} == {16}


def test_page_numbers_stand_outside_seven_millimetres_below_the_text(full: Pages):
    for page, right_side in ((0, True), (1, False), (2, True)):
        last = full.lines(page)[-1]
        assert "".join(one.char for one in last) == f"—{page + 1}—"
        dash = HEIGHT - last[0].base - 0.38 * 14
        assert dash == pytest.approx((297 - 35 + 7) * MM, abs=2)
        assert last[0].size == 14
        if right_side:
            assert last[-1].right == pytest.approx((210 - 26) * MM - 14, abs=1)
        else:
            assert last[0].left == pytest.approx(28 * MM + 14, abs=1)


def test_red_is_for_what_is_issued_only():
    issued, draft = Pages(render_pdf(letter())), Pages(render_pdf(letter(red_heading=False)))

    assert issued.red_share(0) > 0.005
    assert "某某市人民政府文件" in issued.text(0)
    assert all(draft.red_share(page) == 0 for page in range(len(draft)))
    assert "文件" not in draft.text(0)


def test_the_red_mark_begins_35_millimetres_below_the_edge_of_the_text():
    picture = Pages(render_pdf(letter())).pdf[0].render(scale=4).to_pil().convert("RGB")
    red = [
        y
        for y in range(picture.height)
        for x in range(0, picture.width, 8)
        if picture.getpixel((x, y))[0] > 180 and picture.getpixel((x, y))[1] < 90
    ]

    assert red[0] / 4 == pytest.approx((37 + 35) * MM, abs=6)


def test_a_long_organ_keeps_its_mark_in_one_line():
    organ = "某某省某某自治州某某经济技术开发区高质量发展综合绩效考核工作领导小组办公室"
    pages = Pages(render_pdf(letter(organ=organ)))

    [row] = [row for row in pages.lines(0) if f"{organ}文件" in "".join(one.char for one in row)]
    assert row[-1].right <= (210 - 26) * MM + 1


def test_a_mark_stands_upper_left_on_what_is_not_issued():
    pages = Pages(render_pdf(letter(red_heading=False, mark="征求意见稿")))
    first = pages.lines(0)[0]

    assert "".join(one.char for one in first) == "征求意见稿"
    assert first[0].left == pytest.approx(28 * MM, abs=1)


def test_headings_are_counted_by_level():
    blocks = (
        Heading(1, "甲"),
        Heading(2, "乙"),
        Heading(3, "丙"),
        Heading(3, "丁"),
        Heading(4, "戊"),
        Heading(2, "己"),
        Heading(3, "庚"),
        *(Heading(1, "辛") for _ in range(10)),
        Paragraph("壬"),
    )
    pages = Pages(render_pdf(letter(**PLAIN, blocks=blocks)))
    text = "".join(pages.text(page) for page in range(len(pages)))

    for line in ("一、甲", "（一）乙", "1.丙", "2.丁", "（1）戊", "（二）己", "1.庚", "十一、辛"):
        assert line in text


def test_levels_are_told_by_their_fonts(free_fonts):
    pages = Pages(render_pdf(letter(blocks=(Heading(1, "甲"), Heading(2, "乙"), Heading(3, "丙")))))

    fonts = pages.fonts(0)
    assert "Hei" in fonts["甲"]
    assert "Kai" in fonts["乙"]
    assert "Fang" in fonts["丙"]


def test_the_date_ends_four_characters_left_and_the_organ_is_centred_over_it():
    rows = Pages(render_pdf(letter(**PLAIN, blocks=(Paragraph("正文。"),)))).lines(0)
    at, dated = next((at, row) for at, row in enumerate(rows) if words(row) == "2026年11月24日")
    organ = rows[at - 1]

    assert words(organ) == "某某市人民政府"
    assert dated[-1].right == pytest.approx((210 - 26) * MM - 4 * 16, abs=2)
    assert middle(organ) == pytest.approx(middle(dated), abs=4)


def test_a_signature_is_never_alone_on_a_page():
    for count in range(10, 24):
        pages = Pages(
            render_pdf(letter(**PLAIN, blocks=(*lines_of_text(count), Paragraph("末段"))))
        )
        page = next(at for at in range(len(pages)) if "2026年11月24日" in pages.text(at))
        assert "末段" in pages.text(page)


def test_the_imprint_is_at_the_foot_of_an_even_last_page():
    for count in range(1, 30, 3):
        pages = Pages(render_pdf(letter(blocks=lines_of_text(count))))
        assert len(pages) % 2 == 0
        rows = [row for row in pages.lines(len(pages) - 1) if "—" not in words(row)]
        assert words(rows[-1]) == "某某市人民政府办公室2026年11月25日印发"
        assert words(rows[-2]) == "抄送：市委各部门。"
        assert HEIGHT - rows[-1][0].base == pytest.approx((297 - 35) * MM - 8, abs=3)


def test_an_imprint_without_text_beside_it_has_no_page_number():
    pages = Pages(render_pdf(letter(blocks=(Paragraph("短。"),))))

    assert len(pages) == 2
    assert "— 1 —" in pages.text(0)
    assert "—" not in pages.text(1)


def test_annexes_are_named_below_the_text_and_begin_on_their_own_pages():
    one = (Attachment("名单", (Paragraph("甲。"),)),)
    two = (*one, Attachment("清单", (Heading(1, "乙"),)))
    text = Pages(render_pdf(letter(attachments=two)))
    single = Pages(render_pdf(letter(attachments=one)))

    whole = "".join(text.text(page) for page in range(len(text)))
    assert re.search(r"附件：\s*1\.名单\s*2\.清单", whole)
    firsts = [words(text.lines(page)[0]) for page in range(len(text))]
    assert "附件1" in firsts
    assert "附件2" in firsts
    assert "附件" in [words(single.lines(page)[0]) for page in range(len(single))]


def test_the_head_of_a_table_is_repeated_on_each_page():
    pages = Pages(render_pdf(letter(**{**PLAIN, "attachments": (annex(100),)})))

    with_rows = [at for at in range(len(pages)) if "街道办事处" in pages.text(at)]
    assert len(with_rows) > 2
    assert all("序号" in pages.text(at) for at in with_rows)


def test_a_table_wider_than_the_line_is_narrowed_to_it():
    wide = Table(("甲", "乙"), (200, 200), (("一", "二"),), ("left", "right"))
    glyphs = Pages(render_pdf(letter(**PLAIN, blocks=(wide,)))).glyphs(0)
    left, right = (next(one for one in glyphs if one.char == char) for char in "一二")

    assert left.left == pytest.approx(28 * MM + 4, abs=2)
    assert right.right == pytest.approx((210 - 26) * MM - 4, abs=2)


def test_a_page_break_begins_a_page():
    pages = Pages(
        render_pdf(letter(**PLAIN, blocks=(Paragraph("前"), PageBreak(), Paragraph("后"))))
    )

    assert "前" in pages.text(0)
    assert "后" in pages.text(1)


def test_a_long_title_is_broken_where_words_end():
    title = "关于2026年度区县镇街绩效考核工作情况和有关问题整改落实的通报"
    rows = Pages(render_pdf(letter(title=title))).lines(0)
    broken = [words(row) for row in rows if abs(row[0].size - 22) < 0.1]

    assert broken == ["关于2026年度区县镇街绩效考核工作", "情况和有关问题整改落实的通报"]


def test_rare_characters_of_names_are_drawn(free_fonts):
    assert len(set(RARE)) >= 100
    pages = Pages(render_pdf(letter(blocks=(Paragraph(RARE),))))

    text = "".join(pages.text(page) for page in range(len(pages)))
    assert set(RARE) <= set(text)


def test_a_character_that_no_font_has_is_refused_not_left_out():
    with pytest.raises(UnprintableError, match=r"“\U0003134f”（U\+3134F）.*字体") as refused:
        render_pdf(letter(blocks=(Paragraph("王\U0003134f同志"),)))

    assert refused.value.text == "\U0003134f"


def test_control_characters_are_left_out():
    pages = Pages(render_pdf(letter(blocks=(Paragraph("甲\x00乙\x0b丙\ufeff丁"),))))

    assert "甲乙丙丁" in pages.text(0)


def test_words_are_never_read_as_markup():
    hostile = '#import "x" $ \\ [a] *b* _c_ `d` <e> @f // g "h" #{1+1} = i'
    text = Pages(render_pdf(letter(blocks=(Paragraph(hostile),)))).text(0).replace("\n", "")

    for word in ("#import", "*b*", "_c_", "`d`", "<e>", "@f", "//", "#{1+1}"):
        assert word in text


def test_the_file_is_pdf_a_and_the_same_each_time():
    first, second = render_pdf(letter()), render_pdf(letter())

    assert first == second
    assert b"pdfaid:part>2<" in first
    assert b"pdfaid:conformance>B<" in first


def test_a_document_of_nothing_but_a_title_is_drawn():
    bare = letter(**PLAIN, blocks=(), addressee=None, signature="", dated=None)

    assert "绩效考核结果" in Pages(render_pdf(bare)).text(0)


def test_an_annex_of_2000_rows_takes_two_seconds():
    document = letter(attachments=(annex(2000),), printed_on=date(2026, 11, 25))
    render_pdf(letter())
    began = time.process_time()
    pages = Pages(render_pdf(document))

    assert time.process_time() - began < 4  # both processors' time; alone it is 1.1 s
    assert "20.00" in pages.text(len(pages) - 1) + pages.text(len(pages) - 2)


def words(row) -> str:
    return "".join(one.char for one in row)


def middle(row) -> float:
    return (row[0].left + row[-1].right) / 2


def test_sentences_of_letters_and_digits_stay_within_the_line():
    pages = Pages(render_pdf(letter(**PLAIN, blocks=(Paragraph(SENTENCE * 8),))))

    assert all(row[-1].right <= (210 - 26) * MM + 1 for row in pages.lines(0))
