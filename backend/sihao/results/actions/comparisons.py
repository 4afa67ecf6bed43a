"""Compare two years and commend: 集中评比 (R20), 通报表扬 (R21)."""

from collections.abc import Mapping
from uuid import UUID

from sihao.campaigns import queries as campaigns
from sihao.campaigns.models import Campaign, Nature
from sihao.core.canonical import canonical, digest
from sihao.core.context import CHINA, Context, Role
from sihao.core.errors import Conflict, Invalid, NotFound
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.results.actions.notices import give_notice
from sihao.results.compared import (
    Compared,
    ComparisonInputs,
    ComparisonOutcome,
    Formula,
    Place,
    YearFigures,
)
from sihao.results.freezing import differences, year_figures
from sihao.results.frozen import Inputs, Outcome
from sihao.results.lifecycle import COMPARISON, ComparisonState, ResultState
from sihao.results.models import AnnualResult, Commendation, Comparison
from sihao.results.queries import comparisons as queries
from sihao.results.queries import notices, results
from sihao.results.ranking import rank
from sihao.results.schemas import CommendationUpdate, ComparisonCreate, Deliberation


async def create_comparison(ctx: Context, body: ComparisonCreate) -> Comparison:
    """Begin a comparison of an earlier and a later year.

    Raises `Invalid` for unknown or swapped years and `Conflict` for a year that is an appraisal
    (责任制考核), which has no comparison.
    """
    ctx.require(Role.OFFICER, Role.SYSTEM)
    first = await _campaign(ctx, body.first_campaign_id, "/body/first_campaign_id")
    second = await _campaign(ctx, body.second_campaign_id, "/body/second_campaign_id")
    if first.year >= second.year:
        code, zh = "comparison.order", "第一个年度须早于第二个年度。"
        raise Invalid(
            code, zh, "The first year is the earlier.", pointer="/body/second_campaign_id"
        )
    if Nature.APPRAISAL in (first.nature, second.nature):
        code, zh = "comparison.nature", "责任制考核的年度不进行集中评比。"
        raise Conflict(code, zh, "An appraisal has no comparison.")
    formula = body.formula.model_dump(mode="json")
    comparison = Comparison.model_validate(
        body.model_dump(), update={"formula": formula, **stamps(ctx)}
    )
    ctx.db.add(comparison)
    await ctx.db.flush()
    emit(ctx, "comparison.created", comparison.id, audience=Audience.COMMITTEE)
    return comparison


async def _campaign(ctx: Context, campaign_id: UUID, pointer: str) -> Campaign:
    try:
        return await campaigns.get_campaign(ctx, campaign_id)
    except NotFound as error:
        raise Invalid(error.code, error.zh, error.en, pointer=pointer) from error


async def why_not(ctx: Context, comparison: Comparison) -> str | None:
    """Say why the next step cannot be made yet, or None.

    To freeze, both years are published whole; to announce, the notice is over and every objection
    answered.
    """
    if comparison.state == ComparisonState.DRAFTED:
        return await _why_not_freeze(ctx, comparison)
    if comparison.state == ComparisonState.NOTICED and comparison.notice_until is not None:
        if ctx.now <= comparison.notice_until:
            last = comparison.notice_until.astimezone(CHINA)
            return f"公示到 {last.month} 月 {last.day} 日止，期满后才能通报。"
        waiting = await notices.count_open(ctx, comparison.id)
        return f"还有 {waiting} 件公示异议没有答复，不能通报。" if waiting else None
    return None


async def _why_not_freeze(ctx: Context, comparison: Comparison) -> str | None:
    for campaign in await queries.get_years(ctx, comparison):
        found = await results.list_results_of(ctx, campaign.id)
        waiting = sum(one.state != ResultState.PUBLISHED for one in found)
        if not found or waiting:
            left = f"还有 {waiting} 个单位的结果" if waiting else "结果"
            return f"{campaign.year} 年度{left}尚未公布，不能固定数据。"
    return None


async def move_comparison(
    ctx: Context, comparison_id: UUID, version: int, name: str, opinion: str
) -> Comparison:
    """Freeze, advise, notice or announce."""
    comparison = await queries.get_comparison(ctx, comparison_id, lock=True)
    check_version(comparison, version)
    COMPARISON.apply(ctx, comparison, name, opinion, facts=await why_not(ctx, comparison))
    if name == "freeze":
        await _freeze(ctx, comparison)
    elif name == "notice":
        await give_notice(ctx, comparison)
    elif name == "advise":
        comparison.advise(opinion, ctx.actor.name, ctx.now)
    return comparison


