"""States of standards and campaigns, and what must be there before one is published or opened."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sihao.core.context import Actor, Role
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


@dataclass(frozen=True, slots=True)
class StandardFacts:
    """How many items a standard has, and the titles of dimensions without any."""

    criteria: int
    empty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """What stands around a campaign: its standard, windows still missing (in Chinese), scheme."""

    standard: StandardState | None
    missing_windows: tuple[str, ...]
    scheme_fits: bool
    """Whether the scheme gives points to exactly the standard's items."""
    scheme_by: UUID | None = None
    """Who saved the scheme last."""
    uninspected: tuple[str, ...] = ()
    """Units whose inspection is not final, while the year is inspecting."""
    unpublished: tuple[str, ...] = ()
    """Units inspected whose result is not published, while the year is settling."""


def has_content(_: Actor, __: Any, facts: StandardFacts) -> str | None:
    """A standard has items, and each of its dimensions has some."""
    if facts.criteria == 0:
        return "标准还没有条目，不能发布。"
    if facts.empty:
        return f"{'、'.join(facts.empty)}还没有条目，不能发布。"
    return None


def is_prepared(_: Actor, campaign: Any, facts: CampaignFacts) -> str | None:
    """A campaign has its basis (R24), standard, windows and scheme; the reason names what lacks."""
    missing = [*_missing_basis(campaign), *_missing_rules(facts)]
    return f"启动前还须：{'；'.join(missing)}。" if missing else None


def another_opens(actor: Actor, _: Any, facts: CampaignFacts) -> str | None:
    """Four eyes: opening is the approval of the scheme, by somebody who did not write it."""
    if actor.id is None or actor.id != facts.scheme_by:
        return None
    return "计分方案由您最后保存，启动年度即为审定方案，请由另一位同志办理。"


def _missing_basis(campaign: Any) -> list[str]:
    missing = []
    if not campaign.basis_authority:
        missing.append("填写批准机关")
    if not campaign.basis_number:
        missing.append("填写批准文号")
    begins, ends = campaign.basis_valid_from, campaign.basis_valid_until
    year = campaign.year
    if begins is None or ends is None:
        missing.append("填写批准的有效期")
    elif begins > date(year, 1, 1) or ends < date(year, 12, 31):
        missing.append(f"核对批准的有效期，须覆盖 {year} 年全年")
    return missing


def _missing_rules(facts: CampaignFacts) -> list[str]:
    missing = []
    if facts.standard is None:
        missing.append("选定创建标准")
    elif facts.standard is not StandardState.PUBLISHED:
        missing.append("发布所选的创建标准")
    if facts.missing_windows:
        missing.append(f"设定{'、'.join(facts.missing_windows)}的起止时间")
    if facts.standard is not None and not facts.scheme_fits:
        missing.append("按所选标准的条目重新制定计分方案")
    return missing


def every_unit_inspected(_: Actor, __: Any, facts: CampaignFacts) -> str | None:
    """R17: each year the committee inspects every unit."""
    if not facts.uninspected:
        return None
    return f"还有 {_named(facts.uninspected)}的检查考核没有定稿，不能进入结果审定。"


def every_result_published(_: Actor, __: Any, facts: CampaignFacts) -> str | None:
    """A year ends once every inspected unit has its published result."""
    if not facts.unpublished:
        return None
    return f"还有 {_named(facts.unpublished)}的年度结果没有公布，不能结束年度。"


def _named(units: tuple[str, ...], shown: int = 3) -> str:
    more = "等" if len(units) > shown else ""
    return f"{len(units)} 个单位（{'、'.join(units[:shown])}{more}）"


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
            proof=True,
            guards=(has_content,),
        ),
    ),
)

CAMPAIGN = Lifecycle(
    subject="campaign",
    label="创建年度",
    start=CampaignState.DRAFTED,
    audience=Audience.UNIT,
    transitions=(
        Transition(
            "open",
            "启动",
            frozenset({CampaignState.DRAFTED}),
            CampaignState.OPEN,
            by=_BOTH,
            signature=True,
            opinion=Opinion.NONE,
            guards=(is_prepared, another_opens),
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
            guards=(every_unit_inspected,),
        ),
        Transition(
            "close",
            "结束年度",
            frozenset({CampaignState.SETTLING}),
            CampaignState.CLOSED,
            by=_LEADER,
            signature=True,
            guards=(every_result_published,),
        ),
    ),
)
