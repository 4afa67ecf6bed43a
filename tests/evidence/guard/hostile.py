"""One hostile file, and what becomes of it."""

from collections.abc import Callable
from dataclasses import dataclass

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
