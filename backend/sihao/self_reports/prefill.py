"""A first text for each section, in the manner of official Chinese; its numbers stay live."""

from collections.abc import Iterator

from sihao.ledgers.schemas import Indicator, Status
from sihao.self_reports.figures import LEDGERS, figures_of
from sihao.self_reports.schemas import PrefillSection
from sihao.self_reports.year import HEAD, TAIL, PlanCount, YearFacts

_LEDGER_SENTENCES = {
    "T3": "按期召开【民主生活会】民主生活会，查摆问题逐项整改销号",
    "T4": "对巡视巡察反馈的【巡视巡察整改事项】意见逐条整改",
    "T5": "坚持中心组理论学习制度，开展【中心组集体学习】集体学习",
    "T6": "坚持民主集中制，提交会议研究【议事决策事项】",
    "T7": "班子成员撰写【调研报告和理论文章】调研报告、理论文章",
    "T8": "深入基层、深入一线，开展【下基层调研】下基层调研",
    "T9": "落实联系指导基层和谈心谈话制度，登记【联系点走访和谈心谈话】",
    "T10": "办理民生实事【为民办实事】，逐件明确责任和时限",
    "T11": "落实帮扶责任，开展【帮扶工作】帮扶",
    "T12": "落实意识形态工作责任制，专题研究、分析研判【意识形态专题研究】",
    "T13": "落实“一岗双责”，按季汇总党风廉政情况【党风廉政汇总】",
    "T14": "健全制度机制，现行有效制度【现行制度】",
    "T15": "组织干部教育培训【干部教育培训】",
    "T16": "严格党的组织生活，开展【组织生活和机关党建活动】组织生活和机关党建活动",
    "T17": "承接上级重大部署和绩效目标【重大部署落实任务】，逐项跟踪落实",
    "T18": "受理和化解信访、矛盾纠纷【信访和矛盾化解】",
    "T19": "开展作风建设检查【作风建设检查】，对发现的问题立行立改",
}
_INDICATOR_SENTENCES = {
    "A13": "党组（党委）会、办公会、班子会等会议制度，已建立【已建立的会议制度】",
    "A14": "会议分工界面、研究事项、切换条件、议事规则、决策程序等要素，已界定【已界定的会议要素】",
    "A15": "“三重一大”事项集体决策率为【集体决策率】",
    "A16": "经认定的重大决策失误【重大决策失误】",
    "B8": "应训干部参训率为【干部参训率】",
    "B12": "班子成员中【完成调研成果的班子成员】已完成当年调研报告或理论文章任务",
    "C6": "班子成员下基层合计【班子成员下基层合计】，其中【下基层达标的班子成员】达到60天要求",
}
_NUMERALS = "一二三四五六七八九十"
_WARNED = frozenset({Status.AT_RISK, Status.MISSED})
_PROBLEMS_QUOTED = 5


def prefill(facts: YearFacts) -> list[PrefillSection]:
    """Write every section from the year's facts. What is not recorded is not claimed."""
    figures = figures_of(facts)
    texts = {HEAD: _head(facts), TAIL: _tail(facts)} | {
        code: _dimension(code, title, facts) for code, title in facts.dimensions.items()
    }
    return [
        PrefillSection(dimension=code, title=title, text=texts[code], facts=figures[code])
        for code, title in facts.titles.items()
    ]


def _head(facts: YearFacts) -> str:
    research = "召开班子会议专题研究【班子专题研究】，" if facts.meetings else ""
    goals = f"年度目标是：{_sentence(facts.goals)}" if facts.goals else ""
    found = (
        "对照创建标准查找问题【查找问题】，制定措施【制定措施】，"
        "已销号问题【已销号问题】，已完成措施【已完成措施】。"
        if facts.plan.problems
        else ""
    )
    return (
        f"{facts.year}年，{facts.unit}领导班子把“四好班子”创建活动摆上重要议事日程，{research}"
        f"主要负责同志负总责，分管负责同志具体抓，机关党委协助抓落实。{goals}{found}"
        "现将自查情况报告如下。"
    )


def _dimension(code: str, title: str, facts: YearFacts) -> str:
    count = facts.by_dimension.get(code, PlanCount())
    paragraphs = [
        _joined("落实情况", _ledger_sentences(code, facts)),
        _joined("达标情况", _indicator_sentences(code, facts)),
        _measures(title, count),
    ]
    written = [one for one in paragraphs if one]
    return "\n".join(f"（{_NUMERALS[at]}）{one}" for at, one in enumerate(written))


def _ledger_sentences(code: str, facts: YearFacts) -> Iterator[str]:
    for kind in LEDGERS:
        if facts.entries.get(kind) and facts.home_of(kind) == code:
            yield _LEDGER_SENTENCES[kind]


def _indicator_sentences(code: str, facts: YearFacts) -> Iterator[str]:
    for one in facts.indicators:
        if one.criterion.startswith(code) and one.value is not None:
            # The item's code, so that whoever judges the item finds the sentence beside it.
            yield f"{_INDICATOR_SENTENCES[one.criterion]}{_shortfall(one)}（{one.criterion}）"


def _shortfall(one: Indicator) -> str:
    if one.status not in _WARNED:
        return ""
    said = _sentence(one.forecast or "").rstrip("。")
    return f"，尚未达到要求{f'（{said}）' if said else ''}，责任在领导班子"


def _measures(title: str, count: PlanCount) -> str:
    if not count.problems and not count.measures:
        return ""
    late = f"，其中{count.overdue}项已超过完成时限，正在加紧推进" if count.overdue else ""
    return (
        f"问题整改。查找“{title}”方面问题【{title}方面问题】，制定措施【{title}方面措施】，"
        f"已完成【{title}方面已完成措施】{late}。"
    )


def _tail(facts: YearFacts) -> str:
    quoted = facts.open_problems[:_PROBLEMS_QUOTED]
    listed = "；".join(
        f"{_NUMERALS[at]}是{_sentence(text).rstrip('。')}" for at, text in enumerate(quoted)
    )
    problems = f"对照标准，还存在以下问题：{listed}。责任在领导班子，首要责任在主要负责同志。"
    late = "对【超期措施】超期措施逐项明确责任人和完成时限；" if facts.plan.overdue else ""
    plans = (
        f"下一步，{late}对尚未销号的问题持续整改、到账销号；"
        "对照创建标准补齐短板，完善制度，巩固提升创建成效。"
    )
    return f"{problems}\n{plans}" if listed else plans


def _joined(heading: str, sentences: Iterator[str]) -> str:
    said = "；".join(sentences)
    return f"{heading}。{said}。" if said else ""


def _sentence(text: str) -> str:
    """Put a text of several lines into one sentence."""
    parts = (part.strip().rstrip("。；;") for part in text.splitlines())
    said = "；".join(part for part in parts if part)
    return f"{said}。" if said else ""
