"""The annual plan: basis, goals, problems held against the standard, measures (R6–R15)."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from sihao.demo.city import Unit
from sihao.demo.entries import workday
from sihao.demo.judgements import findings_for
from sihao.demo.people import Member, in_office
from sihao.demo.profiles import profile_of
from sihao.demo.texts import CriterionTexts, criteria
from sihao.demo.words import dice, fill, sheet

_PLAN = "plan"
_CARRIED = "上年检查意见"
_PROBLEMS = {"strong": 9, "middling": 8, "weak": 7, "poor": 6}
_DONE = {"strong": 1.0, "middling": 0.92, "weak": 0.75, "poor": 0.55}


@dataclass(frozen=True)
class Progress:
    """One note in a measure's history."""

    on: date
    text: str


@dataclass(frozen=True)
class Measure:
    """R11: owner (a rank), co-owners, due date, expected output; `state` as of the asked day."""

    text: str
    output: str
    owner: int
    co_owners: tuple[str, ...]
    due_on: date
    state: str
    progress: tuple[Progress, ...]


@dataclass(frozen=True)
class Problem:
    """R7–R8: of the team, or of the member with that rank; held against at least one criterion."""

    text: str
    kind: str
    source: str
    member: int | None
    criteria: tuple[str, ...]
    linkages: tuple[tuple[str, str], ...]
    measures: tuple[Measure, ...]
    state: str


@dataclass(frozen=True)
class Meeting:
    """R1: the campaign on the team's agenda."""

    on: date
    title: str
    record: str


@dataclass(frozen=True)
class Plan:
    """A unit's plan of a year."""

    title: str
    basis: tuple[str, ...]
    goals: tuple[str, ...]
    content: tuple[str, ...]
    organisation: str
    problems: tuple[Problem, ...]
    return_reason: str
    """What the committee writes if it returns the plan (退回修改)."""


def _measure(
    unit: Unit,
    year: int,
    code: str,
    texts: tuple[str, str],
    owner: Member,
    rng: Random,
    as_of: date,
) -> Measure:
    due_on = workday(rng, year, rng.randint(4, 11))
    late = rng.random() > _DONE[profile_of(unit, year).tier]
    notes = [
        Progress(due_on - timedelta(days=60 - 25 * place), fill(text, unit, year, code))
        for place, text in enumerate(sheet("yearly")["progress"])
    ]
    if late:
        notes.pop()
    done = tuple(note for note in notes if note.on <= as_of)
    completed = not late and due_on <= as_of
    state = "completed" if completed else "in_progress" if done else "planned"
    co_owners = sheet("yearly")["co_owners"]
    return Measure(
        text=fill(texts[0], unit, year, code, member=owner.short_duty),
        output=fill(texts[1], unit, year, code),
        owner=owner.rank,
        co_owners=tuple(
            fill(name, unit, year, code) for name in rng.sample(co_owners, rng.randint(1, 2))
        ),
        due_on=due_on,
        state=state,
        progress=done,
    )


def _linkages(unit: Unit, year: int, code: str, source: str, rng: Random) -> list[tuple[str, str]]:
    """R12–R15: the source itself where it can be linked, and now and then a second tie."""
    known = sheet("yearly")["linkages"]
    kinds = [source] if source in known else []
    kinds += [kind for kind in rng.sample(sorted(known), 1) if kind not in kinds]
    return [(kind, fill(known[kind], unit, year, code)) for kind in kinds]


def _problem(unit: Unit, year: int, texts: CriterionTexts, carried: str, as_of: date) -> Problem:
    """A problem of one criterion; `carried` is last year's finding, or empty."""
    rng = dice(unit.number, year, _PLAN, texts.code)
    members = [one for one in in_office(unit, year) if one.serves_on(as_of)]
    source_text = rng.choice(texts.problems)
    member = rng.choice(members) if source_text.of_member else members[0]
    source = _CARRIED if carried else rng.choice(sheet("yearly")["problem_sources"][:3])
    told = fill(source_text.text, unit, year, texts.code, member=member.short_duty)
    measures = tuple(
        _measure(unit, year, texts.code, (one.text, one.output), rng.choice(members), rng, as_of)
        for one in texts.measures
    )
    if carried:
        rectify = (texts.rectify, "整改情况报告、佐证材料")
        measures = (*measures, _measure(unit, year, texts.code, rectify, members[0], rng, as_of))
    closed = all(one.state == "completed" for one in measures)
    year_over = as_of >= date(year, 12, 31)
    return Problem(
        text=f"上年检查指出：{carried}" if carried else told,
        kind="突出问题" if carried else source_text.kind,
        source=source,
        member=member.rank if source_text.of_member and not carried else None,
        criteria=_neighbours(texts.code, rng),
        linkages=tuple(_linkages(unit, year, texts.code, source, rng)),
        measures=measures,
        state="closed" if closed else "carried_over" if year_over else "open",
    )


def _neighbours(code: str, rng: Random) -> tuple[str, ...]:
    """The criterion itself and up to two that stand beside it in the same good."""
    codes = [other for other in criteria() if other[0] == code[0]]
    place = codes.index(code)
    return tuple(codes[place : place + rng.randint(1, 3)])


@cache
def problems_for(unit: Unit, year: int, as_of: date) -> tuple[Problem, ...]:
    """The plan's problems; the gravest two findings of the year before stand first."""
    rng = dice(unit.number, year, _PLAN)
    carried = {one.criterion: one.text.rstrip("。") for one in findings_for(unit, year - 1)[:2]}
    tier = profile_of(unit, year).tier
    others = [code for code in criteria() if code not in carried]
    drawn = sorted(rng.sample(others, _PROBLEMS[tier] - len(carried)), key=others.index)
    return tuple(
        _problem(unit, year, criteria()[code], carried.get(code, ""), as_of)
        for code in (*carried, *drawn)
    )


def plan_for(unit: Unit, year: int, as_of: date) -> Plan:
    """The plan with the states its problems and measures have on a day of the year."""
    texts = sheet("yearly")

    def told(lines: list[str]) -> tuple[str, ...]:
        return tuple(fill(line, unit, year, _PLAN) for line in lines)

    problems = problems_for(unit, year, as_of)
    return Plan(
        title=f"{unit.name}{year}年度“四好班子”创建活动计划",
        basis=told(texts["basis"]),
        goals=told(texts["goals"]),
        content=told(texts["content"]),
        organisation=fill(texts["organisation"], unit, year, _PLAN),
        problems=problems,
        return_reason=(
            f"问题{len(problems)}的措施时限过于集中，请按季度合理安排；"
            "“年度目标”请写明可以检查的结果，不用“进一步加强”等提法。"
        ),
    )


def meetings_for(unit: Unit, year: int, until: date) -> tuple[Meeting, ...]:
    """The meetings at which the team dealt with the campaign, up to a day."""
    rng = dice(unit.number, year, "meetings")
    meetings = [
        Meeting(
            workday(rng, year, month),
            fill(title, unit, year, _PLAN),
            fill(record, unit, year, _PLAN),
        )
        for month, title, record in sheet("yearly")["meetings"]
    ]
    return tuple(one for one in meetings if one.on <= until)
