"""What is counted, what is shown, and that a stranger's recount gives the same."""

import json
import random
import runpy
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sihao.ballots.counting import FEWEST, count, rounded
from sihao.ballots.models import Ballot
from sihao.ballots.record import write_record
from sihao.ballots.schemas import (
    BallotGrade,
    BallotGroup,
    BallotQuestion,
    HandCountFigures,
    LeftOut,
)
from sihao.ballots.seal import Paper
from sihao.core.canonical import digest
from tests.conftest import ROOT
from tests.factories import STAMPS

SCRIPT = ROOT / "docs/recount_ballot.py"
RECOUNT = runpy.run_path(SCRIPT)["recount"]
GRADES = [BallotGrade(label="好", points=Decimal(100)), BallotGrade(label="差", points=Decimal(40))]
QUESTION = BallotQuestion(text="总体评价", grades=[*GRADES, BallotGrade(label="不了解")])


def group(code: str, weight: int = 50) -> BallotGroup:
    return BallotGroup(code=code, name=code, weight=Decimal(weight), codes=10)


def papers(code: str, *answers: int | None) -> list[Paper]:
    return [Paper(code, f"{code}{at}", (one,)) for at, one in enumerate(answers)]


def test_groups_weigh_as_they_should():
    cast = [*papers("a", 0, 0, 0, 0, 0), *papers("b", 1, 1, 1, 1, 1)]
    counted = count([QUESTION], [group("a", 75), group("b", 25)], cast, {}, {})
    assert counted.score == Decimal("85.00")


def test_a_group_without_votes_takes_no_part_and_is_not_zero():
    counted = count([QUESTION], [group("a"), group("b")], papers("a", *[0] * 5), {}, {})
    assert counted.score == Decimal(100)
    assert counted.groups[1].left_out is LeftOut.NONE


def test_unfilled_is_counted_as_such_and_weighs_nothing():
    two = [QUESTION, QUESTION]
    cast = [Paper("a", str(at), (0, None)) for at in range(5)]
    (only,) = count(two, [group("a")], cast, {}, {}).groups
    assert (only.answers[1].unfilled, only.answers[1].score) == (5, None)
    assert only.score == Decimal(100)


def test_a_blank_paper_is_returned_and_not_valid():
    (only,) = count([QUESTION], [group("a")], papers("a", 0, 0, 0, 0, 1, None), {}, {}).groups
    assert (only.returned, only.valid, only.answers[0].unfilled) == (6, 5, 0)


def test_not_knowing_is_an_answer_without_points():
    (only,) = count([QUESTION], [group("a")], papers("a", 2, 2, 2, 2, 2), {}, {}).groups
    assert (only.answers[0].chosen, only.score) == ([0, 0, 5], None)


def test_the_few_do_not_follow_from_the_total():
    """Whatever a small group voted, all that is published is the same."""
    many = papers("a", 0, 1, 0, 1, 0, 2)
    for votes in (FEWEST - 1, 1):
        one = count(
            [QUESTION], [group("a"), group("b")], [*many, *papers("b", *[0] * votes)], {}, {}
        )
        two = count(
            [QUESTION], [group("a"), group("b")], [*many, *papers("b", *[1] * votes)], {}, {}
        )
        assert one == two
        assert one.groups[1].left_out is LeftOut.FEW
        assert (one.returned, one.valid) == (6, 6)


def by_hand(*chosen: int, **numbers: int) -> HandCountFigures:
    numbers = {"issued": 20, "returned": sum(chosen), "valid": sum(chosen), **numbers}
    return HandCountFigures(chosen=[list(chosen)], **numbers)


def test_votes_on_paper_are_added():
    entered = {"a": by_hand(3, 2, 0, returned=7, valid=6)}
    (only,) = count([QUESTION], [group("a")], papers("a", 0, 0, 0, 0, 1), {}, entered).groups
    assert (only.issued, only.returned, only.valid) == (30, 12, 11)
    assert only.answers[0].chosen == [7, 3, 0]
    assert only.answers[0].unfilled == 1


