"""Read the committee's own Word templates."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from sihao.core.context import Context, Role
from sihao.core.errors import NotFound
from sihao.documents.models import DocumentKind, DocumentTemplate
from sihao.documents.template_schemas import TemplatePublic


async def list_templates(ctx: Context) -> list[TemplatePublic]:
    """List all versions by kind, the newest first."""
    ctx.require(Role.OFFICER, Role.LEADER)
    rows = (
        select(DocumentTemplate)
        .with_only_columns(
            *[getattr(DocumentTemplate, name) for name in TemplatePublic.model_fields]
        )
        .order_by(col(DocumentTemplate.kind), col(DocumentTemplate.number).desc())
    )
    return [TemplatePublic(**row) for row in (await ctx.db.execute(rows)).mappings()]


async def get_template(ctx: Context, template_id: UUID, *, lock: bool = False) -> DocumentTemplate:
    """Read one template; raise `NotFound`."""
    ctx.require(Role.OFFICER, Role.LEADER)
    rows = select(DocumentTemplate).where(DocumentTemplate.id == template_id)
    found = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if found is None:
        raise NotFound("document_template.unknown", "没有这个模板。", "No such template.")
    return found


async def find_used(ctx: Context, kind: DocumentKind) -> DocumentTemplate | None:
    """Look up the template that a kind is written with instead of the built-in layout."""
    rows = select(DocumentTemplate).where(
        DocumentTemplate.kind == kind, col(DocumentTemplate.in_use).is_(True)
    )
    return (await ctx.db.exec(rows)).first()


async def find_used_id(ctx: Context, kind: DocumentKind) -> UUID | None:
    """Name that template without reading its bytes."""
    rows = select(DocumentTemplate.id).where(
        DocumentTemplate.kind == kind, col(DocumentTemplate.in_use).is_(True)
    )
    return (await ctx.db.exec(rows)).first()


async def next_version(ctx: Context, kind: DocumentKind) -> int:
    """Count on; two who upload at the same time meet at the unique key."""
    rows = select(func.coalesce(func.max(DocumentTemplate.number), 0)).where(
        DocumentTemplate.kind == kind
    )
    return int((await ctx.db.exec(rows)).one()) + 1
