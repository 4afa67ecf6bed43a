"""`/evidence/{id}/links`, `/evidence-links`: what evidence shows, and the assessors' word on it."""

from uuid import UUID

from fastapi import Response

from sihao.accounts.auth import Ctx
from sihao.core.context import Context
from sihao.core.etag import IfMatch, tag
from sihao.core.lifecycle import Action, Opinion
from sihao.core.routes import Router
from sihao.evidence import actions, policy, queries
from sihao.evidence.models import EvidenceLink, Verdict
from sihao.evidence.schemas import (
    EvidenceUse,
    LinkOutcome,
    LinkPublic,
    LinksBody,
    LinkTarget,
    VerdictBody,
    VerdictGiven,
    VerdictsBody,
)

router = Router(prefix="", tag="evidence")


@router.get(
    "/evidence/{id}/links", operation_id="evidence_link_list", response_model=list[LinkPublic]
)
async def list_links(ctx: Ctx, id: UUID) -> list[LinkPublic]:
    """List what a piece of evidence is used for."""
    ctx.require_scope(policy.SCOPE)
    evidence = await queries.get_evidence(ctx, id)
    uses = await queries.list_uses(ctx, id)
    namings = await queries.list_namings(ctx, evidence)
    links = {link.id: link for link in await queries.list_links(ctx, id)}
    return [_show_link(ctx, links[use.id], use, namings) for use in uses]


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


@router.post(
    "/evidence-links/{id}/reset", operation_id="evidence_link_reset", response_model=LinkPublic
)
async def reset_link(ctx: Ctx, response: Response, id: UUID, version: IfMatch) -> LinkPublic:
    """Take a verdict back: the link is not reviewed again."""
    link = await actions.judge_link(ctx, id, version, Verdict.UNREVIEWED)
    return await _answer_link(ctx, response, link)


@router.post(
    "/evidence-links/verdicts",
    operation_id="evidence_link_judge_many",
    response_model=list[VerdictGiven],
)
async def judge_links(ctx: Ctx, body: VerdictsBody) -> list[VerdictGiven]:
    """Judge many links at once: all of them, or none with every reason why."""
    links = await actions.judge_links(ctx, body.verdicts)
    return [
        VerdictGiven(link_id=one.id, verdict=one.verdict, reason=one.reason, version=one.version)
        for one in links
    ]


@router.post(
    "/evidence-links/batch",
    operation_id="evidence_link_create_many",
    response_model=list[LinkOutcome],
)
async def create_links(ctx: Ctx, body: LinksBody) -> list[LinkOutcome]:
    """Make many links at once; each is made or refused for itself."""
    return await actions.create_links(ctx, body.links)


async def _answer_link(ctx: Context, response: Response, link: EvidenceLink) -> LinkPublic:
    await ctx.db.flush()
    tag(response, link)
    uses = await queries.list_uses(ctx, link.evidence_id)
    namings = await queries.list_namings(ctx, await queries.get_evidence(ctx, link.evidence_id))
    return _show_link(ctx, link, next(use for use in uses if use.id == link.id), namings)


def _show_link(
    ctx: Context, link: EvidenceLink, use: EvidenceUse, namings: list[queries.Naming]
) -> LinkPublic:
    offered: list[Action] = []
    if ctx.actor.unit_id == link.unit_id:
        blocked = actions.why_not_removed(link, namings)
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
        if link.verdict is not Verdict.UNREVIEWED:
            offered.append(
                Action(name="reset", label="撤销认定", opinion=Opinion.NONE, signature=False)
            )
    return LinkPublic(
        **use.model_dump(), evidence_id=link.evidence_id, version=link.version, actions=offered
    )
