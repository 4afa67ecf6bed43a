"""The live numbers of a report: named in the text as 【label】, filled in from the year (B10)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from sihao.ledgers.schemas import Indicator
from sihao.self_reports.schemas import ReportFigure
from sihao.self_reports.year import HEAD, TAIL, PlanCount, YearFacts

_NAMED = re.compile(r"【([^【】\n]{1,40})】")

LEDGERS: Mapping[str, tuple[str, str]] = {
    "T3": ("民主生活会", "次"),
    "T4": ("巡视巡察整改事项", "项"),
    "T5": ("中心组集体学习", "次"),
    "T6": ("议事决策事项", "项"),
    "T7": ("调研报告和理论文章", "篇"),
    "T8": ("下基层调研", "次"),
    "T9": ("联系点走访和谈心谈话", "次"),
    "T10": ("为民办实事", "件"),
    "T11": ("帮扶工作", "次"),
    "T12": ("意识形态专题研究", "次"),
    "T13": ("党风廉政汇总", "次"),
    "T14": ("现行制度", "件"),
    "T15": ("干部教育培训", "期"),
    "T16": ("组织生活和机关党建活动", "次"),
    "T17": ("重大部署落实任务", "项"),
    "T18": ("信访和矛盾化解", "件"),
    "T19": ("作风建设检查", "次"),
}
"""How a text calls the number of a ledger's rows, and their measure word."""
_INDICATORS = {
    "A13": "已建立的会议制度",
    "A14": "已界定的会议要素",
    "A15": "集体决策率",
    "A16": "重大决策失误",
    "B8": "干部参训率",
    "B12": "完成调研成果的班子成员",
    "C6": "下基层达标的班子成员",
}


def named_in(text: str) -> list[str]:
    """List the figures that a text names."""
    return _NAMED.findall(text)


def fill_in(text: str, figures: Iterable[ReportFigure]) -> str:
    """Put the values in the place of the names; an unknown name stays as it is."""
    values = {figure.label: figure.value for figure in figures}
    return _NAMED.sub(lambda found: values.get(found[1], found[0]), text)


def figures_of(facts: YearFacts) -> dict[str, list[ReportFigure]]:
    """Give each section's figures; a label means the same wherever it stands."""
    made = {HEAD: list(_of_the_plan(facts)), TAIL: list(_of_the_plan(facts))}
    for code, title in facts.dimensions.items():
        count = facts.by_dimension.get(code, PlanCount())
        made[code] = [
            *_of_a_dimension(code, title, count, facts),
            *_of_ledgers(code, facts),
            *_of_indicators(code, facts),
        ]
    return made


def all_figures(facts: YearFacts) -> list[ReportFigure]:
    """Give every figure once."""
    by_label = {
        figure.label: figure for section in figures_of(facts).values() for figure in section
    }
    return list(by_label.values())


def _of_the_plan(facts: YearFacts) -> Iterator[ReportFigure]:
    plan = facts.plan
    yield _figure("meetings", "班子专题研究", facts.meetings, "次", "/u/plan")
    yield _figure("problems", "查找问题", plan.problems, "个", "/u/problems")
    yield _figure("problems.closed", "已销号问题", plan.closed, "个", "/u/problems")
    yield _figure("measures", "制定措施", plan.measures, "项", "/u/problems")
    yield _figure("measures.done", "已完成措施", plan.done, "项", "/u/problems")
    yield _figure("measures.overdue", "超期措施", plan.overdue, "项", "/u/problems")


def _of_a_dimension(
    code: str, title: str, count: PlanCount, facts: YearFacts
) -> Iterator[ReportFigure]:
    yield _figure(f"{code}.problems", f"{title}方面问题", count.problems, "个", "/u/problems")
    yield _figure(f"{code}.measures", f"{title}方面措施", count.measures, "项", "/u/problems")
    yield _figure(f"{code}.done", f"{title}方面已完成措施", count.done, "项", "/u/problems")
    cells = [cell for cell in facts.matrix if cell.dimension == code]
    shown = sum(cell.accepted + cell.unreviewed > 0 for cell in cells)
    yield _figure(f"{code}.shown", f"{title}方面有佐证的条目", shown, "条", "/u/items")


def _of_ledgers(code: str, facts: YearFacts) -> Iterator[ReportFigure]:
    for kind, (label, measure) in LEDGERS.items():
        if any(kind in item.ledgers for item in facts.items if item.dimension == code):
            yield _figure(kind, label, facts.entries.get(kind, 0), measure, f"/u/ledgers/{kind}")


def _of_indicators(code: str, facts: YearFacts) -> Iterator[ReportFigure]:
    for one in facts.indicators:
        if one.criterion.startswith(code) and one.value is not None:
            yield _indicator(one)
            if one.criterion == "C6":
                days = sum((member.value for member in one.members), Decimal(0))
                yield _figure("C6.days", "班子成员下基层合计", days, "天", "/u/indicators/C6")
            if one.missing is not None:
                label = f"{_INDICATORS[one.criterion]}（预计完不成）"
                key, href = f"{one.criterion}.missing", f"/u/indicators/{one.criterion}"
                yield _figure(key, label, one.missing, "名", href)


def _indicator(one: Indicator) -> ReportFigure:
    measure = {"人": "名"}.get(one.measure, one.measure)
    value = one.value if one.value is not None else Decimal(0)
    label, href = _INDICATORS[one.criterion], f"/u/indicators/{one.criterion}"
    return _figure(one.criterion.value, label, value, measure, href)


def _figure(key: str, label: str, value: Decimal | int, measure: str, href: str) -> ReportFigure:
    shown = f"{Decimal(value).normalize():f}"
    return ReportFigure(key=key, label=label, value=f"{shown}{measure}", href=href)
