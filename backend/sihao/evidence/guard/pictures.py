"""Pictures: their own head says how large they become; nothing is decoded to find out."""

import warnings
from typing import BinaryIO

from PIL import Image

from sihao.evidence.guard.limits import PIXELS
from sihao.evidence.guard.refusals import refusal

_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")
warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # counted below


def check_picture(file: BinaryIO) -> None:
    """Raise `Invalid` for a flood of pixels or a damaged picture."""
    open_picture(file)
    file.seek(0)
    try:
        with Image.open(file, formats=_FORMATS) as picture:
            picture.verify()
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise refusal("broken") from error


def open_picture(file: BinaryIO) -> Image.Image:
    """Open a picture of bounded size; its pixels are read when they are needed."""
    file.seek(0)
    try:
        picture: Image.Image = Image.open(file, formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise refusal("pixels", "3.5 亿以上") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise refusal("broken") from error
    if picture.width * picture.height > PIXELS:
        raise refusal("pixels", f"{picture.width * picture.height}")
    return picture
