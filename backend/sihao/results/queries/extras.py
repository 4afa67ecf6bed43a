"""Freeze what has taken effect besides the items: bonuses, penalties, vetoes."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from sihao.campaigns.scheme import ExtraKind
from sihao.core.context import Context
from sihao.extras.models import Extra, MatterKind
from sihao.extras.queries import list_effective
from sihao.results.frozen import FrozenExtra, FrozenVeto


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands for one unit."""

    extras: list[FrozenExtra] = field(default_factory=list)
    vetoes: list[FrozenVeto] = field(default_factory=list)


async def list_standing(ctx: Context, campaign_id: UUID) -> dict[UUID, Standing]:
    """Give each unit of a year its bonuses, penalties and vetoes that have taken effect."""
    found: dict[UUID, Standing] = defaultdict(Standing)
    for one, title, department in await list_effective(ctx, campaign_id):
        if one.kind is MatterKind.VETO:
            found[one.unit_id].vetoes.append(_veto(one, department))
        else:
            found[one.unit_id].extras.append(_extra(one, title))
    return found


def _extra(one: Extra, evidence_title: str) -> FrozenExtra:
    return FrozenExtra(
        code=one.code,
        kind=ExtraKind(one.kind),
        text=one.clause,
        points=Decimal(f"{one.points.normalize():f}"),
        fact=one.fact,
        evidence_id=str(one.evidence_id) if one.evidence_id else None,
        evidence_title=evidence_title,
        absence=one.absence,
        confirmed_by=one.decided_by,
    )


def _veto(one: Extra, department: str) -> FrozenVeto:
    return FrozenVeto(
        code=one.code,
        text=one.clause,
        grade=one.grade,
        fact=one.fact,
        raised_by=department or one.raised_by,
    )
