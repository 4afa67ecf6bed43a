"""Read about which units a year's merged assessments disagree."""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select as sa_select
from sqlmodel import col

from sihao.core.context import Context
from sihao.inspections import policy
from sihao.inspections.agreement import disagreement
from sihao.inspections.models import CoAssessment, CoAssessmentResult
from sihao.inspections.schemas.disagreement import DisagreementPublic, PlacedResult
from sihao.units.models import Unit

_PLACES = Decimal("0.0001")


async def list_disagreements(ctx: Context, campaign_id: UUID) -> list[DisagreementPublic]:
    """List them, the widest apart first."""
    rows = (
        sa_select(
            col(CoAssessment.code),
            col(CoAssessment.title),
            col(CoAssessmentResult.unit_id),
            col(CoAssessmentResult.score),
            col(Unit.name),
        )
        .join(CoAssessment, col(CoAssessment.id) == col(CoAssessmentResult.co_assessment_id))
        .join(Unit, col(Unit.id) == col(CoAssessmentResult.unit_id))
        .where(col(CoAssessment.campaign_id) == campaign_id, policy.visible_results(ctx.actor))
        .order_by(col(CoAssessment.code), col(Unit.sort_order))
    )
    scores: dict[str, dict[UUID, Decimal]] = defaultdict(dict)
    results: dict[UUID, list[PlacedResult]] = defaultdict(list)
    names: dict[UUID, str] = {}
    for code, title, unit_id, score, name in (await ctx.db.execute(rows)).all():
        scores[code][unit_id] = score
        results[unit_id].append(PlacedResult(code=code, title=title, score=score))
        names[unit_id] = name
    found = disagreement(scores)
    return [
        DisagreementPublic(
            unit_id=unit_id,
            unit_name=names[unit_id],
            best=_decimal(best),
            worst=_decimal(worst),
            results=results[unit_id],
        )
        for unit_id, (best, worst) in sorted(found.items(), key=lambda one: one[1][0] - one[1][1])
    ]


def _decimal(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_PLACES)
