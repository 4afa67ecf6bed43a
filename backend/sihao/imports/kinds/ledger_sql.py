"""Ledger rows in SQL: staged, compared with what is stored, written with their events."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

import asyncpg
from sqlalchemy import text

from sihao.core.context import Context
from sihao.imports.kinds.ledger_columns import columns_of
from sihao.imports.schemas import RowError
from sihao.ledgers import policy
from sihao.ledgers.models import LedgerKind

_COLUMNS = (
    "row",
    "sheet",
    "id",
    "kind",
    "unit_id",
    "external_code",
    "title",
    "happened_on",
    "ended_on",
    "details",
    "members",
)
_DDL = """
CREATE TEMPORARY TABLE import_ledger (
  n integer GENERATED ALWAYS AS IDENTITY, row integer, sheet text, id uuid, kind text,
  unit_id uuid, external_code text, title text, happened_on date, ended_on date, details jsonb,
  members uuid[]) ON COMMIT DROP
"""
UNKNOWN = "没有这条台账记录。"
_HINTS = {
    "ledger_entry.unknown": ("id", UNKNOWN),
    "ledger_entry.elsewhere": ("external_code", "这条记录登记在其他年度，不能在本年度更新。"),
    "ledger_entry.external_code": ("external_code", "外部编号已由别的记录使用。"),
    "import.twice": ("external_code", "文件中有两行是同一条记录，请只保留一行。"),
}
_PLAN = """
CREATE TEMPORARY TABLE import_ledger_plan ON COMMIT DROP AS
SELECT s.n, coalesce(t.id, gen_random_uuid()) AS target,
  CASE
    WHEN s.id IS NOT NULL AND i.id IS NULL THEN 'ledger_entry.unknown'
    WHEN i.id IS NOT NULL AND c.id <> i.id THEN 'ledger_entry.external_code'
    WHEN t.id IS NOT NULL AND t.campaign_id <> :campaign THEN 'ledger_entry.elsewhere'
    WHEN t.id IS NOT NULL AND CAST(:member AS uuid) IS NOT NULL AND NOT EXISTS (
      SELECT FROM ledger_entry_member m WHERE m.entry_id = t.id AND m.member_id = :member)
      THEN 'ledger_entry.external_code'
    WHEN coalesce(t.id::text, s.external_code) IS NOT NULL AND row_number() OVER (
      PARTITION BY s.unit_id, s.kind, coalesce(t.id::text, s.external_code) ORDER BY s.n) > 1
      THEN 'import.twice'
    WHEN t.id IS NULL THEN 'created'
    WHEN t.title = s.title AND t.happened_on = s.happened_on
      AND t.ended_on IS NOT DISTINCT FROM s.ended_on
      AND t.external_code IS NOT DISTINCT FROM s.external_code
      AND t.details = s.details
      AND ARRAY(SELECT m.member_id FROM ledger_entry_member m
                 WHERE m.entry_id = t.id ORDER BY m.member_id) = s.members THEN 'unchanged'
    ELSE 'updated'
  END AS action
FROM import_ledger s
LEFT JOIN ledger_entry c ON c.unit_id = s.unit_id AND c.kind = s.kind
  AND c.external_code = s.external_code
LEFT JOIN ledger_entry i ON i.id = s.id AND i.unit_id = s.unit_id AND i.kind = s.kind
LEFT JOIN ledger_entry t ON t.id = coalesce(i.id, c.id)
"""
_COUNT = "SELECT action, count(*) FROM import_ledger_plan GROUP BY action"
_REFUSED = """
SELECT s.row, s.sheet, s.kind, p.action, coalesce(s.external_code, '') AS code,
  coalesce(s.id::text, '') AS id
FROM import_ledger s JOIN import_ledger_plan p USING (n)
WHERE p.action NOT IN ('created', 'updated', 'unchanged') ORDER BY s.n
"""
_STATEMENTS = (
    """
INSERT INTO ledger_entry (id, unit_id, campaign_id, kind, title, happened_on, ended_on,
  external_code, details, version, created_at, updated_at, updated_by)
SELECT p.target, s.unit_id, :campaign, s.kind, s.title, s.happened_on, s.ended_on,
  s.external_code, s.details, 1, :now, :now, :name
FROM import_ledger s JOIN import_ledger_plan p USING (n) WHERE p.action = 'created'
""",
    """
