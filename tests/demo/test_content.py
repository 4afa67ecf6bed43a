"""What the city's texts, ledgers and files say: complete, proper, and the same every time."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from hashlib import sha256
from itertools import chain
from pathlib import Path

import pytest
from python_calamine import load_workbook

from sihao.demo.city import Unit, units
from sihao.demo.evidence import evidence_for
from sihao.demo.followups import (
    complaints_for,
    interview_for,
    is_interview_due,
    rectifications_for,
    referral_for,
)
from sihao.demo.judgements import deductions_for, findings_for, objections_for
from sihao.demo.ledger_members import days_below, expected_days, papers, short_of_days
from sihao.demo.ledgers import ledger_entries_for
from sihao.demo.people import in_office, team, unit_accounts
from sihao.demo.plans import meetings_for, plan_for
from sihao.demo.profiles import FINISHED_YEAR, RUNNING_YEAR, profile_of
from sihao.demo.reports import self_report_for
from sihao.demo.texts import criteria

TODAY = date(2026, 11, 24)
YEAR_END = date(FINISHED_YEAR, 12, 31)
CODES = [
    f"{letter}{number}"
    for letter, size in (("A", 16), ("B", 12), ("C", 11), ("D", 13))
    for number in range(1, size + 1)
]
FORBIDDEN = re.compile(r"打卡|积分|在线时长|排行榜|绝密|机密|秘密|★|测试|\{|\}|｜")
ID_CARD = re.compile(r"\d{17}[\dXx]|(?<!\d)1[3-9]\d{9}(?!\d)")


def everything_said(unit: Unit, year: int) -> list[object]:
    """All content of one unit's year."""
    said: list[object] = [unit, team(unit), unit_accounts(unit)]
    said += [plan_for(unit, year, TODAY), meetings_for(unit, year, TODAY)]
    said += [ledger_entries_for(unit, year, TODAY), evidence_for(unit, year)]
    said += [one.lines for one in evidence_for(unit, year)]
    said += [self_report_for(unit, year), deductions_for(unit, year), findings_for(unit, year)]
    said += [objections_for(unit, year), rectifications_for(unit, year)]
    said += [interview_for(unit, year), referral_for(unit, year)]
    return said


def texts_in(thing: object) -> Iterator[str]:
    """Every text in a nest of dataclasses, mappings and sequences, keys and hashes left out."""
    if isinstance(thing, str):
        yield thing
    elif is_dataclass(thing) and not isinstance(thing, type):
        values = (getattr(thing, one.name) for one in fields(thing))
        yield from chain.from_iterable(map(texts_in, values))
    elif isinstance(thing, dict):
        values = (value for key, value in thing.items() if key != "content_hash")
        yield from chain.from_iterable(map(texts_in, values))
    elif isinstance(thing, (list, tuple)):
        yield from chain.from_iterable(map(texts_in, thing))


def test_every_criterion_of_the_standard_has_its_texts():
    assert list(criteria()) == CODES
    for texts in criteria().values():
        assert len(texts.problems) >= 2
        assert len(texts.measures) >= 2
        assert len(texts.evidence) >= 2
        assert len(texts.deductions) == 2
        assert {one.kind for one in texts.problems} <= {
            "思想实际",
            "工作实际",
            "突出问题",
            "薄弱环节",
        }


def test_clauses_are_a_catalogue_that_holds_for_every_unit():
    for texts in criteria().values():
        assert not any("{" in one.clause for one in texts.deductions)
    for one in deductions_for(units()[33], FINISHED_YEAR):
        entry = criteria()[one.criterion].deductions[one.clause_number - 1]
        assert (entry.clause, entry.points) == (one.clause, one.points)


def test_evidence_named_by_a_deduction_is_evidence_of_that_criterion():
    for texts in criteria().values():
        titles = {name.rpartition(".")[0] for name in texts.evidence}
        for one in texts.deductions:
            assert one.evidence is None or one.evidence in titles


