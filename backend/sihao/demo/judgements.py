"""What an inspection finds: deductions in four parts, findings, objections (R17)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random

from sihao.demo.city import Unit
from sihao.demo.people import team
from sihao.demo.profiles import Profile, profile_of
from sihao.demo.texts import criteria, dimension
from sihao.demo.words import dice, fill, sheet

FULL_MARKS = Decimal(100)
_MEASURED = frozenset({"A13", "A14", "A15", "A16", "B8", "B12", "C6", "D6", "D11"})
"""Criteria whose facts are counted in ledgers or owned by others: never drawn by chance."""
_HALF = Decimal("0.5")
_DECISIONS = ("dismissed", "dismissed", "partly_upheld", "upheld")


@dataclass(frozen=True)
class Deduction:
    """Clause, fact, evidence or its absence; who proposes it is known when it is entered."""

    criterion: str
    clause_number: int
    """The clause's place in the criterion's catalogue, from 1."""
    clause: str
    points: Decimal
    count: int
    fact: str
    evidence: str | None
    absence: str | None

    @property
    def amount(self) -> Decimal:
        """Points lost in all."""
        return self.points * self.count


@dataclass(frozen=True)
class Finding:
    """A problem found with one criterion and what is to be done about it."""

    criterion: str
    text: str
    rectify: str
    amount: Decimal


@dataclass(frozen=True)
class Objection:
    """陈述申辩 against one deduction; `decision` is a state of the lifecycle."""

    deduction: Deduction
    ground: str
    decision: str
    reply: str


def _deduct(unit: Unit, year: int, code: str, place: int, count: int = 1) -> Deduction:
    source = criteria()[code].deductions[place]
    member = dice(unit.number, year, code, "member").choice(team(unit)).short_duty

    def told(text: str | None) -> str | None:
        return text and fill(text, unit, year, code, count=count, member=member)

    per_case = source.clause.endswith(("，每人", "，每项"))
    return Deduction(
        criterion=code,
        clause_number=place + 1,
        clause=source.clause,
        points=source.points,
        count=count if per_case else 1,
        fact=fill(source.fact, unit, year, code, count=count, member=member),
        evidence=told(source.evidence),
        absence=told(source.absence),
    )


def _measured(unit: Unit, year: int, profile: Profile) -> Iterator[Deduction]:
    """Deductions for what the ledgers count, so that both tell the same number."""
    counted = (
        ("A14", profile.elements_missing),
        ("A15", profile.matters_undecided),
        ("B8", profile.people_untrained),
        ("B12", profile.members_without_paper),
        ("C6", profile.members_short_of_days),
    )
    yield from (_deduct(unit, year, code, 0, count) for code, count in counted if count)
    if profile.audited:
        yield _deduct(unit, year, "A16", 1)


def _severities(profile: Profile, rng: Random) -> tuple[int, ...]:
    """Which of a criterion's two deductions apply: 0 the slight one, 1 the grave one."""
    if profile.tier in {"poor", "weak"}:
        return rng.choice(((1, 0), (1,)))
    return (rng.choice((0, 1)),) if profile.tier == "middling" else (0,)


@cache
def deductions_for(unit: Unit, year: int) -> tuple[Deduction, ...]:
    """All deductions of the year in the standard's order; they add up to the profile's loss.

    Where counted facts leave an odd quarter of a point, the loss is a quarter larger.
    """
    profile = profile_of(unit, year)
    rng = dice(unit.number, year, "deductions")
    drawn = list(_measured(unit, year, profile))
    left = profile.target_loss - sum((one.amount for one in drawn), Decimal(0))
    left += left % _HALF
    codes = sorted(set(criteria()) - _MEASURED)
    rng.shuffle(codes)
    weakest = [code for code in codes if dimension(code) == profile.weak_dimension]
    first = weakest[: len(weakest) // 2]
    for code in (*first, *(code for code in codes if code not in first)):
        for place in _severities(profile, rng):
            if left <= 0:
                break
            points = criteria()[code].deductions[place].points
            if points <= left:
                drawn.append(_deduct(unit, year, code, place))
                left -= points
    order = list(criteria())
    return tuple(sorted(drawn, key=lambda one: order.index(one.criterion)))


def total_for(unit: Unit, year: int) -> Decimal:
    """The points left of a hundred, before any objection is decided."""
    return FULL_MARKS - sum((one.amount for one in deductions_for(unit, year)), Decimal(0))


def findings_for(unit: Unit, year: int) -> tuple[Finding, ...]:
    """One finding per criterion with deductions, the gravest first."""
    by_code: dict[str, list[Deduction]] = {}
    for one in deductions_for(unit, year):
        by_code.setdefault(one.criterion, []).append(one)
    findings = [
        Finding(
            criterion=code,
            text="；".join(one.fact for one in ones) + "。",
            rectify=fill(criteria()[code].rectify, unit, year, code),
            amount=sum((one.amount for one in ones), Decimal(0)),
        )
        for code, ones in by_code.items()
    ]
    return tuple(sorted(findings, key=lambda one: -one.amount))


def objections_for(unit: Unit, year: int) -> tuple[Objection, ...]:
    """About every third unit objects to one deduction; poor units to two, without success."""
    profile = profile_of(unit, year)
    rng = dice(unit.number, year, "objections")
    wanted = {"poor": 2, "weak": rng.choice((0, 1))}.get(profile.tier, rng.choice((0, 0, 1)))
    texts = sheet("yearly")
    decisions = ("dismissed",) if profile.tier == "poor" else _DECISIONS
    objections = []
    for one in rng.sample(deductions_for(unit, year), wanted):
        decision = rng.choice(decisions)
        ground = fill(
            rng.choice(texts["objections"]),
            unit,
            year,
            one.criterion,
            fact=one.fact,
            clause=one.clause,
        )
        objections.append(Objection(one, ground, decision, texts["replies"][decision]))
    return tuple(objections)


def group_opinion(unit: Unit, year: int) -> str:
    """What the inspection group says of the unit as a whole."""
    findings = findings_for(unit, year)
    worst = findings[0] if findings else None
    opening = f"检查组认为，{unit.name}领导班子重视“四好班子”创建活动，"
    if worst is None:
        return opening + "对照标准落实较好。"
    tone = {
        "strong": "主体责任落实较好，创建成效明显。",
        "middling": "各项任务总体落实，仍有薄弱环节。",
        "weak": "部分条目落实不到位，整改需要加力。",
        "poor": "但问题较多，责任传导不到位，应当限期整改。",
    }[profile_of(unit, year).tier]
    return f"{opening}{tone}主要问题：{worst.text}建议：{worst.rectify}。"
