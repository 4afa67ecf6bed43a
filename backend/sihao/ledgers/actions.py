"""Keep ledgers."""

from collections.abc import Sequence
from uuid import UUID

from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import IntegrityError

from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.queries import hold_campaign
from sihao.core.context import Context
from sihao.core.errors import Conflict, Invalid, NotFound
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.ledgers import policy, queries
from sihao.ledgers.content import Complaint, Content, Loc, check_content
from sihao.ledgers.kinds import KINDS
from sihao.ledgers.models import LedgerEntry, LedgerEntryMember, LedgerKind
from sihao.ledgers.schemas import EntryBatch, EntryCreate, EntryRow, EntryUpdate
from sihao.units.queries import get_unit, list_members

SCOPE = "ledger:write"
_OPEN = frozenset({CampaignState.OPEN, CampaignState.INSPECTING})
_OPEN_FOR_FACTS = _OPEN | {CampaignState.SETTLING}
"""The facts of T20 come from outside and may come until results are settled."""


async def create_entry(ctx: Context, body: EntryCreate) -> LedgerEntry:
    """Add one row."""
    unit_id = await _begin(ctx, body.campaign_id, body.kind, body.unit_id)
    row = EntryRow.model_validate(body.model_dump(include=set(EntryRow.model_fields)))
    return (await _add(ctx, body.campaign_id, body.kind, unit_id, [(("body",), row)]))[0]


async def create_entries(ctx: Context, body: EntryBatch) -> list[LedgerEntry]:
    """Add many rows of one kind, or none of them."""
    unit_id = await _begin(ctx, body.campaign_id, body.kind, body.unit_id)
    rows: list[tuple[Loc, EntryRow]] = [
        (("body", "rows", at), row) for at, row in enumerate(body.rows)
    ]
    return await _add(ctx, body.campaign_id, body.kind, unit_id, rows)


async def update_entry(
    ctx: Context, entry_id: UUID, version: int, body: EntryUpdate
) -> LedgerEntry:
    """Change a row."""
    ctx.require_scope(SCOPE)
    entry = await queries.get_entry(ctx, entry_id, lock=True)
    policy.check_writes(ctx.actor, entry.kind, entry.unit_id)
    check_version(entry, version)
    await check_phase(ctx, entry.campaign_id, entry.kind)
    took_part = await queries.list_took_part(ctx, entry.id)
    personal = KINDS[entry.kind].personal
    before = {
        "title": "" if personal else entry.title,
        "member_ids": [one.member_id for one in took_part],
        **entry.model_dump(include={"happened_on", "ended_on", "external_code", "details"}),
    }
    changes = body.model_dump(exclude_unset=True)
    row = EntryRow.model_validate({**before, **changes})
    [content] = await _check(ctx, entry.kind, entry.unit_id, [(("body",), row)])
    if row.external_code != entry.external_code:
        await _check_codes(ctx, entry.kind, entry.unit_id, [(("body",), row)])
    entry.sqlmodel_update(row.model_dump(include={"happened_on", "ended_on", "external_code"}))
    entry.title, entry.details = content.title, content.details
    for one in took_part:
        await ctx.db.delete(one)
    await ctx.db.flush()
    _add_members(ctx, entry, content)
    touch(ctx, entry)
    emit(
        ctx,
        "ledger_entry.updated",
        entry.id,
        entry.unit_id,
        audience=Audience.UNIT,
        kind=entry.kind,
        title=entry.title,
        fields=sorted(changes),
    )
    await ctx.db.flush()
    return entry


async def delete_entry(ctx: Context, entry_id: UUID, version: int) -> None:
    """Take a row away; the event keeps what it said. Raise `Conflict` while evidence shows it."""
    ctx.require_scope(SCOPE)
    entry = await queries.get_entry(ctx, entry_id, lock=True)
    policy.check_writes(ctx.actor, entry.kind, entry.unit_id)
    check_version(entry, version)
    await check_phase(ctx, entry.campaign_id, entry.kind)
    took_part = await queries.list_took_part(ctx, entry.id)
    try:
        async with ctx.db.begin_nested():
            for one in took_part:
                await ctx.db.delete(one)
            await ctx.db.flush()
            await ctx.db.delete(entry)
            await ctx.db.flush()
    except IntegrityError as error:
        code, zh = "ledger_entry.in_use", "这条记录附有佐证材料，请先取消材料与它的关联，再删除。"
        raise Conflict(code, zh, "Evidence is linked to this entry.") from error
    said = entry.model_dump(mode="json", include=set(EntryRow.model_fields) | {"kind"})
    members = [str(one.member_id) for one in took_part]
    emit(
        ctx,
        "ledger_entry.deleted",
        entry.id,
        entry.unit_id,
        audience=Audience.UNIT,
        **said,
        member_ids=members,
    )


