"""Pages to look at without the file: a ticket each, and the looker's name across the picture."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request, Response

from sihao.accounts.auth import AnonymousCtx, Ctx, release
from sihao.core.context import as_system
from sihao.core.routes import Router
from sihao.core.stores import spool, store
from sihao.evidence import actions
from sihao.evidence.guard.limits import PREVIEW_PAGES
from sihao.evidence.previews import render_page
from sihao.evidence.schemas import TicketPublic

router = Router(prefix="", tag="evidence")

_PICTURE: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"image/webp": {"schema": {"type": "string", "format": "binary"}}},
        "description": "The page.",
        "headers": {
            "X-Pages": {
                "description": "How many pages can be looked at.",
                "schema": {"type": "integer"},
            }
        },
    }
}
PageNumber = Annotated[int, Query(ge=1, le=PREVIEW_PAGES)]


@router.post("/evidence/{id}/preview", operation_id="evidence_preview", response_model=TicketPublic)
async def issue_preview(
    ctx: Ctx, request: Request, id: UUID, page: PageNumber = 1, file_id: UUID | None = None
) -> TicketPublic:
    """Get a one-time address of a page's picture: of the first file, or the one named."""
    ticket, expires_at = await actions.issue_ticket(ctx, id, file_id, page)
    url = str(request.app.url_path_for("show_page", ticket=ticket))
    return TicketPublic(url=url, expires_at=expires_at)


@router.get(
    "/previews/{ticket}", operation_id="preview_get", responses=_PICTURE, response_model=None
)
async def show_page(ctx: AnonymousCtx, ticket: str) -> Response:
    """Show the page behind a ticket, which is good once. No database connection waits for it."""
    found = await actions.find_page(ctx, ticket)
    await release(ctx)
    async with spool.receive(store().read(found.sha256)) as taken:
        shown = await render_page(taken.path, found.media_type, found.page, found.stamp)
    await actions.use_page(await as_system(ctx.db), ticket)
    headers = {"Cache-Control": "no-store", "X-Pages": str(shown.pages)}
    return Response(shown.image, media_type="image/webp", headers=headers)
