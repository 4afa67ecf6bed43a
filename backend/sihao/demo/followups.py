"""What follows a result: interview, rectification, referral, and what people complain of."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sihao.demo import city
from sihao.demo.city import Unit, units
from sihao.demo.entries import workday
from sihao.demo.judgements import Finding, findings_for, total_for
from sihao.demo.profiles import profile_of
from sihao.demo.words import dice, fill, sheet

POOR_BELOW = Decimal(78)
MANY_PROBLEMS = 10


@dataclass(frozen=True)
class Interview:
    """R22: one unit's part in a collective interview."""

    reason: str
    grounds: tuple[Finding, ...]
    questions: tuple[str, ...]
    record: str


@dataclass(frozen=True)
class Rectification:
    """An action on a finding; `state` as of the spring after the assessed year."""

    criterion: str
    finding: str
    action: str
    due_on: date
    state: str
    report: str


@dataclass(frozen=True)
class Referral:
    """R23: a department is asked for help or adjustment."""

    department: str
    sort: str
    text: str


@dataclass(frozen=True)
class Complaint:
    """From the complaint and suggestion box, with the committee's answer."""

    sort: str
    text: str
    answer: str


def is_interview_due(unit: Unit, year: int) -> bool:
    """Poor *and* with many problems; both thresholds are configuration, these the city's."""
    return total_for(unit, year) < POOR_BELOW and len(findings_for(unit, year)) >= MANY_PROBLEMS


def interview_for(unit: Unit, year: int) -> Interview:
    """The case of a unit that is to be interviewed."""
    texts = sheet("yearly")["interview"]
    findings = findings_for(unit, year)
    facts = {
        "total": total_for(unit, year),
        "findings": len(findings),
        "first": findings[0].text.rstrip("。"),
        "second": findings[1].text.rstrip("。"),
    }
    return Interview(
        reason=fill(texts["reason"], unit, year, "interview", **facts),
        grounds=findings[:5],
        questions=tuple(fill(one, unit, year, "interview", **facts) for one in texts["questions"]),
        record=fill(texts["record"], unit, year, "interview"),
    )


def rectifications_for(unit: Unit, year: int) -> tuple[Rectification, ...]:
    """Actions on the year's gravest findings; poor units are late with the last ones."""
    rng = dice(unit.number, year, "rectifications")
    poor = profile_of(unit, year).tier == "poor"
    findings = findings_for(unit, year)[: 7 if poor else 3]
    states = ["verified", "verified", "verified", "returned", "reported", "assigned", "assigned"]
    return tuple(
        Rectification(
            criterion=one.criterion,
            finding=one.text,
            action=one.rectify,
            due_on=workday(rng, year + 1, rng.randint(2, 4)),
            state=states[place],
            report=f"{unit.we}已落实：{one.rectify}。相关材料已归集上报，请予核验。",
        )
        for place, one in enumerate(findings)
    )


def referral_for(unit: Unit, year: int) -> Referral:
    """The request to the department concerned: adjustment for the worst, help for the others."""
    texts = sheet("yearly")["referral"]
    worst = min(units(), key=lambda one: total_for(one, year))
    sort = "adjustment" if unit == worst else "help"
    return Referral(texts["department"], sort, fill(texts[sort], unit, year, "referral"))


def complaints_for(year: int) -> tuple[tuple[Unit, Complaint], ...]:
    """Complaints and suggestions of the year, each with the unit it speaks of."""
    return tuple(
        (
            city.unit(number),
            Complaint(
                sort,
                fill(text, city.unit(number), year, "complaint"),
                fill(answer, city.unit(number), year, "complaint"),
            ),
        )
        for sort, number, text, answer in sheet("yearly")["complaints"]
    )
