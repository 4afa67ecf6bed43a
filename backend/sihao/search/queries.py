"""Look words up in everything that the actor may read, in one statement."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    FromClause,
    Select,
    String,
    Text,
    Uuid,
    and_,
    case,
    cast,
    column,
    func,
    literal,
    null,
    or_,
    table,
    union_all,
)
from sqlalchemy import select as sa_select
from sqlmodel import col

from sihao.core.context import Actor, Context, Role
from sihao.evidence import policy as evidence_policy
from sihao.evidence.models import Evidence, EvidenceFile
from sihao.evidence.queries.files import COUNTING
from sihao.followups import policy as followups_policy
from sihao.followups.models import Rectification
from sihao.inspections import policy as inspections_policy
from sihao.inspections.models import Finding, Inspection
from sihao.ledgers import policy as ledgers_policy
from sihao.ledgers.models import LedgerEntry
from sihao.plans import policy as plans_policy
from sihao.plans.models import Measure, Plan, Problem
from sihao.search.schemas import AT_ONCE, Find, SearchAnswer, SearchKind, SearchQuery
from sihao.search.words import PAIR, marks_in, pairs_of, words_of
from sihao.self_reports import policy as self_reports_policy
from sihao.self_reports.models import SelfReport, SelfReportSection
from sihao.units import policy as units_policy
from sihao.units.models import Unit

_BEFORE, _AROUND = 20, 80
"""Characters shown before the first find, and all together."""
_NO_ID = cast(null(), Uuid)


@dataclass(frozen=True, slots=True)
class Arm:
    """One table's part of the statement. `within` joins the parents that policies look at."""

    kind: SearchKind
    source: Any
    sees: Callable[[Actor], ColumnElement[bool]]
    title: Any
    on: Any
    campaign: Any
    within: Sequence[tuple[Any, Any]] = ()
    ident: Any = None
    parent: Any = field(default_factory=lambda: _NO_ID)
    place: Any = field(default_factory=lambda: literal("", String))


def _sees_plan(actor: Actor) -> ColumnElement[bool]:
    return and_(plans_policy.visible(actor), plans_policy.reads_text(actor))


def _sees_signed(actor: Actor) -> ColumnElement[bool]:
    """Tell whose report is read as it was signed: `self_reports.policy.reads_frozen` in SQL."""
    handed_in = col(SelfReport.state).in_(self_reports_policy.HANDED_IN)
    outside = col(SelfReport.unit_id).is_distinct_from(actor.unit_id)
    return and_(self_reports_policy.visible(actor), or_(outside, handed_in))


def _sees_written(actor: Actor) -> ColumnElement[bool]:
    """Tell whose report is read as it is being written."""
    return and_(
        self_reports_policy.visible(actor),
        self_reports_policy.visible_sections(actor),
        actor.owns(SelfReport.unit_id),
        col(SelfReport.state).not_in(self_reports_policy.HANDED_IN),
    )


_PLAN = (Plan, col(Plan.id) == col(Problem.plan_id))
_ARMS = (
    Arm(
        SearchKind.PLAN,
        Plan,
        _sees_plan,
        literal("年度计划", String),
        col(Plan.updated_at),
        col(Plan.campaign_id),
    ),
    Arm(
        SearchKind.PROBLEM,
        Problem,
        plans_policy.visible_problems,
        func.left(col(Problem.text), 60),
        col(Problem.updated_at),
        col(Plan.campaign_id),
        within=[_PLAN],
        parent=col(Problem.plan_id),
    ),
    Arm(
        SearchKind.MEASURE,
        Measure,
        plans_policy.visible_measures,
        func.left(col(Measure.text), 60),
        col(Measure.updated_at),
        col(Plan.campaign_id),
        within=[(Plan, col(Plan.id) == col(Measure.plan_id))],
        parent=col(Measure.plan_id),
    ),
    Arm(
        SearchKind.ENTRY,
        LedgerEntry,
        ledgers_policy.visible,
        col(LedgerEntry.title),
        col(LedgerEntry.happened_on),
        col(LedgerEntry.campaign_id),
        place=cast(col(LedgerEntry.kind), String),
    ),
    Arm(
        SearchKind.EVIDENCE,
        Evidence,
        evidence_policy.visible,
        col(Evidence.title),
        col(Evidence.updated_at),
        col(Evidence.campaign_id),
    ),
    Arm(
        SearchKind.FILE,
        EvidenceFile,
        lambda actor: and_(evidence_policy.visible(actor), COUNTING),
        col(EvidenceFile.file_name),
        col(EvidenceFile.promised_at),
        col(Evidence.campaign_id),
        within=[(Evidence, col(Evidence.id) == col(EvidenceFile.evidence_id))],
        parent=col(EvidenceFile.evidence_id),
    ),
    Arm(
        SearchKind.SELF_REPORT,
        SelfReport,
        _sees_signed,
        literal("自查报告", String),
        col(SelfReport.updated_at),
        col(SelfReport.campaign_id),
    ),
    Arm(
        SearchKind.SELF_REPORT,
        SelfReportSection,
        _sees_written,
        literal("自查报告", String),
        col(SelfReportSection.updated_at),
        col(SelfReport.campaign_id),
        within=[(SelfReport, col(SelfReport.id) == col(SelfReportSection.self_report_id))],
        ident=col(SelfReport.id),
        place=col(SelfReportSection.dimension),
    ),
    Arm(
        SearchKind.FINDING,
        Finding,
        inspections_policy.visible_findings,
        func.left(col(Finding.text), 60),
        col(Finding.updated_at),
        col(Inspection.campaign_id),
        within=[(Inspection, col(Inspection.id) == col(Finding.inspection_id))],
        parent=col(Finding.inspection_id),
    ),
    Arm(
        SearchKind.RECTIFICATION,
        Rectification,
        followups_policy.visible_rectifications,
        func.left(col(Rectification.text), 60),
        col(Rectification.updated_at),
        col(Rectification.campaign_id),
    ),
)


