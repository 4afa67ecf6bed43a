"""A published result that is corrected: a paper found later disproves a deduction (F42)."""

from datetime import date
from decimal import Decimal

from sihao.demo.seed.town import Town, Year
from sihao.results.actions.corrections import draft_correction, move_correction
from sihao.results.frozen import Inputs
from sihao.results.queries.results import list_results_of
from sihao.results.schemas import CorrectionCreate, ItemPatch

_WHOSE = 20


async def correct(town: Town, year: Year) -> None:
    """Let an officer draft the correction and the leader publish it, before years are compared."""
    if _WHOSE not in town.unit_ids:
        return
    at, spring = town.calendar.at, year.number + 1
    results = await list_results_of(town.ctx, year.campaign.id)
    result = next(one for one in results if one.unit_id == town.unit_ids[_WHOSE])
    items = Inputs.model_validate_json(result.inputs).items
    item = next(one for one in items if one.lost > one.restored)
    reason = "原始记录证明已经按要求办理"
    body = CorrectionCreate(
        reason=f"公布后补查到原始记录，{item.code} 的扣分事实不成立，予以更正。",
        items=[ItemPatch(code=item.code, lost=Decimal(0), reason=reason)],
    )
    officer = town.by("officer", at(date(spring, 2, 4), 10))
    drafted = await town.do(draft_correction, officer, result.id, result.version, body)
    leader = town.by("leader", at(date(spring, 2, 6), 15))
    opinion = "经工委会议审定，同意更正。"
    await town.do(move_correction, leader, drafted.id, drafted.version, "publish", opinion)
