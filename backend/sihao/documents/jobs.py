"""The worker's part: put a unit's year into one archive."""

from pathlib import Path
from uuid import UUID

from sihao.campaigns.queries import get_campaign
from sihao.core.context import Context
from sihao.core.errors import Forbidden, NotFound
from sihao.core.progress import Report
from sihao.documents.actions.archives import ARCHIVE
from sihao.documents.actions.showing import issued_paper
from sihao.documents.archive import Archive, Sheets, safe
from sihao.documents.kinds import write
from sihao.documents.models import DocumentKind
from sihao.documents.paper import Paper, to_paper
from sihao.documents.queries.documents import find_receipt, list_issued_to
from sihao.documents.rendering import ENDINGS, render
from sihao.documents.written import official
from sihao.exports.jobs import MAKERS
from sihao.exports.lists import LISTS
from sihao.exports.models import ExportJob
from sihao.exports.queries import list_pack
from sihao.plans.queries.plans import find_plan
from sihao.self_reports.queries import find_report
from sihao.units.queries import get_unit

_LEFT_OUT = (
    "约谈记录只供指定人员在系统中查阅，不在档案包中。",
    "已被新版本替换的文件和已撤回的材料不在档案包中。",
)


async def write_archive(ctx: Context, found: ExportJob, path: Path, report: Report) -> None:
    """Write documents, data and evidence, as the asker may see them."""
    campaign = await get_campaign(ctx, UUID(found.filters["campaign_id"]))
    unit = await get_unit(ctx, UUID(found.filters["unit_id"]))
    archive = Archive(path)
    left_out = list(_LEFT_OUT)
    try:
        for paper, kind in await _list_papers(ctx, campaign.id, unit.id):
            await _add_paper(archive, paper, kind)
            await report(archive.files, "packing")
        left_out += await _add_data(ctx, archive, campaign.id, unit.id)
        for number, file in enumerate(await list_pack(ctx, campaign.id, unit.id), start=1):
            name = f"evidence/{number:05}-{safe(file.file_name)}"
            await archive.add_stored(name, "佐证材料", file.title, file.sha256)
            await report(archive.files, "packing")
        head = {
            "unit": unit.name,
            "year": campaign.year,
            "made_at": ctx.now.isoformat(),
            "made_for": found.asked_by,
            "left_out": left_out,
        }
        await archive.finish(head)
    finally:
        archive.close()
    found.rows, found.left_out = archive.files, left_out
    found.file_name = f"{unit.short_name}-{campaign.year}-年度档案.zip"


async def _list_papers(
    ctx: Context, campaign_id: UUID, unit_id: UUID
) -> list[tuple[Paper, DocumentKind]]:
    """Give the unit's own papers, what was issued to it, and its receipts."""
    papers = []
    plan = await find_plan(ctx, unit_id, campaign_id)
    report = await find_report(ctx, campaign_id, unit_id)
    own = [(DocumentKind.ANNUAL_PLAN, plan), (DocumentKind.SELF_REPORT, report)]
    for kind, row in own:
        if row is not None:
            papers.append((to_paper(official(await write(ctx, kind, row.id))), kind))
    for document in await list_issued_to(ctx, campaign_id, unit_id):
        papers.append((issued_paper(document), document.kind))
        receipt = await find_receipt(ctx, document, unit_id)
        if receipt is not None and receipt.received_at is not None:
            written = await write(ctx, DocumentKind.RECEIPT, receipt.id)
            papers.append((to_paper(official(written)), DocumentKind.RECEIPT))
    return papers


async def _add_paper(archive: Archive, paper: Paper, kind: DocumentKind) -> None:
    title = f"{paper.number or ''}{paper.title}"
    for form, ending in ENDINGS.items():
        drawn = await render(paper, form)
        name = f"documents/{archive.files + 1:04}-{safe(title)}.{ending}"
        await archive.add(name, f"公文：{kind.label}", title, drawn)


async def _add_data(ctx: Context, archive: Archive, campaign_id: UUID, unit_id: UUID) -> list[str]:
    """Add every list that has a year and a unit; tell which the asker may not read."""
    missing = []
    of = {"campaign_id": campaign_id, "unit_id": unit_id}
    for name, told in LISTS.items():
        if not of.keys() <= told.query.model_fields.keys():
            continue
        sheets: Sheets = {}
        try:
            async for sheet, rows in told.pages(ctx, told.query(**of)):
                sheets.setdefault(sheet.title, (sheet, []))[1].extend(rows)
        except (Forbidden, NotFound):
            missing.append(f"您的角色不能查看“{told.title}”，没有收入。")
            continue
        if sheets:
            await archive.add_list(name, told.title, sheets)
    return missing


MAKERS[ARCHIVE] = write_archive
