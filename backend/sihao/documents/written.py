"""What a kind of document says before anybody has put a number on it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sihao.documents.layout.blocks import Attachment, Block, Official, Paragraph

DRAFT_MARK = "征求意见稿"
_LINE_MM = 158.75
"""Width of a line of 28 characters, which tables fill."""


@dataclass(frozen=True, slots=True)
class Written:
    """A paper about one matter.

    `opening` and `closing` are paragraphs that an officer may word otherwise, one a line; `body` is
    the matter's. `waits` says why it must not go out yet. A paper that the matter's own signature
    makes final has `dated` and no `waits`.
    """

    campaign_id: UUID
    unit_id: UUID
    """The unit it concerns, or the committee."""
    organ: str
    title: str
    opening: str = ""
    body: tuple[Block, ...] = ()
    closing: str = ""
    addressee: str = ""
    attachments: tuple[Attachment, ...] = ()
    recipients: tuple[UUID, ...] = ()
    dated: date | None = None
    number: str | None = None
    signature: str = ""
    waits: str | None = None


def official(
    written: Written, *, opening: str | None = None, closing: str | None = None
) -> Official:
    """Compose a draft: with its mark unless the matter itself is signed."""
    first = written.opening if opening is None else opening
    last = written.closing if closing is None else closing
    return Official(
        organ=written.organ,
        title=written.title,
        blocks=(*paragraphs(first), *written.body, *paragraphs(last)),
        number=written.number,
        addressee=written.addressee or None,
        signature=written.signature or written.organ,
        dated=written.dated,
        attachments=written.attachments,
        mark=None if written.dated else DRAFT_MARK,
    )


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Make one paragraph of each line that says something."""
    return tuple(Paragraph(line.strip()) for line in text.split("\n") if line.strip())


def listed(names: Iterable[str]) -> str:
    """Join names as Chinese does."""
    return "、".join(names)


def chinese_date(day: date) -> str:
    """Write a date as the standard wants it: arabic, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def widths(*shares: float) -> tuple[float, ...]:
    """Give the widths in millimetres of a table's columns that fill the line, by their shares."""
    whole = sum(shares)
    return tuple(round(_LINE_MM * share / whole, 2) for share in shares)