@pytest.mark.parametrize("year", [FINISHED_YEAR, RUNNING_YEAR])
def test_no_text_has_a_forbidden_word_an_open_gap_or_a_persons_number(year):
    for unit in units():
        for text in texts_in(everything_said(unit, year)):
            assert not FORBIDDEN.search(text), text
            assert not ID_CARD.search(text), text
    for text in texts_in([one for _, one in complaints_for(year)]):
        assert not FORBIDDEN.search(text), text


def test_the_content_is_the_same_in_another_process_with_another_hash_seed():
    program = (
        "from tests.demo.test_content import *\n"
        "print(sha256(repr(everything_said(units()[33], 2025)).encode()).hexdigest())"
    )
    root = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": f"{root / 'backend'}:{root}", "PYTHONHASHSEED": "7"}
    told = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True, text=True
    )
    here = sha256(repr(everything_said(units()[33], 2025)).encode()).hexdigest()
    assert told.stdout.strip() == here


def test_units_of_different_work_speak_of_different_things():
    water = " ".join(texts_in(plan_for(units()[33], RUNNING_YEAR, TODAY)))
    school = " ".join(texts_in(plan_for(units()[19], RUNNING_YEAR, TODAY)))
    assert "水" in water
    assert "水库" not in school


def test_a_plan_holds_every_problem_against_the_standard_with_owned_and_dated_measures():
    for unit in units():
        plan = plan_for(unit, RUNNING_YEAR, TODAY)
        ranks = {member.rank for member in team(unit)}
        assert 6 <= len(plan.problems) <= 9
        for problem in plan.problems:
            assert problem.criteria
            assert set(problem.criteria) <= set(CODES)
            assert len(problem.measures) >= 2
            for measure in problem.measures:
                assert measure.owner in ranks
                assert measure.output
                assert measure.due_on.year == RUNNING_YEAR
                assert all(note.on <= TODAY for note in measure.progress)
                assert measure.state != "completed" or measure.due_on <= TODAY


def test_last_years_gravest_findings_open_this_years_plan():
    for unit in units():
        grave = findings_for(unit, FINISHED_YEAR)[:2]
        carried = plan_for(unit, RUNNING_YEAR, TODAY).problems[: len(grave)]
        assert [one.criteria[0] for one in carried] == [one.criterion for one in grave]
        assert all(one.source == "上年检查意见" for one in carried)


def test_at_the_years_end_a_problem_is_closed_or_carried_over():
    problems = [one for unit in units() for one in plan_for(unit, FINISHED_YEAR, YEAR_END).problems]
    assert {one.state for one in problems} == {"closed", "carried_over"}


def test_all_ledgers_that_a_unit_writes_have_rows_of_one_shape():
    shapes: dict[str, set[tuple[str, ...]]] = {}
    for unit in units():
        for entry in ledger_entries_for(unit, FINISHED_YEAR, YEAR_END):
            shapes.setdefault(entry.kind, set()).add(tuple(entry.details))
            assert entry.happened_on.year == FINISHED_YEAR
            assert entry.criteria
            assert set(entry.criteria) <= set(CODES)
    assert set(shapes) == {f"T{number}" for number in range(3, 21)}
    assert len(shapes.pop("T9")) == 2  # a contact point and a talk
    assert all(len(shape) == 1 for shape in shapes.values())


def test_a_running_ledger_knows_nothing_of_tomorrow():
    for unit in units()[::7]:
        for entry in ledger_entries_for(unit, RUNNING_YEAR, TODAY):
            assert (entry.ended_on or entry.happened_on) <= TODAY
            assert (entry.details.get("done_on") or "") <= TODAY.isoformat()


def counted_days(unit: Unit) -> dict[int, float]:
    """C6 per rank: the union of dates, half days as halves, other purposes left out."""
    days: dict[tuple[int, int], float] = {}
    for entry in days_below(unit, FINISHED_YEAR):
        if entry.details["purpose_kind"] == "调研":
            worth = 0.5 if entry.details["half_days"] == 1 else 1
            for day in range(entry.happened_on.toordinal(), entry.ended_on.toordinal() + 1):
                key = (entry.members[0], day)
                days[key] = max(days.get(key, 0), worth)
    counted: dict[int, float] = {}
    for (rank, _), worth in days.items():
        counted[rank] = counted.get(rank, 0) + worth
    return counted


