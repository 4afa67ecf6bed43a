"""`python -m bench.search`: words among a million texts, as a unit and as the committee."""

import asyncio
import os
import random
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
from sqlalchemy import text

from bench.place import throw_away
from sihao.core import embedded
from sihao.core.context import Actor, Context, Role, system_context, transaction
from sihao.core.db import engine
from sihao.search.queries import search
from sihao.search.schemas import SearchQuery

TEXTS = int(os.environ.get("BENCH_TEXTS", "1000000"))
UNITS, ROUNDS = 100, 20
WORDS = (
    *(
        "推进",
        "落实",
        "开展",
        "完成",
        "加强",
        "提升",
        "检查",
        "整改",
        "部署",
        "建立",
        "完善",
        "组织",
    ),
    *(
        "召开",
        "印发",
        "制定",
        "走访",
        "调研",
        "培训",
        "宣传",
        "巩固",
        "乡村振兴",
        "基层治理",
        "党建引领",
    ),
    *(
        "民生实事",
        "环境整治",
        "安全生产",
        "信访维稳",
        "营商环境",
        "招商引资",
        "数字政府",
        "政务公开",
    ),
    *(
        "绩效考核",
        "专项行动",
        "工作方案",
        "长效机制",
        "示范点",
        "问题清单",
        "责任体系",
        "会议",
        "台账",
    ),
    *(
        "群众",
        "干部",
        "街道",
        "社区",
        "年度",
        "目标",
        "报告",
        "全面",
        "深入",
        "持续",
        "有效",
        "切实",
    ),
)
RARE = ("松材线虫", "古树名木", "厕所革命", "河道清淤", "微型消防站", "红旗渠", "非遗", "冬训")
QUESTIONS = {
    "rare": RARE,
    "very common": ("乡村振兴", "振兴", "调研", "乡村振兴 调研"),
    "of common pairs": ("古树 培训", "编号7771", "编号69"),
    "nowhere": ("不存在", "查无此词"),
}
"""Of a thousand texts a rare word is in one, a very common one in more than a hundred."""
NOW = datetime(2026, 5, 1, tzinfo=UTC)
STAMPS: dict[str, Any] = {
    "version": 1,
    "created_at": NOW,
    "updated_at": NOW,
    "updated_by": "",
}
_DRAW = random.Random(7)  # noqa: S311 - the same texts each time


async def main() -> None:
    """Fill a scratch database, ask, print."""
    with throw_away() as server:
        units = await _fill(server.url(embedded.SUPERUSER).replace("+asyncpg", ""))
        office = Actor("office", frozenset({Role.UNIT_OFFICE}), unit_id=units[7])
        for name, actor in (
            ("a unit", office),
            ("the committee", Actor("officer", frozenset({Role.OFFICER}))),
        ):
            await _measure(name, actor)
        await engine().dispose()


async def _fill(url: str) -> list[UUID]:
    """Copy in as the superuser: COPY does not go under row-level security."""
    from sihao.campaigns.models import Campaign
    from sihao.units.models import Unit

    units = [uuid4() for _ in range(UNITS)]
    async with system_context() as ctx:
        campaign = Campaign(year=2026, name="2026", **STAMPS)
        ctx.db.add(campaign)
        for n, ident in enumerate(units):
            names = {"code": f"U{n}", "name": f"市第{n}局", "short_name": f"{n}局"}
            ctx.db.add(Unit(id=ident, unit_class="政府部门", **names, **STAMPS))
        await ctx.db.flush()
        campaign_id = campaign.id
    owner: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(url)
    began = time.perf_counter()
    for table, columns, rows in _tables(units, campaign_id):
        await owner.copy_records_to_table(table, columns=columns, records=rows)
        await owner.execute(f"VACUUM ANALYZE {table}")
    await owner.close()
    print(f"{TEXTS} texts in {time.perf_counter() - began:.0f} s, with their indexes")
    return units


def _tables(
    units: list[UUID], campaign: UUID
) -> Iterator[tuple[str, list[str], Iterator[tuple[Any, ...]]]]:
    """Seven of ten texts are rows of ledgers; the rest are titles and contents of files."""
    stamps = list(STAMPS)
    pieces = [(uuid4(), units[n % UNITS]) for n in range(TEXTS * 15 // 100)]
    yield (
        "ledger_entry",
        ["id", "unit_id", "campaign_id", "kind", "title", "happened_on", "details", *stamps],
        (
            (
                *(uuid4(), units[n % UNITS], campaign, f"T{3 + n % 17}"),
                *(f"{_some(4, 12)}编号{n}", date(2026, 1, 1) + timedelta(days=n % 300), "{}"),
                *STAMPS.values(),
            )
            for n in range(TEXTS * 7 // 10)
        ),
    )
    about = ["title", "kind", "note", "state", "not_secret", "received_at", "uploaded_by"]
    yield (
        "evidence",
        ["id", "unit_id", "campaign_id", *about, *stamps],
        (
            (
                *(ident, unit, campaign, _some(3, 8), "other", "", "available", True, NOW, ""),
                *STAMPS.values(),
            )
            for ident, unit in pieces
        ),
    )
    about = ["position", "file_name", "media_type", "text", "promised_at", "late", "uploaded_by"]
    yield (
        "evidence_file",
        ["id", "unit_id", "evidence_id", *about],
        (
            (uuid4(), unit, ident, 1, "附件.txt", "text/plain", _some(20, 120), NOW, False, "")
            for ident, unit in pieces
        ),
    )


def _some(least: int, most: int) -> str:
    """Draw a text; one word in two thousand is rare."""
    words = _DRAW.choices(WORDS, k=_DRAW.randint(least, most))
    return "".join(
        word + (_DRAW.choice(RARE) if _DRAW.random() < 0.0005 else "")  # noqa: PLR2004 - drawn
        for word in words
    )


async def _measure(name: str, actor: Actor) -> None:
    times: dict[str, list[float]] = {
        group: [await _ask(actor, one) for _ in range(ROUNDS) for one in questions]
        for group, questions in QUESTIONS.items()
    }
    times["all"] = [one for group in times.values() for one in group]
    for group, measured in times.items():
        cuts = statistics.quantiles(measured, n=20)
        print(f"{name:16} {group:16} p50 {cuts[9] * 1000:5.1f} ms   p95 {cuts[18] * 1000:5.1f} ms")


async def _ask(actor: Actor, question: str) -> float:
    scope = {"everything": actor.sees_all, "own": [actor.unit_id] if actor.unit_id else []}
    async with transaction() as db:
        await db.execute(text("SELECT set_sihao(:everything, :own, NULL, NULL)"), scope)
        began = time.perf_counter()
        await search(Context(db, actor, NOW), SearchQuery(q=question))
        return time.perf_counter() - began


if __name__ == "__main__":
    asyncio.run(main())
