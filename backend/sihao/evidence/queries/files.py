"""Read the files of evidence: the ones that count, the ones to come, the ones replaced."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, delete, or_, update
from sqlalchemy import select as sa_select
from sqlalchemy.orm import defer
from sqlmodel import col, select

from sihao.campaigns.models import Stage
from sihao.campaigns.queries import get_campaign, window
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.evidence import policy
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Evidence, EvidenceFile, Upload
from sihao.evidence.queries.links import held

LIVING = col(EvidenceFile.replaced_at).is_(None)
"""Not replaced by a newer revision."""
COUNTING = and_(
    LIVING,
    or_(col(EvidenceFile.received_at).is_not(None), col(EvidenceFile.replaces_id).is_(None)),
)
"""What the piece consists of now: a revision counts once its bytes are here."""
_BRIEF = defer(EvidenceFile.text, raiseload=True)  # type: ignore[arg-type]  # SQLModel's
"""Texts are long; whoever wants one asks for it."""
_OF_PIECE = col(EvidenceFile.evidence_id) == col(Evidence.id)


class Closing(NamedTuple):
    """When evidence of a year is late, and until when promised files may follow."""

    closes_at: datetime
    grace_until: datetime


async def closing(ctx: Context, campaign_id: UUID) -> Closing | None:
    """Read the deadline: that of the self-reports, which evidence stands behind."""
    stage = await window(ctx, campaign_id, Stage.SELF_REPORT)
    if stage is None:
        return None
    campaign = await get_campaign(ctx, campaign_id)
    grace = timedelta(hours=campaign.evidence_grace_hours)
    return Closing(stage.closes_at, stage.closes_at + grace)


async def get_file(ctx: Context, file_id: UUID, *, lock: bool = False) -> EvidenceFile:
    """Read one file; raise `NotFound` for a foreign one too."""
    rows = (
        select(EvidenceFile)
        .join(Evidence, _OF_PIECE)
        .where(EvidenceFile.id == file_id, policy.visible(ctx.actor))
        .options(_BRIEF)
    )
    wanted = held(rows, EvidenceFile) if lock else rows
    found: EvidenceFile | None = (await ctx.db.exec(wanted)).first()
    if found is None:
        raise NotFound("evidence_file.unknown", "没有这个文件。", "No such file.")
    return found


async def list_files(ctx: Context, evidence_id: UUID) -> list[EvidenceFile]:
    """Read every file of a piece that the caller has been shown, replaced ones too."""
    rows = (
        select(EvidenceFile)
        .where(EvidenceFile.evidence_id == evidence_id)
        .options(_BRIEF)
        .order_by(col(EvidenceFile.position), col(EvidenceFile.promised_at))
    )
    return list((await ctx.db.exec(rows)).all())


async def list_current(ctx: Context, evidence_id: UUID) -> list[EvidenceFile]:
    """Read the files that a piece consists of now."""
    return [
        one
        for one in await list_files(ctx, evidence_id)
        if one.replaced_at is None and (one.received_at or one.replaces_id is None)
    ]


async def copy_texts(ctx: Context, copies: dict[UUID, UUID]) -> None:
    """Give files that use bytes again the text that was read from them: copy → original."""
    for copy, original in copies.items():
        said = sa_select(col(EvidenceFile.text)).where(col(EvidenceFile.id) == original)
        await ctx.db.execute(
            update(EvidenceFile)
            .where(col(EvidenceFile.id) == copy)
            .values(text=said.scalar_subquery())
            .execution_options(synchronize_session=False)
        )


async def is_waiting(ctx: Context, evidence_id: UUID) -> bool:
    """Tell whether a file of the piece is still to come."""
    rows = sa_select(col(EvidenceFile.id)).where(
        col(EvidenceFile.evidence_id) == evidence_id,
        COUNTING,
        col(EvidenceFile.received_at).is_(None),
    )
    return (await ctx.db.execute(rows.limit(1))).first() is not None


async def list_awaiting(ctx: Context, like: Evidence, sha256: str, size: int) -> list[EvidenceFile]:
    """Read what the same unit has promised for the same year with these very bytes."""
    rows = (
        select(EvidenceFile)
        .join(Evidence, _OF_PIECE)
        .where(
            Evidence.unit_id == like.unit_id,
            Evidence.campaign_id == like.campaign_id,
            Evidence.state != EvidenceState.WITHDRAWN,
            EvidenceFile.declared_sha256 == sha256,
            EvidenceFile.declared_size == size,
            col(EvidenceFile.received_at).is_(None),
            LIVING,
            policy.visible(ctx.actor),
        )
        .order_by(col(Evidence.id), col(EvidenceFile.position))
        .options(_BRIEF)
        .with_for_update(of=EvidenceFile)
    )
    return list((await ctx.db.exec(rows)).all())


async def replace_others(ctx: Context, file: EvidenceFile) -> None:
    """Let a file take the place of every other one at its position."""
    await ctx.db.execute(
        update(EvidenceFile)
        .where(
            col(EvidenceFile.evidence_id) == file.evidence_id,
            col(EvidenceFile.position) == file.position,
            col(EvidenceFile.id) != file.id,
            LIVING,
        )
        .values(replaced_at=ctx.now)
    )


async def forget_uploads(ctx: Context, file_id: UUID) -> None:
    """Drop uploads into a file that will not be; the sweep drops their bytes."""
    await ctx.db.execute(delete(Upload).where(col(Upload.file_id) == file_id))