async def _freeze(ctx: Context, comparison: Comparison) -> None:
    first, second = await queries.get_years(ctx, comparison)
    before = {one.unit_id: one for one in await results.list_results_of(ctx, first.id)}
    after = {one.unit_id: one for one in await results.list_results_of(ctx, second.id)}
    groups = await queries.list_groups(ctx, comparison)
    units = await queries.list_unit_names(ctx)
    mapping = await results.list_mapped(ctx, first, second)

    def figures(result: AnnualResult) -> YearFigures:
        group = groups.get((result.campaign_id, result.unit_id), "")
        return year_figures(result.inputs, _outcome(result), result.outcome_hash, group)

    both = [unit for unit in units if unit.id in before.keys() & after.keys()]
    given = ComparisonInputs(
        first_year=first.year,
        second_year=second.year,
        formula=Formula.model_validate(comparison.formula),
        places=comparison.places,
        quotas=comparison.quotas,
        units=[
            Compared(
                unit_id=str(unit.id),
                unit_name=unit.name,
                unit_class=unit.unit_class,
                first=figures(before[unit.id]),
                second=figures(after[unit.id]),
            )
            for unit in both
        ],
        missing=[unit.name for unit in units if unit not in both],
        mapping=mapping,
        differences=differences(_inputs(before[both[0].id]), _inputs(after[both[0].id]), mapping)
        if both
        else [],
    )
    comparison.inputs = canonical(given.model_dump(mode="json"))
    comparison.outcome = canonical(rank(given).model_dump(mode="json"))
    comparison.inputs_hash = digest(comparison.inputs)
    comparison.outcome_hash = digest(comparison.outcome)


def _outcome(result: AnnualResult) -> Outcome:
    return Outcome.model_validate_json(result.outcome)


def _inputs(result: AnnualResult) -> Inputs:
    return Inputs.model_validate_json(result.inputs)


async def deliberate(
    ctx: Context, comparison_id: UUID, version: int, body: Deliberation
) -> Comparison:
    """Record the deliberation and make the list (R21).

    Raises `Invalid` for a unit that is not within the places, and for leaving out one that is
    clearly within without saying why. Whom the meeting takes at a tie across the line, the opinion
    says.
    """
    comparison = await queries.get_comparison(ctx, comparison_id, lock=True)
    check_version(comparison, version)
    places: dict[str, Place] = {}
    if comparison.outcome is not None:
        places = {row.unit_id: row for row in outcome_of(comparison).rows}
    chosen = {str(one) for one in body.unit_ids}
    left_out = _left_out(places, chosen)
    COMPARISON.apply(
        ctx,
        comparison,
        "deliberate",
        body.opinion,
        units=len(chosen),
        left_out=left_out,
        departure=body.departure if left_out else "",
    )
    within = {u: row.place for u, row in places.items() if row.within and row.place is not None}
    _check_choice(within, chosen)
    if left_out and not body.departure:
        code, zh = "comparison.departure", f"{'、'.join(left_out)}已入围而未列入名单，须说明理由。"
        raise Invalid(code, zh, "Say why they are left out.", pointer="/body/departure")
    comparison.deliberation = body.opinion
    comparison.departure = body.departure if left_out else ""
    second = {
        str(one.unit_id): one
        for one in await results.list_results_of(ctx, comparison.second_campaign_id)
    }
    for unit_id in sorted(chosen):
        ctx.db.add(
            Commendation(
                comparison_id=comparison.id,
                unit_id=UUID(unit_id),
                place=within[unit_id],
                merits=_merits(_outcome(second[unit_id])),
                **stamps(ctx),
            )
        )
    return comparison


def _left_out(places: Mapping[str, Place], chosen: set[str]) -> list[str]:
    """Name the teams within the places, and in no tie across the line, that were not chosen."""
    return [
        row.unit_name
        for unit_id, row in places.items()
        if row.within and not row.at_line and unit_id not in chosen
    ]


def _check_choice(within: Mapping[str, int], chosen: set[str]) -> None:
    if not chosen <= within.keys():
        code, zh = "comparison.choice", "通报名单只能从入围的单位中确定。"
        raise Invalid(code, zh, "Only teams within the places.", pointer="/body/unit_ids")


def _merits(outcome: Outcome) -> str:
    """Write one line for each of the four goods, for the committee to complete."""
    (checked, *_) = outcome.tree.children
    lines = (
        f"{one.label}：{len(one.children)} 条中 {sum(i.lost == 0 for i in one.children)} 条未扣分。"
        for one in checked.children
    )
    return "\n".join(lines)


def outcome_of(comparison: Comparison) -> ComparisonOutcome:
    """Read the frozen places; raise `NotFound` before freezing."""
    if comparison.outcome is None:
        code, zh = "comparison.not_frozen", "数据尚未固定，还没有评比结果。"
        raise NotFound(code, zh, "Nothing is frozen yet.")
    return ComparisonOutcome.model_validate_json(comparison.outcome)


async def update_commendation(
    ctx: Context, commendation_id: UUID, version: int, body: CommendationUpdate
) -> Commendation:
    """Write a commended team's merits; raise `Conflict` once they have been given notice of."""
    ctx.require(Role.OFFICER, Role.LEADER)
    row = await queries.get_commendation(ctx, commendation_id)
    check_version(row, version)
    comparison = await queries.get_comparison(ctx, row.comparison_id)
    if comparison.state != ComparisonState.DELIBERATED:
        code, zh = "commendation.noticed", "名单和事迹已经公示，不能再修改。"
        raise Conflict(code, zh, "The merits have been given public notice of.")
    row.merits = body.merits
    touch(ctx, row)
    emit(ctx, "commendation.updated", row.id, row.unit_id, audience=Audience.COMMITTEE)
    return row
