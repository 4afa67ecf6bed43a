"""`python -m bench.results`: a year's results and a comparison, through their actions.

A city of 96 units and a province of 2,100: 52 items, three inspectors, two deductions each. The
floor reads the same rows and writes the same texts, without evaluating anything.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
from sqlalchemy import text

from bench.place import throw_away
from sihao.core import embedded
from sihao.core.context import Actor, Context, Role, system_context, transaction
from sihao.core.db import engine

CITY, PROVINCE = 96, int(os.environ.get("BENCH_UNITS", "2100"))
NOW = datetime(2026, 11, 1, tzinfo=UTC)
STAMPS: dict[str, Any] = {"created_at": NOW, "updated_at": NOW, "updated_by": ""}
FILL = Path(__file__).with_suffix(".sql")
READ = (
    "SELECT * FROM unit",
    "SELECT * FROM inspection",
    "SELECT * FROM item_decision",
    "SELECT inspection_id, criterion_id FROM finding",
)
OTHER_YEAR = """
WITH placed AS (SELECT r.*, row_number() OVER (ORDER BY unit_id) AS at FROM annual_result r)
INSERT INTO annual_result (id, campaign_id, unit_id, state, total, grade, scores, findings, inputs,
    inputs_hash, outcome, outcome_hash, computed_by, approved_by, revision, version, created_at,
    updated_at, updated_by)
SELECT gen_random_uuid(), $1, a.unit_id, 'published', b.total, b.grade, b.scores, b.findings,
       b.inputs, b.inputs_hash, b.outcome, b.outcome_hash, '', '', 1, 1, now(), now(), ''
  FROM placed a JOIN placed b ON b.at = (a.at + 6) % (SELECT count(*) FROM placed) + 1
"""


async def main(units: int) -> None:
    """Measure so many units in a database of their own."""
    with throw_away() as server:
        connection = await asyncpg.connect(server.url(embedded.SUPERUSER).replace("+asyncpg", ""))
        try:
            await _measure(connection, units)
        finally:
            await connection.close()
            await engine().dispose()


async def _measure(connection: Any, units: int) -> None:
    import sihao.slices  # noqa: F401 - loading it is no part of what is measured

    first, second = await _make_years()
    async with connection.transaction():
        # The rows are known to hang together: their keys are not looked up one by one.
        await connection.execute("SET LOCAL session_replication_role = replica")
        await connection.execute(f"SET LOCAL bench.units = {units}")
        await connection.execute(FILL.read_text(encoding="utf-8"))
    await connection.execute("ANALYZE")

    took = await _timed(lambda: _compute(second))
    rows = await connection.fetch("SELECT * FROM annual_result")
    _tell("results", units, took, await _timed(lambda: _floor(connection, READ, rows)))
    again = await _timed(lambda: _compute(second))
    _tell("results, nothing changed", units, again, None)

    await connection.execute("UPDATE annual_result SET state = 'published'")
    await connection.execute(OTHER_YEAR, first)
    comparison = await _begin_comparison(first, second)
    took = await _timed(lambda: _freeze(*comparison))
    read = ("SELECT * FROM annual_result", "SELECT * FROM unit")
    rows = await connection.fetch("SELECT * FROM comparison")
    scenarios = len(await _scenarios(comparison[0]))
    name = f"comparison, {scenarios} scenarios"
    _tell(name, units, took, await _timed(lambda: _floor(connection, read, rows)))


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, and of them those that this process worked."""

    clock: float
    cpu: float


def _tell(name: str, units: int, took: Took, floor: Took | None) -> None:
    beside = f"{floor.clock:7.2f} s{took.clock / floor.clock:7.1f}" if floor else " " * 16
    print(
        f"{name:27}{units:7,}{took.clock:7.2f} s{took.cpu:7.2f} s CPU{beside}"
        f"{took.cpu / units * 1000:7.2f} ms CPU"
    )


async def _timed(work: Callable[[], Awaitable[None]]) -> Took:
    clock, cpu = time.perf_counter(), time.process_time()
    await work()
    return Took(time.perf_counter() - clock, time.process_time() - cpu)


