"""100,000 ledger rows from CSV and XLSX beside a bare COPY of the same rows: time and memory."""

import asyncio
import csv
import io
import json
import os
import resource
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import xlsxwriter

from bench.place import throw_away
from sihao.core import embedded
from sihao.core.context import system_context
from sihao.core.db import engine

ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
SMALL = ROWS // 10
HEADINGS = (
    *("台账", "外部编号", "名称", "日期", "班子成员", "地点", "学习专题"),
    *("应到人数", "实到人数", "事项类别", "会议名称", "应训人数", "参训人数"),
)
NOW = datetime(2026, 5, 1, tzinfo=UTC)
STAMPS = {"created_at": NOW, "updated_at": NOW, "updated_by": "系统"}
COPIED = (
    *("id", "unit_id", "campaign_id", "kind", "title", "happened_on", "external_code", "details"),
    *("version", "created_at", "updated_at", "updated_by"),
)


def rows(count: int) -> list[list[Any]]:
    """Draw rows of four ledgers; every fourth has members."""
    made: list[list[Any]] = []
    for n in range(count):
        day = (date(2026, 1, 5) + timedelta(days=n % 200)).isoformat()
        code, title = f"OA-2026-{n:06}", f"第 {n} 项工作，按年度计划安排办理"
        common = ["", "", "", "", "", "", "", ""]
        kind = ("T5", "T6", "T8", "T15")[n % 4]
        if kind == "T5":
            common = ["", "", "学习党章党规和条例", 9, 8, "", "", "", ""]
        elif kind == "T6":
            common = ["", "", "", "", "", "重大决策", f"党组会议第 {n % 50} 次", "", ""]
        elif kind == "T8":
            common = [f"成员{n % 9}、成员{(n + 1) % 9}", "石岭镇柳树湾村", *[""] * 7]
        else:
            common = ["", "", "", "", "", "", "", 40, 38]
        made.append([kind, code, title, day, *common])
    return made


def as_csv(made: list[list[Any]]) -> bytes:
    """Write them as a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADINGS, *made])
    return out.getvalue().encode()


def as_xlsx(made: list[list[Any]]) -> bytes:
    """Write them as a workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        for down, row in enumerate([list(HEADINGS), *made]):
            for at, value in enumerate(row):
                if value != "":
                    sheet.write(down, at, value)
    return out.getvalue()


async def main() -> None:
    """Measure in a throw-away database and print a table."""
    with throw_away() as server:
        await _measure(server.url(embedded.SUPERUSER).replace("+asyncpg", ""))
        await engine().dispose()


async def _measure(superuser: str) -> None:
    place = await _Place.build()
    made = rows(ROWS)
    text_, book = as_csv(made), as_xlsx(made)
    bare = await _bare_copy(superuser, place, made)
    table: list[tuple[str, float, str]] = [("bare COPY of the same rows", bare, "")]
    small = _grown(await _peak_of(place, as_csv(rows(SMALL))))
    large = _grown(await _peak_of(place, text_))

    async def line(name: str, content: bytes, kind: str, **wanted: Any) -> None:
        took, told = await place.run(content, kind, **wanted)
        table.append((name, took, told))

    await line("CSV, dry run", text_, "csv", dry_run=True)
    await line("XLSX, dry run", book, "xlsx", dry_run=True)
    await line("CSV", text_, "csv")
    await line("CSV, sent again unchanged", text_, "csv")
    await place.empty(superuser)
    await line("XLSX", book, "xlsx")
    print(
        f"\n{ROWS:,} ledger rows ({len(text_) / 1e6:.1f} MB CSV, {len(book) / 1e6:.1f} MB XLSX)\n"
    )
    print(f"{'':32}{'seconds':>9}{'x COPY':>8}  rows")
    for name, took, told in table:
        print(f"{name:32}{took:9.2f}{took / bare:8.1f}  {told}")
    print(f"\nworker's memory grew by {small} with {SMALL:,} rows, by {large} with {ROWS:,}")
    print(f"its readers had at most {_readers():.0f} MB each")


async def _peak_of(place: "_Place", content: bytes) -> tuple[float, float]:
    """Give memory before a dry run and the most during it; only Linux tells."""
    if not _forget_peak():
        return 0.0, 0.0
    before = _memory("VmRSS")
    await place.run(content, "csv", dry_run=True)
    return before, _memory("VmHWM")


def _forget_peak() -> bool:
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5")
    return clear.exists()


def _grown(told: tuple[float, float]) -> str:
    return f"{told[1] - told[0]:.0f} MB"


def _memory(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(one for one in lines if one.startswith(name)).split()[1]) / 1024


def _readers() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


