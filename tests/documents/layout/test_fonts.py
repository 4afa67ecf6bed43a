"""Which fonts documents are set in."""

from pathlib import Path

import pytest

from sihao.core.settings import settings
from sihao.documents.layout.fonts import chosen, folders, stand_ins

NOTO = {"Noto Serif SC", "Noto Sans SC"}
FREE = NOTO | {"FandolFang R", "FandolKai", "FandolHei", "FandolSong", "LXGW WenKai"}


def test_the_committees_own_fonts_come_first():
    have = FREE | {"仿宋_GB2312", "方正小标宋简体"}

    assert chosen(have)["fang"][:2] == ("仿宋_GB2312", "FandolFang R")
    assert chosen(have)["title"][0] == "方正小标宋简体"


def test_what_one_font_lacks_the_next_ones_have():
    assert chosen(FREE)["fang"] == ("FandolFang R", "LXGW WenKai", "Noto Serif SC", "Noto Sans SC")


def test_noto_stands_in_for_all_and_somebody_is_told():
    assert all(families for families in chosen(NOTO).values())
    assert "SIHAO_FONT_DIR" in (stand_ins(chosen(NOTO)) or "")
    assert stand_ins(chosen(FREE)) is None


def test_the_committees_folder_is_looked_into_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SIHAO_FONT_DIR", str(tmp_path))
    settings.cache_clear()
    try:
        assert folders()[0] == tmp_path
    finally:
        monkeypatch.undo()
        settings.cache_clear()
