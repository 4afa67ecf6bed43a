"""Read resumable uploads, and find the file that one is meant for."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.evidence import policy
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Evidence, EvidenceFile, Upload
from sihao.evidence.queries.files import LIVING
from sihao.evidence.queries.links import held


async def get_upload(ctx: Context, upload_id: UUID, *, lock: bool = False) -> Upload:
    """Read an upload of the caller's own; raise `NotFound` for anybody else's."""
    rows = select(Upload).where(Upload.id == upload_id, policy.visible_upload(ctx.actor))
    wanted = held(rows, Upload) if lock else rows.execution_options(populate_existing=True)
    found: Upload | None = (await ctx.db.exec(wanted)).first()
    if found is None:
        raise NotFound("upload.unknown", "没有这次上传，请重新上传。", "No such upload.")
    return found


async def find_promised(ctx: Context, sha256: str, size: int) -> UUID | None:
    """Find the unit's oldest promise of these very bytes that is still open, in any year."""
    rows = (
        sa_select(col(EvidenceFile.id))
        .join(Evidence, col(EvidenceFile.evidence_id) == col(Evidence.id))
        .where(
            col(Evidence.unit_id) == ctx.unit_id,
            col(Evidence.state) != EvidenceState.WITHDRAWN,
            col(EvidenceFile.declared_sha256) == sha256,
            col(EvidenceFile.declared_size) == size,
            col(EvidenceFile.received_at).is_(None),
            LIVING,
            policy.visible(ctx.actor),
        )
        .order_by(col(EvidenceFile.promised_at), col(EvidenceFile.id))
        .limit(1)
    )
    return (await ctx.db.execute(rows)).scalar_one_or_none()


async def forget_expired(ctx: Context) -> list[UUID]:
    """Drop uploads nobody went on with, and the record of those that are done."""
    dropped = delete(Upload).where(col(Upload.expires_at) < ctx.now).returning(col(Upload.id))
    return list((await ctx.db.execute(dropped)).scalars())


async def list_going_on(ctx: Context, upload_ids: list[UUID]) -> set[UUID]:
    """Tell which of these uploads still need their bytes; for the sweep only."""
    rows = sa_select(col(Upload.id)).where(
        col(Upload.id).in_(upload_ids), col(Upload.finished_at).is_(None)
    )
    return set((await ctx.db.execute(rows)).scalars())
