"""Read what evidence is used for."""

from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Select,
    String,
    case,
    cast,
    column,
    func,
    literal,
    table,
    update,
)
from sqlalchemy import Uuid as SaUuid
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.campaigns.models import Campaign, Criterion
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.evidence import policy
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Evidence, EvidenceFile, EvidenceLink, Verdict
from sihao.evidence.schemas import (
    EvidenceUse,
    LinkKind,
    LinkTarget,
)
from sihao.ledgers.models import LedgerEntry
from sihao.plans.models import Measure, Plan

# These belong to later slices; here they are rows that must exist, the unit's own or the year's.
_FINDING = table(
    "finding", column("id", SaUuid()), column("unit_id", SaUuid()), column("text", String())
)
_REPORT = table(
    "self_report",
    column("id", SaUuid()),
    column("unit_id", SaUuid()),
    column("campaign_id", SaUuid()),
    column("receipt_number", String()),
)
_RECTIFICATION = table("rectification", column("id", SaUuid()), column("unit_id", SaUuid()))
"""Its text is not shown here: whoever inspects reads evidence, but no rectifications."""
_ASSESSMENT = table(
    "co_assessment",
    column("id", SaUuid()),
    column("campaign_id", SaUuid()),
    column("code", String()),
    column("title", String()),
)

TARGETS: dict[LinkKind, Any] = {
    LinkKind.CRITERION: col(EvidenceLink.criterion_id),
    LinkKind.MEASURE: col(EvidenceLink.measure_id),
    LinkKind.ENTRY: col(EvidenceLink.entry_id),
    LinkKind.FINDING: col(EvidenceLink.finding_id),
    LinkKind.SELF_REPORT: col(EvidenceLink.self_report_id),
    LinkKind.CO_ASSESSMENT: col(EvidenceLink.co_assessment_id),
    LinkKind.RECTIFICATION: col(EvidenceLink.rectification_id),
}
_KIND = case(*((target.is_not(None), kind.value) for kind, target in TARGETS.items()))
_LABEL = case(
    (col(EvidenceLink.criterion_id).is_not(None), col(Criterion.code)),
    (
        col(EvidenceLink.measure_id).is_not(None),
        literal("措施 ").concat(cast(col(Measure.number), String)),
    ),
    (
        col(EvidenceLink.entry_id).is_not(None),
        literal("台账 ").concat(cast(col(LedgerEntry.kind), String)),
    ),
    (col(EvidenceLink.self_report_id).is_not(None), literal("自查报告")),
    (
        col(EvidenceLink.co_assessment_id).is_not(None),
        literal("并入考核 ").concat(_ASSESSMENT.c.code),
    ),
    (col(EvidenceLink.rectification_id).is_not(None), literal("整改")),
    else_=literal("检查问题"),
)
_TITLE = func.coalesce(
    col(Criterion.title),
    col(Measure.text),
    col(LedgerEntry.title),
    _FINDING.c.text,
    _ASSESSMENT.c.title,
    _REPORT.c.receipt_number,
    "",
)
USES: Select[Any] = (
    sa_select(
        col(EvidenceLink.id).label("id"),
        _KIND.label("kind"),
        func.coalesce(*TARGETS.values()).label("target_id"),
        func.coalesce(_LABEL, "").label("label"),
        _TITLE.label("title"),
        col(EvidenceLink.verdict).label("verdict"),
        col(EvidenceLink.reason).label("reason"),
        col(EvidenceLink.locked_at).is_not(None).label("locked"),
    )
    .select_from(EvidenceLink)
    .outerjoin(Criterion, col(Criterion.id) == col(EvidenceLink.criterion_id))
    .outerjoin(Measure, col(Measure.id) == col(EvidenceLink.measure_id))
    .outerjoin(LedgerEntry, col(LedgerEntry.id) == col(EvidenceLink.entry_id))
    .outerjoin(_FINDING, _FINDING.c.id == col(EvidenceLink.finding_id))
    .outerjoin(_REPORT, _REPORT.c.id == col(EvidenceLink.self_report_id))
    .outerjoin(_ASSESSMENT, _ASSESSMENT.c.id == col(EvidenceLink.co_assessment_id))
)
USE_ORDER = (_KIND, col(Criterion.sort_order), col(Measure.number), col(EvidenceLink.id))
OF_THIS = col(EvidenceLink.evidence_id) == col(Evidence.id)


