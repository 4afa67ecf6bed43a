"""The wording for each of the 52 criteria, read from `data/criteria_*.yaml`."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from sihao.demo.words import sheet

_MARK = "｜"


@dataclass(frozen=True)
class ProblemText:
    """R7: `kind` is 思想实际, 工作实际, 突出问题 or 薄弱环节; of one member or of the team."""

    kind: str
    of_member: bool
    text: str


@dataclass(frozen=True)
class MeasureText:
    """A measure and its expected output (R11)."""

    text: str
    output: str


@dataclass(frozen=True)
class DeductionText:
    """Three of a deduction's four parts: clause, fact, evidence or its absence; and its points."""

    points: Decimal
    clause: str
    fact: str
    evidence: str | None
    absence: str | None


@dataclass(frozen=True)
class CriterionTexts:
    """Everything the city says about one criterion; texts carry gaps that `words.fill` fills."""

    code: str
    problems: tuple[ProblemText, ...]
    measures: tuple[MeasureText, ...]
    evidence: tuple[str, ...]
    """File names; the title is the name without its ending."""
    report: str
    deductions: tuple[DeductionText, ...]
    rectify: str


def _problem(line: str) -> ProblemText:
    kind, text = line.split(_MARK)
    return ProblemText(kind.removeprefix("成员·"), kind.startswith("成员·"), text)


def _deduction(line: str) -> DeductionText:
    points, clause, fact, sort, source = line.split(_MARK)
    return DeductionText(
        points=Decimal(points),
        clause=clause,
        fact=fact,
        evidence=source if sort == "证" else None,
        absence=source if sort == "缺" else None,
    )


@cache
def criteria() -> dict[str, CriterionTexts]:
    """All criteria by code, A1 … D13, in the standard's order."""
    sheets = [sheet(f"criteria_{dimension}") for dimension in "abcd"]
    return {
        code: CriterionTexts(
            code=code,
            problems=tuple(map(_problem, lines["problems"])),
            measures=tuple(MeasureText(*line.split(_MARK)) for line in lines["measures"]),
            evidence=tuple(lines["evidence"]),
            report=lines["report"],
            deductions=tuple(map(_deduction, lines["deductions"])),
            rectify=lines["rectify"],
        )
        for part in sheets
        for code, lines in part.items()
    }


def dimension(code: str) -> str:
    """The letter of the good a criterion belongs to."""
    return code[0]
