"""States of standards and campaigns."""

from enum import StrEnum

from sihao.core.context import Role
from sihao.core.events import Audience
from sihao.core.lifecycle import Lifecycle, Opinion, Transition


class StandardState(StrEnum):
    """A published standard never changes; its successor is another version."""

    DRAFT = "draft"
    PUBLISHED = "published"


class CampaignState(StrEnum):
    """The stages of a campaign year."""

    DRAFTED = "drafted"
    OPEN = "open"
    INSPECTING = "inspecting"
    SETTLING = "settling"
    CLOSED = "closed"


_OFFICER = frozenset({Role.OFFICER})
_LEADER = frozenset({Role.LEADER})
_BOTH = _OFFICER | _LEADER

STANDARD = Lifecycle(
    subject="standard",
    label="创建标准",
    start=StandardState.DRAFT,
    audience=Audience.COMMITTEE,
    transitions=(
        Transition(
            "publish",
            "发布",
            frozenset({StandardState.DRAFT}),
            StandardState.PUBLISHED,
            by=_BOTH,
            signature=True,
        ),
    ),
)

CAMPAIGN = Lifecycle(
    subject="campaign",
    label="创建年度",
    start=CampaignState.DRAFTED,
    transitions=(
        Transition(
            "open",
            "启动",
            frozenset({CampaignState.DRAFTED}),
            CampaignState.OPEN,
            by=_BOTH,
            signature=True,
            opinion=Opinion.NONE,
        ),
        Transition(
            "start_inspection",
            "进入检查考核",
            frozenset({CampaignState.OPEN}),
            CampaignState.INSPECTING,
            by=_BOTH,
        ),
        Transition(
            "settle",
            "进入结果审定",
            frozenset({CampaignState.INSPECTING}),
            CampaignState.SETTLING,
            by=_BOTH,
        ),
        Transition(
            "close",
            "结束年度",
            frozenset({CampaignState.SETTLING}),
            CampaignState.CLOSED,
            by=_LEADER,
            signature=True,
        ),
    ),
)
