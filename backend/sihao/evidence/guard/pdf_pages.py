"""Pages of a PDF as pictures. Importing this makes PDFium draw with the faces that we bring.

A page that names 宋体 without carrying it then looks the same on every server.
"""

import ctypes
import os
from contextlib import closing
from typing import BinaryIO

import pylopdf_fonts_zh_cn
from PIL import Image
from pypdfium2 import raw as pdfium

from sihao.evidence.guard.pdf import open_pdf

_TEXT = ctypes.POINTER(ctypes.c_char)
_FOLDER = ctypes.create_string_buffer(os.fsencode(pylopdf_fonts_zh_cn.sans_path().parent))
_FOLDERS = (_TEXT * 2)(ctypes.cast(_FOLDER, _TEXT), _TEXT())
"""PDFium keeps the address of this list: it lives as long as the process."""

pdfium.FPDF_DestroyLibrary()
pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=_FOLDERS))


def count_pages(file: BinaryIO) -> int:
    """Count the pages."""
    with closing(open_pdf(file)) as document:
        return len(document)


def draw_page(file: BinaryIO, page: int, wide: int, high: int) -> Image.Image:
    """Draw a page, counted from 1, into a box of `wide` and `high` pixels."""
    with closing(open_pdf(file)) as document:
        drawn = document[page - 1]
        width, height = drawn.get_size()
        scale = min(wide / max(width, 1), high / max(height, 1), 4)
        picture: Image.Image = drawn.render(scale=scale).to_pil().convert("RGB")
        return picture
