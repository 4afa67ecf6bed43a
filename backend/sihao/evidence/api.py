"""`/evidence`, its content and links; `/files` for one-time downloads."""

from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from fastapi import Header, Query, Request, Response
from fastapi.responses import FileResponse

from sihao.accounts.auth import AnonymousCtx, Ctx, release, reopen
from sihao.campaigns.queries import get_campaign
from sihao.core import files
from sihao.core.context import Context
from sihao.core.errors import Invalid, Unavailable
from sihao.core.etag import IfMatch, tag
from sihao.core.lifecycle import Action, Opinion
from sihao.core.paging import Page
from sihao.core.routes import Router
from sihao.evidence import actions, policy, queries
from sihao.evidence.lifecycle import EVIDENCE, EvidenceFacts
from sihao.evidence.media import inspect_file
from sihao.evidence.models import Evidence, EvidenceLink, Verdict
from sihao.evidence.schemas import (
    EvidenceCreate,
    EvidencePublic,
    EvidenceQuery,
    EvidenceRow,
    EvidenceSummary,
    EvidenceUpdate,
    EvidenceUse,
    LinkPublic,
    LinkTarget,
    MatrixCell,
    MatrixQuery,
    TicketPublic,
    VerdictBody,
)
from sihao.units.queries import get_unit

router = Router(prefix="", tag="evidence")

_RAW: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_DOWNLOAD: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The bytes."}
}
Sha256 = Annotated[str | None, Header(alias="X-Content-SHA256", pattern="^[0-9a-fA-F]{64}$")]


@router.get("/evidence", operation_id="evidence_list", response_model=Page[EvidenceRow])
async def list_evidence(ctx: Ctx, query: Annotated[EvidenceQuery, Query()]) -> Response:
    """List evidence."""
    ctx.require_scope(policy.SCOPE)
    return await queries.list_evidence(ctx, query)


@router.post(
    "/evidence", operation_id="evidence_create", response_model=EvidencePublic, status_code=201
)
async def create_evidence(ctx: Ctx, response: Response, body: EvidenceCreate) -> EvidencePublic:
    """Register a file and what it shows; its content follows."""
    return await _answer(ctx, response, await actions.create_evidence(ctx, body))


@router.get("/evidence/{id}", operation_id="evidence_get", response_model=EvidencePublic)
async def get_evidence(ctx: Ctx, response: Response, id: UUID) -> EvidencePublic:
    """Read a piece of evidence."""
    return await _answer(ctx, response, await queries.get_evidence(ctx, id))


@router.patch("/evidence/{id}", operation_id="evidence_update", response_model=EvidencePublic)
async def update_evidence(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: EvidenceUpdate
) -> EvidencePublic:
    """Change what is said about a file."""
    return await _answer(ctx, response, await actions.update_evidence(ctx, id, version, body))


@router.put(
    "/evidence/{id}/content",
    operation_id="evidence_receive",
    response_model=EvidencePublic,
    openapi_extra=_RAW,
)
async def receive_content(
    ctx: Ctx,
    request: Request,
    response: Response,
    id: UUID,
    version: IfMatch,
    sha256: Sha256 = None,
) -> EvidencePublic:
    """Take the raw bytes in. No database connection is held while they come."""
    file_name = await actions.expect_content(ctx, id, version)
    files.check_length(request.headers.get("content-length"))
    await release(ctx)
    async with files.receive(request.stream()) as file:
        _check_arrived(file, sha256)
        media_type = await files.in_thread(inspect_file, file.path, file_name)
        now = await reopen(ctx)
        evidence = await actions.receive_content(now, id, version, file, media_type)
        return await _answer(now, response, evidence)


@router.get(
    "/evidence/{id}/links", operation_id="evidence_link_list", response_model=list[LinkPublic]
)
async def list_links(ctx: Ctx, id: UUID) -> list[LinkPublic]:
    """List what a piece of evidence is used for."""
    ctx.require_scope(policy.SCOPE)
    await queries.get_evidence(ctx, id)
    uses = await queries.list_uses(ctx, id)
    links = {link.id: link for link in await queries.list_links(ctx, id)}
    return [_show_link(ctx, links[use.id], use) for use in uses]


@router.post(
    "/evidence/{id}/links",
    operation_id="evidence_link_create",
    response_model=LinkPublic,
    status_code=201,
)
async def create_link(ctx: Ctx, response: Response, id: UUID, body: LinkTarget) -> LinkPublic:
    """Use a piece of evidence for one more thing."""
    return await _answer_link(ctx, response, await actions.create_link(ctx, id, body))


@router.delete("/evidence-links/{id}", operation_id="evidence_link_delete", status_code=204)
async def delete_link(ctx: Ctx, id: UUID, version: IfMatch) -> None:
    """Take a use back."""
    await actions.delete_link(ctx, id, version)


@router.post(
    "/evidence-links/{id}/accept", operation_id="evidence_link_accept", response_model=LinkPublic
)
async def accept_link(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: VerdictBody
) -> LinkPublic:
    """Accept that the file shows it (采信)."""
    link = await actions.judge_link(ctx, id, version, Verdict.ACCEPTED, body.reason)
    return await _answer_link(ctx, response, link)


