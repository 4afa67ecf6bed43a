"""Read what stands on threads, each kind by its own policy."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, cast, func, literal, null
from sqlalchemy import select as sa_select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import col

from sihao.campaigns.models import Campaign, Criterion
from sihao.core.context import Actor, Context
from sihao.evidence import policy as evidence
from sihao.evidence.models import Evidence, EvidenceLink
from sihao.followups import policy as followups
from sihao.followups.models import Interview, Rectification, Referral
from sihao.inspections import policy as inspections
from sihao.inspections.models import Finding, Inspection
from sihao.ledgers import policy as ledgers
from sihao.ledgers.models import LedgerEntry, LedgerKind
from sihao.plans import policy as plans
from sihao.plans.models import Measure, Plan, Problem, ProblemCriterion
from sihao.threads.schemas import NodeKind, ThreadEdge, ThreadNode, Why

_MATTERS = (LedgerKind.T3, LedgerKind.T4)
_CARRIED = "carried_from_id"
"""What goes on from an earlier year has its beginning there."""
_LINKS = ("measure_id", "finding_id", "entry_id", "rectification_id")


@dataclass(slots=True)
class Loaded:
    """A unit's things by id, and the ways between those that are there."""

    nodes: dict[UUID, ThreadNode] = field(default_factory=dict)
    ways: dict[tuple[UUID, UUID, Why], ThreadEdge] = field(default_factory=dict)

    def join(self, source: UUID | None, target: UUID, why: Why) -> None:
        """Lead from one to the other, if the caller sees both."""
        if source is not None and source in self.nodes and target in self.nodes:
            edge = ThreadEdge(source_id=source, target_id=target, why=why)
            self.ways[source, target, why] = edge

    @property
    def edges(self) -> list[ThreadEdge]:
        """All ways, each once."""
        return list(self.ways.values())


def _columns(kind: NodeKind, table: Any, **named: Any) -> Select[Any]:
    given = {
        "title": getattr(table, "text", None),
        "state": getattr(table, "state", null()),
        "code": null(),
        "on": cast(null(), Date),
        "parent_id": null(),
        **named,
    }
    return sa_select(
        literal(kind.value).label("kind"),
        col(table.id).label("id"),
        col(table.unit_id).label("unit_id"),
        col(Campaign.year).label("year"),
        *(value.label(name) for name, value in given.items()),
    ).select_from(table)


def _codes() -> Any:
    named = func.string_agg(
        col(Criterion.code), aggregate_order_by(literal("、"), col(Criterion.sort_order))
    )
    return (
        sa_select(named)
        .join_from(
            ProblemCriterion, Criterion, col(Criterion.id) == col(ProblemCriterion.criterion_id)
        )
        .where(col(ProblemCriterion.problem_id) == col(Problem.id))
        .correlate(Problem)
        .scalar_subquery()
    )


def _entries(actor: Actor) -> Select[Any]:
    named = {
        "title": col(LedgerEntry.title),
        "state": col(LedgerEntry.kind),
        "on": col(LedgerEntry.happened_on),
    }
    return (
        _columns(NodeKind.ENTRY, LedgerEntry, **named)
        .join(Campaign, col(Campaign.id) == col(LedgerEntry.campaign_id))
        .where(col(LedgerEntry.kind).in_(_MATTERS), ledgers.visible(actor))
    )


def _problems(actor: Actor) -> Select[Any]:
    return (
        _columns(NodeKind.PROBLEM, Problem, code=_codes(), parent_id=col(Problem.plan_id))
        .add_columns(col(Problem.carried_from_id), col(Problem.source_id))
        .join(Plan, col(Plan.id) == col(Problem.plan_id))
        .join(Campaign, col(Campaign.id) == col(Plan.campaign_id))
        .where(plans.visible_problems(actor))
    )


def _measures(actor: Actor) -> Select[Any]:
    named = {"on": col(Measure.due_on), "parent_id": col(Measure.plan_id)}
    return (
        _columns(NodeKind.MEASURE, Measure, **named)
        .add_columns(col(Measure.problem_id))
        .join(Plan, col(Plan.id) == col(Measure.plan_id))
        .join(Campaign, col(Campaign.id) == col(Plan.campaign_id))
        .where(plans.visible_measures(actor))
    )


def _evidence(actor: Actor) -> Select[Any]:
    named = {"title": col(Evidence.title), "on": col(Evidence.covers_from)}
    return (
        _columns(NodeKind.EVIDENCE, Evidence, **named)
        .join(Campaign, col(Campaign.id) == col(Evidence.campaign_id))
        .where(evidence.visible(actor))
    )


def _findings(actor: Actor) -> Select[Any]:
    named = {
        "state": literal("found"),
        "code": col(Criterion.code),
        "parent_id": col(Finding.inspection_id),
    }
    return (
        _columns(NodeKind.FINDING, Finding, **named)
        .add_columns(col(Inspection.campaign_id))
        .join(Inspection, col(Inspection.id) == col(Finding.inspection_id))
        .join(Criterion, col(Criterion.id) == col(Finding.criterion_id))
        .join(Campaign, col(Campaign.id) == col(Inspection.campaign_id))
        .where(inspections.visible_findings(actor))
    )


