from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sihao.core.context import CHINA
from sihao.inspections.allocation import Team, allocate
from sihao.inspections.passages import passages
from sihao.inspections.scoring import item_score, lost_points
from sihao.inspections.workdays import SHIPPED, end_of_workdays


def ident(n: int) -> UUID:
    return UUID(int=n)


def team(n: int, *members: int, leader: int | None = None, load: int = 0) -> Team:
    people = frozenset(map(ident, members))
    return Team(ident(n), ident(leader or members[0]) if members else None, people, load)


def test_an_item_never_loses_more_than_its_points():
    lost = lost_points(Decimal("2.27"), [Decimal("1.20"), Decimal("1.20")])

    assert lost == Decimal("2.27")
    assert item_score(Decimal("2.27"), lost) == 0


def test_what_an_objection_gave_back_counts_again():
    assert item_score(Decimal("2.00"), Decimal("1.50"), Decimal("0.75")) == Decimal("1.25")


HUNDREDTHS = st.integers(0, 10_000).map(lambda n: Decimal(n) / 100)


@given(points=HUNDREDTHS, cuts=st.lists(HUNDREDTHS, max_size=5), back=HUNDREDTHS)
def test_a_score_stays_between_nothing_and_the_points(points, cuts, back):
    lost = lost_points(points, cuts)
    score = item_score(points, lost, min(back, lost))

    assert 0 <= score <= points


@pytest.mark.parametrize(
    ("given_on", "days", "last_day"),
    [
        ("2026-11-24", 7, "2026-12-03"),  # over one weekend
        ("2026-09-30", 3, "2026-10-10"),  # over the National Day and a worked Saturday
        ("2026-11-27", 1, "2026-11-30"),  # a Friday
        ("2026-11-24", 0, "2026-11-24"),
    ],
)
def test_time_for_objections_counts_working_days(given_on, days, last_day):
    start = datetime.fromisoformat(f"{given_on}T09:30:00+08:00")

    end = end_of_workdays(start, days)

    assert end == datetime.fromisoformat(f"{last_day}T23:59:59+08:00")


def test_a_day_begins_in_china():
    late = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)  # already the 25th in China

    assert end_of_workdays(late, 1).astimezone(CHINA).isoformat()[:10] == "2026-11-26"


def test_a_worked_saturday_is_a_working_day():
    assert SHIPPED.is_workday(datetime(2026, 10, 10, tzinfo=CHINA).date())
    assert not SHIPPED.is_workday(datetime(2026, 10, 11, tzinfo=CHINA).date())


def test_units_are_spread_evenly_and_the_same_each_time():
    units = [ident(100 + n) for n in range(10)]
    teams = [team(1, 11, 12), team(2, 21, 22), team(3, 31, 32, load=2)]

    first, again = (allocate(units, teams, {}) for _ in range(2))

    assert first == again
    got = [one.team_id for one in first]
    assert [got.count(ident(n)) for n in (1, 2, 3)] == [4, 4, 2]


def test_a_group_whose_leader_stands_aside_does_not_get_the_unit():
    unit = ident(100)
    teams = [team(1, 11, 12), team(2, 21, 22, load=5)]

    (one,) = allocate([unit], teams, {unit: frozenset([ident(11)])})

    assert one.team_id == ident(2)


def test_a_member_standing_aside_does_not_keep_the_group_away():
    unit = ident(100)

    (one,) = allocate([unit], [team(1, 11, 12)], {unit: frozenset([ident(12)])})

    assert one.team_id == ident(1)


def test_what_cannot_be_assigned_is_named_with_the_reason():
    unit = ident(100)

    (one,) = allocate([unit], [team(1, 11), team(2)], {unit: frozenset([ident(11)])})

    assert one.team_id is None
    assert one.reason == "检查组没有组长；组长须回避"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("常抓不懈。\nA1：建章立制。成效明显。", ["A1：建章立制。成效明显。"]),
        ("决策率为 98%（A1）；参训率为 100%（A13）。", ["决策率为 98%（A1）；"]),
        ("建章立制。（A1）", ["建章立制。（A1）"]),
        ("建章立制。（A1）公开承诺。（A13）", ["建章立制。（A1）"]),
        ("发放 A1 号通知书，见 A13。", ["发放 A1 号通知书，见 A13。"]),
        ("第 A12 号文件，BA1、A1B 都不是条目。", []),
        ("", []),
    ],
)
def test_what_a_report_says_of_an_item_is_what_names_its_code(text, said):
    assert passages(text, "A1", {"A1", "A13"}) == said
