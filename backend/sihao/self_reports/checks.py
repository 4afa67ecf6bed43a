"""What is looked at before a report is handed in."""

import re
from collections.abc import Iterator, Mapping

from sihao.evidence.schemas import Shown
from sihao.ledgers.schemas import Status
from sihao.self_reports.figures import all_figures, fill_in, named_in
from sihao.self_reports.schemas import CheckLevel, ReportCheck
from sihao.self_reports.year import HEAD, TAIL, YearFacts

LENGTH_HINT = 4000
"""Characters altogether; longer reports are possible [C]."""
_MARK = re.compile(r"(?:绝密|机密|秘密)[ \t\u3000]*★")
_PERSONAL = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|1[3-9][0-9]{9})(?![0-9])")
_CODES_SHOWN = 8
_WARNED = frozenset({Status.AT_RISK, Status.MISSED})
_KEYWORDS = {
    "A13": ("会议制度",),
    "A14": ("议事规则", "会议要素"),
    "A15": ("集体决策",),
    "A16": ("决策失误",),
    "B8": ("参训率", "学习全覆盖"),
    "B12": ("调研报告", "理论文章"),
    "C6": ("下基层",),
}
"""Words by which a text is taken to speak of a figure."""


def check(texts: Mapping[str, str], facts: YearFacts) -> list[ReportCheck]:
    """ReportCheck the sections' texts, by section, against the year."""
    return [
        *_sections(texts, facts),
        *_names(texts, facts),
        *_forbidden(texts),
        *_indicators(texts, facts),
        _evidence(facts),
        _measures(facts),
        _length(texts, facts),
    ]


def _sections(texts: Mapping[str, str], facts: YearFacts) -> Iterator[ReportCheck]:
    titles = facts.titles
    empty = [code for code in titles if not texts.get(code)]
    for code in empty:
        level = CheckLevel.WARNING if code in {HEAD, TAIL} else CheckLevel.ERROR
        said = f"“{titles[code]}”还没有文字"
        yield ReportCheck(code="section.empty", level=level, text=said, dimension=code)
    if not empty:
        yield _ok("section.empty", "各部分都有文字")


def _names(texts: Mapping[str, str], facts: YearFacts) -> Iterator[ReportCheck]:
    known = {figure.label for figure in all_figures(facts)}
    unknown = [
        (code, name) for code, text in texts.items() for name in named_in(text) if name not in known
    ]
    for code, name in unknown:
        said = f"【{name}】不是本年度的数字，请改写或从“事实和数字”中重新插入"
        yield ReportCheck(code="figure.unknown", level=CheckLevel.ERROR, text=said, dimension=code)
    if not unknown:
        yield _ok("figure.unknown", "引用的数字都能取到")


def _forbidden(texts: Mapping[str, str]) -> Iterator[ReportCheck]:
    for pattern, code, bad, good in (
        (_PERSONAL, "text.personal", "有身份证号或手机号，请删去", "没有身份证号、手机号"),
        (_MARK, "text.secret", "有密级标志；本系统不得存储国家秘密", "没有密级标志"),
    ):
        found = [section for section, text in texts.items() if pattern.search(text)]
        yield from (
            ReportCheck(code=code, level=CheckLevel.ERROR, text=f"文中{bad}", dimension=section)
            for section in found
        )
        if not found:
            yield _ok(code, good)


def _indicators(texts: Mapping[str, str], facts: YearFacts) -> Iterator[ReportCheck]:
    missed = [one for one in facts.indicators if one.status in _WARNED]
    silent = [
        one
        for one in missed
        if not any(
            word in texts.get(section, "")
            for word in _KEYWORDS[one.criterion]
            for section in (one.criterion[0], TAIL)
        )
    ]
    for one in silent:
        yield ReportCheck(
            code="indicator.silent",
            level=CheckLevel.WARNING,
            text=f"{one.criterion} 未达标或预计不达标（{one.summary}），文中没有写到",
            dimension=one.criterion[0],
            href=f"/u/indicators/{one.criterion}",
        )
    if not silent:
        yield _ok("indicator.silent", "未达标的指标都写到了" if missed else "各项指标没有未达标的")


def _evidence(facts: YearFacts) -> ReportCheck:
    bare = [cell.code for cell in facts.matrix if cell.shown in {Shown.NONE, Shown.PROMISED}]
    if not bare:
        return _ok("evidence.none", "每个条目都有佐证材料")
    more = " 等" if len(bare) > _CODES_SHOWN else " 共"
    listed = "、".join(bare[:_CODES_SHOWN])
    said = f"{listed}{more} {len(bare)} 条没有已上传的佐证，可以报送，检查时会看到"
    return ReportCheck(code="evidence.none", level=CheckLevel.WARNING, text=said, href="/u/items")


def _measures(facts: YearFacts) -> ReportCheck:
    if not facts.plan.overdue:
        return _ok("measure.overdue", "没有超期未完成的措施")
    said = f"{facts.plan.overdue} 项措施超过时限尚未完成"
    return ReportCheck(
        code="measure.overdue", level=CheckLevel.WARNING, text=said, href="/u/problems"
    )


def _length(texts: Mapping[str, str], facts: YearFacts) -> ReportCheck:
    figures = all_figures(facts)
    length = sum(len("".join(fill_in(text, figures).split())) for text in texts.values())
    if length <= LENGTH_HINT:
        return _ok("text.length", f"全文 {length} 字，在建议的 {LENGTH_HINT} 字以内")
    said = f"全文 {length} 字，超过建议的 {LENGTH_HINT} 字，可以精简"
    return ReportCheck(code="text.length", level=CheckLevel.WARNING, text=said)


def _ok(code: str, text: str) -> ReportCheck:
    return ReportCheck(code=code, level=CheckLevel.OK, text=text)
