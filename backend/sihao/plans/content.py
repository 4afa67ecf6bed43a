"""The text of a plan as it is signed, its digest, and what differs between two of them."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from sihao.plans.models import Linkage, ProblemCategory, ProblemSource


class ProblemContent(BaseModel):
    """A problem as it stood, with names instead of references."""

    id: UUID
    number: int
    text: str
    category: ProblemCategory
    member: str
    source: ProblemSource
    source_note: str
    criteria: list[str]
    linkages: list[Linkage]


class MeasureContent(BaseModel):
    """A measure as it stood; `problem` is the number of the problem it answers."""

    id: UUID
    number: int
    problem_id: UUID | None
    problem: int | None
    text: str
    owner: str
    co_owners: list[str]
    due_on: date | None
    expected_output: str
    linkages: list[Linkage]


class PlanContent(BaseModel):
    """Everything a signature stands under."""

    unit: str
    year: int
    basis: str
    goals: str
    content: str
    problems: list[ProblemContent]
    measures: list[MeasureContent]

    def digest(self) -> str:
        """Hash the canonical JSON with SHA-256."""
        text = json.dumps(
            self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return sha256(text.encode()).hexdigest()


class FieldChange(BaseModel):
    """One field, before and after, as text; codes stay codes."""

    field: str
    before: str
    after: str


class PlanChange(BaseModel):
    """What happened to the plan's own text, to one problem or to one measure."""

    section: Literal["plan", "problem", "measure"]
    kind: Literal["added", "removed", "changed"]
    id: UUID | None = None
    number: int | None = None
    fields: list[FieldChange]


_PLAN = ("basis", "goals", "content")
_PROBLEM = ("text", "category", "member", "source", "source_note", "criteria", "linkages")
_MEASURE = ("problem", "text", "owner", "co_owners", "due_on", "expected_output", "linkages")


def changes(before: PlanContent, after: PlanContent) -> list[PlanChange]:
    """Compare field by field; problems and measures are told apart by id, so order is no change."""
    own = _fields(before, after, _PLAN)
    found = [PlanChange(section="plan", kind="changed", fields=own)] if own else []
    found += _rows("problem", before.problems, after.problems, _PROBLEM)
    found += _rows("measure", before.measures, after.measures, _MEASURE)
    return found


def _rows(
    section: Literal["problem", "measure"],
    before: Iterable[ProblemContent | MeasureContent],
    after: Iterable[ProblemContent | MeasureContent],
    names: tuple[str, ...],
) -> list[PlanChange]:
    old: Mapping[UUID, ProblemContent | MeasureContent] = {one.id: one for one in before}
    new: Mapping[UUID, ProblemContent | MeasureContent] = {one.id: one for one in after}
    found: list[PlanChange] = []
    for ident in [*new, *(one for one in old if one not in new)]:
        was, now = old.get(ident), new.get(ident)
        fields = _fields(was, now, names)
        shown = now or was
        if fields and shown is not None:
            found.append(
                PlanChange(
                    section=section,
                    kind="added" if was is None else "removed" if now is None else "changed",
                    id=ident,
                    number=shown.number,
                    fields=fields,
                )
            )
    return found


def _fields(
    before: BaseModel | None, after: BaseModel | None, names: tuple[str, ...]
) -> list[FieldChange]:
    found = []
    for name in names:
        was, now = _told(before, name), _told(after, name)
        moved = name != "problem" or _told(before, "problem_id") != _told(after, "problem_id")
        if was != now and moved:
            found.append(FieldChange(field=name, before=was, after=now))
    return found


def _told(row: BaseModel | None, name: str) -> str:
    value = getattr(row, name, None)
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(
            f"{one.kind.value}:{one.reference}" if isinstance(one, Linkage) else str(one)
            for one in value
        )
    return str(value)
