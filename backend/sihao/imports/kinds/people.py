"""Accounts of people, for the security administrator."""

import secrets
from collections.abc import Hashable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from sihao.accounts import policy
from sihao.accounts.models import Person, RoleGrant
from sihao.accounts.passwords import hash_password
from sihao.accounts.schemas import PersonCreate
from sihao.core.context import UNIT_ROLES, Context, Role
from sihao.core.errors import Invalid
from sihao.core.events import Audience
from sihao.core.lifecycle import stamps
from sihao.imports import queries
from sihao.imports.checking import Place
from sihao.imports.columns import Column, Sheet, Type
from sihao.imports.kinds.plain import Draft, PlainCheck, Rejected, Told, validated
from sihao.imports.schemas import RowError

ROLES = {
    Role.UNIT_LEAD: "单位主要负责同志",
    Role.UNIT_DEPUTY: "单位分管负责同志",
    Role.UNIT_OFFICE: "单位经办人",
    Role.UNIT_MEMBER: "班子成员",
    Role.OFFICER: "工委经办人",
    Role.INSPECTOR: "检查人员",
    Role.LEADER: "工委领导",
    Role.COASSESSOR: "并入考核部门",
    Role.LEADERSHIP: "市领导",
    Role.RECEIVER: "移送接收部门",
    Role.ADMIN_SYSTEM: "系统管理员",
    Role.ADMIN_SECURITY: "安全管理员",
    Role.ADMIN_AUDIT: "审计管理员",
}
"""What people read; the codes are understood as well."""
_NAMED = {label: role for role, label in ROLES.items()} | {role.value: role for role in ROLES}


class People:
    """Accounts by log-in name."""

    title: ClassVar[str] = "账号"
    needs_campaign: ClassVar[bool] = False
    is_whole: ClassVar[bool] = False
    is_confirmed: ClassVar[bool] = False

    def sheets(self) -> list[Sheet]:
        """One sheet."""
        notes = ("导入的账号没有密码，由安全管理员逐个发放初始密码后才能登录。",)
        return [Sheet(self.title, PersonCheck.columns, notes)]

    async def allow(self, ctx: Context, campaign_id: UUID | None) -> None:  # noqa: ARG002 - of no year
        """The security administrator."""
        ctx.require(Role.ADMIN_SECURITY)

    async def begin(self, ctx: Context, campaign_id: UUID | None) -> "PersonCheck":
        """Read the units; draw one password that nobody gets to know."""
        await self.allow(ctx, campaign_id)
        unusable = await hash_password(secrets.token_urlsafe(32))
        return PersonCheck(ctx, await queries.find_units(ctx), unusable)


class PersonCheck(PlainCheck):
    """One file of accounts."""

    key_column = "name"
    columns = (
        Column("name", "登录名", required=True, example="jyj.office"),
        Column("display_name", "姓名", required=True, example="张明"),
        Column(
            "roles",
            "角色",
            Type.NAMES,
            hint="用顿号隔开：" + "、".join(ROLES.values()) + "。",
            example="单位经办人",
            width=24,
        ),
        Column(
            "unit", "单位", hint="单位角色须填单位编码或名称。", aliases=("unit_id", "单位编码")
        ),
    )

    def __init__(self, ctx: Context, units: dict[str, UUID], unusable: str) -> None:
        super().__init__(ctx)
        self._units, self._unusable = units, unusable

    def read(self, place: Place, values: dict[str, Any]) -> Draft | Rejected:
        """Check as `POST /people` does."""
        said, unit = values.pop("roles", []), values.pop("unit", None)
        unit_id = self._units.get(str(unit)) if unit is not None else None
        if unit is not None and unit_id is None:
            return [place.error("unit", "unit.unknown", "没有这个单位。")]
        unknown = [one for one in said if one not in _NAMED]
        if unknown:
            return [place.error("roles", "role.unknown", f"没有“{unknown[0]}”这个角色。")]
        roles = [_NAMED[one] for one in said]
        grants = [(role, unit_id if role in UNIT_ROLES else None) for role in roles]
        body = validated(PersonCreate, place, values)
        if isinstance(body, list):
            return body
        try:
            policy.check_grants(grants, "")
        except Invalid as invalid:
            return [place.error("roles", invalid.code, invalid.zh)]
        told = body.model_dump(exclude={"grants"})
        return Draft(place, told["name"], told, {"grants": set(grants)})

    async def find(self, ctx: Context) -> Mapping[Hashable, Any]:
        """By log-in name."""
        names = [draft.key for draft in self.drafts]
        self._held, people = await queries.hold_people(ctx, names)
        return {one.name: one for one in people}

    def refuse(self, draft: Draft) -> RowError | None:
        """Roles of an account that exists are granted and taken one by one, not by a file."""
        if draft.row is not None and draft.more["grants"] != self._held.get(draft.row.id, set()):
            zh = "账号已存在，角色与现有的不同；请在账号页面逐项调整。"
            return draft.place.error("roles", "person.roles", zh)
        return None

    def create(self, ctx: Context, draft: Draft) -> None:
        """Add the account without a password that anybody knows."""
        draft.row = Person(**draft.values, password_hash=self._unusable, **stamps(ctx))
        ctx.db.add(draft.row)

    def record(self, ctx: Context, draft: Draft, job_id: str) -> None:
        """The events of the form, and the roles."""
        row = draft.row
        if not draft.changed:
            ctx.db.add_all(
                RoleGrant(person_id=row.id, role=role, unit_id=unit)
                for role, unit in draft.more["grants"]
            )
        told = Told("person", None, Audience.ADMIN, {"login": row.name})
        self.tell(ctx, draft, job_id, told, roles=sorted(r for r, _ in draft.more["grants"]))
