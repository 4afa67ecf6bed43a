"""Read what a unit shall have at hand, and what of it is there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import col

from sihao.campaigns.models import Criterion
from sihao.campaigns.queries import get_campaign
from sihao.core.context import Context
from sihao.evidence import policy as evidence_policy
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Evidence, EvidenceLink, Verdict
from sihao.inspections import policy
from sihao.inspections.materials import Ask, ask_once, papers_in
from sihao.inspections.models import CoAssessment, Inspection
from sihao.inspections.queries.items import Item, list_items
from sihao.inspections.schemas.materials import HeldPaper, MaterialLine, MaterialList
from sihao.ledgers import policy as ledgers_policy
from sihao.ledgers.models import LedgerEntry
from sihao.units.models import Unit


async def show_materials(ctx: Context, inspection: Inspection) -> MaterialList:
    """Merge what items and merged assessments ask of a unit, with what is held already."""
    items = await list_items(ctx, await get_campaign(ctx, inspection.campaign_id))
    assessments = await _list_assessments(ctx, inspection)
    papers = [
        Ask(_askers(item, assessments), papers_in(item.criterion.suggested_evidence))
        for item in items
    ]
    ledgers = [Ask(_askers(item, assessments), _ledgers(item)) for item in items]
    held = await _list_held(ctx, inspection)
    rows = await _count_rows(ctx, inspection)
    lines = [_paper(name, askers, held) for name, askers in ask_once(papers).items()]
    lines += [
        MaterialLine(
            kind="ledger",
            name=name,
            asked_by=list(askers),
            held=[],
            rows=rows.get(name, 0),
            open=[] if rows.get(name) else list(askers),
        )
        for name, askers in sorted(ask_once(ledgers).items(), key=lambda one: int(one[0][1:]))
    ]
    unit = sa_select(col(Unit.name)).where(col(Unit.id) == inspection.unit_id)
    return MaterialList(
        inspection_id=inspection.id,
        unit_id=inspection.unit_id,
        unit_name=(await ctx.db.execute(unit)).scalar_one(),
        asked=sum(len(one.askers) * len(one.papers) for one in (*papers, *ledgers)),
        lines=lines,
    )


def _askers(item: Item, assessments: Iterable[str]) -> tuple[str, ...]:
    return (item.criterion.code, *(one for one in item.criterion.ledgers if one in assessments))


def _ledgers(item: Item) -> tuple[str, ...]:
    return tuple(one for one in item.criterion.ledgers if one.startswith("T"))


def _paper(name: str, askers: tuple[str, ...], held: Mapping[str, list[HeldPaper]]) -> MaterialLine:
    return MaterialLine(
        kind="paper",
        name=name,
        asked_by=list(askers),
        held=[one for code in askers for one in held.get(code, [])],
        rows=0,
        open=[code for code in askers if not held.get(code)],
    )


async def _list_assessments(ctx: Context, inspection: Inspection) -> set[str]:
    rows = sa_select(col(CoAssessment.code)).where(
        col(CoAssessment.campaign_id) == inspection.campaign_id,
        policy.visible_co_assessments(ctx.actor),
    )
    return set((await ctx.db.execute(rows)).scalars())


async def _list_held(ctx: Context, inspection: Inspection) -> dict[str, list[HeldPaper]]:
    code = func.coalesce(col(Criterion.code), col(CoAssessment.code))
    rows: Any = (
        sa_select(col(Evidence.id).label("evidence_id"), col(Evidence.title), code.label("code"))
        .join(EvidenceLink, col(EvidenceLink.evidence_id) == col(Evidence.id))
        .outerjoin(Criterion, col(Criterion.id) == col(EvidenceLink.criterion_id))
        .outerjoin(CoAssessment, col(CoAssessment.id) == col(EvidenceLink.co_assessment_id))
        .where(
            col(Evidence.campaign_id) == inspection.campaign_id,
            col(Evidence.unit_id) == inspection.unit_id,
            col(Evidence.state) != EvidenceState.WITHDRAWN,
            col(EvidenceLink.verdict) != Verdict.REJECTED,
            code.is_not(None),
            evidence_policy.visible(ctx.actor),
        )
        .order_by(col(Evidence.title), col(Evidence.id))
    )
    held: dict[str, list[HeldPaper]] = defaultdict(list)
    for row in (await ctx.db.execute(rows)).mappings():
        held[row["code"]].append(HeldPaper(**row))
    return held


async def _count_rows(ctx: Context, inspection: Inspection) -> dict[str, int]:
    rows: Any = (
        sa_select(col(LedgerEntry.kind), func.count())
        .where(
            col(LedgerEntry.campaign_id) == inspection.campaign_id,
            col(LedgerEntry.unit_id) == inspection.unit_id,
            ledgers_policy.visible(ctx.actor),
        )
        .group_by(col(LedgerEntry.kind))
    )
    return {kind.value: number for kind, number in (await ctx.db.execute(rows)).all()}