def test_a_few_in_the_urn_stay_sealed_beside_many_on_paper():
    counted = count([QUESTION], [group("a")], [], {"a": True}, {"a": by_hand(5, 0, 0)})
    assert counted.groups[0].kept_sealed
    assert counted.groups[0].returned == 5


@pytest.mark.parametrize(("votes", "score"), [((0, 0, 1), "80.00"), ((0, 1, 1), "60.00")])
def test_scores_are_exact(votes, score):
    (only,) = count([QUESTION], [group("a")], papers("a", *votes * 2), {}, {}).groups
    assert only.score == Decimal(score)


def test_halves_round_up():
    assert rounded(Fraction(1, 200)) == Decimal("0.01")
    assert rounded(Fraction(200, 3)) == Decimal("66.67")


POINTS = st.none() | st.decimals(0, 100, places=2)


@st.composite
def polls(draw):
    """Draw questions, groups, papers and hand counts of any size."""
    questions = [
        BallotQuestion(
            text="?",
            grades=[BallotGrade(label=str(at), points=one) for at, one in enumerate(points)],
        )
        for points in draw(
            st.lists(st.lists(POINTS, min_size=2, max_size=4), min_size=1, max_size=3)
        )
    ]
    groups = [group(code, draw(st.integers(1, 100))) for code in "abc"[: draw(st.integers(1, 3))]]
    shuffled = random.Random(draw(st.integers()))
    cast, entered, unopened = [], {}, {}
    for one in groups:
        size = draw(st.integers(0, 9))
        unopened[one.code] = 0 < size < FEWEST
        for at in range(size if size >= FEWEST else 0):
            chosen = [shuffled.choice([None, *range(len(q.grades))]) for q in questions]
            cast.append(Paper(one.code, f"{one.code}{at}", tuple(chosen)))
        if draw(st.booleans()):
            rows = [[shuffled.randint(0, 4) for _ in q.grades] for q in questions]
            valid = max(map(sum, rows)) + shuffled.randint(0, 2)
            numbers = {"issued": valid + 3, "returned": valid + 1, "valid": valid}
            entered[one.code] = HandCountFigures(**numbers, chosen=rows)
    return questions, groups, cast, unopened, entered


@settings(max_examples=300, deadline=None)
@given(poll=polls())
def test_a_script_that_knows_nothing_of_the_product_counts_the_same(poll):
    assert RECOUNT(json.loads(recorded(*poll))) == count(*poll).model_dump(mode="json")


def recorded(questions, groups, cast, unopened, entered) -> str:
    ballot = Ballot(
        questions=[one.model_dump(mode="json") for one in questions],
        groups=[one.model_dump(mode="json") for one in groups],
        **STAMPS,
    )
    return write_record({"unit": "市财政局", "year": 2026}, ballot, cast, unopened, entered)


def recounted(folder, record: str, published: dict) -> int:
    """Run the script as a stranger does; give what it ends with."""
    (folder / "record.json").write_text(record)
    (folder / "published.json").write_text(json.dumps(published))
    files = [folder / "record.json", folder / "published.json"]
    return subprocess.run(
        [sys.executable, "-I", SCRIPT, *files], check=False, capture_output=True
    ).returncode


def test_a_recount_finds_a_changed_paper_and_a_changed_figure(tmp_path):
    poll = ([QUESTION], [group("a")], papers("a", 0, 0, 0, 0, 1), {}, {})
    result, record = count(*poll).model_dump(mode="json"), recorded(*poll)
    published = {"result": result, "record_hash": digest(record)}

    assert recounted(tmp_path, record, published) == 0
    assert recounted(tmp_path, record.replace('"a0",[0]', '"a0",[1]'), published) == 1
    changed = {**published, "result": {**result, "score": "90.00"}}
    assert recounted(tmp_path, record, changed) == 1
