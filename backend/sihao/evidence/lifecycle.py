"""States of evidence."""

from enum import StrEnum

from sihao.core.context import Role
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class EvidenceState(StrEnum):
    """`promised` until its bytes are here and verified."""

    PROMISED = "promised"
    AVAILABLE = "available"
    WITHDRAWN = "withdrawn"


_WRITERS = frozenset({Role.UNIT_LEAD, Role.UNIT_DEPUTY, Role.UNIT_OFFICE, Role.UNIT_MEMBER})

EVIDENCE = Lifecycle(
    subject="evidence",
    label="佐证材料",
    start=EvidenceState.PROMISED,
    transitions=(
        Transition(
            "receive",
            "收到内容",
            frozenset({EvidenceState.PROMISED}),
            EvidenceState.AVAILABLE,
            by=_WRITERS | {Role.SYSTEM},
            opinion=Opinion.NONE,
        ),
        Transition(
            "withdraw",
            "撤回",
            frozenset({EvidenceState.PROMISED, EvidenceState.AVAILABLE}),
            EvidenceState.WITHDRAWN,
            by=_WRITERS,
        ),
    ),
)
