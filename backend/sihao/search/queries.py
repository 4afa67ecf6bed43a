"""Look words up in everything that the actor may read, in one statement."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    String,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    column,
    func,
    literal,
    not_,
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
_YEAR = bindparam("campaign", type_=Uuid)
RECENT = 300
"""Newest rows of a table that are looked through; what they have six times is not looked up."""


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
    body: Any = None
    """What is searched, for a table whose newest rows are looked through before its index."""


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
        body=func.entry_text(col(LedgerEntry.title), col(LedgerEntry.details)),
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


class Shape(NamedTuple):
    """What makes one statement another one; all else are its parameters."""

    actor: Actor
    kind: SearchKind | None
    of_year: bool
    longer: int
    """Words of more than a pair."""


async def search(ctx: Context, query: SearchQuery) -> SearchAnswer:
    """Find texts with all the words, newest first within a kind."""
    words = words_of(query.q)
    asked = parameters(query, words)
    rows = (await ctx.db.execute(statement(shape_of(ctx.actor, query, words)), asked)).all()
    found: dict[SearchKind, list[Find]] = {kind: [] for kind in SearchKind}
    for row in sorted(rows, key=lambda one: (one.on, str(one.id)), reverse=True):
        given = {name: getattr(row, name) for name in Find.model_fields if name != "marks"}
        found[SearchKind(row.kind)].append(Find(**given, marks=marks_in(row.snippet, words)))
    return SearchAnswer(
        items=[one for finds in found.values() for one in finds[: query.limit]],
        more=[kind for kind, finds in found.items() if len(finds) > query.limit],
    )


def shape_of(actor: Actor, query: SearchQuery, words: Sequence[str]) -> Shape:
    """Tell the statement for a question; one person's sessions share it."""
    longer = sum(len(word) > PAIR for word in words)
    who = replace(actor, name="", session_id=None)
    return Shape(who, query.kind, query.campaign_id is not None, longer)


def parameters(query: SearchQuery, words: Sequence[str]) -> dict[str, Any]:
    """Give what a statement is asked with."""
    longer = [word for word in words if len(word) > PAIR]
    return {
        "pairs": pairs_of(words),
        "first": words[0],
        "words": list(words),
        "campaign": query.campaign_id,
        "offset": query.offset,
        "shown": query.limit + 1,
        "enough": query.offset + query.limit + 1,
        **{f"word{n}": word for n, word in enumerate(longer)},
    }


@lru_cache(maxsize=64)
def statement(shape: Shape) -> Any:
    """Make the one statement: an arm for each table, each with its own limit.

    Putting it together takes longer than PostgreSQL needs for it, so it is kept for whoever asks
    again.
    """
    arms = [one for each in _ARMS if shape.kind in (None, each.kind) for one in _arms(each, shape)]
    if shape.kind in (None, SearchKind.UNIT) and not shape.of_year:
        arms.append(_units(shape.actor))
    cut = union_all(*(sa_select(one.subquery()) for one in arms)).subquery()
    at = func.strpos(func.lower(cut.c.body), bindparam("first", type_=Text))
    start = case((at > _BEFORE, at - _BEFORE), else_=1)
    return sa_select(
        *(column for column in cut.c if column.key != "body"),
        func.substr(cut.c.body, start, _AROUND).label("snippet"),
        col(Unit.name).label("unit_name"),
    ).join(Unit, col(Unit.id) == cut.c.unit_id)


def _arms(one: Arm, shape: Shape) -> list[Select[Any]]:
    """Look through the index, or first through the newest rows: what is common stands there."""
    indexed = _newest(one.kind, _indexed(one, shape).subquery())
    if one.body is None:
        return [indexed]
    recent = _recent(one, shape)
    found = sa_select(func.count()).select_from(recent).scalar_subquery()
    enough = found >= bindparam("enough", type_=Integer)
    return [_newest(one.kind, recent).where(enough), indexed.where(not_(enough))]


def _columns(one: Arm, body: ColumnElement[str]) -> list[ColumnElement[Any]]:
    return [
        (col(one.source.id) if one.ident is None else one.ident).label("id"),
        col(one.source.unit_id).label("unit_id"),
        one.campaign.label("campaign_id"),
        one.title.label("title"),
        one.parent.label("parent_id"),
        one.place.label("place"),
        cast(one.on, Date).label("on"),
        body.label("body"),
    ]


def _indexed(one: Arm, shape: Shape) -> Select[Any]:
    view = table(
        f"search_{one.source.__tablename__}",
        column("id", Uuid),
        column("body", Text),
        column("unit_id", Uuid),
    )
    hits = (
        sa_select(*_columns(one, view.c.body))
        .select_from(_joined(one, view))
        .where(one.sees(shape.actor), _says(view.c.body, shape.longer))
        .where(*_narrowed(shape.actor, view.c.unit_id))
        .limit(AT_ONCE)
    )
    return hits.where(one.campaign == _YEAR) if shape.of_year else hits


def _recent(one: Arm, shape: Shape) -> CTE:
    """Compare the newest rows word by word."""
    newest = (
        sa_select(*_columns(one, one.body))
        .where(one.sees(shape.actor), *_narrowed(shape.actor, col(one.source.unit_id)))
        .order_by(one.on.desc(), col(one.source.id).desc())
        .limit(RECENT)
    )
    if shape.of_year:
        newest = newest.where(one.campaign == _YEAR)
    rows = newest.subquery()
    return sa_select(rows).where(_has_all(rows.c.body)).cte(f"recent_{one.kind.value}")


def _joined(one: Arm, view: FromClause) -> Any:
    joined: Any = view.join(one.source.__table__, view.c.id == col(one.source.id))
    for parent, condition in one.within:
        joined = joined.join(parent.__table__, condition)
    return joined


def _narrowed(actor: Actor, unit_id: Any) -> list[ColumnElement[bool]]:
    """Say to the index, too, whose rows these are; a co-assessor reads some of every unit."""
    bound = not actor.sees_all and Role.COASSESSOR not in actor.roles
    return [actor.sees(unit_id)] if bound else []


def _says(body: ColumnElement[str], longer: int) -> ColumnElement[bool]:
    """Look the pairs up in the index; two characters are one pair, more are compared once again."""
    pairs = func.pairs(body).op("@>")(bindparam("pairs", type_=ARRAY(Text)))
    words = (bindparam(f"word{n}", type_=Text) for n in range(longer))
    return and_(pairs, *(func.strpos(func.folded(body), word) > 0 for word in words))


def _has_all(body: ColumnElement[str]) -> ColumnElement[bool]:
    """Compare a text with every word, without an index."""
    word = func.unnest(bindparam("words", type_=ARRAY(Text))).column_valued("word")
    return ~sa_select(word).where(func.strpos(func.folded(body), word) == 0).exists()


def _units(actor: Actor) -> Select[Any]:
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
    ).where(units_policy.visible(actor), _has_all(named))
    return _newest(SearchKind.UNIT, hits.subquery())


def _newest(kind: SearchKind, hits: Any) -> Select[Any]:
    return (
        sa_select(literal(kind.value, String).label("kind"), hits)
        .order_by(hits.c.on.desc(), hits.c.id.desc())
        .offset(bindparam("offset", type_=Integer))
        .limit(bindparam("shown", type_=Integer))
    )
