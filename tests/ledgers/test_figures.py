"""The rules of B12, C6 and the others, against a re-implementation that counts one by one."""

import math
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sihao.ledgers.facts import Fact, Person, Year
from sihao.ledgers.indicators import compute
from sihao.ledgers.models import LedgerKind
from sihao.ledgers.schemas import IndicatorCode, Status

YEAR = 2026
OVER = Year(YEAR, date(2027, 2, 1))
TEAM = [UUID(int=number) for number in range(1, 4)]
TITLES = dict.fromkeys([code.value for code in IndicatorCode], "条目")
DAYS = [date(YEAR - 1, 12, 1) + timedelta(days=number) for number in range(430)]
ALWAYS = ((date(2020, 1, 1), None),)


def person(number=1, terms=ALWAYS):
    return Person(TEAM[number - 1], f"成员{number}", tuple(terms))


def fact(kind, number=1, on=date(YEAR, 3, 2), until=None, members=(), **details):
    return Fact(UUID(int=1000 + number), LedgerKind(kind), "一则", on, until, details, members)


def figure(code, year, people, facts):
    found = {one.criterion: (one, rows) for one, rows in compute(year, people, facts, TITLES)}
    return found[code]


members = st.lists(st.sampled_from(TEAM), min_size=1, max_size=3, unique=True)
ids = st.uuids(version=4)
trips = st.builds(
    lambda ident, on, length, members, portion, purpose: Fact(
        ident,
        LedgerKind.T8,
        "调研",
        on,
        on + timedelta(days=length) if length else None,
        {"portion": portion, "purpose_kind": purpose},
        members,
    ),
    ids,
    st.sampled_from(DAYS),
    st.integers(0, 40),
    members,
    st.sampled_from(["全天", "上午", "下午"]),
    st.sampled_from(["调研", "调研", "会议", "培训"]),
)
papers = st.builds(
    lambda ident, on, members, kind, content: Fact(
        ident, LedgerKind.T7, "文章", on, None, {"type": kind, "content_hash": content}, members
    ),
    ids,
    st.sampled_from(DAYS),
    members,
    st.sampled_from(["调研报告", "理论文章", "其他"]),
    st.sampled_from([None, "a", "b"]),
)
terms = st.lists(st.sampled_from(DAYS), min_size=2, max_size=6, unique=True).map(
    lambda found: [
        (first, last) for first, last in zip(sorted(found)[::2], sorted(found)[1::2], strict=False)
    ]
)
todays = st.dates(date(YEAR, 1, 1), date(YEAR + 1, 1, 31))


def half_days(member, facts, today):
    """Every half day of the year on its own, looked for in every trip."""
    count = 0
    for number in range(365):
        day = date(YEAR, 1, 1) + timedelta(days=number)
        for half in ("上午", "下午"):
            count += day <= today and any(
                member in one.members
                and one.details["purpose_kind"] == "调研"
                and one.happened_on <= day <= (one.ended_on or one.happened_on)
                and one.details["portion"] in {"全天", half}
                for one in facts
            )
    return count


@settings(max_examples=60, deadline=None)
@given(st.lists(trips, max_size=12), todays)
def test_days_are_the_union_of_half_days(facts, today):
    year = Year(YEAR, today)
    people = [person(1), person(2)]

    found, rows = figure("C6", year, people, facts)

    for one in found.members:
        assert one.value * 2 == half_days(one.member_id, facts, today)
        counted = [row.counted for row in rows if row.member_id == one.member_id]
        assert sum(counted, Decimal(0)) == one.value
    assert found.part == sum(one.value >= 60 for one in found.members)


@settings(max_examples=60, deadline=None)
@given(st.lists(trips, max_size=12), st.randoms())
def test_the_order_of_the_rows_changes_no_figure(facts, dice):
    shuffled = list(facts)
    dice.shuffle(shuffled)

    assert figure("C6", OVER, [person()], facts) == figure("C6", OVER, [person()], shuffled)


@settings(max_examples=60, deadline=None)
@given(st.lists(papers, max_size=8), todays)
def test_papers_are_distinct_contents_of_each_author(facts, today):
    found, rows = figure("B12", Year(YEAR, today), [person(1), person(2)], facts)

    for one in found.members:
        theirs = {
            paper.details["content_hash"] or paper.id
            for paper in facts
            if one.member_id in paper.members
            and paper.details["type"] != "其他"
            and paper.happened_on.year == YEAR
            and paper.happened_on <= today
        }
        assert one.value == len(theirs)
        assert one.status == "met" or not theirs
        assert sum(row.counted for row in rows if row.member_id == one.member_id) == len(theirs)


