"""Read bonuses, penalties and vetoes, and the year's list of them."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Select, Uuid, column, func, table
from sqlmodel import col, select

from sihao.campaigns import queries as campaigns
from sihao.campaigns.models import Campaign
from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.core.paging import json_page, matches, row_of
from sihao.evidence.models import Evidence
from sihao.extras import policy
from sihao.extras.lifecycle import EXTRA, LIVE, ExtraFacts, ExtraState
from sihao.extras.lines import ListLine, lines_of
from sihao.extras.models import Extra
from sihao.extras.schemas import ExtraPublic, ExtraQuery, ExtraRulePublic, ExtraRules
from sihao.inspections.models import CoAssessment
from sihao.units.models import Unit

_ROWS = (
    row_of(
        ExtraPublic,
        Extra,
        col(Campaign.year).label("year"),
        col(Unit.name).label("unit_name"),
        col(Evidence.title).label("evidence_title"),
        col(CoAssessment.owner_department).label("department"),
    )
    .join(Campaign, col(Campaign.id) == col(Extra.campaign_id))
    .join(Unit, col(Unit.id) == col(Extra.unit_id))
    .outerjoin(Evidence, col(Evidence.id) == col(Extra.evidence_id))
    .outerjoin(CoAssessment, col(CoAssessment.id) == col(Extra.co_assessment_id))
)
_SORTS = {"created_at": col(Extra.created_at), "unit": col(Unit.sort_order)}
_UNDECIDED = (ExtraState.RAISED, ExtraState.NOTICED)
_RESULT = table(
    "annual_result", column("unit_id", Uuid()), column("campaign_id", Uuid()), column("state")
)
"""Results by their states; the slice itself stands later on the shelf."""


def _rows(ctx: Context) -> Select[Any]:
    actions = EXTRA.actions_sql(Extra, ctx.actor).label("actions")
    return _ROWS.add_columns(actions).where(policy.visible(ctx.actor))


async def list_extras(ctx: Context, query: ExtraQuery) -> Response:
    """Answer a page of bonuses, penalties and vetoes."""
    rows = _rows(ctx)
    for name in ("campaign_id", "unit_id", "state", "kind"):
        if (wanted := getattr(query, name)) is not None:
            rows = rows.where(getattr(Extra, name) == wanted)
    if query.open is not None:
        rows = rows.where(col(Extra.state).in_(_UNDECIDED) == query.open)
    if query.q:
        rows = rows.where(matches(query.q, col(Unit.name), col(Extra.fact), col(Extra.clause)))
    return await json_page(ctx, rows, query, _SORTS, col(Extra.id))


async def get_extra(ctx: Context, extra_id: UUID, *, lock: bool = False) -> Extra:
    """Read one; raise `NotFound` for one that is not to be seen (yet)."""
    rows = select(Extra).where(Extra.id == extra_id, policy.visible(ctx.actor))
    found = (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()
    if found is None:
        raise NotFound("extra.unknown", "没有这件加减分或者否决事项。", "No such thing.")
    return found


async def show_extra(ctx: Context, extra: Extra) -> ExtraPublic:
    """Represent one with the caller's actions and why some are blocked."""
    await ctx.db.flush()
    row = (await ctx.db.execute(_rows(ctx).where(col(Extra.id) == extra.id))).mappings().one()
    campaign = await campaigns.get_campaign(ctx, extra.campaign_id)
    actions = EXTRA.actions(ctx.actor, extra, await get_facts(ctx, extra, campaign))
    return ExtraPublic.model_validate({**row, "actions": actions})


async def get_facts(
    ctx: Context, extra: Extra, campaign: Campaign, *, lock: bool = False
) -> ExtraFacts:
    """Load what the guards look at; `lock` keeps it so until the transaction ends."""
    if lock:
        unit = select(Unit.id).where(Unit.id == extra.unit_id)
        await ctx.db.exec(unit.with_for_update(key_share=True))
    result = (
        select(_RESULT.c.state)
        .where(_RESULT.c.unit_id == extra.unit_id, _RESULT.c.campaign_id == extra.campaign_id)
        .select_from(_RESULT)
    )
    state = (await ctx.db.exec(result.with_for_update(read=True) if lock else result)).first()
    line = await find_line(ctx, campaign.id, extra.code)
    taken = await count_times(ctx, extra, (ExtraState.EFFECTIVE,))
    return ExtraFacts(
        now=ctx.now,
        phase=campaign.state,
        approved=state not in {None, "computed"},
        left=max(0, line.times_most - taken) if line else 0,
    )


async def count_times(ctx: Context, extra: Extra, states: Iterable[ExtraState] = LIVE) -> int:
    """Sum up how often the clause is there for the unit in these states, without this one."""
    rows = select(func.coalesce(func.sum(col(Extra.times)), 0)).where(
        Extra.campaign_id == extra.campaign_id,
        Extra.unit_id == extra.unit_id,
        Extra.code == extra.code,
        col(Extra.state).in_(list(states)),
        Extra.id != extra.id,
    )
    return int((await ctx.db.exec(rows)).one())


async def find_line(ctx: Context, campaign_id: UUID, code: str) -> ListLine | None:
    """Find a line of the year's list by its code."""
    return lines_of(await campaigns.get_rules(ctx, campaign_id)).get(code)


async def list_assessments(ctx: Context, campaign_id: UUID) -> dict[str, CoAssessment]:
    """Read a year's merged assessments by their codes: who owns them is no secret."""
    rows = select(CoAssessment).where(CoAssessment.campaign_id == campaign_id)
    return {one.code: one for one in (await ctx.db.exec(rows)).all()}


async def list_rules(ctx: Context, campaign_id: UUID) -> ExtraRules:
    """List the year's bonuses, penalties and vetoes, and why the caller may not raise some."""
    campaign = await campaigns.get_campaign(ctx, campaign_id)
    lines = lines_of(await campaigns.get_rules(ctx, campaign.id))
    known = await list_assessments(ctx, campaign.id)
    items = []
    for one in lines.values():
        head = known.get(one.assessment)
        refused = policy.why_not_raise(ctx.actor, one, head)
        given = {**asdict(one), "department": head.owner_department if head else ""}
        items.append(ExtraRulePublic.model_validate({**given, "refused": refused}))
    return ExtraRules(items=items)


async def list_effective(ctx: Context, campaign_id: UUID) -> list[tuple[Extra, str, str]]:
    """List what has taken effect in a year, with the title of its evidence and its department."""
    title = func.coalesce(col(Evidence.title), "")
    department = func.coalesce(col(CoAssessment.owner_department), "")
    rows = (
        select(Extra, title, department)
        .outerjoin(Evidence, col(Evidence.id) == col(Extra.evidence_id))
        .outerjoin(CoAssessment, col(CoAssessment.id) == col(Extra.co_assessment_id))
        .where(
            Extra.campaign_id == campaign_id,
            Extra.state == ExtraState.EFFECTIVE,
            policy.visible(ctx.actor),
        )
        .order_by(col(Extra.code), col(Extra.created_at), col(Extra.id))
    )
    return list((await ctx.db.exec(rows)).all())
