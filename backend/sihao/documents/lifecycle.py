"""States of the committee's documents: drafted by an officer, issued by a leader."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sihao.core.context import Actor, Role
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class DocumentState(StrEnum):
    """公文."""

    DRAFT = "draft"
    """征求意见稿: its figures live."""
    ISSUED = "issued"
    """Numbered, dated and frozen."""
    WITHDRAWN = "withdrawn"
    """No longer in force; it keeps its number."""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What the guards look at. `waits` says why the matter itself is not ready to go out."""

    waits: str | None


def matter_ready(_: Actor, __: Any, facts: DocumentFacts) -> str | None:
    """Nothing goes out before those it concerns may know it."""
    return facts.waits


def not_drafter(actor: Actor, row: Any, _: object) -> str | None:
    """Four eyes: whoever wrote the draft last does not issue it."""
    same = actor.id is not None and actor.id == row.drafted_by_id
    return "起草的人不能同时签发，请由另一位同志办理。" if same else None


DOCUMENT = Lifecycle(
    subject="document",
    label="公文",
    start=DocumentState.DRAFT,
    audience=Audience.COMMITTEE,
    transitions=(
        Transition(
            "issue",
            "签发",
            frozenset({DocumentState.DRAFT}),
            DocumentState.ISSUED,
            by=frozenset({Role.LEADER}),
            signature=True,
            guards=(not_drafter, matter_ready),
        ),
        Transition(
            "withdraw",
            "撤回",
            frozenset({DocumentState.ISSUED}),
            DocumentState.WITHDRAWN,
            by=frozenset({Role.LEADER}),
            opinion=Opinion.REQUIRED,
            signature=True,
        ),
    ),
)