async def _begin(ctx: Context, campaign_id: UUID, kind: LedgerKind, unit_id: UUID | None) -> UUID:
    """Say about which unit rows are written, once everything allows it."""
    ctx.require_scope(SCOPE)
    if kind is LedgerKind.T20 and policy.writes(ctx.actor, kind) and unit_id is None:
        code, zh = "ledger_entry.unit", "请选择负面清单所涉及的单位。"
        raise Invalid(code, zh, "Say about which unit.", pointer="/body/unit_id")
    about = unit_id or ctx.unit_id
    try:
        await get_unit(ctx, about)
    except NotFound as error:
        raise Invalid(error.code, error.zh, error.en, pointer="/body/unit_id") from error
    policy.check_writes(ctx.actor, kind, about)
    await check_phase(ctx, campaign_id, kind)
    return about


async def check_phase(ctx: Context, campaign_id: UUID, kind: LedgerKind) -> None:
    """Rows are kept while the year runs; afterwards results rest on them."""
    try:
        campaign = await hold_campaign(ctx, campaign_id)
    except NotFound as error:
        raise Invalid(error.code, error.zh, error.en, pointer="/body/campaign_id") from error
    if campaign.state not in (_OPEN_FOR_FACTS if kind is LedgerKind.T20 else _OPEN):
        zh = f"“{campaign.name}”当前阶段不能增改台账。"
        en = "Ledgers are not kept in this phase of the campaign."
        raise Conflict("campaign.phase", zh, en, state=campaign.state)


async def _add(
    ctx: Context,
    campaign_id: UUID,
    kind: LedgerKind,
    unit_id: UUID,
    rows: Sequence[tuple[Loc, EntryRow]],
) -> list[LedgerEntry]:
    contents = await _check(ctx, kind, unit_id, rows)
    await _check_codes(ctx, kind, unit_id, rows)
    entries = [
        LedgerEntry(
            campaign_id=campaign_id,
            kind=kind,
            unit_id=unit_id,
            title=content.title,
            details=content.details,
            **row.model_dump(include={"happened_on", "ended_on", "external_code"}),
            **stamps(ctx),
        )
        for (_, row), content in zip(rows, contents, strict=True)
    ]
    ctx.db.add_all(entries)
    await ctx.db.flush()
    for entry, content in zip(entries, contents, strict=True):
        _add_members(ctx, entry, content)
        emit(
            ctx,
            "ledger_entry.created",
            entry.id,
            unit_id,
            audience=Audience.UNIT,
            kind=kind,
            title=entry.title,
        )
    await ctx.db.flush()
    return entries


async def _check(
    ctx: Context, kind: LedgerKind, unit_id: UUID, rows: Sequence[tuple[Loc, EntryRow]]
) -> list[Content]:
    """Check every row and tell everything that is wrong at once."""
    needs_team = KINDS[kind].members is not None
    team = {one.id for one in await list_members(ctx, unit_id)} if needs_team else set()
    contents: list[Content] = []
    complaints: list[Complaint] = []
    for loc, row in rows:
        checked = check_content(kind, row, team, loc)
        if isinstance(checked, Content):
            contents.append(checked)
        else:
            complaints += checked
    if complaints:
        raise RequestValidationError(complaints)
    for loc, row in rows:
        policy.check_own(ctx.actor, row.member_ids, "/" + "/".join(map(str, loc)))
    return contents


async def _check_codes(
    ctx: Context, kind: LedgerKind, unit_id: UUID, rows: Sequence[tuple[Loc, EntryRow]]
) -> None:
    """Raise `Conflict` for a key that the ledger, or the batch itself, already has."""
    codes = [row.external_code for _, row in rows if row.external_code]
    seen = await queries.list_codes(ctx, unit_id, kind, codes) if codes else set()
    for loc, row in rows:
        if row.external_code in seen:
            pointer = "/" + "/".join(map(str, (*loc, "external_code")))
            code, zh = "ledger_entry.external_code", f"外部编号“{row.external_code}”已经登记过。"
            raise Conflict(code, zh, "This external code is taken.", pointer=pointer)
        if row.external_code:
            seen.add(row.external_code)


def _add_members(ctx: Context, entry: LedgerEntry, content: Content) -> None:
    ctx.db.add_all(
        LedgerEntryMember(unit_id=entry.unit_id, entry_id=entry.id, member_id=member)
        for member in content.members
    )
