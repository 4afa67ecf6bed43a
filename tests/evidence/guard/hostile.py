"""The hostile corpus: files that must not come in, or come in and lie there inert.

`python -m tests.evidence.guard.hostile FOLDER` writes them down. They are the same each time.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

INERT = "inert"


@dataclass(frozen=True)
class Case:
    """A file with its name, and the problem that refuses it (or `inert`)."""

    what: str
    file_name: str
    make: Callable[[], bytes]
    expected: str


def case(what: str, file_name: str, content: bytes | Callable[[], bytes], expected: str) -> Case:
    made = content if callable(content) else lambda: content
    return Case(what, file_name, made, expected if expected == INERT else f"file.{expected}")


def corpus() -> Iterator[Case]:
    from tests.evidence.guard import hostile_formats, hostile_kinds, hostile_marks  # noqa: PLC0415

    yield from hostile_kinds.cases()
    yield from hostile_formats.cases()
    yield from hostile_marks.cases()


def main(folder: str) -> None:
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(corpus()):
        name = "".join(sign for sign in one.file_name if sign.isprintable())
        (place / f"{number:03}-{one.expected}-{name}").write_bytes(one.make())


if __name__ == "__main__":
    main(sys.argv[1])
