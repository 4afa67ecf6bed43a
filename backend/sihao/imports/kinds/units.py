"""Units, and the members of their leadership teams."""

import re
from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sihao.core.context import Context, Role
from sihao.core.errors import Forbidden, Invalid
from sihao.core.events import Audience
from sihao.core.lifecycle import stamps
from sihao.imports import queries
from sihao.imports.checking import Place
from sihao.imports.columns import Column, Sheet, Type, read_date
from sihao.imports.kinds.plain import (
    SYSTEM_ID,
    Draft,
    PlainCheck,
    Rejected,
    Told,
    identified,
    validated,
)
from sihao.imports.schemas import RowError
from sihao.units import policy
from sihao.units.actions import check_terms
from sihao.units.models import Member, Term, Unit, UnitKind
from sihao.units.queries import get_committee
from sihao.units.schemas import MemberCreate, UnitCreate

_UNTIL = re.compile(r"\s*(?:至|~|～|—+)\s*")
_NOW = "今"
_UNKNOWN_MEMBER = "没有这名班子成员。"


class Units:
    """Units under the committee, by code."""

    title: ClassVar[str] = "单位"
    needs_campaign: ClassVar[bool] = False
    is_whole: ClassVar[bool] = False
    is_confirmed: ClassVar[bool] = False

    def sheets(self) -> list[Sheet]:
        """One sheet."""
        return [Sheet(self.title, UnitCheck.columns)]

    async def allow(self, ctx: Context, campaign_id: UUID | None) -> None:  # noqa: ARG002 - of no year
        """The committee's officers."""
        ctx.require(Role.OFFICER)

    async def begin(self, ctx: Context, campaign_id: UUID | None) -> "UnitCheck":
        """Read the committee, under which units stand."""
        await self.allow(ctx, campaign_id)
        return UnitCheck(ctx, (await get_committee(ctx)).id)


class UnitCheck(PlainCheck):
    """One file of units."""

    key_column = "code"
    columns = (
        Column("code", "单位编码", required=True, hint="不会改变的编码。", example="JYJ"),
        Column("name", "单位名称", required=True, example="市教育局", width=28),
        Column("short_name", "简称", required=True, example="教育局"),
        Column("unit_class", "单位类别", required=True, hint="分类比较时用。", example="政府部门"),
        Column("sort_order", "排序", Type.INTEGER, example=10),
        Column("active", "启用", Type.BOOLEAN, hint="不填为“是”。", example="是"),
    )

    def __init__(self, ctx: Context, committee: UUID) -> None:
        super().__init__(ctx)
        self._committee = committee

    def read(self, place: Place, values: dict[str, Any]) -> Draft | Rejected:
        """Check as `POST /units` does."""
        active = values.pop("active", True)
        if not isinstance(active, bool):
            return [place.error("active", "bool_parsing", "须为是或否。")]
        body = validated(UnitCreate, place, values)
        if isinstance(body, list):
            return body
        told = {**body.model_dump(), "active": active}
        return Draft(place, told["code"], told)

    async def find(self, ctx: Context) -> Mapping[Hashable, Any]:
        """By code."""
        return {one.code: one for one in await queries.hold_units(ctx)}

    def refuse(self, draft: Draft) -> RowError | None:
        """The committee is not one of its units."""
        if draft.row is not None and draft.row.kind is UnitKind.COMMITTEE:
            return draft.place.error("code", "unit.committee", "这是工委自己的编码，不能导入。")
        return None

    def create(self, ctx: Context, draft: Draft) -> None:
        """Add it under the committee."""
        draft.row = Unit(**draft.values, parent_id=self._committee, **stamps(ctx))
        ctx.db.add(draft.row)

    def record(self, ctx: Context, draft: Draft, job_id: str) -> None:
        """The events of the form."""
        row = draft.row
        self.tell(ctx, draft, job_id, Told("unit", row.id, Audience.UNIT), name=row.name)


class Members:
    """Members of leadership teams with their terms of office."""

    title: ClassVar[str] = "班子成员"
    needs_campaign: ClassVar[bool] = False
    is_whole: ClassVar[bool] = False
    is_confirmed: ClassVar[bool] = False

    def sheets(self) -> list[Sheet]:
        """One sheet."""
        return [Sheet(self.title, MemberCheck.columns)]

    async def allow(self, ctx: Context, campaign_id: UUID | None) -> None:  # noqa: ARG002 - of no year
        """A unit's writers for their own team, the committee's officers for any."""
        if not ctx.actor.has({Role.OFFICER}):
            policy.check_writes_team(ctx.actor, Member.model_construct(unit_id=ctx.unit_id))

    async def begin(self, ctx: Context, campaign_id: UUID | None) -> "MemberCheck":
        """Read the units."""
        await self.allow(ctx, campaign_id)
        return MemberCheck(ctx, await queries.find_units(ctx))


