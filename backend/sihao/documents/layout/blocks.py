"""What an official document consists of, before anybody decides where it stands on paper."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Align = Literal["justify", "left", "center", "right"]


@dataclass(frozen=True)
class Heading:
    """A heading without its number: the layout counts 一、（一）1.（1）for the levels 1 to 4."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text; without an indent for forms of address and captions."""

    text: str
    align: Align = "justify"
    indent: bool = True


@dataclass(frozen=True)
class Table:
    """A table whose head is repeated on each page; widths are shares of the line if they exceed it.

    `aligns` holds `left`, `center` or `right` for each column; without them all are centred.
    """

    headings: tuple[str, ...]
    widths_mm: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    aligns: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page."""


Block = Heading | Paragraph | Table | PageBreak


@dataclass(frozen=True)
class Attachment:
    """An annex (附件): named below the text, set on its own page, numbered by the layout."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Official:
    """One document by GB/T 9704-2012.

    The red heading stands only on what is issued; before, `mark` says what the paper is
    (征求意见稿). `copies_to`, `printed_by` and `printed_on` make the imprint (版记); it is left
    out if none of them is given.
    """

    organ: str
    title: str
    blocks: tuple[Block, ...]
    number: str | None = None
    addressee: str | None = None
    signature: str = ""
    dated: date | None = None
    attachments: tuple[Attachment, ...] = ()
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None
    red_heading: bool = False
    mark: str | None = None
    contact: str | None = None


@dataclass(frozen=True)
class Violation:
    """What offends the standard: a stable code, where, and a sentence saying how to mend it."""

    code: str
    place: str
    sentence: str