async def _make_years() -> tuple[UUID, UUID]:
    from sihao.campaigns.examples import Example, make_rules
    from sihao.campaigns.lifecycle import CampaignState, StandardState
    from sihao.campaigns.models import Campaign, Criterion, Dimension, Scheme, Standard
    from sihao.campaigns.standard_document import built_in

    document = built_in(2026)
    items = [(one.dimension, one.code) for one in document.criteria]
    rules = make_rules(items, Example.DEDUCTION).model_dump(mode="json")
    years = (uuid4(), uuid4())
    async with system_context() as ctx:
        standard = Standard(name=document.name, year=2026, state=StandardState.PUBLISHED, **STAMPS)
        ctx.db.add(standard)
        await ctx.db.flush()
        dimensions = {
            one.code: Dimension(
                standard_id=standard.id, code=one.code, title=one.title, sort_order=at
            )
            for at, one in enumerate(document.dimensions)
        }
        ctx.db.add_all(dimensions.values())
        await ctx.db.flush()
        ctx.db.add_all(
            Criterion(
                **one.model_dump(),
                standard_id=standard.id,
                dimension_id=dimensions[one.dimension].id,
                sort_order=at,
            )
            for at, one in enumerate(document.criteria)
        )
        for ident, year in zip(years, (2025, 2026), strict=True):
            named = {"name": f"{year} 年度", "year": year, "state": CampaignState.SETTLING}
            ctx.db.add(Campaign(id=ident, standard_id=standard.id, **named, **STAMPS))
        await ctx.db.flush()
        ctx.db.add_all(Scheme(campaign_id=one, rules=rules, **STAMPS) for one in years)
    return years


async def _compute(campaign_id: UUID) -> None:
    from sihao.results.actions.results import compute_results

    async with system_context() as ctx:
        done = await compute_results(ctx, campaign_id)
    if done.missing:
        raise AssertionError(f"no inspection of {done.missing[:3]}")


@asynccontextmanager
async def _officer() -> AsyncGenerator[Context, None]:
    async with transaction() as db:
        await db.execute(text("SELECT set_sihao(true, '{}', NULL, NULL)"))
        yield Context(db, Actor("officer", frozenset({Role.OFFICER})), NOW)


async def _begin_comparison(first: UUID, second: UUID) -> tuple[UUID, int]:
    from sihao.results.actions.comparisons import create_comparison
    from sihao.results.schemas import ComparisonCreate

    async with _officer() as ctx:
        years = {"first_campaign_id": first, "second_campaign_id": second}
        made = await create_comparison(ctx, ComparisonCreate(name="集中评比", places=20, **years))
        return made.id, made.version


async def _freeze(comparison_id: UUID, version: int) -> None:
    from sihao.results.actions.comparisons import move_comparison

    async with _officer() as ctx:
        await move_comparison(ctx, comparison_id, version, "freeze", "")


async def _scenarios(comparison_id: UUID) -> list[Any]:
    from sihao.results.actions.comparisons import outcome_of
    from sihao.results.queries.comparisons import get_comparison

    async with _officer() as ctx:
        return outcome_of(await get_comparison(ctx, comparison_id)).scenarios


async def _floor(connection: Any, read: tuple[str, ...], rows: list[Any]) -> None:
    """Read what the product reads, write what it wrote, in one transaction; keep nothing."""
    change = connection.transaction()
    await change.start()
    for statement in read:
        await connection.fetch(statement)
    await connection.execute("CREATE TEMP TABLE written (inputs text, outcome text)")
    await connection.copy_records_to_table(
        "written", records=[(one["inputs"], one["outcome"]) for one in rows]
    )
    await change.rollback()


if __name__ == "__main__":
    if sys.argv[1:]:
        asyncio.run(main(int(sys.argv[1])))
    else:
        print(f"{'units':>34}{'product':>22}{'floor':>9}{'ratio':>7}{'a unit':>14}", flush=True)
        for size in (CITY, PROVINCE):
            command = [sys.executable, "-m", "bench.results", str(size)]
            subprocess.run(command, check=True)  # noqa: S603 - our own