async def search(ctx: Context, query: SearchQuery) -> SearchAnswer:
    """Find texts with all the words, newest first within a kind."""
    words = words_of(query.q)
    rows = (await ctx.db.execute(statement(ctx.actor, query, words))).all()
    found: dict[SearchKind, list[Find]] = {kind: [] for kind in SearchKind}
    for row in sorted(rows, key=lambda one: (one.on, str(one.id)), reverse=True):
        given = {name: getattr(row, name) for name in Find.model_fields if name != "marks"}
        found[SearchKind(row.kind)].append(Find(**given, marks=marks_in(row.snippet, words)))
    return SearchAnswer(
        items=[one for finds in found.values() for one in finds[: query.limit]],
        more=[kind for kind, finds in found.items() if len(finds) > query.limit],
    )


def statement(actor: Actor, query: SearchQuery, words: Sequence[str]) -> Any:
    """Make the one statement: an arm for each table, each with its own limit."""
    arms = [_arm(one, actor, query, words) for one in _ARMS if query.kind in (None, one.kind)]
    if query.kind in (None, SearchKind.UNIT) and query.campaign_id is None:
        arms.append(_units(actor, query, words))
    cut = union_all(*(sa_select(one.subquery()) for one in arms)).subquery()
    at = func.strpos(func.lower(cut.c.body), words[0])
    start = case((at > _BEFORE, at - _BEFORE), else_=1)
    return sa_select(
        *(column for column in cut.c if column.key != "body"),
        func.substr(cut.c.body, start, _AROUND).label("snippet"),
        col(Unit.name).label("unit_name"),
    ).join(Unit, col(Unit.id) == cut.c.unit_id)


def _arm(one: Arm, actor: Actor, query: SearchQuery, words: Sequence[str]) -> Select[Any]:
    view = table(
        f"search_{one.source.__tablename__}",
        column("id", Uuid),
        column("body", Text),
        column("unit_id", Uuid),
    )
    hits = (
        sa_select(
            (col(one.source.id) if one.ident is None else one.ident).label("id"),
            col(one.source.unit_id).label("unit_id"),
            one.campaign.label("campaign_id"),
            one.title.label("title"),
            one.parent.label("parent_id"),
            one.place.label("place"),
            cast(one.on, Date).label("on"),
            view.c.body,
        )
        .select_from(_joined(one, view))
        .where(one.sees(actor), _says(view.c.body, words))
        .where(*_narrowed(actor, view.c.unit_id))
        .limit(AT_ONCE)
    )
    if query.campaign_id:
        hits = hits.where(one.campaign == query.campaign_id)
    return _newest(one.kind, hits.subquery(), query)


def _joined(one: Arm, view: FromClause) -> Any:
    joined: Any = view.join(one.source.__table__, view.c.id == col(one.source.id))
    for parent, condition in one.within:
        joined = joined.join(parent.__table__, condition)
    return joined


def _narrowed(actor: Actor, unit_id: Any) -> list[ColumnElement[bool]]:
    """Say to the index, too, whose rows these are; a co-assessor reads some of every unit."""
    bound = not actor.sees_all and Role.COASSESSOR not in actor.roles
    return [actor.sees(unit_id)] if bound else []


def _says(body: ColumnElement[str], words: Sequence[str]) -> ColumnElement[bool]:
    """Look the pairs up in the index; two characters are one pair, more are compared once again."""
    pairs = func.pairs(body).op("@>")(literal(pairs_of(words), ARRAY(Text)))
    longer = [word for word in words if len(word) > PAIR]
    return and_(pairs, *(func.strpos(func.folded(body), word) > 0 for word in longer))


def _units(actor: Actor, query: SearchQuery, words: Sequence[str]) -> Select[Any]:
    """Units are few and found by their names."""
    named = func.concat_ws(" ", col(Unit.name), col(Unit.short_name), col(Unit.code))
    hits = sa_select(
        col(Unit.id).label("id"),
        col(Unit.id).label("unit_id"),
        _NO_ID.label("campaign_id"),
        col(Unit.name).label("title"),
        _NO_ID.label("parent_id"),
        literal("", String).label("place"),
        cast(col(Unit.updated_at), Date).label("on"),
        named.label("body"),
    ).where(
        units_policy.visible(actor),
        *(func.strpos(func.folded(named), word) > 0 for word in words),
    )
    return _newest(SearchKind.UNIT, hits.subquery(), query)


def _newest(kind: SearchKind, hits: Any, query: SearchQuery) -> Select[Any]:
    return (
        sa_select(literal(kind.value, String).label("kind"), hits)
        .order_by(hits.c.on.desc(), hits.c.id.desc())
        .offset(query.offset)
        .limit(query.limit + 1)
    )
