"""Rows of ledgers: a sheet for each, or a column that names it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import orjson
from pydantic import TypeAdapter, ValidationError

from sihao.core.context import Context
from sihao.core.errors import Conflict, Forbidden, Invalid
from sihao.core.stores.threads import in_thread
from sihao.imports import queries
from sihao.imports.checking import Layout, Place, lay_out
from sihao.imports.columns import Sheet, as_text, is_blank
from sihao.imports.kinds import ledger_sql
from sihao.imports.kinds.ledger_columns import (
    LEDGER,
    MEMBERS,
    columns_of,
    headings_of_all,
    kind_named,
    sheets,
)
from sihao.imports.schemas import RowError
from sihao.ledgers import policy
from sihao.ledgers.actions import SCOPE, check_phase
from sihao.ledgers.content import Content, check_content
from sihao.ledgers.kinds import KINDS
from sihao.ledgers.models import LedgerKind
from sihao.ledgers.schemas import EntryRow

_ROW, _ROWS = TypeAdapter(EntryRow), TypeAdapter(list[EntryRow])
_COMMON = frozenset({"title", "happened_on", "ended_on", "external_code"})
Record = tuple[Any, ...]
_UNKNOWN_UNIT = "没有这个单位。"


class Ledgers:
    """Ledger entries of one campaign."""

    title: ClassVar[str] = "台账记录"
    needs_campaign: ClassVar[bool] = True
    is_whole: ClassVar[bool] = False
    is_confirmed: ClassVar[bool] = False

    def sheets(self) -> list[Sheet]:
        """One for each ledger."""
        return sheets()

    async def allow(self, ctx: Context, campaign_id: UUID | None) -> None:
        """Whoever writes any ledger of the campaign in its present phase."""
        ctx.require_scope(SCOPE)
        written = [kind for kind in KINDS if policy.writes(ctx.actor, kind)]
        if not written or campaign_id is None:
            code, zh = "ledger_entry.role", "您的角色不能登记台账。"
            raise Forbidden(code, zh, "You write no ledger.")
        await check_phase(ctx, campaign_id, written[-1])

    async def begin(self, ctx: Context, campaign_id: UUID | None) -> "LedgerCheck":
        """Read the units and teams that the actor may write about."""
        await self.allow(ctx, campaign_id)
        assert campaign_id is not None  # noqa: S101 - allowed above
        units, teams = await queries.find_units(ctx), await queries.find_members(ctx)
        return LedgerCheck(ctx, campaign_id, units, teams, await _closed_kinds(ctx, campaign_id))


async def _closed_kinds(ctx: Context, campaign_id: UUID) -> dict[LedgerKind, Conflict]:
    """Tell which ledgers the campaign's phase does not take, and why."""
    found: dict[LedgerKind, Conflict] = {}
    for kind in (LedgerKind.T3, LedgerKind.T20):
        try:
            await check_phase(ctx, campaign_id, kind)
        except Conflict as conflict:
            found[kind] = conflict
    others = found.get(LedgerKind.T3)
    if others:
        found |= {kind: others for kind in KINDS if kind is not LedgerKind.T20}
    return found


