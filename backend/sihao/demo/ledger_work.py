"""Ledgers of work and conduct: T4, T10, T11, T13, T17, T18, T19, T20."""

from collections.abc import Iterator
from datetime import timedelta

from sihao.demo.city import Unit
from sihao.demo.entries import Desk, LedgerEntry, workday
from sihao.demo.people import in_office
from sihao.demo.profiles import profile_of


def inspection_feedback(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T4: an issue of the municipal inspection, what is done, by when."""
    desk = Desk(unit, year, "T4")
    rng = desk.rng
    for place, issue in enumerate(desk.wording):
        day = workday(rng, year, 2)
        yield LedgerEntry(
            kind="T4",
            title=desk.say(issue, place),
            happened_on=day,
            criteria=("A4", "D10"),
            details={
                "feedback_number": place + 1,
                "measure": desk.say("修订{rule}，由分管负责同志牵头逐项整改销号", place),
                "due_on": (day + timedelta(days=150)).isoformat(),
                "finished": place < len(desk.wording) - (profile_of(unit, year).tier != "strong"),
            },
        )


def deeds(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T10: a deed promised to the people, when due and done, how content they are (per cent)."""
    desk = Desk(unit, year, "T10")
    rng = desk.rng
    slow = profile_of(unit, year).tier in {"weak", "poor"}
    for place in range(10):
        day = workday(rng, year, place + 1)
        due_on = day + timedelta(days=60)
        late = slow and place % 3 == 0
        yield LedgerEntry(
            kind="T10",
            title=desk.say("{deed}（{site}）", place),
            happened_on=day,
            criteria=("C9", "C10") if place % 2 else ("C1", "C9"),
            details={
                "source": rng.choice(("走访收集", "群众来信", "座谈会", "热线转办")),
                "due_on": due_on.isoformat(),
                "done_on": (due_on + timedelta(days=25 if late else -5)).isoformat(),
                "satisfied_percent": rng.randint(78, 88) if slow else rng.randint(90, 99),
            },
        )


def support(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T11: help for a village: households, days stationed there, funds in yuan."""
    desk = Desk(unit, year, "T11")
    rng = desk.rng
    village = rng.choice(desk.wording["villages"])
    for month in range(1, 13):
        work = rng.choice(desk.wording["works"])
        yield LedgerEntry(
            kind="T11",
            title=f"{village}{work}",
            happened_on=workday(rng, year, month),
            criteria=(("C2", "C3", "C4")[month % 3],),
            details={
                "village": village,
                "households": rng.randint(3, 18),
                "stationed_days": rng.randint(16, 22),
                "funds_yuan": str(rng.randint(0, 30) * 10_000),
            },
        )


def clean_government(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T13: totals of a quarter, never a case: the four forms, hearings, risk points."""
    desk = Desk(unit, year, "T13")
    rng = desk.rng
    for quarter in range(1, 5):
        risks = rng.randint(18, 40)
        yield LedgerEntry(
            kind="T13",
            title=f"{year}年第{quarter}季度党风廉政建设汇总",
            happened_on=workday(rng, year, quarter * 3),
            criteria=("D1", "D7", "D8", "D9"),
            details={
                "quarter": quarter,
                "first_form": rng.randint(2, 12),
                "second_form": rng.randint(0, 2),
                "third_form": 0,
                "fourth_form": 0,
                "deployments": len(in_office(unit, year)),
                "hearings": rng.randint(3, 7),
                "risk_points": risks,
                "controls_in_place": risks - rng.randint(0, 4),
            },
        )


def assignments(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T17: a task set from above, when due, when done (empty while open)."""
    desk = Desk(unit, year, "T17")
    rng = desk.rng
    open_tasks = {"strong": 0, "middling": 1, "weak": 2, "poor": 3}[profile_of(unit, year).tier]
    criteria = (("A1", "A3"), ("B10",), ("A5", "B2"), ("A5",))
    for place in range(12):
        day = workday(rng, year, place // 2 + 1)
        due_on = day + timedelta(days=120)
        yield LedgerEntry(
            kind="T17",
            title=desk.say(desk.wording["tasks"][place % 4], place),
            happened_on=day,
            criteria=criteria[place % 4],
            details={
                "source": rng.choice(desk.wording["sources"]),
                "due_on": due_on.isoformat(),
                "done_on": None
                if place < open_tasks
                else (due_on - timedelta(days=rng.randint(1, 20))).isoformat(),
                "progress": desk.say("围绕{duty}细化分工，按月调度", place),
            },
        )


def petitions(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T18: letters and visits of a month: received, closed, closed in time, cases led."""
    desk = Desk(unit, year, "T18")
    rng = desk.rng
    for month in range(1, 13):
        received = rng.randint(4, 30)
        topic = desk.say(rng.choice(desk.wording["topics"]), month)
        closed = received - rng.randint(0, 2)
        yield LedgerEntry(
            kind="T18",
            title=f"{month}月信访事项：{topic}",
            happened_on=workday(rng, year, month),
            criteria=("C11", "D12"),
            details={
                "topic": topic,
                "received": received,
                "closed": closed,
                "closed_in_time": closed - rng.randint(0, 1),
                "led_by_members": rng.randint(0, 2),
            },
        )


def conduct(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T19: a check of conduct: problems found and put right."""
    desk = Desk(unit, year, "T19")
    rng = desk.rng
    for place, month in enumerate((2, 4, 6, 7, 9, 11)):
        form, title = desk.wording[place % len(desk.wording)]
        found = rng.randint(0, 6)
        yield LedgerEntry(
            kind="T19",
            title=desk.say(title, place),
            happened_on=workday(rng, year, month),
            criteria=("D3",) if form == "三公经费" else ("C5", "D2", "D4"),
            details={"form": form, "problems_found": found, "problems_fixed": max(0, found - 1)},
        )


def negative_facts(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T20: written by the department that owns the fact, never by the unit."""
    if not profile_of(unit, year).audited:
        return
    desk = Desk(unit, year, "T20")
    yield LedgerEntry(
        kind="T20",
        title=desk.say(desk.wording["text"]),
        happened_on=workday(desk.rng, year, 9),
        criteria=("A16",),
        details={"authority": desk.wording["authority"], "document": f"市审报〔{year}〕27号"},
        owner=desk.wording["authority"],
    )
