"""What goes out of the copy check: help for its unit, never a block."""

from uuid import UUID

from sqlmodel import SQLModel

from sihao.copies.models import CopyKind


class OtherText(SQLModel):
    """The passage that it is like."""

    unit_id: UUID
    unit_name: str
    year: int
    place: str
    text: str
    percent: int
    """How much of the passage stands there too."""


class CopiedPassage(SQLModel):
    """A passage beside what it is like."""

    place: str
    text: str
    others_percent: int
    """The most that it has in common with a passage of another unit; 0 is nothing noteworthy."""
    last_year: list[OtherText]
    """The own unit's text of the year before."""
    others: list[OtherText]
    """Other units' texts: for the committee alone; empty for everybody else."""


class CopiedFile(SQLModel):
    """A file with the same bytes."""

    evidence_id: UUID
    file_name: str
    last_year: bool
    """Handed in by the same unit the year before too."""
    others: bool
    """Handed in by another unit this year too."""
    units: list[str]
    """Which ones: for the committee alone."""


class UnseenNumber(SQLModel):
    """A number in a report that is larger than what the unit's ledgers of the year bear out."""

    place: str
    text: str
    """The clause that says it."""
    said: int
    recorded: int
    ledger: str
    """The ledger's kind, such as T5."""
    ledger_name: str


class CopyCheck(SQLModel):
    """What a text has in common with the own one of last year and with other units' of this year.

    Percentages count letters of passages that are alike, of all that are long enough to compare.
    """

    kind: CopyKind
    subject_id: UUID
    passages: int
    like_last_year: int
    like_others: int
    percent_last_year: int
    percent_others: int
    items: list[CopiedPassage]
    files: list[CopiedFile]
    numbers: list[UnseenNumber]
    """Numbers to look at again before a report is handed in: for its writers alone."""