class LedgerCheck:
    """One file of ledger rows."""

    def __init__(
        self,
        ctx: Context,
        campaign_id: UUID,
        units: dict[str, UUID],
        teams: dict[UUID, dict[str, list[UUID]]],
        closed: dict[LedgerKind, Conflict],
    ) -> None:
        self._ctx, self._campaign_id = ctx, campaign_id
        self._units, self._teams, self._closed = units, teams, closed
        self._members = {unit: {i for ids in t.values() for i in ids} for unit, t in teams.items()}
        self._staged = False
        self._layouts: dict[tuple[str, tuple[str, ...], LedgerKind], Layout] = {}
        self._allowed: dict[tuple[LedgerKind, UUID], tuple[str, str] | None] = {}

    def lay_out(self, sheet: str, headings: Sequence[str]) -> Layout:
        """Find the ledger by the sheet's title or the column 台账; rows are laid out each."""
        if kind := kind_named(sheet):
            return self._layout(sheet, tuple(headings), kind)
        known = headings_of_all()
        if LEDGER.heading not in headings and LEDGER.name not in headings:
            zh = f"缺少列“{LEDGER.heading}”，也不能从工作表名称得知是哪本台账。"
            raise Invalid("import.columns", zh, "Which ledger is it?")
        return lay_out(headings, (LEDGER,), known)

    def _layout(self, sheet: str, headings: tuple[str, ...], kind: LedgerKind) -> Layout:
        key = (sheet, headings, kind)
        if key not in self._layouts:
            self._layouts[key] = lay_out(headings, columns_of(kind), headings_of_all())
        return self._layouts[key]

    async def stage(self, ctx: Context, places: Sequence[Place]) -> list[RowError]:
        """Check beside the loop and copy into the temporary table."""
        if not self._staged:
            await ledger_sql.make_table(ctx)
            self._staged = True
        records, errors = await in_thread(self._take, places)
        await ledger_sql.copy(ctx, records)
        return errors

    def _take(self, places: Sequence[Place]) -> tuple[list[Record], list[RowError]]:
        """Check by the validators of `POST /ledger-entries`."""
        errors: list[RowError] = []
        drafts = []
        for place in places:
            made = self._draft(place)
            if isinstance(made, list):
                errors += made
            else:
                drafts.append(made)
        records = []
        for draft, row in self._valid(drafts, errors):
            found = self._finish(draft, row)
            if isinstance(found, list):
                errors += found
            else:
                records.append(found)
        return records, errors

    def _draft(self, place: Place) -> "_Draft | list[RowError]":
        kind = kind_named(place.sheet)
        at = place.layout.positions.get(LEDGER.name)
        if at is not None and at < len(place.cells) and not is_blank(place.cells[at]):
            kind = kind_named(as_text(place.cells[at]))
        if kind is None:
            return [place.error(LEDGER.name, "ledger_entry.kind", "没有这本台账，请填编号或名称。")]
        layout = place.layout
        if MEMBERS not in layout.named or layout.named.get("title") is None:
            layout = self._layout(place.sheet, place.layout.headings, kind)
        place = Place(place.sheet, place.row, layout, place.cells)
        return _Draft.read(place, kind, self)

    def _valid(
        self, drafts: "list[_Draft]", errors: list[RowError]
    ) -> "Iterator[tuple[_Draft, EntryRow]]":
        """Validate many at once; when some are wrong, the others again without them."""
        while drafts:
            try:
                rows = _ROWS.validate_python([draft.common for draft in drafts])
            except ValidationError as error:
                wrong: dict[int, set[str]] = {}
                for one in error.errors(include_url=False):
                    at, *loc = one["loc"]
                    wrong.setdefault(int(at), set()).add(str(loc[0]))
                    errors.append(drafts[int(at)].complain(loc, one))
                for at, fields in wrong.items():
                    errors += self._others(drafts[at], fields)
                drafts = [draft for at, draft in enumerate(drafts) if at not in wrong]
            else:
                yield from zip(drafts, rows, strict=True)
                return

    def _others(self, draft: "_Draft", wrong: set[str]) -> list[RowError]:
        """Tell what else is wrong with a row besides these fields."""
        given = {name: value for name, value in draft.common.items() if name not in wrong}
        row = _ROW.validate_python({"happened_on": date.min, **given})
        found = check_content(draft.kind, row, self._members.get(draft.unit_id, set()), ())
        if isinstance(found, Content):
            return []
        return [draft.complain(one["loc"], one) for one in found if one["loc"][0] not in wrong]

    def _finish(self, draft: "_Draft", row: EntryRow) -> Record | list[RowError]:
        team = self._members.get(draft.unit_id, set())
        content = check_content(draft.kind, row, team, ())
        if not isinstance(content, Content):
            return [draft.complain(one["loc"], one) for one in content]
        try:
            policy.check_own(self._ctx.actor, row.member_ids, "")
        except Invalid as own:
            return [draft.place.error(MEMBERS, own.code, own.zh)]
        return (
            draft.place.row,
            draft.place.sheet,
            draft.ident,
            draft.kind.value,
            draft.unit_id,
            row.external_code,
            content.title,
            row.happened_on,
            row.ended_on,
            orjson.dumps(content.details).decode(),
            sorted(content.members),
        )

    def find_unit(self, place: Place, said: object) -> UUID | RowError:
        """Tell which unit a row is about; a foreign one is as unknown as any other."""
        if said is None:
            own = self._ctx.actor.unit_id
            return own or place.error("unit", "missing", "请填写负面清单所涉及的单位。")
        return self._units.get(str(said)) or place.error("unit", "unit.unknown", _UNKNOWN_UNIT)

    def find_members(self, place: Place, unit_id: UUID, names: list[str]) -> list[UUID] | RowError:
        """Tell whom names mean in the unit's team."""
        team = self._teams.get(unit_id, {})
        found: list[UUID] = []
        for name in names:
            meant = team.get(name, [])
            if len(meant) != 1:
                zh = f"本单位班子中没有“{name}”。"
                if meant:
                    zh = f"班子中有 {len(meant)} 位“{name}”，请改填系统编号。"
                return place.error(MEMBERS, "member.unknown", zh)
            found += meant
        return found

    def why_not(self, kind: LedgerKind, unit_id: UUID) -> tuple[str, str] | None:
        """Give code and sentence when the actor may not write this ledger about this unit now."""
        key = (kind, unit_id)
        if key not in self._allowed:
            refusal: Forbidden | Conflict | None = self._closed.get(kind)
            try:
                policy.check_writes(self._ctx.actor, kind, unit_id)
            except Forbidden as forbidden:
                refusal = forbidden
            self._allowed[key] = None if refusal is None else (refusal.code, refusal.zh)
        return self._allowed[key]

    async def settle(self, ctx: Context) -> tuple[dict[str, int], list[RowError]]:
        """Match by id and external code, compare, and refuse what is not the actor's."""
        return await ledger_sql.settle(ctx, self._campaign_id)

    async def write(self, ctx: Context, job_id: UUID) -> None:
        """Write rows, who took part, and an event for each row."""
        await ledger_sql.write(ctx, self._campaign_id, job_id)