def _interviews(actor: Actor) -> Select[Any]:
    named = {"title": col(Interview.reason), "on": col(Interview.held_on)}
    return (
        _columns(NodeKind.INTERVIEW, Interview, **named)
        .add_columns(col(Interview.campaign_id))
        .join(Campaign, col(Campaign.id) == col(Interview.campaign_id))
        .where(followups.visible_interviews(actor))
    )


def _rectifications(actor: Actor) -> Select[Any]:
    links = ("interview_id", "finding_id", "problem_id", "entry_id", "carried_from_id")
    return (
        _columns(NodeKind.RECTIFICATION, Rectification, on=col(Rectification.due_on))
        .add_columns(*(col(getattr(Rectification, name)) for name in links))
        .join(Campaign, col(Campaign.id) == col(Rectification.campaign_id))
        .where(followups.visible_rectifications(actor))
    )


def _referrals(actor: Actor) -> Select[Any]:
    return (
        _columns(NodeKind.REFERRAL, Referral, title=col(Referral.department))
        .add_columns(col(Referral.interview_id))
        .join(Campaign, col(Campaign.id) == col(Referral.campaign_id))
        .where(followups.visible_referrals(actor))
    )


_KINDS: dict[NodeKind, tuple[Any, Callable[[Actor], Select[Any]]]] = {
    NodeKind.ENTRY: (LedgerEntry, _entries),
    NodeKind.PROBLEM: (Problem, _problems),
    NodeKind.MEASURE: (Measure, _measures),
    NodeKind.EVIDENCE: (Evidence, _evidence),
    NodeKind.FINDING: (Finding, _findings),
    NodeKind.INTERVIEW: (Interview, _interviews),
    NodeKind.RECTIFICATION: (Rectification, _rectifications),
    NodeKind.REFERRAL: (Referral, _referrals),
}
"""Of each kind, its table and what of it the caller may see."""
_WAYS: dict[NodeKind, dict[str, Why]] = {
    NodeKind.PROBLEM: {"carried_from_id": Why.CARRIED_OVER, "source_id": Why.TAKEN_UP},
    NodeKind.MEASURE: {"problem_id": Why.ANSWERS},
    NodeKind.RECTIFICATION: {
        "carried_from_id": Why.CARRIED_OVER,
        "finding_id": Why.PUT_RIGHT,
        "interview_id": Why.PUT_RIGHT,
        "problem_id": Why.PUT_RIGHT,
        "entry_id": Why.PUT_RIGHT,
    },
    NodeKind.REFERRAL: {"interview_id": Why.REFERRED},
}
"""Of each kind, the columns that name what it comes from. The caller's own eyes decide the rest:
an interview that he does not see is no node, and nothing leads from it."""


async def find_unit(ctx: Context, kind: NodeKind, ident: UUID) -> UUID | None:
    """Find whose a thing is, if the caller may see it."""
    table, visible = _KINDS[kind]
    found = await ctx.db.execute(visible(ctx.actor).where(col(table.id) == ident))
    row = found.mappings().first()
    return row["unit_id"] if row else None


async def list_nodes(ctx: Context, unit_id: UUID) -> Loaded:
    """Load a unit's things of all years, but for evidence, and join them."""
    loaded = Loaded()
    rows: dict[NodeKind, Sequence[Any]] = {}
    for kind, (table, visible) in _KINDS.items():
        if kind is not NodeKind.EVIDENCE:
            found = await ctx.db.execute(visible(ctx.actor).where(col(table.unit_id) == unit_id))
            rows[kind] = found.mappings().all()
            _add(loaded, rows[kind])
    for kind, ways in _WAYS.items():
        for row in rows[kind]:
            for name, why in ways.items():
                if name == _CARRIED or not row.get(_CARRIED):
                    loaded.join(row[name], row["id"], why)
    for interview in rows[NodeKind.INTERVIEW]:
        for finding in rows[NodeKind.FINDING]:
            if finding["campaign_id"] == interview["campaign_id"]:
                loaded.join(finding["id"], interview["id"], Why.GROUNDS)
    return loaded


async def list_evidence(
    ctx: Context, loaded: Loaded, shown: Iterable[UUID], only: UUID | None = None
) -> None:
    """Add the evidence that shows any of these, or one piece of it."""
    target = func.coalesce(*(col(getattr(EvidenceLink, name)) for name in _LINKS))
    rows = (
        _evidence(ctx.actor)
        .add_columns(target.label("target_id"))
        .join(EvidenceLink, col(EvidenceLink.evidence_id) == col(Evidence.id))
        .where(target.in_(shown))
    )
    if only:
        rows = rows.where(col(Evidence.id) == only)
    found = (await ctx.db.execute(rows)).mappings().all()
    _add(loaded, found)
    for row in found:
        loaded.join(row["target_id"], row["id"], Why.SHOWS)


def _add(loaded: Loaded, rows: Iterable[Any]) -> None:
    for row in rows:
        told = {name: row[name] for name in ThreadNode.model_fields if name in row}
        loaded.nodes[row["id"]] = ThreadNode(**told, found_again=None)
