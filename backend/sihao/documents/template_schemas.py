"""Word templates of the committee's own, as they go in and out."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import TypeAdapter
from sqlmodel import SQLModel

from sihao.core.body import Body
from sihao.documents.models import DocumentKind


class TemplatePublic(SQLModel):
    """A version of a template; without one in use a kind has the built-in layout."""

    id: UUID
    kind: DocumentKind
    number: int
    file_name: str
    sha256: str
    in_use: bool
    uploaded_by: str
    created_at: datetime
    version: int


class TemplateFinding(SQLModel):
    """What the checker says about a template: `error`s keep it out, `warning`s do not."""

    level: Literal["error", "warning"]
    code: str
    field: str
    place: str
    sentence: str


FINDINGS = TypeAdapter(list[TemplateFinding])
"""How the process that checks says it."""


class TemplateField(SQLModel):
    """A field that a template may use."""

    name: str
    meaning: str
    required: bool


class TemplateUploaded(SQLModel):
    """A template that was taken, with what the checker remarks."""

    template: TemplatePublic
    findings: list[TemplateFinding]


class KindQuery(Body):
    """Of which kind."""

    kind: DocumentKind
