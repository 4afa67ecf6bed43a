"""What a directory may do."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, false, true
from sqlmodel import col

from sihao.core.context import ADMINS, Actor, Role
from sihao.core.errors import Forbidden
from sihao.provisioning.models import DirectoryPerson
from sihao.provisioning.schemas import APPOINTS, SCOPE

APPOINTED = ADMINS | {Role.LEADER}
"""Whoever keeps the keys or signs for the committee is appointed by people (等保: 三员分立)."""


def may_provision(actor: Actor) -> bool:
    """Tell whether this is a directory: another system, of no single unit, with the scope."""
    return actor.is_service and actor.unit_id is None and SCOPE in actor.scopes


def check_may_provision(actor: Actor) -> None:
    """Raise `Forbidden` for everybody but a directory."""
    if not may_provision(actor):
        zh = f"只有不限单位、具有权限范围 {SCOPE} 的服务账号才能同步人员。"
        raise Forbidden("scope.required", zh, f"Only a service account with {SCOPE} may do this.")


def visible(actor: Actor) -> ColumnElement[bool]:
    """People: all that were not deleted in the directory."""
    shown = col(DirectoryPerson.hidden_at).is_(None)
    return and_(true() if may_provision(actor) else false(), shown)


def visible_groups(actor: Actor) -> ColumnElement[bool]:
    """Groups: all, for a directory."""
    return true() if may_provision(actor) else false()


def check_appoints(actor: Actor, roles: Iterable[Role]) -> None:
    """Raise `Forbidden` where one of the roles is given and taken by people only."""
    if APPOINTED.isdisjoint(roles) or APPOINTS in actor.scopes:
        return
    zh = f"管理员和工委领导由安全管理员在系统内办理，目录同步须另有权限范围 {APPOINTS}。"
    raise Forbidden("directory.appointed", zh, f"This takes the scope {APPOINTS} as well.")
