"""What a unit shall have at hand for the visit, asked once for all."""

from typing import Literal
from uuid import UUID

from sqlmodel import SQLModel


class HeldPaper(SQLModel):
    """A piece of evidence that is there for one who asks: `code` is an item or an assessment."""

    evidence_id: UUID
    title: str
    code: str


class MaterialLine(SQLModel):
    """A paper or a ledger, once, with all who ask for it.

    `asked_by` are codes of items (A1) and merged assessments (X1). `open` are those among them that
    nothing is there for: no evidence that was not rejected, no row in the ledger.
    """

    kind: Literal["paper", "ledger"]
    name: str
    asked_by: list[str]
    held: list[HeldPaper]
    rows: int
    open: list[str]


class MaterialList(SQLModel):
    """The whole list. `asked` counts what would be asked one by one, `lines` what is asked."""

    inspection_id: UUID
    unit_id: UUID
    unit_name: str
    asked: int
    lines: list[MaterialLine]
