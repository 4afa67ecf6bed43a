"""Ledgers of what each member does: T7 reports (B12), T8 days at the grass roots (C6), T9."""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from itertools import groupby
from random import Random

from sihao.demo.city import Unit
from sihao.demo.entries import Desk, LedgerEntry, workday, workdays
from sihao.demo.people import Member, in_office, team
from sihao.demo.profiles import profile_of
from sihao.demo.words import dice, sheet

DAYS_A_YEAR = 60
_QUARTERS = 4


def _full_year(unit: Unit, year: int) -> list[Member]:
    """Members but the lead who serve the whole year: only they may miss a numeric rule here."""
    days = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    return [one for one in team(unit)[1:] if one.days_in(year) == days]


def short_of_days(unit: Unit, year: int) -> frozenset[int]:
    """Ranks of those who stay under 60 days."""
    wanted = profile_of(unit, year).members_short_of_days
    ranks = [one.rank for one in _full_year(unit, year)]
    return frozenset(dice(unit.number, year, "short").sample(ranks, wanted))


def without_paper(unit: Unit, year: int) -> frozenset[int]:
    """Ranks of those who write nothing."""
    wanted = profile_of(unit, year).members_without_paper
    ranks = [one.rank for one in _full_year(unit, year)]
    return frozenset(dice(unit.number, year, "silent").sample(ranks, wanted))


def _within(rng: Random, member: Member, year: int) -> date:
    """A workday of the member's time in office, before the year's last month where possible."""
    first = max(member.starts_on, date(year, 2, 10))
    last = min(member.ends_on or date.max, date(year, 11, 20))
    return rng.choice(workdays(first, last) or (member.starts_on,))


def papers(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T7: title, type, authors, date and hash. Poor teams hand one paper in twice."""
    desk = Desk(unit, year, "T7")
    rng = desk.rng
    writers = [one for one in in_office(unit, year) if one.rank not in without_paper(unit, year)]
    studies = sheet("fields")[unit.field]["studies"]
    for place, writer in enumerate(writers):
        day = _within(rng, writer, year)
        fellow = writers[place - 1]
        together = rng.random() < 0.2 and fellow.serves_on(day) and fellow is not writer
        authors = tuple(sorted({writer.rank, fellow.rank} if together else {writer.rank}))
        title = f"{studies[place % len(studies)]}——以{desk.say('{site}', place)}为例"
        content = f"{unit.code}/{year}/{title}/{authors}"
        entry = LedgerEntry(
            kind="T7",
            title=title,
            happened_on=day,
            criteria=("B12", "B11"),
            members=authors,
            details={
                "type": rng.choice(("调研报告", "调研报告", "理论文章")),
                "published_in": rng.choice(desk.wording["outlets"]),
                "content_hash": sha256(content.encode()).hexdigest(),
            },
        )
        yield entry
        if place == 0 and profile_of(unit, year).tier == "poor":
            yield LedgerEntry(
                kind="T7",
                title=f"{title}（修改稿）",
                happened_on=day + timedelta(days=3),
                criteria=entry.criteria,
                members=authors,
                details=entry.details,
            )


def expected_days(member: Member, year: int) -> int:
    """The 60 days in proportion to the days in office, rounded up."""
    days = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    return math.ceil(DAYS_A_YEAR * member.days_in(year) / days)


def _trips(rng: Random, free: list[date], wanted: int) -> list[list[date]]:
    """Blocks of one to three consecutive workdays, `wanted` days in all, spread over the weeks."""
    weeks = [list(days) for _, days in groupby(free, lambda day: day.isocalendar()[:2])]
    rng.shuffle(weeks)
    trips: list[list[date]] = []
    left = wanted
    while left:
        days = weeks.pop(0)
        size = min(left, len(days), rng.choice((1, 1, 2, 2, 3)))
        start = rng.randint(0, len(days) - size)
        trips.append(days[start : start + size])
        left -= size
        if rest := [day for day in days if day > trips[-1][-1]]:
            weeks.append(rest)
    return sorted(trips)


def days_below(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T8: dates, place, purpose, half days. Some trips overlap, some purposes do not count."""
    desk = Desk(unit, year, "T8")
    rng = desk.rng
    short = short_of_days(unit, year)
    sites = sheet("fields")[unit.field]["sites"]
    for member in in_office(unit, year):
        first = max(member.starts_on, date(year, 1, 4))
        last = min(member.ends_on or date.max, date(year, 12, 28))
        free = list(workdays(first, last))
        due = expected_days(member, year)
        wanted = rng.randint(44, 57) if member.rank in short else due + rng.randint(1, 8)
        trips = _trips(rng, free, min(wanted, len(free)))
        purposes = desk.wording["purposes"]

        def entry(days: list[date], purpose: str, kind: str, halves: int) -> LedgerEntry:
            return LedgerEntry(
                kind="T8",
                title=purpose,
                happened_on=days[0],
                ended_on=days[-1],
                criteria=("C6", "C5"),
                members=(member.rank,),  # noqa: B023 - called within the same turn
                details={
                    "place": rng.choice(sites),
                    "purpose": purpose,
                    "purpose_kind": kind,
                    "half_days": halves,
                },
            )

        for place, days in enumerate(trips):
            yield entry(days, desk.say(rng.choice(purposes), place), "调研", 2 * len(days))
        used = {day for days in trips for day in days}
        spare = [day for day in free if day not in used]
        if spare and rng.random() < 0.3:  # a half day on top now and then
            yield entry([rng.choice(spare)], desk.say(purposes[5]), "调研", 1)
        for days in rng.sample(trips, min(2, len(trips))):
            yield entry(days[:1], desk.say(purposes[0]), "调研", 1)
        if spare and profile_of(unit, year).tier in {"weak", "poor"}:
            for place, purpose in enumerate(desk.wording["excluded"]):
                kind = ("培训", "考察学习", "会议")[place]
                yield entry([rng.choice(spare)], desk.say(purpose, place), kind, 2)


def contacts_and_talks(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T9: visits to the contact point and talks by category of person; counts only."""
    desk = Desk(unit, year, "T9")
    rng = desk.rng
    sites = sheet("fields")[unit.field]["sites"]
    for member in in_office(unit, year):
        for quarter in range(_QUARTERS):
            day = workday(rng, year, quarter * 3 + rng.randint(1, 3))
            if not member.serves_on(day):
                continue
            point = sites[member.rank % len(sites)]
            yield LedgerEntry(
                kind="T9",
                title=f"到联系点{point}指导工作",
                happened_on=day,
                criteria=("C7",),
                members=(member.rank,),
                details={"form": "联系点", "contact_point": point, "count": rng.randint(1, 3)},
            )
            category = rng.choice(desk.wording["categories"])
            yield LedgerEntry(
                kind="T9",
                title=f"与{category}谈心谈话",
                happened_on=day,
                criteria=("C8",),
                members=(member.rank,),
                details={"form": "谈心谈话", "category": category, "count": rng.randint(2, 6)},
            )
