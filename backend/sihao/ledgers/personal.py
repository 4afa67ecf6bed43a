"""Figures of members: papers (B12, Q1) and days at the grass roots (C6, Q2)."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from sihao.ledgers.details import PAPERS
from sihao.ledgers.facts import Computed, Fact, Person, Year, row_of
from sihao.ledgers.models import LedgerKind
from sihao.ledgers.schemas import Indicator, IndicatorCode, IndicatorRow, MemberFigure, Status

PAPERS_A_YEAR = 1
"""Q1."""
DAYS_A_YEAR = 60
"""Q2."""
_HALVES: Mapping[str, tuple[int, ...]] = {"上午": (0,), "下午": (1,)}


def papers(year: Year, people: Sequence[Person], facts: Iterable[Fact], title: str) -> Computed:
    """B12: distinct papers of the year per member; each named author has the whole paper [C]."""
    seen: dict[UUID, set[object]] = {}

    def worth(fact: Fact, member: UUID) -> tuple[int, str]:
        if not year.first <= fact.happened_on <= year.as_of:
            return 0, "完成日期不在统计期内"
        if fact.details.get("type") not in PAPERS:
            return 0, "不是调研报告或理论文章，不计入"
        known = seen.setdefault(member, set())
        content = fact.details.get("content_hash") or fact.id
        if content in known:
            return 0, "与另一篇内容相同，只计一篇"
        known.add(content)
        return 2, ""

    rows, halves = _by_member(people, facts, LedgerKind.T7, worth)
    return _personal(
        year, people, halves, IndicatorCode.B12, title, lambda _: PAPERS_A_YEAR, "达不到 1 篇"
    ), rows


def days(year: Year, people: Sequence[Person], facts: Iterable[Fact], title: str) -> Computed:
    """C6: the union of dates per member; half days count 0.5, overlapping trips once."""
    seen: dict[UUID, set[int]] = {}

    def worth(fact: Fact, member: UUID) -> tuple[int, str]:
        kind = fact.details.get("purpose_kind")
        if kind in year.not_counted:
            return 0, f"“{kind}”不计入调研天数"
        slots = set(_slots(year, fact))
        if not slots:
            return 0, "日期不在统计期内"
        known = seen.setdefault(member, set())
        new = slots - known
        known |= slots
        return len(new), "" if new == slots else "与其他调研日期重叠，重叠部分只计一次"

    def target(in_office: int) -> int:
        return math.ceil(Fraction(DAYS_A_YEAR * in_office, year.length))

    rows, halves = _by_member(people, facts, LedgerKind.T8, worth)
    return _personal(
        year, people, halves, IndicatorCode.C6, title, target, f"达不到 {DAYS_A_YEAR} 天"
    ), rows


def _slots(year: Year, trip: Fact) -> Iterator[int]:
    """Give the half days of a trip within the year and up to today, each as one number."""
    first = max(trip.happened_on, year.first).toordinal()
    last = min(trip.ended_on or trip.happened_on, year.as_of).toordinal()
    halves = _HALVES.get(str(trip.details.get("portion")), (0, 1))
    return (2 * day + half for day in range(first, last + 1) for half in halves)


def _by_member(
    people: Sequence[Person],
    facts: Iterable[Fact],
    kind: LedgerKind,
    worth: Callable[[Fact, UUID], tuple[int, str]],
) -> tuple[list[IndicatorRow], dict[UUID, int]]:
    """Weigh each row for each of its members, in halves: whole numbers stay exact."""
    names = {person.id: person.name for person in people}
    halves = dict.fromkeys(names, 0)
    rows = []
    for fact in facts:
        for member in fact.members if fact.kind is kind else ():
            if member in names:
                value, reason = worth(fact, member)
                halves[member] += value
                rows.append(row_of(fact, Decimal(value) / 2, reason, member, names[member]))
    return rows, halves


def _personal(
    year: Year,
    people: Sequence[Person],
    halves: Mapping[UUID, int],
    code: IndicatorCode,
    title: str,
    target: Callable[[int], int],
    miss: str,
) -> Indicator:
    members = [
        _member(year, person, halves[person.id], target) for person in people if year.office(person)
    ]
    whole = len(members)
    met = sum(one.status is Status.MET for one in members)
    missing = sum(one.status in {Status.AT_RISK, Status.MISSED} for one in members)
    over = year.today > year.last
    return Indicator(
        criterion=code,
        title=title,
        value=Decimal(met) if whole else None,
        target=Decimal(whole),
        measure="人",
        status=_worst(members),
        summary=f"{whole} 名班子成员中 {met} 名已达标" if whole else "年内没有在任的班子成员",
        forecast=_forecast(whole, missing, miss) if whole and not over else None,
        missing=missing,
        part=met,
        whole=whole,
        as_of=year.as_of,
        members=members,
        checks=[],
    )


def _forecast(whole: int, missing: int, miss: str) -> str:
    if not missing:
        return f"按目前进度，到 12 月 31 日 {whole} 名成员均能达标"
    return f"按目前进度，到 12 月 31 日 {whole} 名成员中有 {missing} 名{miss}"


def _worst(members: Sequence[MemberFigure]) -> Status:
    order = (Status.MISSED, Status.AT_RISK, Status.ON_TRACK, Status.MET)
    statuses = {one.status for one in members}
    return next((one for one in order if one in statuses), Status.NOT_APPLICABLE)


def _member(year: Year, person: Person, halves: int, target: Callable[[int], int]) -> MemberFigure:
    office = year.office(person)
    in_office = sum((last - first).days + 1 for first, last in office)
    elapsed = sum(
        (min(last, year.as_of) - first).days + 1 for first, last in office if first <= year.as_of
    )
    wanted = target(in_office)
    forecast = Fraction(halves * in_office, 2 * elapsed) if elapsed else None
    if halves >= 2 * wanted:
        status = Status.MET
    elif year.today > max(last for _, last in office):
        status = Status.MISSED
    elif forecast is None or forecast >= wanted:
        status = Status.ON_TRACK
    else:
        status = Status.AT_RISK
    return MemberFigure(
        member_id=person.id,
        name=person.name,
        value=Decimal(halves) / 2,
        target=Decimal(wanted),
        status=status,
        forecast=None if forecast is None else Decimal(math.floor(forecast * 2)) / 2,
        days_in_office=in_office,
    )