@router.post(
    "/evidence-links/{id}/reject", operation_id="evidence_link_reject", response_model=LinkPublic
)
async def reject_link(
    ctx: Ctx, response: Response, id: UUID, version: IfMatch, body: VerdictBody
) -> LinkPublic:
    """Reject it with the reason (不采信)."""
    link = await actions.judge_link(ctx, id, version, Verdict.REJECTED, body.reason)
    return await _answer_link(ctx, response, link)


@router.post("/evidence/{id}/ticket", operation_id="evidence_ticket", response_model=TicketPublic)
async def issue_ticket(ctx: Ctx, request: Request, id: UUID) -> TicketPublic:
    """Get a one-time address of the bytes."""
    ticket, expires_at = await actions.issue_ticket(ctx, id)
    url = str(request.app.url_path_for("download_file", ticket=ticket))
    return TicketPublic(url=url, expires_at=expires_at)


@router.get("/files/{ticket}", operation_id="file_get", responses=_DOWNLOAD, response_model=None)
async def download_file(ctx: AnonymousCtx, ticket: str) -> Response:
    """Stream the bytes behind a ticket; the ticket is the proof, and good once."""
    evidence = await actions.open_file(ctx, ticket)
    path = files.address(evidence.sha256 or "")
    if not await files.in_thread(Path.is_file, path):
        code, zh = "file.missing", "文件暂时无法读取，请联系系统管理员。"
        raise Unavailable(code, zh, "The stored file cannot be read.")
    return FileResponse(
        path,
        media_type=evidence.media_type,
        filename=evidence.file_name,
        headers={"Content-Security-Policy": "sandbox; default-src 'none'"},
    )


@router.get("/evidence-matrix", operation_id="evidence_matrix", response_model=list[MatrixCell])
async def read_matrix(ctx: Ctx, query: Annotated[MatrixQuery, Query()]) -> list[MatrixCell]:
    """Show each item of a year with what a unit has to show for it."""
    ctx.require_scope(policy.SCOPE)
    return await queries.list_matrix(ctx, *await _whose(ctx, query))


@router.get("/evidence-summary", operation_id="evidence_summary", response_model=EvidenceSummary)
async def read_summary(ctx: Ctx, query: Annotated[MatrixQuery, Query()]) -> EvidenceSummary:
    """Count a unit's store of a year, and the repeats it spares."""
    ctx.require_scope(policy.SCOPE)
    return await queries.summarize(ctx, *await _whose(ctx, query))


async def _whose(ctx: Context, query: MatrixQuery) -> tuple[UUID, UUID]:
    campaign = await get_campaign(ctx, query.campaign_id)
    unit = await get_unit(ctx, query.unit_id or ctx.unit_id)
    return campaign.id, unit.id


def _check_arrived(file: files.Received, sha256: str | None) -> None:
    if file.size == 0:
        code, zh = "evidence.empty", "文件是空的，请核对后再传。"
        raise Invalid(code, zh, "The file is empty.", pointer="/body")
    if sha256 is not None and sha256.lower() != file.sha256:
        code, zh = "evidence.hash", "收到的内容与校验值不一致，请重新上传。"
        raise Invalid(code, zh, "The bytes differ from their hash.", pointer="/body")


async def _answer(ctx: Context, response: Response, row: Evidence) -> EvidencePublic:
    tag(response, row)
    return await _show(ctx, row)


async def _show(ctx: Context, row: Evidence) -> EvidencePublic:
    await ctx.db.flush()
    uses = await queries.list_uses(ctx, row.id)
    unit = await get_unit(ctx, row.unit_id)
    facts = EvidenceFacts(sum(use.locked for use in uses))
    return EvidencePublic(
        **row.model_dump(include=set(EvidencePublic.model_fields)),
        unit_name=unit.name,
        uses=uses,
        saved=max(len(uses) - 1, 0),
        actions=EVIDENCE.actions(ctx.actor, row, facts),
        same=await queries.list_same(ctx, row),
    )


async def _answer_link(ctx: Context, response: Response, link: EvidenceLink) -> LinkPublic:
    await ctx.db.flush()
    tag(response, link)
    uses = await queries.list_uses(ctx, link.evidence_id)
    return _show_link(ctx, link, next(use for use in uses if use.id == link.id))


def _show_link(ctx: Context, link: EvidenceLink, use: EvidenceUse) -> LinkPublic:
    offered: list[Action] = []
    if ctx.actor.unit_id == link.unit_id:
        blocked = actions.why_not_removed(link)
        offered.append(
            Action(
                name="delete",
                label="取消引用",
                opinion=Opinion.NONE,
                signature=False,
                blocked=blocked,
            )
        )
    if policy.may_judge(ctx.actor, link):
        offered += [
            Action(name="accept", label="采信", opinion=Opinion.OPTIONAL, signature=False),
            Action(name="reject", label="不采信", opinion=Opinion.REQUIRED, signature=False),
        ]
    return LinkPublic(
        **use.model_dump(), evidence_id=link.evidence_id, version=link.version, actions=offered
    )


router.transitions(
    EVIDENCE,
    actions.move_evidence,
    _show,
    context=Ctx,
    response_model=EvidencePublic,
    path="/evidence/{id}",
    without={"receive"},
)
