"""The hostile corpus: files that must not come in, or come in and lie there inert.

`python -m tests.evidence.guard.corpus FOLDER` writes them down. They are the same each time.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.evidence.guard import (
    hostile_bombs,
    hostile_formats,
    hostile_kinds,
    hostile_marks,
    hostile_pdfs,
)
from tests.evidence.guard.hostile import Case


def corpus() -> Iterator[Case]:
    yield from hostile_kinds.cases()
    yield from hostile_bombs.cases()
    yield from hostile_formats.cases()
    yield from hostile_pdfs.cases()
    yield from hostile_marks.cases()


def main(folder: str) -> None:
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(corpus()):
        name = "".join(sign for sign in one.file_name if sign.isprintable())
        name = name.replace("/", "_").replace(":", "_")
        (place / f"{number:03}-{one.expected}-{name}").write_bytes(one.make())


if __name__ == "__main__":
    main(sys.argv[1])
