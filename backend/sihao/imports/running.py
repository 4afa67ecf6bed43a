"""Carry an import out: read, check, compare, write, in the transaction of its job."""

from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path

from sihao.core.context import Context
from sihao.core.errors import Invalid, Problem
from sihao.core.progress import Report
from sihao.imports.checking import Errors, Place
from sihao.imports.kinds.base import Check, Kind, Made
from sihao.imports.models import ImportFormat, ImportJob, ImportMode
from sihao.imports.schemas import RowError
from sihao.imports.sheets import read_parts


@dataclass(slots=True)
class Outcome:
    """What an import did, or would do."""

    total: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    errors: Errors = field(default_factory=Errors)
    made: Made | None = None

    @property
    def written(self) -> int:
        """Rows that are, or would be, new or changed."""
        return self.counts.get("created", 0) + self.counts.get("updated", 0)


async def carry_out(
    ctx: Context, job: ImportJob, kind: Kind, path: Path, *, write: bool, report: Report
) -> Outcome:
    """Do it as far as it goes; what is wrong is in the outcome, never raised."""
    outcome = Outcome()
    try:
        async with ctx.db.begin_nested() as savepoint:
            check = await kind.begin(ctx, job.campaign_id)
            await _stage(ctx, check, path, job.format, outcome, report)
            await report(outcome.total, "comparing")
            outcome.counts, wrong = await check.settle(ctx)
            outcome.errors.add(wrong)
            clean = not outcome.errors or job.mode is ImportMode.PARTIAL
            if write and clean and (outcome.written or (kind.is_whole and outcome.counts)):
                await report(outcome.total, "writing")
                outcome.made = await check.write(ctx, job.id)
            else:
                await savepoint.rollback()
    except Problem as problem:
        outcome.counts = {}
        outcome.errors.add([RowError(row=None, code=problem.code, hint=problem.zh)])
    return outcome


async def _stage(
    ctx: Context, check: Check, path: Path, format_: ImportFormat, outcome: Outcome, report: Report
) -> None:
    """Read the file batch by batch; memory stays flat whatever its length."""
    sheet, layout = "", None
    async with aclosing(read_parts(path, format_)) as parts:
        async for part in parts:
            if "sheet" in part:
                sheet = part["sheet"]
                layout = check.lay_out(sheet, part["headings"])
                continue
            assert layout is not None  # noqa: S101 - headings come before rows
            places = [Place(sheet, number, layout, cells) for number, cells in part["rows"]]
            outcome.total += len(places)
            outcome.errors.add(await check.stage(ctx, places))
            await report(outcome.total, "reading")
    if not outcome.total:
        raise Invalid("import.empty", "文件中没有可导入的行。", "There are no rows.")
