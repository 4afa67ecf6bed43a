"""The columns of exported lists: what can be imported has the columns of its import."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sihao.accounts.schemas import PersonPublic
from sihao.core.context import Role
from sihao.exports.words import STATES, WORDS
from sihao.imports.columns import Cell, Column, Sheet
from sihao.imports.kinds.co_results import CoResultCheck, CoResults
from sihao.imports.kinds.ledger_columns import MEMBERS as TOOK_PART
from sihao.imports.kinds.ledger_columns import columns_of, sheet_title
from sihao.imports.kinds.measures import MeasureCheck
from sihao.imports.kinds.people import ROLES, PersonCheck
from sihao.imports.kinds.units import MemberCheck, UnitCheck, show_terms
from sihao.ledgers.models import LedgerKind

Build = Callable[[dict[str, Any]], list[Cell]]

UNITS = Sheet("单位", UnitCheck.columns)
MEMBERS = Sheet("班子成员", MemberCheck.columns)
PEOPLE = Sheet("账号", PersonCheck.columns)
CO_RESULTS = Sheet(CoResults.title, CoResultCheck.columns)
MEASURES = Sheet("计划措施", MeasureCheck.columns)


def ledger_row(item: Mapping[str, Any], same: set[str]) -> tuple[str, list[Cell]]:
    """Give the sheet and the cells of a ledger row; who shares a name is told by id."""
    kind = LedgerKind(item["kind"])
    told = {
        **item,
        "unit": item["unit_name"],
        TOOK_PART: [one["id"] if one["id"] in same else one["name"] for one in item["members"]],
    }
    cells: list[Cell] = []
    for column in columns_of(kind):
        value: Any = told.get(column.name)
        if column.name not in told:
            value = item["details"]
            for name in column.name.split("."):
                value = value.get(name) if isinstance(value, Mapping) else None
        cells.append(column.show(value))
    return sheet_title(kind), cells


def measure_row(item: Mapping[str, Any]) -> list[Cell]:
    """Give a measure as its import reads it."""
    told = {**item, "problem": item["problem_number"], "owner": item["owner_name"]}
    return [column.show(told[column.name]) for column in MEASURES.columns]


def co_result_row(item: Mapping[str, Any]) -> list[Cell]:
    """Give a result of a merged assessment as its import reads it."""
    return [column.show(item[column.name]) for column in CO_RESULTS.columns]


def unit_row(item: Mapping[str, Any]) -> list[Cell]:
    """Give a unit as its import reads it."""
    return [column.show(item[column.name]) for column in UNITS.columns]


def member_row(row: Any) -> list[Cell]:
    """Give a member as the import reads it."""
    ident, unit, name, duty, rank, terms = row
    held = [(_day(first), last and _day(last)) for first, last in terms or ()]
    told = (ident, unit, name, duty, rank, show_terms(held))
    return [column.show(value) for column, value in zip(MEMBERS.columns, told, strict=True)]


def _day(said: str) -> date:
    return date.fromisoformat(said)


def person_row(item: Mapping[str, Any]) -> list[Cell]:
    """Give an account as its import reads it."""
    person = PersonPublic.model_validate(dict(item))
    units = [one.unit_name for one in person.grants if one.unit_id]
    told = {
        "name": person.name,
        "display_name": person.display_name,
        "roles": [ROLES[Role(one.role)] for one in person.grants],
        "unit": units[0] if units else None,
    }
    return [column.show(told[column.name]) for column in PEOPLE.columns]


def sheet_of(title: str, fields: tuple[tuple[str, str], ...]) -> Sheet:
    """Make the sheet of a list that is not imported."""
    return Sheet(title, tuple(Column(name, heading, width=18) for name, heading in fields))


def builder(sheet: Sheet) -> Build:
    """Give rows of such a list: codes of states in Chinese, several things in one cell."""
    words = {**WORDS, "state": STATES.get(sheet.title, {})}

    def build(item: dict[str, Any]) -> list[Cell]:
        return [
            _cell(words.get(column.name, {}), item.get(column.name)) for column in sheet.columns
        ]

    return build


def _cell(words: Mapping[str, str], value: Any) -> Cell:
    if isinstance(value, list):
        return "、".join(_name(one) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return words.get(value, value)
    return value if value is None or isinstance(value, int | float) else str(value)


def _name(one: Any) -> str:
    if isinstance(one, Mapping):
        return str(one.get("label") or one.get("code") or one.get("file_name") or one.get("name"))
    return str(one)


_UNIT = ("unit_name", "单位")
_YEAR = ("year", "年度")
_STATE = ("state", "状态")
PROBLEMS = (
    *(_UNIT, _YEAR, ("number", "序号"), ("text", "问题"), ("category", "类别")),
    *(("member_name", "班子成员"), ("source", "来源"), ("source_note", "来源说明")),
    *(("criteria", "对照条目"), ("measure_count", "措施数"), ("completed_count", "已完成"), _STATE),
)
PLANS = (
    *(_UNIT, _YEAR, _STATE, ("in_force_number", "执行版本"), ("signed_at", "签发时间")),
    *(("late", "逾期"), ("problem_count", "问题数"), ("measure_count", "措施数")),
)
EVIDENCE = (
    *(_UNIT, ("title", "名称"), ("kind", "种类"), ("covers_from", "起"), ("covers_until", "止")),
    *(("note", "说明"), ("files", "文件"), ("uses", "用于"), ("received_at", "收到时间")),
    *(("late", "逾期"), ("uploaded_by", "上传人"), _STATE),
)
SELF_REPORTS = (
    *(_UNIT, _STATE, ("receipt_number", "回执编号"), ("signed_by", "签发人")),
    *(("submitted_at", "报送时间"), ("late", "逾期")),
)
INSPECTIONS = (
    *(_UNIT, ("group_name", "检查组"), _STATE, ("visit_on", "检查日期")),
    *(("visit_half", "时段"), ("visit_place", "地点")),
    *(("feedback_at", "反馈时间"), ("confirmed_at", "确认时间")),
)
FINDINGS = (
    *(_UNIT, ("criterion_code", "条目"), ("criterion_title", "条目名称"), ("text", "问题")),
    *(("root_cause", "原因"), ("found_by", "发现人")),
)
OBJECTIONS = (
    *(_UNIT, ("criterion_code", "条目"), ("criterion_title", "条目名称"), ("grounds", "申辩理由")),
    *(("lost", "扣分"), _STATE, ("decision", "复核意见"), ("restored", "恢复分值")),
)
EXTRAS = (
    *(_UNIT, _YEAR, ("code", "编号"), ("kind", "类别"), ("clause", "条款"), ("times", "次数")),
    *(("points", "分值"), ("grade", "最高等次"), ("fact", "事实"), ("evidence_title", "佐证材料")),
    *(("absence", "依据所在"), ("document", "文号"), _STATE, ("raised_by", "提出人")),
    *(("notice_until", "公示期满"), ("view", "单位意见"), ("answer", "答复")),
    *(("decision", "认定意见"), ("decided_by", "认定人")),
)
RESULTS = (
    *(_UNIT, ("unit_class", "单位类别"), _YEAR, ("total", "总分"), ("grade", "等次")),
    *(("findings", "发现问题数"), _STATE, ("published_at", "公布时间")),
)
INTERVIEWS = (
    *(_UNIT, _YEAR, _STATE, ("meeting_at", "约谈时间"), ("held_on", "约谈日期")),
    *(("rectifications", "整改事项"), ("verified", "已核实")),
)
RECTIFICATIONS = (
    *(_UNIT, _YEAR, ("code", "条目"), ("text", "问题"), ("cause", "原因"), ("action", "整改措施")),
    *(("owner_name", "责任人"), ("due_on", "时限"), _STATE, ("verified_at", "核实时间")),
)
PROGRESS = (
    *(_UNIT, _YEAR, ("number", "措施序号"), ("measure", "措施"), ("percent", "进度（%）")),
    *(("text", "进展"), ("reported_at", "填报时间"), ("reported_by", "填报人")),
)
MEETINGS = (*(_UNIT, ("held_on", "会议日期"), ("subject", "议题"), ("summary", "内容")),)
MANIFESTS = (
    *(_UNIT, ("number", "回执编号"), ("received_at", "收到时间"), ("late", "逾期")),
    *(("lines", "行数"), ("waiting", "待上传"), ("unchanged", "与前一清单相同")),
    *(("total_size", "总大小（字节）"), ("content_hash", "清单校验值"), ("made_by", "报送人")),
)
MANIFEST_LINES = (
    *(("position", "序号"), ("path", "路径"), ("title", "名称"), ("codes", "条目")),
    *(("size", "大小（字节）"), ("sha256", "校验值"), _STATE),
    *(("received_at", "收到时间"), ("late", "逾期")),
)
GROUPS = (("name", "检查组"), ("members", "成员"), ("inspections", "检查单位数"))
RECUSALS = (
    *(_UNIT, ("person_name", "回避人"), ("kind", "事由"), ("reason", "说明")),
    *(("left_on", "离任日期"), ("declared_by", "登记人"), ("declared_at", "登记时间")),
    *(("withdrawn_at", "撤销时间"), ("withdrawn_by", "撤销人"), ("withdrawal", "撤销理由")),
)
CO_ASSESSMENTS = (
    *(("code", "编号"), ("title", "名称"), ("owner_department", "牵头部门")),
    *(
        ("owner_name", "负责人"),
        ("units", "单位数"),
        ("results", "已报结果"),
        ("released", "已发布"),
    ),
)
BALLOTS = (
    *(_UNIT, ("title", "名称"), ("opens_at", "开始时间"), ("closes_at", "结束时间"), _STATE),
    *(("issued", "发出票数"), ("returned", "收回票数"), ("valid", "有效票数"), ("score", "得分")),
)
COMPARISONS = (
    *(("name", "名称"), ("first_year", "起始年度"), ("second_year", "截止年度")),
    *(("places", "名额"), _STATE, ("deliberation", "审议意见"), ("notice_until", "公示期满")),
)
COMMENDATIONS = (
    *(_UNIT, ("comparison_name", "集中评比"), ("place", "名次"), ("merits", "事迹")),
    *(("withdrawn_at", "撤下时间"), ("withdrawn_reason", "撤下理由"), ("withdrawn_by", "撤下人")),
)
NOTICE_OBJECTIONS = (
    *(("comparison_name", "集中评比"), ("about_name", "所涉单位"), ("sender", "提出人")),
    *(("text", "异议"), ("evidence_title", "佐证材料"), ("created_at", "提出时间"), _STATE),
    *(("answer", "答复"), ("answered_by", "答复人"), ("answered_at", "答复时间")),
)
REFERRALS = (
    *(
        _UNIT,
        _YEAR,
        ("department", "有关部门"),
        ("request", "提请事项"),
        ("reason", "理由"),
        _STATE,
    ),
    *(("sent_at", "送达时间"), ("acknowledged_at", "受理时间")),
    *(("concluded_at", "办结时间"), ("outcome", "处理结果")),
)
COMPLAINTS = (
    *(("kind", "类别"), ("text", "内容"), ("author", "提出人"), ("created_at", "提出时间")),
    *(_STATE, ("answer", "答复"), ("answered_by", "答复人"), ("answered_at", "答复时间")),
)
