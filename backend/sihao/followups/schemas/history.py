"""What happened to a case so far, as the record tells it."""

from datetime import datetime
from uuid import UUID

from sqlmodel import SQLModel


class HistoryLine(SQLModel):
    """One step: what was done (in Chinese: `label`), when, by whom, with which opinion."""

    id: UUID
    name: str
    label: str
    at: datetime
    actor: str
    opinion: str
