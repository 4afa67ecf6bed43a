"""Read XML part by part as a stream: no document types, no entities, no depth without end."""

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from sihao.evidence.guard.limits import MIB, XML_DEPTH
from sihao.evidence.guard.refusals import refusal

Start = Callable[[str, dict[str, str]], None]
Text = Callable[[str], None]
End = Callable[[str], None]


def read_xml(stream: IO[bytes], start: Start, text: Text, end: End) -> None:
    """Tell of each element by its local name. Raise `Invalid` for what is not plain XML."""
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > XML_DEPTH:
            raise refusal("bomb", "XML 层级过深")
        start(name.rpartition(":")[2], attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rpartition(":")[2])

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        while block := stream.read(MIB):
            parser.Parse(block, False)  # noqa: FBT003 - expat takes no keywords
        parser.Parse(b"", True)  # noqa: FBT003 - the same
    except expat.ExpatError as error:
        raise refusal("broken") from error


def _refuse(*_: object) -> None:
    raise refusal("xml")
