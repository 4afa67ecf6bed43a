"""回执: that a unit has a document, on a page."""

from uuid import UUID

from sihao.core.context import CHINA, Context
from sihao.documents.layout.blocks import Table
from sihao.documents.queries.documents import get_document, get_recipient
from sihao.documents.written import Written, chinese_date, widths
from sihao.units.queries import get_unit


async def write_receipt(ctx: Context, subject_id: UUID) -> Written:
    """Show who has received a document and when; final once it is confirmed."""
    recipient = await get_recipient(ctx, subject_id)
    document = await get_document(ctx, recipient.document_id)
    unit = await get_unit(ctx, recipient.unit_id)
    at = recipient.received_at and recipient.received_at.astimezone(CHINA)
    rows = (
        ("文号", document.number or ""),
        ("标题", document.title),
        ("印发日期", chinese_date(document.issued_on) if document.issued_on else ""),
        ("签收单位", unit.name),
        ("签收人", recipient.received_by),
        ("签收时间", f"{chinese_date(at.date())}{at:%H:%M}" if at else "尚未签收"),
    )
    return Written(
        campaign_id=document.campaign_id,
        unit_id=unit.id,
        organ=unit.name,
        title="公文回执",
        body=(Table(("项目", "内容"), widths(1, 3), rows, ("center", "left")),),
        dated=at.date() if at else None,
    )
