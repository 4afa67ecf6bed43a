"""The city itself: departments, people, accounts, and how well each team does."""

from collections import Counter
from datetime import date
from decimal import Decimal

from sihao.demo.city import units
from sihao.demo.followups import is_interview_due
from sihao.demo.judgements import deductions_for, findings_for, objections_for, total_for
from sihao.demo.people import (
    city_accounts,
    in_office,
    inspection_groups,
    team,
    unit_accounts,
)
from sihao.demo.profiles import FINISHED_YEAR, RUNNING_YEAR, profile_of, running_stage

YEARS = (2024, FINISHED_YEAR, RUNNING_YEAR)
POINTS = {
    "A": Decimal(25) / 16,
    "B": Decimal(25) / 12,
    "C": Decimal(25) / 11,
    "D": Decimal(25) / 13,
}


def test_there_are_96_departments_numbered_in_order_with_names_of_their_own():
    assert [unit.number for unit in units()] == list(range(1, 97))
    for names in (
        {unit.name for unit in units()},
        {unit.short_name for unit in units()},
        {unit.code for unit in units()},
    ):
        assert len(names) == 96
    assert all(len(unit.duties) == 3 for unit in units())
    assert [unit.name for unit in units()[:3]] == ["市委办公室", "市纪委监委机关", "市委组织部"]


def test_every_class_has_enough_units_to_be_compared_within():
    assert min(Counter(unit.unit_class for unit in units()).values()) >= 4


def test_a_team_has_seven_members_in_rank_order_led_by_the_head():
    for unit in units():
        members = team(unit)
        assert [member.rank for member in members] == [1, 2, 3, 4, 5, 6, 7]
        assert members[0].duty.endswith(unit.head)
        assert len({member.duty for member in members}) == 7


def test_nobody_in_the_city_shares_a_name_and_some_names_are_hard_to_print():
    names = [account.display_name for unit in units() for account in unit_accounts(unit)]
    names += [account.display_name for account in city_accounts()]
    assert len(names) == len(set(names)) == 96 * 10 + 18
    assert any(ord(sign) > 0xFFFF for name in names for sign in name)


def test_some_members_serve_only_part_of_a_year():
    days = 365
    part = [
        member.days_in(RUNNING_YEAR)
        for unit in units()
        for member in in_office(unit, RUNNING_YEAR)
        if member.days_in(RUNNING_YEAR) < days
    ]
    assert 5 <= len(part) <= 20
    assert all(0 < one < days for one in part)


def test_days_in_office_count_both_ends():
    leaver = team(units()[8])[5]
    assert leaver.ends_on == date(2026, 9, 30)
    assert leaver.days_in(2026) == 273
    assert leaver.days_in(2027) == 0


def test_a_unit_has_ten_accounts_among_them_the_four_that_the_demo_promises():
    for unit in units():
        accounts = {account.name: account for account in unit_accounts(unit)}
        assert len(accounts) == 10
        assert accounts[f"{unit.account}.lead"].role == "unit.lead"
        assert accounts[f"{unit.account}.deputy"].member_rank == 2
        assert accounts[f"{unit.account}.office"].role == "unit.office"
        assert accounts[f"{unit.account}.member"].role == "unit.member"


def test_each_unit_is_inspected_once_and_by_nobody_who_comes_from_it():
    homes = {account.name: account.home_unit_number for account in city_accounts()}
    groups = inspection_groups()
    shared = sorted(number for group in groups for number in group.unit_numbers)
    assert shared == list(range(1, 97))
    for group in groups:
        assert len(group.inspectors) == 2
        assert not {homes[name] for name in group.inspectors} & set(group.unit_numbers)


def test_totals_differ_as_a_real_city_would_and_some_units_tie():
    for year in YEARS:
        totals = [total_for(unit, year) for unit in units()]
        assert Decimal(73) <= min(totals) < Decimal(80)
        assert Decimal(95) <= max(totals) <= Decimal(96)
        assert max(Counter(totals).values()) >= 2


def test_deductions_never_exceed_the_points_of_their_criterion():
    for year in YEARS:
        for unit in units():
            lost: Counter[str] = Counter()
            for one in deductions_for(unit, year):
                lost[one.criterion] += one.amount  # type: ignore[assignment]  # of Decimals
            assert all(amount <= POINTS[code[0]] for code, amount in lost.items())


def test_the_deductions_add_up_to_the_profile_or_a_quarter_more():
    for year in YEARS:
        for unit in units():
            loss = Decimal(100) - total_for(unit, year)
            assert loss - profile_of(unit, year).target_loss in (Decimal(0), Decimal("0.25"))


def test_every_deduction_names_evidence_or_its_absence_but_not_both():
    for unit in units():
        for one in deductions_for(unit, FINISHED_YEAR):
            assert bool(one.evidence) != bool(one.absence)


def test_findings_cover_the_deductions_exactly():
    for unit in units():
        findings = findings_for(unit, FINISHED_YEAR)
        lost = sum(one.amount for one in findings)
        assert lost == Decimal(100) - total_for(unit, FINISHED_YEAR)
        assert [one.amount for one in findings] == sorted(
            (one.amount for one in findings), reverse=True
        )


def test_the_four_poor_units_alone_are_due_for_an_interview():
    due = [unit.short_name for unit in units() if is_interview_due(unit, FINISHED_YEAR)]
    assert due == ["市交通运输局", "市水务局", "市商务局", "市园林中心"]


def test_objections_are_against_deductions_that_stand():
    objections = [(unit, one) for unit in units() for one in objections_for(unit, FINISHED_YEAR)]
    assert len(objections) > 20
    assert {one.decision for _, one in objections} == {"upheld", "partly_upheld", "dismissed"}
    assert all(one.deduction in deductions_for(unit, FINISHED_YEAR) for unit, one in objections)
    poor = [one for unit, one in objections if profile_of(unit, FINISHED_YEAR).tier == "poor"]
    assert {one.decision for one in poor} == {"dismissed"}


def test_the_running_year_stands_at_mixed_stages_that_can_follow_each_other():
    stages = [running_stage(unit) for unit in units()]
    assert {one.plan for one in stages} >= {"draft", "team_review", "returned", "filed", "in_force"}
    assert {one.self_report for one in stages} >= {"draft", "submitted", "accepted", "returned"}
    assert {one.inspection for one in stages} >= {"planned", "in_progress", "scored", "feedback"}
    for one in stages:
        assert one.plan == "in_force" or one.self_report is None
        assert one.inspection == "planned" or one.self_report == "accepted"