INSERT INTO event (id, name, subject_id, unit_id, audience, actor_id, actor, at, data)
SELECT gen_random_uuid(), 'ledger_entry.' || p.action, p.target, s.unit_id, 'unit', :actor, :name,
  :now, jsonb_build_object('kind', s.kind, 'title', s.title, 'import_id', CAST(:job AS text))
    || CASE p.action WHEN 'created' THEN '{}' ELSE jsonb_build_object('fields', to_jsonb(
      array_remove(ARRAY[
        CASE WHEN t.details <> s.details THEN 'details' END,
        CASE WHEN t.ended_on IS DISTINCT FROM s.ended_on THEN 'ended_on' END,
        CASE WHEN t.external_code IS DISTINCT FROM s.external_code THEN 'external_code' END,
        CASE WHEN t.happened_on <> s.happened_on THEN 'happened_on' END,
        CASE WHEN ARRAY(SELECT m.member_id FROM ledger_entry_member m WHERE m.entry_id = t.id
                         ORDER BY m.member_id) <> s.members THEN 'member_ids' END,
        CASE WHEN t.title <> s.title THEN 'title' END], NULL))) END
FROM import_ledger s JOIN import_ledger_plan p USING (n)
LEFT JOIN ledger_entry t ON t.id = p.target AND p.action = 'updated'
WHERE p.action IN ('created', 'updated')
ORDER BY s.n
""",
    """
DELETE FROM ledger_entry_member m USING import_ledger s JOIN import_ledger_plan p USING (n)
WHERE p.action = 'updated' AND m.entry_id = p.target AND m.member_id <> ALL (s.members)
""",
    """
UPDATE ledger_entry e SET title = s.title, happened_on = s.happened_on, ended_on = s.ended_on,
  external_code = s.external_code, details = s.details, version = e.version + 1,
  updated_at = :now, updated_by = :name
FROM import_ledger s JOIN import_ledger_plan p USING (n)
WHERE p.action = 'updated' AND e.id = p.target
""",
    """
INSERT INTO ledger_entry_member (id, unit_id, entry_id, member_id)
SELECT gen_random_uuid(), s.unit_id, p.target, m
FROM import_ledger s JOIN import_ledger_plan p USING (n) CROSS JOIN unnest(s.members) m
WHERE p.action IN ('created', 'updated')
ON CONFLICT (entry_id, member_id) DO NOTHING
""",
)


async def make_table(ctx: Context) -> None:
    """Make the table that rows are staged in; it goes with the transaction."""
    gone = "DROP TABLE IF EXISTS pg_temp.import_ledger_plan, pg_temp.import_ledger"
    await ctx.db.execute(text(gone))
    await ctx.db.execute(text(_DDL))


async def copy(ctx: Context, records: Sequence[tuple[Any, ...]]) -> None:
    """Copy rows in, on the transaction's own connection."""
    pooled = await (await ctx.db.connection()).get_raw_connection()
    connection = cast("asyncpg.Connection[asyncpg.Record]", pooled.driver_connection)
    await connection.copy_records_to_table("import_ledger", records=records, columns=_COLUMNS)


async def settle(ctx: Context, campaign_id: UUID) -> tuple[dict[str, int], list[RowError]]:
    """Plan what happens to each row; count it, and give those that cannot be taken."""
    await ctx.db.execute(text("ANALYZE import_ledger"))
    mine = ctx.actor.member_id if policy.is_plain_member(ctx.actor) else None
    await ctx.db.execute(text(_PLAN), {"campaign": campaign_id, "member": mine})
    counted = (await ctx.db.execute(text(_COUNT))).all()
    errors = [
        _say(row, sheet, LedgerKind(kind), action, {"external_code": code, "id": ident})
        for row, sheet, kind, action, code, ident in (await ctx.db.execute(text(_REFUSED))).all()
    ]
    return {str(action): int(count) for action, count in counted}, errors


def _say(row: int, sheet: str, kind: LedgerKind, action: str, values: dict[str, str]) -> RowError:
    name, hint = _HINTS[action]
    heading = next(one.heading for one in columns_of(kind) if one.name == name)
    return RowError(
        row=row, sheet=sheet, column=heading, code=action, value=values[name], hint=hint
    )


async def write(ctx: Context, campaign_id: UUID, job_id: UUID) -> None:
    """Write what the plan says."""
    given = {
        "campaign": campaign_id,
        "job": str(job_id),
        "now": ctx.now,
        "actor": ctx.actor.id,
        "name": ctx.actor.name,
    }
    for statement in _STATEMENTS:
        named = {name: value for name, value in given.items() if f":{name}" in statement}
        await ctx.db.execute(text(statement), named)