async def list_uses(ctx: Context, evidence_id: UUID) -> list[EvidenceUse]:
    """List what a piece is used for: items first, then measures, entries, findings."""
    rows = USES.where(col(EvidenceLink.evidence_id) == evidence_id).order_by(*USE_ORDER)
    return [EvidenceUse.model_validate(row._mapping) for row in await ctx.db.execute(rows)]  # noqa: SLF001 - SQLAlchemy's public name


async def list_links(ctx: Context, evidence_id: UUID) -> list[EvidenceLink]:
    """Read the links of a piece that the caller has been shown."""
    rows = (
        select(EvidenceLink)
        .join(Evidence, OF_THIS)
        .where(EvidenceLink.evidence_id == evidence_id, policy.visible(ctx.actor))
    )
    return list((await ctx.db.exec(rows)).all())


async def get_link(ctx: Context, link_id: UUID, *, lock: bool = False) -> EvidenceLink:
    """Read one link; raise `NotFound` for a foreign one too."""
    rows = (
        select(EvidenceLink)
        .join(Evidence, OF_THIS)
        .where(EvidenceLink.id == link_id, policy.visible(ctx.actor))
    )
    found: EvidenceLink | None = (
        await ctx.db.exec(held(rows, EvidenceLink) if lock else rows)
    ).first()
    if found is None:
        raise NotFound("evidence_link.unknown", "没有这条引用。", "No such link.")
    return found


async def hold_links(
    ctx: Context, link_ids: Collection[UUID]
) -> dict[UUID, tuple[EvidenceLink, Evidence]]:
    """Hold links with their pieces, the pieces first, by id; what the actor does not see lacks.

    Everybody who writes to a piece and its links takes them in this order.
    """
    pieces = (
        select(Evidence)
        .where(
            col(Evidence.id).in_(
                sa_select(col(EvidenceLink.evidence_id)).where(col(EvidenceLink.id).in_(link_ids))
            ),
            policy.visible(ctx.actor),
        )
        .order_by(col(Evidence.id))
    )
    found = {one.id: one for one in (await ctx.db.exec(held(pieces, Evidence))).all()}
    links = (
        select(EvidenceLink)
        .where(col(EvidenceLink.id).in_(link_ids), col(EvidenceLink.evidence_id).in_(found))
        .order_by(col(EvidenceLink.id))
    )
    both = (await ctx.db.exec(held(links, EvidenceLink))).all()
    return {link.id: (link, found[link.evidence_id]) for link in both}


async def is_linked(ctx: Context, evidence_id: UUID, target: LinkTarget) -> bool:
    """Tell whether the piece already shows this."""
    same = [getattr(EvidenceLink, key) == value for key, value in target.model_dump().items()]
    rows = sa_select(col(EvidenceLink.id)).where(
        col(EvidenceLink.evidence_id) == evidence_id, *same
    )
    return (await ctx.db.execute(rows)).first() is not None


async def is_target(ctx: Context, evidence: Evidence, target: LinkTarget) -> bool:
    """Tell whether the target exists and is of the same unit and year."""
    found = _target_rows(evidence, target)
    return bool((await ctx.db.execute(sa_select(found.exists()))).scalar_one())


def _target_rows(evidence: Evidence, target: LinkTarget) -> Select[Any]:
    if target.criterion_id:
        return (
            sa_select(col(Criterion.id))
            .join(Campaign, col(Campaign.standard_id) == col(Criterion.standard_id))
            .where(
                col(Criterion.id) == target.criterion_id,
                col(Campaign.id) == evidence.campaign_id,
            )
        )
    if target.measure_id:
        return (
            sa_select(col(Measure.id))
            .join(Plan, col(Plan.id) == col(Measure.plan_id))
            .where(
                col(Measure.id) == target.measure_id,
                col(Measure.unit_id) == evidence.unit_id,
                col(Plan.campaign_id) == evidence.campaign_id,
            )
        )
    if target.entry_id:
        return sa_select(col(LedgerEntry.id)).where(
            col(LedgerEntry.id) == target.entry_id,
            col(LedgerEntry.unit_id) == evidence.unit_id,
            col(LedgerEntry.campaign_id) == evidence.campaign_id,
        )
    if target.self_report_id:
        return sa_select(_REPORT.c.id).where(
            _REPORT.c.id == target.self_report_id,
            _REPORT.c.unit_id == evidence.unit_id,
            _REPORT.c.campaign_id == evidence.campaign_id,
        )
    if target.co_assessment_id:
        return sa_select(_ASSESSMENT.c.id).where(
            _ASSESSMENT.c.id == target.co_assessment_id,
            _ASSESSMENT.c.campaign_id == evidence.campaign_id,
        )
    later, ident = _FINDING, target.finding_id
    if target.rectification_id:
        later, ident = _RECTIFICATION, target.rectification_id
    return sa_select(later.c.id).where(later.c.id == ident, later.c.unit_id == evidence.unit_id)


