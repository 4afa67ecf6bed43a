"""The year's list of bonuses, penalties and vetoes, each line in one shape."""

from dataclasses import dataclass
from decimal import Decimal

from sihao.campaigns.scheme import Rules
from sihao.extras.models import MatterKind


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line: a bonus or penalty has points, a veto the best grade while it stands."""

    code: str
    kind: MatterKind
    text: str
    points: Decimal
    times_most: int
    notice_days: int
    grade: str = ""
    assessment: str = ""
    """Code of the merged assessment whose department alone may raise it."""


def lines_of(rules: Rules) -> dict[str, ListLine]:
    """Give the list by code, in the scheme's order. A veto stands once."""
    lines = [
        ListLine(
            code=one.code,
            kind=MatterKind(one.kind),
            text=one.text,
            points=one.points,
            times_most=one.times_most,
            notice_days=one.notice_days,
        )
        for one in rules.extras
    ]
    lines += [
        ListLine(
            code=one.code,
            kind=MatterKind.VETO,
            text=one.text,
            points=Decimal(0),
            times_most=1,
            notice_days=one.notice_days,
            grade=one.grade,
            assessment=one.assessment,
        )
        for one in rules.vetoes
    ]
    return {one.code: one for one in lines}
