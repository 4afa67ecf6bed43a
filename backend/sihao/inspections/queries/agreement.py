"""Read how far a year's inspectors agree, and the judgements behind each figure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import col

from sihao.accounts.models import Person
from sihao.campaigns.models import Campaign
from sihao.core.context import Context
from sihao.inspections import policy
from sihao.inspections.agreement import (
    ENOUGH,
    Leniency,
    Word,
    agreement,
    leniency,
    outliers,
    share,
)
from sihao.inspections.lifecycle import SheetState
from sihao.inspections.models import (
    Deduction,
    Inspection,
    InspectionGroup,
    Judgement,
    ScoreSheet,
)
from sihao.inspections.queries.items import list_items
from sihao.inspections.schemas.agreement import (
    AgreementPublic,
    ItemAgreement,
    LeniencyPublic,
    WordPublic,
    WordQuery,
    YearAgreement,
)
from sihao.inspections.scoring import item_score, lost_points
from sihao.units.models import Unit

_PLACES = Decimal("0.0001")
_MOST_OUTLIERS = 200


@dataclass(frozen=True, slots=True)
class _Said:
    """A judgement of a submitted sheet with its score."""

    row: Any
    code: str
    score: Fraction


async def show_agreement(ctx: Context, campaign: Campaign) -> YearAgreement:
    """Compute a year's agreement from all submitted sheets."""
    said = await _list_said(ctx, campaign)
    shown = _show_words(said)
    judged = [_word(one, (one.row.inspection_id, one.code), one.row.inspector_id) for one in said]
    of_item = _means(said)
    in_groups = [_word(one, one.code, one.row.group_id) for one in said]
    return YearAgreement(
        enough=ENOUGH,
        agreement=AgreementPublic(**_told(judged)),
        items=await _list_items(ctx, campaign, said),
        inspectors=_lenient(
            leniency(judged), {one.row.inspector_id: one.row.inspector for one in said}
        ),
        groups=_lenient(
            leniency(in_groups, of_item), {one.row.group_id: one.row.group_name for one in said}
        ),
        outliers=[one for one in shown if one.z is not None][:_MOST_OUTLIERS],
    )


async def list_words(ctx: Context, campaign: Campaign, query: WordQuery) -> list[WordPublic]:
    """List the judgements behind a figure."""
    wanted = query.model_dump(exclude_none=True)
    return [
        one
        for one in _show_words(await _list_said(ctx, campaign))
        if all(getattr(one, name) == value for name, value in wanted.items())
    ]


async def _list_said(ctx: Context, campaign: Campaign) -> list[_Said]:
    cost = (
        sa_select(func.coalesce(func.sum(col(Deduction.points)), 0))
        .where(col(Deduction.judgement_id) == col(Judgement.id))
        .scalar_subquery()
    )
    rows: Any = (
        sa_select(
            col(Judgement.id).label("judgement_id"),
            col(Judgement.criterion_id),
            col(ScoreSheet.inspection_id),
            col(ScoreSheet.inspector_id),
            col(Person.display_name).label("inspector"),
            col(Inspection.group_id),
            col(InspectionGroup.name).label("group_name"),
            col(Unit.name).label("unit_name"),
            cost.label("cost"),
        )
        .join(ScoreSheet, col(ScoreSheet.id) == col(Judgement.sheet_id))
        .join(Inspection, col(Inspection.id) == col(ScoreSheet.inspection_id))
        .join(InspectionGroup, col(InspectionGroup.id) == col(Inspection.group_id))
        .join(Unit, col(Unit.id) == col(Inspection.unit_id))
        .join(Person, col(Person.id) == col(ScoreSheet.inspector_id))
        .where(
            col(Inspection.campaign_id) == campaign.id,
            col(ScoreSheet.state) == SheetState.SUBMITTED,
            policy.visible_sheets(ctx.actor),
        )
        .order_by(col(Unit.sort_order), col(Unit.id), col(Person.display_name), col(Person.id))
    )
    items = {one.criterion.id: one for one in await list_items(ctx, campaign)}
    found = []
    for row in (await ctx.db.execute(rows)).all():
        item = items[row.criterion_id]
        score = item_score(item.points, lost_points(item.most, [row.cost]))
        found.append(_Said(row, item.criterion.code, share(score, item.points)))
    return found


async def _list_items(
    ctx: Context, campaign: Campaign, said: Iterable[_Said]
) -> list[ItemAgreement]:
    of_item: dict[str, list[Word[UUID]]] = defaultdict(list)
    for one in said:
        of_item[one.code].append(_word(one, one.row.inspection_id, one.row.inspector_id))
    shown = [
        ItemAgreement(
            code=one.criterion.code,
            title=one.criterion.title,
            **_told(of_item.get(one.criterion.code, [])),
        )
        for one in await list_items(ctx, campaign)
    ]
    return [one for one in shown if one.things]


def _told(words: Iterable[Word[UUID]]) -> dict[str, Any]:
    told = agreement(words)
    return {
        "things": told.things,
        "pairs": told.pairs,
        "exact": _rounded(told.exact),
        "gap": _rounded(told.gap),
        "alpha": _rounded(told.alpha),
    }


def _word(one: _Said, thing: Any, rater: UUID) -> Word[UUID]:
    return Word(thing, rater, one.score)


def _means(said: Iterable[_Said]) -> dict[Any, Fraction]:
    scores: dict[str, list[Fraction]] = defaultdict(list)
    for one in said:
        scores[one.code].append(one.score)
    return {code: sum(some, Fraction(0)) / len(some) for code, some in scores.items()}


def _lenient(told: list[Leniency[UUID]], names: Mapping[UUID, str]) -> list[LeniencyPublic]:
    apart = outliers({one.rater: one.raw for one in told if one.raw is not None})
    return [
        LeniencyPublic(
            id=one.rater,
            name=names[one.rater],
            items=one.things,
            raw=_rounded(one.raw),
            shrunk=_rounded(one.shrunk),
            outlying=_rounded(apart.get(one.rater)),
        )
        for one in told
    ]


def _show_words(said: list[_Said]) -> list[WordPublic]:
    of_thing: dict[Any, list[Fraction]] = defaultdict(list)
    of_item: dict[str, dict[UUID, Fraction]] = defaultdict(dict)
    for one in said:
        of_thing[one.row.inspection_id, one.code].append(one.score)
        of_item[one.code][one.row.judgement_id] = one.score
    apart = {key: z for some in of_item.values() for key, z in outliers(some).items()}
    shown = []
    for one in said:
        words = of_thing[one.row.inspection_id, one.code]
        shown.append(
            WordPublic(
                judgement_id=one.row.judgement_id,
                inspection_id=one.row.inspection_id,
                unit_name=one.row.unit_name,
                code=one.code,
                inspector_id=one.row.inspector_id,
                inspector=one.row.inspector,
                group_id=one.row.group_id,
                score=_exactly(one.score),
                mean=_exactly(sum(words, Fraction(0)) / len(words)),
                compared=len(words) > 1,
                same=len(set(words)) == 1,
                z=_rounded(apart.get(one.row.judgement_id)),
            )
        )
    return shown


def _rounded(value: Fraction | None) -> Decimal | None:
    return None if value is None else _exactly(value)


def _exactly(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_PLACES)