class LockedFile(NamedTuple):
    """A file in the revision that a signed self-report uses."""

    id: UUID
    file_name: str
    sha256: str


class Locked(NamedTuple):
    """A link as a signed self-report uses it, with the files as they stand at that moment."""

    evidence_id: UUID
    title: str
    label: str
    target_id: UUID
    files: tuple[LockedFile, ...]


async def hold_used(ctx: Context, campaign_id: UUID, unit_id: UUID) -> list[Locked]:
    """Hold the unit's available evidence of a year and list how it is linked, in a fixed order."""
    held = select(Evidence.id).where(
        Evidence.campaign_id == campaign_id,
        Evidence.unit_id == unit_id,
        Evidence.state == EvidenceState.AVAILABLE,
    )
    await ctx.db.execute(held.order_by(col(Evidence.id)).with_for_update())
    files = (
        sa_select(
            col(EvidenceFile.evidence_id),
            col(EvidenceFile.id),
            col(EvidenceFile.file_name),
            col(EvidenceFile.sha256),
        )
        .where(
            col(EvidenceFile.evidence_id).in_(held),
            col(EvidenceFile.replaced_at).is_(None),
            col(EvidenceFile.received_at).is_not(None),
        )
        .order_by(col(EvidenceFile.evidence_id), col(EvidenceFile.position))
    )
    by_piece: dict[UUID, list[LockedFile]] = {}
    for evidence_id, *file in await ctx.db.execute(files):
        by_piece.setdefault(evidence_id, []).append(LockedFile(*file))
    rows = (
        USES.with_only_columns(
            col(EvidenceLink.evidence_id),
            col(Evidence.title),
            func.coalesce(_LABEL, ""),
            func.coalesce(*TARGETS.values()),
            maintain_column_froms=True,
        )
        .join(Evidence, OF_THIS)
        .where(col(EvidenceLink.evidence_id).in_(held))
        .order_by(*USE_ORDER)
    )
    return [
        Locked(evidence_id, *link, tuple(by_piece[evidence_id]))  # type: ignore[call-arg]  # a row
        for evidence_id, *link in await ctx.db.execute(rows)
    ]


async def mark_locked(ctx: Context, evidence_ids: set[UUID]) -> None:
    """Lock every link of these pieces that is not locked yet."""
    await ctx.db.execute(
        update(EvidenceLink)
        .where(
            col(EvidenceLink.evidence_id).in_(evidence_ids),
            col(EvidenceLink.locked_at).is_(None),
        )
        .values(locked_at=ctx.now)
    )


async def ask_again(ctx: Context, evidence_id: UUID) -> int:
    """Let assessors look anew, because the piece has other bytes now; tell how many verdicts."""
    again = (
        update(EvidenceLink)
        .where(
            col(EvidenceLink.evidence_id) == evidence_id,
            col(EvidenceLink.verdict) != Verdict.UNREVIEWED,
        )
        .values(
            verdict=Verdict.UNREVIEWED,
            reason="",
            version=col(EvidenceLink.version) + 1,
            updated_at=ctx.now,
            updated_by=ctx.actor.name,
        )
    )
    return len((await ctx.db.execute(again.returning(col(EvidenceLink.id)))).all())


def held(rows: Any, row: type[Any]) -> Any:
    """Hold the rows, as they are now and not as they were read before."""
    return rows.with_for_update(of=row).execution_options(populate_existing=True)
