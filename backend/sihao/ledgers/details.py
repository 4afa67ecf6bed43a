"""What each ledger asks besides title, dates and members: one model for each kind.

Titles are what people read on the form; the order of the fields is the order of the form.
`x-only-for` tells a form to ask only where another field has that value.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
)

from sihao.core.text import Line, Prose


def _blank(value: object) -> object:
    """An empty cell or field says nothing."""
    return None if isinstance(value, str) and not value.strip() else value


def at_most(other: str, label: str) -> AfterValidator:
    """Refuse a part that exceeds its whole; `other` is the whole's field, `label` its title."""

    def check(value: int | None, info: ValidationInfo) -> int | None:
        whole = info.data.get(other)
        if value is not None and whole is not None and value > whole:
            raise ValueError(f"不能超过“{label}”（{whole}）。")
        return value

    return AfterValidator(check)


def only_for(other: str, wanted: str, sentence: str) -> AfterValidator:
    """Ask for a field exactly where another one says so."""

    def check(value: Any, info: ValidationInfo) -> Any:
        if other in info.data and (info.data[other] == wanted) != (value is not None):
            raise ValueError(sentence)
        return value

    return AfterValidator(check)


Count = Annotated[int, Field(ge=0, le=1_000_000)]
Maybe = Annotated[Count | None, BeforeValidator(_blank)]
Percent = Annotated[Annotated[int, Field(ge=0, le=100)] | None, BeforeValidator(_blank)]
Day = Annotated[date | None, BeforeValidator(_blank)]
Name = Annotated[Line, Field(max_length=200)]
Said = Annotated[Prose, Field(max_length=1000)]
_FEN = Decimal("0.01")


def _whole_fen(amount: Decimal) -> Decimal:
    """Write an amount in one way only, so that equal ones compare equal as texts."""
    return amount.quantize(_FEN)


Yuan = Annotated[
    Decimal,
    Field(ge=0, max_digits=14, decimal_places=2),
    AfterValidator(_whole_fen),
    WithJsonSchema({"type": "string", "format": "decimal"}),
]


