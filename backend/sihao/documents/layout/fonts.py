"""Which fonts documents are set in: the committee's own first, free ones like them behind.

A font without some character hands it on to the next of its list, so that rare names print.
"""

from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

import sihao
from sihao.core.settings import settings

_OFFICIAL = {
    "fang": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"),
    "kai": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"),
    "hei": ("黑体", "SimHei"),
    "title": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05"),
    "song": ("宋体", "SimSun"),
}
_FREE = {
    "fang": ("FandolFang R", "FandolFang"),
    "kai": ("FandolKai", "FandolKai R"),
    "hei": ("FandolHei",),
    "title": ("FandolSong",),
    "song": (),
}
_RARE = ("LXGW WenKai", "Noto Serif SC", "Noto Sans SC")
_RARE_BY_ROLE = {
    "hei": ("Noto Sans SC", "LXGW WenKai", "Noto Serif SC"),
    "title": ("Noto Serif SC", "LXGW WenKai", "Noto Sans SC"),
    "song": ("Noto Serif SC", "LXGW WenKai", "Noto Sans SC"),
}
_OF_THE_SYSTEM = (
    Path("/usr/share/sihao/fonts"),
    Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"),
    Path("/usr/share/fonts/truetype/lxgw-wenkai"),
)


def folders() -> list[Path]:
    """Where fonts are looked for, first come first."""
    own = settings().font_dir
    checkout = Path(sihao.__file__).parents[2] / ".sihao" / "fonts"
    packaged = pylopdf_fonts_zh_cn.serif_path().parent
    wanted = [*([own] if own else []), checkout, *_OF_THE_SYSTEM, packaged]
    return [folder for folder in wanted if folder.is_dir()]


@cache
def book() -> typst.Fonts:
    """The fonts of these folders and no others, so that each machine sets the same pages."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders()],
    )


@cache
def families() -> dict[str, tuple[str, ...]]:
    """For each role (fang, kai, hei, title, song) the families at hand, in order of preference."""
    return chosen(set(book().families()))


def chosen(have: set[str]) -> dict[str, tuple[str, ...]]:
    """The same out of these families."""
    return {
        role: tuple(
            family
            for family in (*_OFFICIAL[role], *_FREE[role], *_RARE_BY_ROLE.get(role, _RARE))
            if family in have
        )
        for role in _OFFICIAL
    }


def stand_ins(by_role: dict[str, tuple[str, ...]]) -> str | None:
    """A sentence for the operator if documents are set in fonts far from the standard's."""
    if all(by_role[role][0] not in _RARE for role in ("fang", "kai", "title")):
        return None
    return (
        "official documents as PDF are set in Noto instead of 仿宋, 楷体 or 小标宋: "
        "put fonts into SIHAO_FONT_DIR, see docs/operations.md"
    )