class _Place:
    """A unit with a team, an office and a running year."""

    unit: UUID
    campaign: UUID
    person: UUID
    members: list[UUID]

    @classmethod
    async def build(cls) -> "_Place":
        import sihao.slices  # noqa: F401 - every table is known
        from sihao.accounts.models import Person, RoleGrant
        from sihao.campaigns.models import Campaign
        from sihao.core.context import Role
        from sihao.units.models import Member, Unit

        place = cls()
        async with system_context() as ctx:
            unit = Unit(
                code="U1", name="市教育局", short_name="教育局", unit_class="政府部门", **STAMPS
            )
            person = Person(name="office", display_name="办公室", password_hash="-", **STAMPS)  # noqa: S106 - nobody logs in
            campaign = Campaign(
                name="2026 年度",
                year=2026,
                state="open",
                starts_on=date(2026, 1, 1),
                ends_on=date(2026, 12, 31),
                **STAMPS,
            )
            ctx.db.add_all([unit, person, campaign])
            await ctx.db.flush()
            team = [
                Member(unit_id=unit.id, name=f"成员{n}", duty="副局长", rank_order=n + 1, **STAMPS)
                for n in range(9)
            ]
            grant = RoleGrant(person_id=person.id, role=Role.UNIT_OFFICE, unit_id=unit.id)
            ctx.db.add_all([*team, grant])
            await ctx.db.flush()
            place.unit, place.campaign, place.person = unit.id, campaign.id, person.id
            place.members = [one.id for one in team]
        return place

    async def run(self, content: bytes, kind: str, *, dry_run: bool = False) -> tuple[float, str]:
        """Receive a file and carry it out as the worker does; give seconds and counts."""
        from sihao.core.jobs import HANDLERS
        from sihao.core.stores import store
        from sihao.core.stores.spool import receive
        from sihao.evidence.queries import record_blob
        from sihao.imports.models import ImportJob

        async with system_context() as ctx, receive(_chunks(content)) as file:
            await store().put(file.path, file.sha256)
            await record_blob(ctx, file.sha256, file.size)
            job = ImportJob(
                unit_id=self.unit,
                person_id=self.person,
                asked_by="办公室",
                kind="ledger-entries",
                campaign_id=self.campaign,
                dry_run=dry_run,
                format=kind,
                file_name=f"x.{kind}",
                size=file.size,
                sha256=file.sha256,
                **STAMPS,
            )
            ctx.db.add(job)
        steps: list[Callable[..., Awaitable[None]]] = [
            HANDLERS["imports.begin"],
            HANDLERS["imports.work"],
        ]
        began = time.perf_counter()
        for step in steps:
            async with system_context() as ctx:
                await step(ctx, str(job.id))
        took = time.perf_counter() - began
        async with system_context() as ctx:
            done = await ctx.db.get(ImportJob, job.id)
        assert done is not None  # noqa: S101 - made above
        if done.state not in {"done", "checked"}:
            raise SystemExit(f"{done.state}: {json.dumps(done.causes, ensure_ascii=False)[:2000]}")
        return took, f"{done.created} new, {done.updated} changed, {done.unchanged} unchanged"

    async def empty(self, superuser: str) -> None:
        """Take all rows away again."""
        connection = await asyncpg.connect(superuser)
        await connection.execute("TRUNCATE ledger_entry, ledger_entry_member, event CASCADE")
        await connection.close()


async def _chunks(content: bytes) -> Any:
    yield content


async def _bare_copy(superuser: str, place: _Place, made: list[list[Any]]) -> float:
    """COPY finished rows into the same tables with their indexes, and take them back."""
    connection = await asyncpg.connect(superuser)
    entries, took_part = [], []
    for kind, code, title, day, names, *details in made:
        ident = uuid4()
        told = json.dumps(dict(enumerate(one for one in details if one != "")), ensure_ascii=False)
        entries.append(
            (
                *(ident, place.unit, place.campaign, kind, title, date.fromisoformat(day)),
                *(code, told, 1, NOW, NOW, "系统"),
            )
        )
        took_part += [
            (uuid4(), place.unit, ident, place.members[int(one[2:])])
            for one in names.split("、")
            if one
        ]
    transaction = connection.transaction()
    await transaction.start()
    began = time.perf_counter()
    await connection.copy_records_to_table("ledger_entry", records=entries, columns=COPIED)
    await connection.copy_records_to_table(
        "ledger_entry_member",
        records=took_part,
        columns=("id", "unit_id", "entry_id", "member_id"),
    )
    took = time.perf_counter() - began
    await transaction.rollback()
    await connection.execute("VACUUM ledger_entry, ledger_entry_member")
    await connection.close()
    return took


if __name__ == "__main__":
    asyncio.run(main())
