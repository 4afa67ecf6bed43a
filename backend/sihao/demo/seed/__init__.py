"""Put the demo city into the database: a finished year, the one before, and the running one.

What there is much of (ledgers, evidence, sheets) is written as it stands today. What people decide
(standards, signatures, results, comparison, interviews …) is done through the product itself with
the clock turned back, so that its checks hold and its events tell.
"""

import gc
from collections.abc import Callable, Sequence
from datetime import date

from sihao.accounts.passwords import hash_now
from sihao.copies.actions import print_signed
from sihao.core.context import Context, system_context
from sihao.core.db import engine
from sihao.demo.city import units
from sihao.demo.seed.assessments import add_assessments
from sihao.demo.seed.ballots import count_ballots, open_ballot
from sihao.demo.seed.calendar import Calendar
from sihao.demo.seed.corrections import correct
from sihao.demo.seed.documents import announce_visits, issue_documents
from sihao.demo.seed.evidence import add_evidence
from sihao.demo.seed.extras import add_extras, settle_extras
from sihao.demo.seed.followups import add_complaints, add_rectifications
from sihao.demo.seed.history import History
from sihao.demo.seed.inspections import add_inspections
from sihao.demo.seed.interviews import add_interviews, ask_for_help
from sihao.demo.seed.ledgers import add_ledgers
from sihao.demo.seed.people import add_people
from sihao.demo.seed.plan_steps import close_plans
from sihao.demo.seed.plans import add_plans
from sihao.demo.seed.recusals import add_recusals
from sihao.demo.seed.results import compare, move_year, settle
from sihao.demo.seed.rules import open_years
from sihao.demo.seed.self_reports import add_self_reports
from sihao.demo.seed.town import Town, Year

Tell = Callable[[str], None]


async def seed(password: str, tell: Tell, numbers: Sequence[int]) -> None:
    """Build the city of these units in one transaction: it is there or it is not."""
    gc.disable()  # a hundred thousand rows that live until they are written: a third of the time
    try:
        async with system_context() as ctx:
            await build(ctx, password, tell, numbers)
            tell("fingerprints of what is signed")
            while await print_signed(ctx):
                continue  # it takes some texts at a time
    finally:
        gc.enable()
        await engine().dispose()


async def build(
    ctx: Context, password: str, tell: Tell, numbers: Sequence[int] = range(1, 97)
) -> Town:
    """Build the city with the units of these numbers; the database holds no other."""
    chosen = tuple(unit for unit in units() if unit.number in set(numbers))
    with History(ctx.db) as history:
        town = Town(ctx, chosen, Calendar(ctx.now), history)
        tell("people and accounts")
        add_people(town, hash_now(password))
        await town.write()
        tell("standards and campaigns")
        await open_years(town)
        first, finished, running = (town.years[number] for number in sorted(town.years))
        tell(f"{first.number}: inspections and results")
        await _inspect(town, first, sheets=False)
        await count_ballots(town, first)
        await settle(town, first)
        await move_year(town, first, "close", date(finished.number, 6, 30), "年度工作结束。")
        tell(f"{finished.number}: plans, ledgers, evidence, self-reports")
        await _work(town, finished)
        tell(f"{finished.number}: inspections and results")
        await add_assessments(town, finished)
        await _inspect(town, finished, sheets=True)
        await settle_extras(town, finished)
        await settle(town, finished)
        await correct(town, finished)
        await close_plans(town, finished)
        await compare(town, first, finished)
        tell(f"{finished.number}: what follows from the results")
        await add_rectifications(town, finished)
        await add_interviews(town, finished)
        await ask_for_help(town, finished)
        await issue_documents(town, finished)
        await move_year(town, finished, "close", date(running.number, 6, 30), "年度工作结束。")
        tell(f"{running.number}: plans, ledgers, evidence, self-reports")
        await _work(town, running)
        tell(f"{running.number}: inspections")
        await add_assessments(town, running)
        await _inspect(town, running, sheets=True)
        await add_extras(town, running)
        await add_recusals(town, running)
        await open_ballot(town, running)
        await town.write()
        await announce_visits(town, running)
    tell("history")
    await history.write(town.rows)
    return town


async def _work(town: Town, year: Year) -> None:
    """A unit's year: plan, ledgers, evidence, self-report, and what it complains of."""
    await add_plans(town, year)
    for unit in town.units:
        add_ledgers(town, year, unit)
        add_evidence(town, year, unit)
    await town.write()
    await add_self_reports(town, year)
    await add_complaints(town, year)


async def _inspect(town: Town, year: Year, *, sheets: bool) -> None:
    await add_inspections(town, year, sheets=sheets)
    begins = date(year.number, 12, 1)
    if year.number == town.calendar.running:
        begins = min(begins, town.calendar.before(14).date())
    await move_year(town, year, "start_inspection", begins)
    await town.write()
