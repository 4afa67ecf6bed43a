"""The watermark: who looks at a page, of which unit, when; across all of it."""

from functools import cache

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

_SIZE = 26
_ANGLE = 24
_INK = (120, 120, 120, 62)
_EDGE = (255, 255, 255, 40)
_APART = (90, 55)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Noto Sans SC, which comes as a package: a server may have no Chinese font."""
    return ImageFont.truetype(pylopdf_fonts_zh_cn.sans_path(), size)


def stamped(page: Image.Image, words: str) -> Image.Image:
    """Give the page with the words across it, again and again."""
    tile = _tile(words)
    wide, high = tile.size
    layer = Image.new("RGBA", (page.width + 2 * wide, page.height + 2 * high))
    step_x, step_y = 3 * wide // 4 + _APART[0], high + _APART[1]
    for row, top in enumerate(range(0, layer.height - high + 1, step_y)):
        for left in range(row % 2 * step_x // 2, layer.width - wide + 1, step_x):
            layer.alpha_composite(tile, (left, top))
    layer = layer.crop((wide, high, wide + page.width, high + page.height))
    whole = page.convert("RGBA")
    whole.alpha_composite(layer)
    return whole.convert("RGB")


def _tile(words: str) -> Image.Image:
    face = font(_SIZE)
    left, top, right, bottom = face.getbbox(words)
    line = Image.new("RGBA", (int(right - left) + 2, int(bottom - top) + 2))
    ImageDraw.Draw(line).text(
        (-left, -top), words, font=face, fill=_INK, stroke_width=1, stroke_fill=_EDGE
    )
    return line.rotate(_ANGLE, expand=True, resample=Image.Resampling.BICUBIC)
