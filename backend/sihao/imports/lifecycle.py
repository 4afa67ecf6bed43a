"""The states of an import: what the worker does by itself, and the one step a person takes."""

from enum import StrEnum

from sihao.core.context import UNIT_ROLES, Role
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle, Opinion, Transition

IMPORTERS = UNIT_ROLES | {Role.OFFICER, Role.COASSESSOR, Role.ADMIN_SECURITY}
"""Who may import something; each kind says whose it is. Service accounts come with scopes."""


class ImportState(StrEnum):
    """Where an import stands."""

    RECEIVED = "received"
    """已接收"""
    CHECKING = "checking"
    """检查中"""
    CHECKED = "checked"
    """检查通过: a dry run that can be carried out"""
    WRITING = "writing"
    """导入中, after a dry run"""
    DONE = "done"
    """已导入"""
    REFUSED = "refused"
    """未导入: nothing was written, the errors say why"""
    FAILED = "failed"
    """失败: not for what the file says"""


_WORK = frozenset({ImportState.CHECKING, ImportState.WRITING})
_SYSTEM = frozenset({Role.SYSTEM})

IMPORT = Lifecycle(
    subject="import",
    label="导入",
    start=ImportState.RECEIVED,
    audience=Audience.UNIT,
    transitions=(
        Transition(
            "begin",
            "开始检查",
            frozenset({ImportState.RECEIVED}),
            ImportState.CHECKING,
            _SYSTEM,
            Opinion.NONE,
        ),
        Transition(
            "check",
            "检查通过",
            frozenset({ImportState.CHECKING}),
            ImportState.CHECKED,
            _SYSTEM,
            Opinion.NONE,
        ),
        Transition(
            "commit",
            "确认导入",
            frozenset({ImportState.CHECKED}),
            ImportState.WRITING,
            IMPORTERS,
            Opinion.NONE,
        ),
        Transition("finish", "完成", _WORK, ImportState.DONE, _SYSTEM, Opinion.NONE),
        Transition("refuse", "退回", _WORK, ImportState.REFUSED, _SYSTEM, Opinion.NONE),
        Transition("fail", "失败", _WORK, ImportState.FAILED, _SYSTEM, Opinion.NONE),
    ),
)