def test_exactly_the_members_the_inspectors_name_miss_their_days():
    for unit in units():
        counted = counted_days(unit)
        short = {
            member.rank
            for member in in_office(unit, FINISHED_YEAR)
            if counted[member.rank] < expected_days(member, FINISHED_YEAR)
        }
        assert short == short_of_days(unit, FINISHED_YEAR)
        assert len(short) == profile_of(unit, FINISHED_YEAR).members_short_of_days


def test_exactly_so_many_members_wrote_nothing_as_the_inspectors_say():
    for unit in units():
        writers = {rank for entry in papers(unit, FINISHED_YEAR) for rank in entry.members}
        silent = len(in_office(unit, FINISHED_YEAR)) - len(writers)
        assert silent == profile_of(unit, FINISHED_YEAR).members_without_paper


def test_matters_elements_and_training_tell_the_same_as_the_deductions():
    for unit in units():
        profile = profile_of(unit, FINISHED_YEAR)
        rows = ledger_entries_for(unit, FINISHED_YEAR, YEAR_END)
        undecided = [
            row for row in rows if row.details.get("is_major") and not row.details["meeting"]
        ]
        untrained = sum(
            row.details["expected"] - row.details["trained"] for row in rows if row.kind == "T15"
        )
        lacking = sum(
            list(row.details["elements"].values()).count(False) for row in rows if row.kind == "T14"
        )
        assert len(undecided) == profile.matters_undecided
        assert untrained == profile.people_untrained
        assert lacking == profile.elements_missing


def test_only_the_owner_of_the_fact_writes_the_negative_list():
    owners = {
        row.owner
        for unit in units()
        for row in ledger_entries_for(unit, FINISHED_YEAR, YEAR_END)
        if row.kind == "T20"
    }
    assert owners == {"市审计局"}


def test_a_strong_teams_report_leaves_out_no_criterion():
    report = self_report_for(units()[19], RUNNING_YEAR)
    told = [one.criterion for part in report.sections.values() for one in part]
    assert told == CODES


def test_the_figures_of_a_report_are_those_of_the_ledgers():
    unit = units()[19]
    rows = ledger_entries_for(unit, RUNNING_YEAR, date(RUNNING_YEAR, 11, 20))
    talks = sum(row.details["count"] for row in rows if row.details.get("form") == "谈心谈话")
    told = {one.criterion: one.text for one in self_report_for(unit, RUNNING_YEAR).sections["C"]}
    assert f"开展谈心谈话{talks}次" in told["C8"]
    assert f"调研{sum(row.kind == 'T8' for row in rows)}批次" in told["C6"]


def test_an_interview_names_its_grounds_and_the_figure():
    unit = next(unit for unit in units() if is_interview_due(unit, FINISHED_YEAR))
    case = interview_for(unit, FINISHED_YEAR)
    assert "76.25分" in case.reason
    assert len(case.grounds) == 5


def test_files_are_what_their_names_say_and_hold_chinese_text():
    items = evidence_for(units()[19], FINISHED_YEAR)
    samples = {item.file_name.rpartition(".")[2]: item for item in items}
    heads = {"pdf": b"%PDF-1.5", "png": b"\x89PNG\r\n\x1a\n", "xlsx": b"PK", "txt": "联".encode()}
    assert set(samples) == set(heads)
    for ending, item in samples.items():
        assert item.content().startswith(heads[ending])
        assert item.content() == item.content()
    title = samples["pdf"].title[:34].encode("utf-16-be").hex().upper().encode()
    assert title in samples["pdf"].content()


def test_a_workbook_opens_and_lists_its_lines(tmp_path):
    item = next(
        one for one in evidence_for(units()[19], FINISHED_YEAR) if one.file_name.endswith("xlsx")
    )
    path = tmp_path / "evidence.xlsx"
    path.write_bytes(item.content())
    rows = load_workbook(path).get_sheet_by_name("台账").to_python()
    assert rows[0][0] == item.title
    assert [row[1] for row in rows[2:]] == list(item.lines)
