"""Ledgers of what the team decides and learns together: T3, T5, T6, T12, T14, T15, T16."""

from collections.abc import Iterator

from sihao.demo.city import Unit
from sihao.demo.entries import Desk, LedgerEntry, workday
from sihao.demo.people import in_office, team
from sihao.demo.profiles import profile_of

ELEMENTS = ("scope", "matters", "switching", "rules", "procedure")
"""A14: 分工界面, 研究事项, 切换条件, 议事规则, 决策程序."""
_GENERAL = "一般议题"


def democratic_life(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T3: theme, attendance, problems found and closed, critical remarks."""
    desk = Desk(unit, year, "T3")
    rng = desk.rng
    occasions = zip(desk.wording["titles"], desk.wording["themes"], (1, 9), strict=True)
    for place, (title, theme, month) in enumerate(occasions):
        size = len(in_office(unit, year))
        found = rng.randint(8, 16)
        yield LedgerEntry(
            kind="T3",
            title=desk.say(title, place),
            happened_on=workday(rng, year, month),
            criteria=("A7", "B5"),
            details={
                "theme": theme,
                "attended": size,
                "expected": size,
                "problems_found": found,
                "problems_closed": found - rng.randint(0, 3),
                "criticisms": rng.randint(size * 3, size * 6),
            },
        )


def group_study(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T5: topic, attendance and who spoke; once a month."""
    desk = Desk(unit, year, "T5")
    rng = desk.rng
    criteria = ("A1", "B4", "B1", "D5", "B3", "B2", "D5", "B7", "A1", "B1", "B7", "B1")
    for month, (topic, code) in enumerate(zip(desk.wording["topics"], criteria, strict=True), 1):
        day = workday(rng, year, month)
        present = [one.rank for one in team(unit) if one.serves_on(day)]
        absent = rng.choice((0, 0, 0, 1))
        yield LedgerEntry(
            kind="T5",
            title=f"理论学习中心组{year}年第{month}次集体学习",
            happened_on=day,
            criteria=tuple(dict.fromkeys((code, "B7"))),
            details={
                "topic": desk.say(topic, month),
                "form": rng.choice(("集中研讨", "专题辅导", "领学交流")),
                "attended": len(present) - absent,
                "expected": len(present),
                "speakers": sorted(rng.sample(present, 3)),
            },
        )


def decisions(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T6: matter, class, whether a meeting decided it. The first months hold those passed over."""
    desk = Desk(unit, year, "T6")
    rng = desk.rng
    classes = [name for name in desk.wording if name != _GENERAL]
    undecided = profile_of(unit, year).matters_undecided
    for place in range(30):
        month = place * 12 // 30 + 1
        category = _GENERAL if place % 5 == 4 else classes[place % len(classes)]
        major = category != _GENERAL
        by_meeting = not (major and place < undecided)
        matter = desk.say(rng.choice(desk.wording[category]), place)
        meeting = desk.say("{body}会议" if major else "{council}", place)
        yield LedgerEntry(
            kind="T6",
            title=matter,
            happened_on=workday(rng, year, month),
            criteria=("A15", "A8") if major else ("A14", "A12"),
            details={
                "matter": matter,
                "category": category,
                "is_major": major,
                "decided_by_meeting": by_meeting,
                "meeting": meeting if by_meeting else None,
                "lead_spoke_last": by_meeting,
            },
        )


def ideology(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T12: study, analysis and survey of the places where opinion is formed."""
    desk = Desk(unit, year, "T12")
    rng = desk.rng
    for place, month in enumerate((3, 4, 6, 9, 10)):
        form, title = desk.wording[place % len(desk.wording)]
        yield LedgerEntry(
            kind="T12",
            title=desk.say(title, place),
            happened_on=workday(rng, year, month),
            criteria=("A11", "A6") if form == "分析研判" else ("A11",),
            details={"form": form, "places": rng.randint(5, 18), "risks_found": rng.randint(0, 3)},
        )


def rules(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T14: the three rules of procedure with their five elements (A13, A14), and other rules."""
    desk = Desk(unit, year, "T14")
    rng = desk.rng
    missing = ELEMENTS[len(ELEMENTS) - profile_of(unit, year).elements_missing :]
    meetings = (("党组会议", "{body}会议"), ("办公会议", "{council}"), ("班子会", "领导班子会"))
    for place, (kind, name) in enumerate(meetings):
        lacking = missing if kind == "办公会议" else ()
        yield LedgerEntry(
            kind="T14",
            title=desk.say(f"{name}议事规则（{{year}}年修订）"),
            happened_on=workday(rng, year, 2),
            criteria=("A13", "A14"),
            details={
                "number": f"{unit.short_name}〔{year}〕{place + 3}号",
                "meeting": kind,
                "elements": {name: name not in lacking for name in ELEMENTS},
                "legality_reviewed": True,
            },
        )
    for place, title in enumerate(desk.wording["own"]):
        yield LedgerEntry(
            kind="T14",
            title=desk.say(title, place),
            happened_on=workday(rng, year, 4 + 2 * place),
            criteria=("D10",),
            details={
                "number": f"{unit.short_name}〔{year}〕{place + 11}号",
                "meeting": None,
                "elements": {},
                "legality_reviewed": place > 0 or profile_of(unit, year).tier != "poor",
            },
        )


def training(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T15: people trained of those expected (B8). The untrained are missing in one course."""
    desk = Desk(unit, year, "T15")
    rng = desk.rng
    for place, course in enumerate(desk.wording["courses"]):
        expected = rng.randint(40, 120)
        absent = profile_of(unit, year).people_untrained if place == 0 else 0
        bodies = rng.randint(2, 9)
        title = desk.say(course, place)
        yield LedgerEntry(
            kind="T15",
            title=title,
            happened_on=workday(rng, year, 3 + place),
            criteria=("B8", "B3") if "法治" in course else ("B8", "B9"),
            details={
                "course": title,
                "expected": expected,
                "trained": expected - absent,
                "bodies_expected": bodies,
                "bodies_covered": bodies,
                "hours": rng.choice((8, 12, 16, 24)),
            },
        )


def organisation_life(unit: Unit, year: int) -> Iterator[LedgerEntry]:
    """T16: branch meetings and who of the team took part as an ordinary Party member."""
    desk = Desk(unit, year, "T16")
    rng = desk.rng
    for place in range(24):
        form, topic = desk.wording[place % len(desk.wording)]
        day = workday(rng, year, place // 2 + 1)
        present = [one.rank for one in team(unit) if one.serves_on(day)]
        yield LedgerEntry(
            kind="T16",
            title=desk.say(topic, place),
            happened_on=day,
            criteria=("B6",) if form == "主题党日" else ("A9", "A10"),
            members=tuple(sorted(rng.sample(present, rng.randint(2, len(present))))),
            details={"form": form, "topic": desk.say(topic, place), "attended": rng.randint(9, 26)},
        )