@settings(max_examples=100, deadline=None)
@given(terms, st.lists(trips, max_size=6), todays)
def test_part_of_a_year_asks_for_a_part_of_sixty_days(held, facts, today):
    found, _ = figure("C6", Year(YEAR, today), [person(1, held)], facts)

    year_days = [date(YEAR, 1, 1) + timedelta(days=number) for number in range(365)]
    office = [day for day in year_days if any(first <= day <= last for first, last in held)]
    if not office:
        assert found.members == []
        assert found.status == "not_applicable"
        return
    [one] = found.members
    passed = len([day for day in office if day <= today])
    assert one.days_in_office == len(office)
    assert one.target == math.ceil(Fraction(60 * len(office), 365))
    if passed:
        pace = Fraction(one.value) * len(office) / passed
        assert one.forecast == Decimal(math.floor(pace * 2)) / 2
        late = pace < one.target
    else:
        assert one.forecast is None
        late = False
    if one.value >= one.target:
        assert one.status == "met"
    elif today > max(office):
        assert one.status == "missed"
    else:
        assert one.status == ("at_risk" if late else "on_track")
    assert found.missing == (one.status in {"at_risk", "missed"})


def test_the_forecast_says_who_will_miss_in_words():
    half_way = Year(YEAR, date(YEAR, 7, 1))
    busy = fact("T8", 1, date(YEAR, 3, 1), date(YEAR, 4, 9), [TEAM[0]])
    idle = fact("T8", 2, date(YEAR, 3, 1), date(YEAR, 3, 5), [TEAM[1]])

    found, _ = figure("C6", half_way, [person(1), person(2)], [busy, idle])

    assert [one.status for one in found.members] == [Status.ON_TRACK, Status.AT_RISK]
    assert [one.forecast for one in found.members] == [80, 10]
    assert found.status is Status.AT_RISK
    assert found.forecast == "按目前进度，到 12 月 31 日 2 名成员中有 1 名达不到 60 天"
    assert figure("C6", OVER, [person()], [busy])[0].forecast is None


def test_only_the_newest_rules_in_force_count():
    old = fact("T14", 1, date(2023, 5, 1), meeting="党组会议", elements={})
    new = fact("T14", 2, date(2025, 5, 1), meeting="党组会议", elements={"scope": True})
    ended = fact("T14", 3, date(2024, 1, 1), date(2026, 6, 30), meeting="班子会", elements={})
    other = fact("T14", 4, date(2026, 1, 1), meeting=None, elements={})
    facts = [new, old, ended, other]
    summer, autumn = Year(YEAR, date(2026, 6, 30)), Year(YEAR, date(2026, 7, 1))

    assert figure("A13", summer, [], facts)[0].value == 2
    found, rows = figure("A13", autumn, [], facts)
    assert found.value == 1
    assert found.status is Status.AT_RISK
    assert [(check.label, check.met) for check in found.checks] == [
        ("党组会议", True),
        ("办公会议", False),
        ("班子会", False),
    ]
    assert [row.entry_id for row in rows] == [new.id]
    assert figure("A13", OVER, [], [other])[0].value == 0
    assert figure("A13", OVER, [], [other])[0].status is Status.MISSED


def test_an_element_is_settled_when_all_rules_settle_it():
    five = dict.fromkeys(("scope", "matters", "switching", "rules", "procedure"), True)
    facts = [
        fact("T14", 1, meeting="党组会议", elements=five),
        fact("T14", 2, meeting="办公会议", elements={**five, "switching": False}),
    ]

    found, rows = figure("A14", OVER, [], facts)

    assert (found.value, found.target, found.status) == (4, 5, Status.MISSED)
    assert {check.label: check.note for check in found.checks if not check.met} == {
        "切换条件": "办公会议制度未写明"
    }
    assert {row.counted: row.reason for row in rows} == {5: "", 4: "缺 1 项要素"}


@pytest.mark.parametrize(
    ("decided", "undecided", "value", "status"),
    [
        (0, 0, None, Status.NOT_APPLICABLE),
        (3, 0, Decimal(100), Status.MET),
        (2, 1, Decimal("66.66"), Status.MISSED),
        (19_999, 1, Decimal("99.99"), Status.MISSED),
        (0, 2, Decimal(0), Status.MISSED),
    ],
)
def test_collective_decisions_are_counted_among_the_major_matters(
    decided, undecided, value, status
):
    facts = [
        fact("T6", number, category="重大决策", decided_by_meeting=number >= undecided)
        for number in range(decided + undecided)
    ]
    facts.append(fact("T6", 99_999, category="一般议题", decided_by_meeting=False))

    found, rows = figure("A15", OVER, [], facts)

    assert (found.value, found.status) == (value, status)
    assert (found.part, found.whole) == (decided, decided + undecided)
    assert len([row for row in rows if row.reason]) == undecided


def test_training_covers_those_trained_of_those_expected():
    facts = [
        fact("T15", 1, expected=40, trained=40),
        fact("T15", 2, expected=60, trained=59),
        fact("T15", 3, date(YEAR, 12, 1), expected=5, trained=0),
    ]

    found, rows = figure("B8", Year(YEAR, date(YEAR, 11, 1)), [], facts)

    assert (found.value, found.status) == (99, Status.AT_RISK)
    assert found.summary == "100 人次应训，99 人次参训"
    assert [row.reason for row in rows] == ["", "应训 60 人，缺 1 人"]


def test_misjudgements_are_those_an_authority_has_found():
    other = fact("T20", 1, category="作风和腐败问题")

    assert figure("A16", OVER, [], [other])[0].status is Status.MET
    found, rows = figure("A16", OVER, [], [other, fact("T20", 2, category="重大决策失误")])
    assert (found.value, found.status, len(rows)) == (1, Status.MISSED, 1)
