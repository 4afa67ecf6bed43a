"""The self-report: a section per good, problems named, responsibility taken (R16)."""

from dataclasses import dataclass

from sihao.demo.city import Unit
from sihao.demo.figures import figures_for, report_day
from sihao.demo.plans import problems_for
from sihao.demo.profiles import profile_of
from sihao.demo.texts import criteria, dimension
from sihao.demo.words import dice, fill, sheet

DIMENSIONS = {"A": "政治坚定好", "B": "学习创新好", "C": "勤政为民好", "D": "清正廉洁好"}
_SKIPPED = {"strong": 0, "middling": 1, "weak": 3, "poor": 5}
"""Criteria of each good that the report passes over."""


@dataclass(frozen=True)
class Paragraph:
    """What the report says on one criterion."""

    criterion: str
    text: str


@dataclass(frozen=True)
class SelfReport:
    """The written report to the committee."""

    title: str
    opening: str
    sections: dict[str, tuple[Paragraph, ...]]
    problems: str
    plans: str


def section_for(unit: Unit, year: int, letter: str) -> tuple[Paragraph, ...]:
    """The paragraphs on one good, in the standard's order."""
    rng = dice(unit.number, year, "report", letter)
    codes = [code for code in criteria() if dimension(code) == letter]
    skipped = rng.sample(codes, _SKIPPED[profile_of(unit, year).tier])
    return tuple(
        Paragraph(code, fill(criteria()[code].report, unit, year, code, **figures_for(unit, year)))
        for code in codes
        if code not in skipped
    )


def self_report_for(unit: Unit, year: int) -> SelfReport:
    """The whole report as it is signed at the end of November."""
    texts = sheet("yearly")["report"]
    problems = problems_for(unit, year, report_day(year))
    measures = sum(len(one.measures) for one in problems)
    counts = {"problems": len(problems), "measures": measures}
    return SelfReport(
        title=f"{unit.name}关于{year}年度“四好班子”创建活动开展情况的自查报告",
        opening=fill(texts["opening"], unit, year, "report", **counts),
        sections={letter: section_for(unit, year, letter) for letter in DIMENSIONS},
        problems=fill(
            texts["problems"],
            unit,
            year,
            "report",
            first=problems[0].text,
            second=problems[-1].text,
        ),
        plans=fill(texts["plans"], unit, year, "report"),
    )
