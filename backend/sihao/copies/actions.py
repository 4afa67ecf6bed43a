"""Compare a text, and keep fingerprints of what was signed."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sihao.copies import policy, queries
from sihao.copies.models import CopyKind, Passage, PassageFields, TextPrint
from sihao.copies.numbers import unseen
from sihao.copies.prints import passages_of
from sihao.copies.queries import Likeness, SignedText
from sihao.copies.schemas import CopiedPassage, CopyCheck, OtherText
from sihao.core.context import Context
from sihao.plans.models import Plan
from sihao.plans.queries import get_plan, read_text
from sihao.self_reports.models import SelfReport
from sihao.self_reports.queries import get_report, list_sections


async def check_report(ctx: Context, report_id: UUID) -> CopyCheck:
    """Compare a report: for its writers as it stands, for the committee as it was signed."""
    report = await get_report(ctx, report_id)
    policy.check_asks(ctx.actor, report.unit_id)
    if policy.is_writer(ctx.actor, report.unit_id):
        parts = [(one.dimension, one.text) for one in await list_sections(ctx, report)]
        checked = await _check(ctx, CopyKind.SELF_REPORT, report, list(passages_of(parts)))
        ledger = await queries.count_recorded(ctx, report)
        return checked.model_copy(update={"numbers": list(unseen(parts, ledger))})
    signed = await queries.list_passages(ctx, report.id)
    return await _check(ctx, CopyKind.SELF_REPORT, report, signed)


async def check_plan(ctx: Context, plan_id: UUID) -> CopyCheck:
    """Compare a plan in the same way."""
    plan = await get_plan(ctx, plan_id)
    policy.check_asks(ctx.actor, plan.unit_id)
    if policy.is_writer(ctx.actor, plan.unit_id):
        content = (await read_text(ctx, plan)).model_dump(mode="json")
        return await _check(ctx, CopyKind.PLAN, plan, list(passages_of(_plan_parts(content))))
    return await _check(ctx, CopyKind.PLAN, plan, await queries.list_passages(ctx, plan.id))


async def print_signed(ctx: Context) -> int:
    """Take fingerprints of some texts signed since the last time; tell of how many."""
    signed = await queries.list_unprinted(ctx)
    for one in signed:
        await queries.forget_print(ctx, one.subject_id)
        made = TextPrint(
            kind=one.kind,
            subject_id=one.subject_id,
            unit_id=one.unit_id,
            campaign_id=one.campaign_id,
            content_hash=one.content_hash,
        )
        ctx.db.add(made)
        await ctx.db.flush()
        for passage in passages_of(_parts(one)):
            of = {"print_id": made.id, "unit_id": one.unit_id}
            ctx.db.add(Passage.model_validate(passage, update=of))
        await ctx.db.flush()
    return len(signed)


def _parts(signed: SignedText) -> Iterable[tuple[str, str]]:
    if signed.kind is CopyKind.PLAN:
        return _plan_parts(signed.content)
    return [(one["dimension"], one["text"]) for one in signed.content["sections"]]


def _plan_parts(content: dict[str, Any]) -> list[tuple[str, str]]:
    fields = [(name, content[name]) for name in ("basis", "goals", "content")]
    problems = [("problem", one["text"]) for one in content["problems"]]
    return fields + problems + [("measure", one["text"]) for one in content["measures"]]


async def _check(
    ctx: Context, kind: CopyKind, subject: Plan | SelfReport, passages: Sequence[PassageFields]
) -> CopyCheck:
    alike = await queries.list_alike(ctx, kind, subject, passages)
    named = policy.sees_others(ctx.actor, subject.unit_id)
    texts = await queries.list_texts(ctx, [one for one in alike if one.is_own or named])
    files = []
    if isinstance(subject, SelfReport):
        files = await queries.list_same_files(ctx, subject, named=named)
    own = {one.n for one in alike if one.is_own}
    others = {one.n for one in alike if not one.is_own}
    return CopyCheck(
        kind=kind,
        subject_id=subject.id,
        passages=len(passages),
        like_last_year=len(own),
        like_others=len(others),
        percent_last_year=_percent(passages, own),
        percent_others=_percent(passages, others),
        items=[
            _beside(one, [like for like in alike if like.n == n], texts)
            for n, one in enumerate(passages)
            if n in own | others
        ],
        files=files,
        numbers=[],
    )


def _beside(
    passage: PassageFields, alike: Sequence[Likeness], texts: dict[UUID, OtherText]
) -> CopiedPassage:
    def shown(*, own: bool) -> list[OtherText]:
        found = [
            texts[one.passage_id].model_copy(update={"percent": one.percent})
            for one in alike
            if one.is_own == own and one.passage_id in texts
        ]
        return sorted(found, key=lambda one: (-one.percent, one.unit_name))

    return CopiedPassage(
        place=passage.place,
        text=passage.text,
        others_percent=max((one.percent for one in alike if not one.is_own), default=0),
        last_year=shown(own=True),
        others=shown(own=False),
    )


def _percent(passages: Sequence[PassageFields], chosen: set[int]) -> int:
    letters = [len(one.text) for one in passages]
    return round(100 * sum(letters[n] for n in chosen) / sum(letters)) if letters else 0
