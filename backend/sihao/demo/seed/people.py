"""Units, teams, and everybody who can log in."""

from datetime import datetime

from sihao.accounts.models import Person, RoleGrant
from sihao.core.context import CHINA, Actor, Role
from sihao.demo.city import Unit as Department
from sihao.demo.people import Account, city_accounts, team, unit_accounts
from sihao.demo.seed.town import Town, stamped
from sihao.inspections.models import Recusal
from sihao.units.models import Member, Term, Unit, UnitKind

_BEGUN = datetime(2023, 12, 1, 9, tzinfo=CHINA)
_KEPT = stamped(_BEGUN, "系统")


def add_people(town: Town, password_hash: str) -> None:
    """Add the committee, the units with their teams, and all accounts with one password."""
    committee = town.rows.add(
        Unit,
        code="GW",
        name="市直机关工委",
        short_name="市直机关工委",
        unit_class="党委部门",
        kind=UnitKind.COMMITTEE,
        **_KEPT,
    )
    for one in city_accounts():
        _add_account(town, one, password_hash)
    for unit in town.units:
        town.unit_ids[unit.number] = town.rows.add(
            Unit,
            code=unit.code,
            name=unit.name,
            short_name=unit.short_name,
            unit_class=unit.unit_class,
            sort_order=unit.number,
            parent_id=committee,
            **_KEPT,
        )
        for account in unit_accounts(unit):
            _add_account(town, account, password_hash)
        _add_team(town, unit)
    for one in city_accounts():
        if one.home_unit_number in town.unit_ids:
            town.rows.add(
                Recusal,
                unit_id=town.unit_ids[one.home_unit_number],
                person_id=town.person(one.name),
                reason="从该单位抽调，编制和工作关系在该单位",
            )


def _add_account(town: Town, account: Account, password_hash: str) -> None:
    role = Role(account.role)
    person_id = town.rows.add(
        Person,
        name=account.name,
        display_name=account.display_name,
        password_hash=password_hash,
        **_KEPT,
    )
    unit_id = town.unit_ids[account.unit_number] if account.unit_number else None
    town.rows.add(RoleGrant, person_id=person_id, role=role, unit_id=unit_id)
    town.actors[account.name] = Actor(
        name=account.display_name, roles=frozenset({role}), id=person_id, unit_id=unit_id
    )


def _add_team(town: Town, unit: Department) -> None:
    accounts = {one.member_rank: one.name for one in unit_accounts(unit) if one.member_rank}
    for one in team(unit):
        member_id = town.rows.add(
            Member,
            unit_id=town.unit_ids[unit.number],
            name=one.name,
            duty=one.duty,
            rank_order=one.rank,
            person_id=town.person(accounts[one.rank]),
            **_KEPT,
        )
        town.members[unit.number, one.rank] = member_id
        town.rows.add(
            Term,
            unit_id=town.unit_ids[unit.number],
            member_id=member_id,
            started_on=one.starts_on,
            ended_on=one.ends_on,
        )
