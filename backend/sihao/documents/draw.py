"""Draw one paper, in a process of its own.

`python -m sihao.documents.draw FOLDER word|pdf|starting [FONTS]` reads `paper.json` and,
if it is there, `template.docx` from the folder, and writes the file to its standard output.
"""

import os
import sys
from pathlib import Path

from sihao.core.confine import confine
from sihao.documents.layout.pdf import render_pdf
from sihao.documents.layout.word import render_word
from sihao.documents.paper import Paper, from_paper
from sihao.documents.templates import fill, starting_template

_MEMORY = 2 * 1024**3
_SECONDS = 60
_WRITTEN = 64 * 1024**2
_NOWHERE = "postgresql://nobody@127.0.0.1/nothing"
"""Settings ask for a database; this process has none."""


def main(folder: str, form: str, fonts: str = "") -> None:
    """Read, draw, write."""
    os.environ["SIHAO_DATABASE_URL"] = _NOWHERE
    if fonts:
        os.environ["SIHAO_FONT_DIR"] = fonts
    confine(_MEMORY, _SECONDS, _WRITTEN)
    place = Path(folder)
    if form == "starting":
        sys.stdout.buffer.write(starting_template())
        return
    official = from_paper(Paper.model_validate_json((place / "paper.json").read_bytes()))
    template = place / "template.docx"
    if form == "pdf":
        drawn = render_pdf(official)
    elif template.exists():
        drawn = fill(template.read_bytes(), official)
    else:
        drawn = render_word(official)
    sys.stdout.buffer.write(drawn)


if __name__ == "__main__":
    main(*sys.argv[1:])
