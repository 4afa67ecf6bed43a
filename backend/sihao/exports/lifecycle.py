"""The states of an export: the worker moves it, nobody else."""

from enum import StrEnum

from sihao.core.context import Role
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class ExportState(StrEnum):
    """Where an export stands."""

    WAITING = "waiting"
    """排队中"""
    RUNNING = "running"
    """生成中"""
    DONE = "done"
    """可下载"""
    FAILED = "failed"
    """失败"""
    EXPIRED = "expired"
    """已过期: the file is gone"""


_SYSTEM = frozenset({Role.SYSTEM})


def _step(
    name: str, label: str, source: ExportState, target: ExportState
) -> Transition[ExportState]:
    return Transition(name, label, frozenset({source}), target, _SYSTEM, Opinion.NONE)


EXPORT = Lifecycle(
    subject="export",
    label="导出",
    start=ExportState.WAITING,
    audience=Audience.UNIT,
    transitions=(
        _step("begin", "开始生成", ExportState.WAITING, ExportState.RUNNING),
        _step("finish", "完成", ExportState.RUNNING, ExportState.DONE),
        _step("fail", "失败", ExportState.RUNNING, ExportState.FAILED),
        _step("expire", "过期", ExportState.DONE, ExportState.EXPIRED),
    ),
)
