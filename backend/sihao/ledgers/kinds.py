"""The twenty ledgers: names, who writes them, which dates and members they ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sihao.ledgers import details as d
from sihao.ledgers.models import LedgerKind


@dataclass(frozen=True, slots=True)
class Members:
    """What a kind's members did; a kind without it has none."""

    label: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One ledger. `title`, `happened` and `ended` are labels; without `ended` it lasts one day."""

    name: str
    hint: str
    details: type[d.Details]
    title: str = "名称"
    happened: str = "日期"
    ended: str | None = None
    members: Members | None = None
    own: bool = False
    """A member of the team may write his own rows."""
    personal: bool = False
    """Nobody writes a title: it would name people or tell what was said."""

    @property
    def schema(self) -> dict[str, Any]:
        """Give the JSON Schema of `details`."""
        made = self.details.model_json_schema()
        return {**made, "title": self.name, "description": self.hint}


DERIVED: Mapping[str, tuple[str, str]] = {
    "T1": ("问题", "由年度计划中的问题自动生成，不用另填。"),
    "T2": ("计划措施", "由年度计划中的措施自动生成，不用另填。"),
}

KINDS: Mapping[LedgerKind, Kind] = {
    LedgerKind.T3: Kind(
        "民主生活会", "每次民主生活会一条。", d.DemocraticLife, "会议名称", "召开日期"
    ),
    LedgerKind.T4: Kind(
        "巡视巡察整改", "每条反馈意见一条。", d.InspectionFeedback, "反馈意见", "反馈日期"
    ),
    LedgerKind.T5: Kind(
        "中心组学习",
        "每次集体学习一条。",
        d.GroupStudy,
        happened="学习日期",
        members=Members("发言的班子成员"),
    ),
    LedgerKind.T6: Kind(
        "议事决策和“三重一大”",
        "每个议题一条；“三重一大”事项不论怎样决定都要登记。",
        d.Decision,
        "议题",
        "决定日期",
    ),
    LedgerKind.T7: Kind(
        "调研报告与理论文章",
        "每篇一条；几人合写的，勾选每一位署名的班子成员。",
        d.Paper,
        "题目",
        "完成日期",
        members=Members("署名的班子成员", required=True),
        own=True,
    ),
    LedgerKind.T8: Kind(
        "下基层调研",
        "每次调研一条；几人同行的只登记一条。",
        d.DaysBelow,
        "调研事由",
        "开始日期",
        "结束日期",
        Members("参加的班子成员", required=True),
        own=True,
    ),
    LedgerKind.T9: Kind(
        "联系点与谈心谈话",
        "只记次数和对象类别，不记姓名和谈话内容。",
        d.ContactOrTalk,
        members=Members("班子成员", required=True),
        own=True,
        personal=True,
    ),
    LedgerKind.T10: Kind("为民办实事", "每件实事一条。", d.Deed, "实事名称", "承诺日期"),
    LedgerKind.T11: Kind("帮扶", "每月或每项帮扶工作一条。", d.Support, "工作内容"),
    LedgerKind.T12: Kind("意识形态", "每次研究、研判、排查一条。", d.Ideology, "工作内容"),
    LedgerKind.T13: Kind(
        "党风廉政",
        "每季度一条，只填汇总数，不写个案和姓名。",
        d.CleanGovernment,
        happened="汇总日期",
    ),
    LedgerKind.T14: Kind(
        "制度建设",
        "现行有效的制度每件一条，往年印发的也登记；废止的填写废止日期。",
        d.RuleMade,
        "制度名称",
        "印发日期",
        "失效日期",
    ),
    LedgerKind.T15: Kind(
        "教育培训", "每期培训一条。", d.Training, "培训名称", "开始日期", "结束日期"
    ),
    LedgerKind.T16: Kind(
        "组织生活与机关党建",
        "每次活动一条；勾选以普通党员身份参加的班子成员。",
        d.OrganisationLife,
        "活动内容",
        members=Members("参加的班子成员"),
    ),
    LedgerKind.T17: Kind(
        "重大部署与绩效目标", "上级交办的每项任务一条。", d.Assignment, "任务名称", "下达日期"
    ),
    LedgerKind.T18: Kind("信访与矛盾化解", "每月或每类事项一条。", d.Petitions, "事项"),
    LedgerKind.T19: Kind("作风建设", "每次检查一条。", d.Conduct, "工作内容"),
    LedgerKind.T20: Kind(
        "负面清单",
        "由掌握事实的部门填写，单位不能自填。",
        d.NegativeFact,
        "认定的事实",
        "认定日期",
    ),
}
