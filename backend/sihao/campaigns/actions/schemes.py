"""Say how a year is scored: every saved state stays on record; the year opens with the last."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from sihao.campaigns import queries
from sihao.campaigns.examples import Example, make_rules, spread_evenly
from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.models import Campaign, Scheme, SchemeVersion
from sihao.campaigns.scheme import ItemRules, Rules
from sihao.campaigns.scheme_changes import describe
from sihao.core.canonical import canonical, digest
from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid, NotFound
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch

CHANGED, IMPORTED, LAST_YEAR = "修改", "导入文件", "沿用上年度"


async def begin_scheme(ctx: Context, campaign: Campaign, standard_id: UUID) -> None:
    """Give a year with a new standard the default scheme."""
    rules = await _example(ctx, standard_id, Example.DEFAULT)
    scheme = await queries.find_scheme(ctx, campaign.id, lock=True)
    if scheme is None:
        scheme = Scheme(campaign_id=campaign.id, rules={}, **stamps(ctx))
        ctx.db.add(scheme)
    else:
        touch(ctx, scheme)
    await _save(ctx, scheme, rules, Example.DEFAULT.label)


async def set_rules(
    ctx: Context, campaign_id: UUID, version: int, rules: Rules, origin: str = CHANGED
) -> Scheme:
    """Replace the scheme before the year opens; it gives points to exactly the standard's items."""
    campaign, standard_id = await _get_scored(ctx, campaign_id)
    scheme = await queries.get_scheme(ctx, campaign.id, lock=True)
    check_version(scheme, version)
    codes = {one.code for one in await queries.list_criteria(ctx, standard_id)}
    if stray := sorted(rules.items.keys() ^ codes):
        zh = f"计分方案的条目须与所选标准一致，请核对：{'、'.join(stray[:10])}。"
        raise Invalid(
            "scheme.items", zh, "The scheme must name the standard's items.", pointer="/body/rules"
        )
    await _change(ctx, scheme, rules, origin)
    return scheme


async def reset_rules(ctx: Context, campaign_id: UUID, version: int, example: Example) -> Scheme:
    """Begin anew from one of the ready schemes [C]."""
    campaign, standard_id = await _get_scored(ctx, campaign_id)
    scheme = await queries.get_scheme(ctx, campaign.id, lock=True)
    check_version(scheme, version)
    await _change(ctx, scheme, await _example(ctx, standard_id, example), example.label)
    return scheme


async def _example(ctx: Context, standard_id: UUID, example: Example) -> Rules:
    criteria = await queries.list_criteria(ctx, standard_id)
    return make_rules(((one.code[0], one.code) for one in criteria), example)


async def continue_rules(ctx: Context, campaign_id: UUID, version: int) -> Scheme:
    """Go on with last year's scheme, item by item; new items share the points that are left.

    Raises `NotFound` when the year before has no scheme.
    """
    campaign, standard_id = await _get_scored(ctx, campaign_id)
    scheme = await queries.get_scheme(ctx, campaign.id, lock=True)
    check_version(scheme, version)
    before = await queries.find_campaign_of(ctx, campaign.year - 1)
    if before is None or before.standard_id is None:
        code, zh = "scheme.no_last_year", f"{campaign.year - 1} 年没有可以沿用的计分方案。"
        raise NotFound(code, zh, "There is no scheme of the year before.")
    old = await queries.get_rules(ctx, before.id)
    mapped = {
        row["new_code"]: row["old_code"]
        for row in await queries.list_mappings(ctx, standard_id)
        if row["old_standard_id"] == before.standard_id
    }
    codes = [one.code for one in await queries.list_criteria(ctx, standard_id)]
    continued = {code: old.items.get(mapped.get(code, code)) for code in codes}
    dimensions = {code[0]: old.dimensions.get(code[0], Decimal(0)) for code in codes}
    items = _fill_up(dimensions, continued)
    not_for = {
        name: [code for code in codes if mapped.get(code, code) in aside]
        for name, aside in old.not_for.items()
    }
    given = {"dimensions": dimensions, "items": items, "not_for": not_for}
    rules = Rules.model_validate(old.model_copy(update=given).model_dump())
    await _change(ctx, scheme, rules, LAST_YEAR)
    return scheme


def _fill_up(
    dimensions: Mapping[str, Decimal], continued: Mapping[str, ItemRules | None]
) -> dict[str, ItemRules]:
    """Keep what fits; where items came or went, spread the dimension's points evenly anew."""
    items: dict[str, ItemRules] = {}
    for dimension, points in dimensions.items():
        there = {code: one for code, one in continued.items() if code[0] == dimension}
        kept = [one for one in there.values() if one is not None]
        rest = points - sum((one.points for one in kept), Decimal(0))
        fresh = len(there) - len(kept)
        if rest < 0 or (rest > 0 and not fresh):
            spread = iter(spread_evenly(points, len(there)))
            items |= {code: ItemRules(points=next(spread)) for code in there}
            continue
        spread = iter(spread_evenly(rest, fresh) if fresh else [])
        items |= {code: one or ItemRules(points=next(spread)) for code, one in there.items()}
    return items


async def _change(ctx: Context, scheme: Scheme, rules: Rules, origin: str) -> None:
    touch(ctx, scheme)
    await _save(ctx, scheme, rules, origin)
    emit(ctx, "campaign.scheme_set", scheme.campaign_id, audience=Audience.COMMITTEE, origin=origin)


async def _save(ctx: Context, scheme: Scheme, rules: Rules, origin: str) -> None:
    """Put rules in force and on record, with what they change."""
    last = await queries.find_last_version(ctx, scheme.campaign_id)
    plain = rules.model_dump(mode="json")
    ctx.db.add(
        SchemeVersion(
            campaign_id=scheme.campaign_id,
            number=last.number + 1 if last else 1,
            rules=plain,
            rules_hash=digest(canonical(plain)),
            origin=origin,
            changes=describe(Rules.model_validate(last.rules), rules) if last else [],
            saved_at=ctx.now,
            saved_by=ctx.actor.name,
            saved_by_id=ctx.actor.id,
        )
    )
    scheme.rules = plain
    await ctx.db.flush()


async def _get_scored(ctx: Context, campaign_id: UUID) -> tuple[Campaign, UUID]:
    ctx.require(Role.OFFICER, Role.SYSTEM)
    campaign = await queries.get_campaign(ctx, campaign_id, lock=True)
    if campaign.state is not CampaignState.DRAFTED:
        code, zh = "campaign.phase", "年度已启动，计分方案已冻结。"
        raise Conflict(code, zh, "The campaign's phase does not allow it.")
    if campaign.standard_id is None:
        raise NotFound("scheme.unknown", "请先选定创建标准。", "Choose a standard first.")
    return campaign, campaign.standard_id