class _Draft:
    """A row as it is read, before it is validated."""

    __slots__ = ("common", "ident", "kind", "place", "unit_id")

    def __init__(self, place: Place, kind: LedgerKind) -> None:
        self.place, self.kind = place, kind
        self.common: dict[str, Any] = {"details": {}}
        self.ident: UUID | None = None
        self.unit_id: UUID

    @classmethod
    def read(cls, place: Place, kind: LedgerKind, check: LedgerCheck) -> "_Draft | list[RowError]":
        """Read the cells and resolve what they refer to."""
        draft = cls(place, kind)
        unit: object = None
        names: list[str] = []
        ident: object = None
        cells = place.cells
        for at, column in place.layout.columns:
            cell = cells[at] if at < len(cells) else None
            if is_blank(cell):
                continue
            value = column.read(cell)
            if column.name in _COMMON:
                draft.common[column.name] = value
            elif column.name == MEMBERS:
                names = value
            elif column.name == "unit":
                unit = value
            elif column.name == "id":
                ident = value
            elif column.name != LEDGER.name:
                *above, last = column.name.split(".")
                into = draft.common["details"]
                for name in above:
                    into = into.setdefault(name, {})
                into[last] = value
        errors = [
            _stray(place, at)
            for at in place.layout.strays
            if at < len(cells) and not is_blank(cells[at])
        ]
        return draft._resolve(check, unit, names, ident, errors)

    def _resolve(
        self,
        check: LedgerCheck,
        unit: object,
        names: list[str],
        ident: object,
        errors: list[RowError],
    ) -> "_Draft | list[RowError]":
        if ident is not None:
            try:
                self.ident = UUID(str(ident))
            except ValueError:
                errors.append(self.place.error("id", "ledger_entry.unknown", ledger_sql.UNKNOWN))
        unit_id = check.find_unit(self.place, unit)
        if isinstance(unit_id, RowError):
            return [*errors, unit_id]
        if refusal := check.why_not(self.kind, unit_id):
            return [*errors, self.place.error(LEDGER.name, *refusal)]
        members = check.find_members(self.place, unit_id, names)
        if isinstance(members, RowError):
            return [*errors, members]
        self.unit_id, self.common["member_ids"] = unit_id, members
        return errors or self

    def complain(self, loc: Sequence[Any], found: Any) -> RowError:
        """Say an error of Pydantic's at the column it is about."""
        names = list(map(str, loc))
        if names[:1] == ["details"]:
            names = names[1:]
        name = MEMBERS if names[:1] == ["member_ids"] else ".".join(names)
        return self.place.complaint(name, found)


def _stray(place: Place, at: int) -> RowError:
    """Say that a cell stands under a heading of another ledger."""
    return RowError(
        row=place.row,
        sheet=place.sheet,
        column=place.layout.headings[at],
        code="extra_forbidden",
        value=as_text(place.cells[at])[:100],
        hint="这本台账没有这一列，请清空。",
    )
