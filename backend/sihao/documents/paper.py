"""A paper as JSON: for the preview, for freezing, and on its way to the process that draws it."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sihao.documents.layout import blocks


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class HeadingPart(_Part):
    """A heading; its number comes by itself."""

    type: Literal["heading"] = "heading"
    level: int
    text: str


class ParagraphPart(_Part):
    """A paragraph."""

    type: Literal["paragraph"] = "paragraph"
    text: str
    align: Literal["justify", "left", "center", "right"] = "justify"
    indent: bool = True


class TablePart(_Part):
    """A table."""

    type: Literal["table"] = "table"
    headings: tuple[str, ...]
    widths_mm: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    aligns: tuple[str, ...] = ()


class PageBreakPart(_Part):
    """What follows starts on a new page."""

    type: Literal["page_break"] = "page_break"


Part = Annotated[
    HeadingPart | ParagraphPart | TablePart | PageBreakPart, Field(discriminator="type")
]
_PARTS: dict[type[Any], type[_Part]] = {
    blocks.Heading: HeadingPart,
    blocks.Paragraph: ParagraphPart,
    blocks.Table: TablePart,
    blocks.PageBreak: PageBreakPart,
}
_BLOCKS: dict[str, Any] = {
    "heading": blocks.Heading,
    "paragraph": blocks.Paragraph,
    "table": blocks.Table,
    "page_break": blocks.PageBreak,
}


class AttachmentPart(_Part):
    """An annex."""

    title: str
    blocks: tuple[Part, ...]


class Paper(_Part):
    """All that is on a paper: `layout.blocks.Official`, field by field."""

    organ: str
    title: str
    blocks: tuple[Part, ...]
    number: str | None = None
    addressee: str | None = None
    signature: str = ""
    dated: date | None = None
    attachments: tuple[AttachmentPart, ...] = ()
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None
    red_heading: bool = False
    mark: str | None = None
    contact: str | None = None


def to_paper(official: blocks.Official) -> Paper:
    """Say it as JSON does."""
    told = {name: getattr(official, name) for name in Paper.model_fields}
    told["blocks"] = tuple(_part(one) for one in official.blocks)
    told["attachments"] = tuple(
        AttachmentPart(title=one.title, blocks=tuple(_part(block) for block in one.blocks))
        for one in official.attachments
    )
    return Paper(**told)


def from_paper(paper: Paper) -> blocks.Official:
    """Turn it back, so that it can be laid out."""
    told = {name: getattr(paper, name) for name in Paper.model_fields}
    told["blocks"] = tuple(_block(one) for one in paper.blocks)
    told["attachments"] = tuple(
        blocks.Attachment(one.title, tuple(_block(block) for block in one.blocks))
        for one in paper.attachments
    )
    return blocks.Official(**told)


def _part(block: blocks.Block) -> Any:
    return _PARTS[type(block)](**asdict(block))


def _block(part: Any) -> blocks.Block:
    made: blocks.Block = _BLOCKS[part.type](**part.model_dump(exclude={"type"}))
    return made
