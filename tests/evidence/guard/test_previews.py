"""Pages as pictures: what is on them, whose name is across them, what cannot be shown."""

import io
import os
import stat
import sys

import pytest
from PIL import Image, ImageChops

from sihao.core.errors import Invalid, NotFound
from sihao.core.settings import settings
from sihao.evidence.previews import render_page
from tests.evidence.guard import make
from tests.evidence.guard.good import WORDS, good

STAMP = "王建国 · 市直机关工委 · 2026-11-24 16:20"
SHOWN = {
    name: (content, kind)
    for name, content, kind, _, _ in good()
    if not kind.startswith(("video/", "audio/", "application/zip", "image/heic"))
}


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(settings(), "__dict__", {**settings().__dict__, "data_dir": tmp_path})


@pytest.fixture(autouse=True)
def no_converter(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


async def look(folder, content: bytes, kind: str, page: int = 1, stamp: str = STAMP):
    path = folder / "file"
    path.write_bytes(content)
    shown = await render_page(path, kind, page, stamp)
    return Image.open(io.BytesIO(shown.image)), shown.pages


@pytest.mark.parametrize(("content", "kind"), SHOWN.values(), ids=SHOWN)
async def test_every_kind_that_is_read_can_be_looked_at(tmp_path, content, kind):
    picture, pages = await look(tmp_path, content, kind)

    assert picture.format == "WEBP"
    assert picture.width >= 640
    assert picture.height >= 640
    assert pages >= 1


async def test_the_stamp_is_all_over_the_page_and_of_the_one_who_looks(tmp_path):
    mine, _ = await look(tmp_path, make.pdf(""), "application/pdf")
    theirs, _ = await look(
        tmp_path, make.pdf(""), "application/pdf", stamp="李明 · 市财政局 · 2026"
    )

    assert ImageChops.difference(mine.convert("RGB"), theirs.convert("RGB")).getbbox()
    for left in range(0, mine.width - 310, 310):
        for top in range(0, mine.height - 350, 350):
            square = mine.convert("L").crop((left, top, left + 310, top + 350))
            assert square.getextrema()[0] < 240, (left, top)


async def test_chinese_without_a_font_in_the_file_or_on_the_server_is_drawn(tmp_path):
    empty, _ = await look(tmp_path, make.pdf(""), "application/pdf", stamp=".")
    shown, _ = await look(tmp_path, make.pdf(WORDS), "application/pdf", stamp=".")

    ink = [sum(one.convert("L").histogram()[:128]) for one in (empty, shown)]
    assert ink[0] == 0
    assert ink[1] > 1000


async def test_pages_are_drawn_one_by_one_and_none_behind_the_last(tmp_path):
    content = make.pdf("第一页", "第二页")
    first, pages = await look(tmp_path, content, "application/pdf", 1)
    second, _ = await look(tmp_path, content, "application/pdf", 2)

    assert pages == 2
    assert ImageChops.difference(first.convert("RGB"), second.convert("RGB")).getbbox()
    with pytest.raises(NotFound) as missing:
        await look(tmp_path, content, "application/pdf", 3)
    assert missing.value.code == "preview.page"


async def test_a_long_text_has_two_hundred_pages_to_look_at(tmp_path):
    _, pages = await look(tmp_path, ("学习笔记\n" * 50_000).encode(), "text/plain", 200)

    assert pages == 200


async def test_a_turned_photo_stands_upright(tmp_path):
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (1200, 800), "red").save(out, "JPEG", exif=exif)

    picture, _ = await look(tmp_path, out.getvalue(), "image/jpeg")

    assert picture.height > picture.width


async def test_what_cannot_be_drawn_says_so(tmp_path):
    with pytest.raises(Invalid) as refused:
        await look(tmp_path, make.zip_of({"a.txt": "a"}), "application/zip")

    assert refused.value.code == "file.no_preview"


async def test_office_files_are_drawn_by_the_converter_when_there_is_one(tmp_path, monkeypatch):
    calls = tmp_path / "calls"
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    (tmp_path / "three.pdf").write_bytes(make.pdf("一", "二", "三"))
    program.write_text(
        f"#!{sys.executable}\nimport pathlib, shutil, sys\n"
        f"open({str(calls)!r}, 'a').write('x')\n"
        "source = pathlib.Path(sys.argv[-1])\n"
        f"shutil.copyfile({str(tmp_path / 'three.pdf')!r}, source.with_suffix('.pdf'))\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", os.pathsep.join([str(program.parent), os.environ["PATH"]]))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    _, pages = await look(tmp_path, make.docx(), kind, 2)
    await look(tmp_path, make.docx(), kind, 3)

    assert pages == 3
    assert calls.read_text() == "x"
    assert [one.suffix for one in (tmp_path / "previews").iterdir()] == [".pdf"]
