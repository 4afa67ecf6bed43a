"""States of evidence."""

from dataclasses import dataclass
from enum import StrEnum

from sihao.core.context import UNIT_ROLES, Actor, Role
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class EvidenceState(StrEnum):
    """`promised` until its bytes are here and verified."""

    PROMISED = "promised"
    AVAILABLE = "available"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """What guards look at: what judged or signed things name the piece, in words for its unit."""

    named_by: tuple[str, ...] = ()


def not_named(_: Actor, _row: object, facts: EvidenceFacts) -> str | None:
    """Evidence stays while something judged or signed names it."""
    return f"{'、'.join(facts.named_by)}正在引用，不能撤回。" if facts.named_by else None


EVIDENCE = Lifecycle(
    subject="evidence",
    label="佐证材料",
    start=EvidenceState.PROMISED,
    audience=Audience.UNIT,
    transitions=(
        Transition(
            "receive",
            "收到内容",
            frozenset({EvidenceState.PROMISED}),
            EvidenceState.AVAILABLE,
            by=frozenset({Role.SYSTEM}),
            opinion=Opinion.NONE,
        ),
        Transition(
            "withdraw",
            "撤回",
            frozenset({EvidenceState.PROMISED, EvidenceState.AVAILABLE}),
            EvidenceState.WITHDRAWN,
            by=UNIT_ROLES,
            guards=(not_named,),
        ),
    ),
)