class MemberCheck(PlainCheck):
    """One file of members."""

    key_column = "name"
    columns = (
        SYSTEM_ID,
        Column(
            "unit", "单位", hint="单位编码或名称；本单位可不填。", aliases=("unit_id", "单位编码")
        ),
        Column("name", "姓名", required=True, example="张明"),
        Column("duty", "职务", required=True, example="党组书记、局长", width=24),
        Column("rank_order", "排名", Type.INTEGER, example=1),
        Column(
            "terms",
            "任职时间",
            Type.NAMES,
            required=True,
            hint="起止日期，在任的写“至今”；几段之间用顿号隔开。",
            example="2021-03-01至今",
            width=30,
        ),
    )

    def __init__(self, ctx: Context, units: dict[str, UUID]) -> None:
        super().__init__(ctx)
        self._units = units

    def read(self, place: Place, values: dict[str, Any]) -> Draft | Rejected:
        """Check as `POST /units/{id}/members` does."""
        ident = identified(place, values, "member.unknown", _UNKNOWN_MEMBER)
        if isinstance(ident, list):
            return ident
        told = values.pop("unit", None)
        unit_id = self.ctx.actor.unit_id if told is None else self._units.get(str(told))
        if unit_id is None:
            return [place.error("unit", "unit.unknown", "没有这个单位。")]
        values["terms"] = [_read_term(self.columns[-1], one) for one in values.get("terms", [])]
        body = validated(MemberCreate, place, values)
        if isinstance(body, list):
            return body
        assert isinstance(body, MemberCreate)  # noqa: S101 - what was asked for
        kept = {"unit_id": unit_id, **body.model_dump(exclude={"terms"})}
        try:
            policy.check_writes_team(self.ctx.actor, Member.model_construct(unit_id=unit_id))
            terms = check_terms(body.terms)
        except Forbidden as forbidden:
            return [place.error("unit", forbidden.code, forbidden.zh)]
        except Invalid as invalid:
            return [place.error("terms", invalid.code, invalid.zh)]
        key: Hashable = ident or (unit_id, kept["name"])
        return Draft(place, key, kept, {"id": ident, "terms": terms})

    async def find(self, ctx: Context) -> Mapping[Hashable, Any]:
        """By id, and by unit and name; a name that two have finds neither."""
        units = {draft.values["unit_id"] for draft in self.drafts}
        found: dict[Hashable, Any] = {}
        self._terms = await queries.list_terms_of(ctx, units)
        self._ambiguous: set[Hashable] = set()
        for one in await queries.hold_members(ctx, units):
            found[one.id] = one
            key = (one.unit_id, one.name)
            if key in found:
                self._ambiguous.add(key)
            found[key] = one
        return found

    def refuse(self, draft: Draft) -> RowError | None:
        """An id must be known, within its unit; a name must mean one."""
        if draft.key in self._ambiguous:
            zh = "本单位有同名的班子成员，请填写系统编号。"
            return draft.place.error("name", "member.ambiguous", zh)
        wanted = draft.more["id"]
        if wanted and (draft.row is None or draft.row.unit_id != draft.values["unit_id"]):
            return draft.place.error("id", "member.unknown", _UNKNOWN_MEMBER)
        return None

    def differences(self, draft: Draft) -> list[str]:
        """Terms count too."""
        held = [(one.started_on, one.ended_on) for one in self._terms.get(draft.row.id, [])]
        told = [(one.started_on, one.ended_on) for one in draft.more["terms"]]
        return [*super().differences(draft), *(["terms"] if held != told else [])]

    def create(self, ctx: Context, draft: Draft) -> None:
        """Add the member; terms follow."""
        draft.row = Member(**draft.values, **stamps(ctx))
        ctx.db.add(draft.row)

    async def write(self, ctx: Context, job_id: UUID) -> None:
        """Replace the terms that changed first."""
        replaced = [one.row.id for one in self.drafts if "terms" in one.changed]
        await queries.drop_terms(ctx, replaced)
        await super().write(ctx, job_id)

    def record(self, ctx: Context, draft: Draft, job_id: str) -> None:
        """The events of the form, and the terms."""
        row = draft.row
        if not draft.changed or "terms" in draft.changed:
            ctx.db.add_all(
                Term(unit_id=row.unit_id, member_id=row.id, **one.model_dump())
                for one in draft.more["terms"]
            )
        self.tell(ctx, draft, job_id, Told("member", row.unit_id, Audience.UNIT), name=row.name)


def _read_term(column: Column, said: str) -> dict[str, Any]:
    first, *rest = _UNTIL.split(said, 1)
    last = rest[0] if rest else ""
    ended = None if last in {"", _NOW} else read_date(column, last)
    return {"started_on": read_date(column, first), "ended_on": ended}


def show_terms(terms: list[tuple[date, date | None]]) -> list[str]:
    """Write terms as `MemberCheck` reads them."""
    return [f"{first}至{last or _NOW}" for first, last in terms]