class Details(BaseModel):
    """The base: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @property
    def written_title(self) -> str:
        """The title that a `personal` ledger gives its rows."""
        return ""


class DemocraticLife(Details):
    """T3 民主生活会."""

    theme: Name = Field(title="会议主题", min_length=1)
    expected: Count = Field(title="应到人数", ge=1)
    attended: Annotated[Count, at_most("expected", "应到人数")] = Field(title="实到人数")
    problems_found: Count = Field(title="查摆问题数")
    problems_closed: Annotated[Count, at_most("problems_found", "查摆问题数")] = Field(
        default=0, title="已整改销号数"
    )
    criticisms: Maybe = Field(default=None, title="相互批评意见数")


class InspectionFeedback(Details):
    """T4 巡视巡察整改."""

    feedback_number: int = Field(title="反馈意见序号", ge=1, le=999)
    measure: Said = Field(title="整改措施", min_length=1)
    due_on: date = Field(title="整改时限")
    finished: bool = Field(default=False, title="已完成整改")


class GroupStudy(Details):
    """T5 中心组学习."""

    topic: Name = Field(title="学习专题", min_length=1)
    form: Literal["集中研讨", "专题辅导", "领学交流", "其他"] = Field(
        default="集中研讨", title="学习形式"
    )
    expected: Count = Field(title="应到人数", ge=1)
    attended: Annotated[Count, at_most("expected", "应到人数")] = Field(title="实到人数")


MAJOR = ("重大决策", "重要人事任免", "重大项目安排", "大额度资金使用")
"""三重一大."""


class Decision(Details):
    """T6 议事决策 (A15)."""

    category: Literal["重大决策", "重要人事任免", "重大项目安排", "大额度资金使用", "一般议题"] = (
        Field(title="事项类别", description="前四类为“三重一大”事项，计入集体决策率。")
    )
    decided_by_meeting: bool = Field(
        default=True, title="经会议集体决策", description="个别决定、传阅签批的不勾选。"
    )
    meeting: Name = Field(default="", title="会议名称", description="例如：党组会议第 12 次。")
    lead_spoke_last: bool = Field(default=False, title="主要负责人末位表态")


PAPERS = ("调研报告", "理论文章")
"""The types that B12 counts (Q1)."""


class Paper(Details):
    """T7 调研报告与理论文章 (B12)."""

    type: Literal["调研报告", "理论文章", "其他"] = Field(
        default="调研报告", title="类型", description="“其他”如讲话稿、工作总结，不计入篇数。"
    )
    published_in: Name = Field(default="", title="刊发或采用情况")
    content_hash: str | None = Field(
        default=None,
        title="原文校验值",
        description="原文的 SHA-256，由接口填写；相同的只计一篇。",
        pattern="^[0-9a-f]{64}$",
        json_schema_extra={"readOnly": True},
    )


class DaysBelow(Details):
    """T8 下基层调研 (C6). `portion` holds for each day of the trip."""

    place: Name = Field(title="地点", min_length=1, description="写到乡镇、村、社区或企业。")
    purpose_kind: Literal["调研", "会议", "培训", "考察学习"] = Field(
        default="调研", title="事由类别", description="哪些事由不计入调研天数，由年度计分方案规定。"
    )
    portion: Literal["全天", "上午", "下午"] = Field(
        default="全天",
        title="时段",
        description="半天计 0.5 天；首尾只有半天的，分开登记。",
    )


class ContactOrTalk(Details):
    """T9 联系点与谈心谈话: how often and with what kind of people, never what was said."""

    form: Literal["联系点", "谈心谈话"] = Field(title="形式")
    contact_point: Annotated[
        Name | None,
        BeforeValidator(_blank),
        only_for("form", "联系点", "登记到联系点工作时填写，谈心谈话不填。"),
    ] = Field(
        default=None,
        title="联系点名称",
        validate_default=True,
        json_schema_extra={"x-only-for": {"form": "联系点"}},
    )
    category: Annotated[
        Literal["党员", "干部", "群众", "新任职干部", "家庭困难干部", "其他"] | None,
        BeforeValidator(_blank),
        only_for("form", "谈心谈话", "登记谈心谈话时选择，到联系点不选。"),
    ] = Field(
        default=None,
        title="谈话对象类别",
        validate_default=True,
        json_schema_extra={"x-only-for": {"form": "谈心谈话"}},
    )
    count: Count = Field(default=1, title="次数", ge=1, description="只记次数，不记姓名和内容。")

    @property
    def written_title(self) -> str:
        """How often and with whom, without a name."""
        if self.form == "联系点":
            return f"到联系点{self.contact_point}开展工作"
        return f"与{self.category}谈心谈话"


class Deed(Details):
    """T10 为民办实事."""

    source: Name = Field(default="", title="诉求来源", description="如走访收集、群众来信。")
    due_on: date = Field(title="承诺办结日期")
    done_on: Day = Field(default=None, title="实际办结日期", description="未办结的不填。")
    satisfied_percent: Percent = Field(default=None, title="回访满意率（%）")


class Support(Details):
    """T11 帮扶."""

    village: Name = Field(title="帮扶村（社区）", min_length=1)
    households: Count = Field(title="惠及户数")
    stationed_days: Count = Field(title="驻村天数")
    funds_yuan: Yuan = Field(default=Decimal(0), title="投入资金（元）")


class Ideology(Details):
    """T12 意识形态."""

    form: Literal["专题研究", "分析研判", "阵地排查", "学习培训"] = Field(title="工作类型")
    places: Maybe = Field(default=None, title="涉及阵地数")
    risks_found: Maybe = Field(default=None, title="发现风险数")


class CleanGovernment(Details):
    """T13 党风廉政: totals of a quarter, never a case."""

    quarter: int = Field(title="季度", ge=1, le=4)
    first_form: Count = Field(default=0, title="第一种形态（人次）")
    second_form: Count = Field(default=0, title="第二种形态（人次）")
    third_form: Count = Field(default=0, title="第三种形态（人次）")
    fourth_form: Count = Field(default=0, title="第四种形态（人次）")
    deployments: Count = Field(default=0, title="班子成员部署次数")
    hearings: Count = Field(default=0, title="听取汇报次数")
    risk_points: Count = Field(default=0, title="排查廉政风险点")
    controls_in_place: Annotated[Count, at_most("risk_points", "排查廉政风险点")] = Field(
        default=0, title="已落实防控措施"
    )


MEETINGS = ("党组会议", "办公会议", "班子会")
"""The three meetings whose rules A13 asks for."""


class Elements(Details):
    """A14: what rules of procedure must settle."""

    scope: bool = Field(default=False, title="分工界面")
    matters: bool = Field(default=False, title="研究事项")
    switching: bool = Field(default=False, title="切换条件")
    rules: bool = Field(default=False, title="议事规则")
    procedure: bool = Field(default=False, title="决策程序")


class RuleMade(Details):
    """T14 制度建设 (A13, A14). It is in force from `happened_on` until `ended_on`."""

    number: Name = Field(default="", title="文号")
    meeting: Annotated[
        Literal["党组会议", "办公会议", "班子会"] | None, BeforeValidator(_blank)
    ] = Field(default=None, title="规范的会议", description="不是会议制度的不选。")
    elements: Elements = Field(
        default=Elements(), title="会议五要素", description="会议制度写明了哪几项，就勾选哪几项。"
    )
    legality_reviewed: bool = Field(default=False, title="经合法性审查")


class Training(Details):
    """T15 教育培训 (B8)."""

    expected: Count = Field(title="应训人数", ge=1)
    trained: Annotated[Count, at_most("expected", "应训人数")] = Field(title="参训人数")
    bodies_expected: Count = Field(default=0, title="应覆盖直属单位数")
    bodies_covered: Annotated[Count, at_most("bodies_expected", "应覆盖直属单位数")] = Field(
        default=0, title="已覆盖直属单位数"
    )
    hours: Maybe = Field(default=None, title="学时")


class OrganisationLife(Details):
    """T16 组织生活与机关党建."""

    form: Literal[
        "支部党员大会", "支委会", "党小组会", "党课", "主题党日", "组织生活会", "其他"
    ] = Field(title="活动类型")
    attended: Count = Field(title="参加人数")


class Assignment(Details):
    """T17 重大部署与绩效目标."""

    source: Name = Field(title="任务来源", min_length=1, description="如市委全会任务分解。")
    due_on: date = Field(title="要求完成日期")
    done_on: Day = Field(default=None, title="实际完成日期", description="未完成的不填。")
    progress: Said = Field(default="", title="进展情况")


class Petitions(Details):
    """T18 信访与矛盾化解."""

    topic: Name = Field(default="", title="主要诉求")
    received: Count = Field(title="收到件数")
    closed: Annotated[Count, at_most("received", "收到件数")] = Field(title="办结件数")
    closed_in_time: Annotated[Count, at_most("closed", "办结件数")] = Field(title="按期办结件数")
    led_by_members: Count = Field(default=0, title="班子成员包案件数")


class Conduct(Details):
    """T19 作风建设."""

    form: Literal["自查", "暗访", "三公经费", "减负清理", "其他"] = Field(title="工作类型")
    problems_found: Count = Field(default=0, title="发现问题数")
    problems_fixed: Annotated[Count, at_most("problems_found", "发现问题数")] = Field(
        default=0, title="已整改数"
    )


MISJUDGEMENT = "重大决策失误"
"""What A16 counts."""


class NegativeFact(Details):
    """T20 负面清单 (A16)."""

    category: Literal[
        "重大决策失误", "违反政治纪律", "班子成员受处分", "作风和腐败问题", "结论性意见", "其他"
    ] = Field(title="类别")
    authority: Name = Field(title="认定机关", min_length=1)
    document: Name = Field(title="认定文书", min_length=1, description="文书名称和文号。")
