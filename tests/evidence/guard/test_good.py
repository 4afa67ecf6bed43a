"""Honest files come in, and what is known of them is right."""

import pytest

from sihao.core.errors import Invalid
from sihao.core.settings import settings
from sihao.evidence.guard.examine import Examined, examine
from tests.evidence.guard import make
from tests.evidence.guard.good import good

GOOD = list(good())


@pytest.mark.parametrize(
    ("name", "content", "kind", "said", "pages"), GOOD, ids=[one[0] for one in GOOD]
)
async def test_honest_files_pass(tmp_path, name, content, kind, said, pages):
    found = await examine(put(tmp_path, content), name)

    assert (found.media_type, found.pages) == (kind, pages)
    assert said in found.text


def put(folder, content: bytes):
    path = folder / "0"
    path.write_bytes(content)
    return path


async def test_only_the_beginning_of_a_long_text_is_kept(tmp_path):
    found = await examine(put(tmp_path, ("学习笔记\n" * 100_000).encode()), "笔记.txt")

    assert isinstance(found, Examined)
    assert 199_000 < len(found.text.encode()) <= 200_000


@pytest.mark.parametrize(
    ("name", "content", "place", "quoted"),
    [
        ("a.txt", "一\n二\n  机密★10年  \n".encode(), "第 3 行", "机密★10年"),
        ("a.pdf", make.pdf("第一页", "绝密★长期"), "第 2 页第 1 行", "绝密★长期"),
        (
            "a.docx",
            make.docx(make.paragraph("一") * 2 + make.paragraph("秘", "密★")),
            "正文第 3 段",
            "秘密★",
        ),
        (
            "a.docx",
            make.docx(parts={"word/header1.xml": make.w_part("hdr", make.paragraph("机密★"))}),
            "页眉第 1 段",
            "机密★",
        ),
        (
            "a.xlsx",
            make.xlsx(("序号", "第一行\n机密★1年")),
            "第 1 张工作表的单元格 A2 ",
            "第一行 机密★1年",
        ),
        ("a.pptx", make.pptx("一", "机密★"), "第 2 张幻灯片第 1 段", "机密★"),
        ("a.ofd", make.ofd("机密★"), "第 1 页第 1 段", "机密★"),
    ],
)
async def test_a_mark_of_secrecy_is_quoted_with_its_place(tmp_path, name, content, place, quoted):
    with pytest.raises(Invalid) as refused:
        await examine(put(tmp_path, content), name)

    assert refused.value.code == "file.secret"
    assert (refused.value.extra["place"], refused.value.extra["quoted"]) == (place, quoted)
    assert place in refused.value.zh


async def test_a_parser_without_memory_or_time_refuses_the_file(tmp_path, monkeypatch):
    workbook = put(tmp_path, make.xlsx(tuple(f"第 {n} 行" for n in range(60_000))))
    small = {**settings().__dict__, "guard_memory_bytes": 48 * 1024 * 1024}
    monkeypatch.setattr(settings(), "__dict__", small)
    document = put_beside(tmp_path, make.pdf("一"))

    with pytest.raises(Invalid) as refused:
        await examine(document, "a.pdf")
    assert refused.value.code in {"file.exhausting", "file.broken"}

    monkeypatch.setattr(
        settings(), "__dict__", {**small, "guard_seconds": 0, "guard_memory_bytes": 1 << 30}
    )
    with pytest.raises(Invalid) as refused:
        await examine(workbook, "a.xlsx")
    assert refused.value.code == "file.exhausting"


def put_beside(folder, content: bytes):
    path = folder / "1"
    path.write_bytes(content)
    return path
