"""Slips of the hand that ordinary tests must see."""

from tests.architecture.seeded.kinds import Defect, Tree

SWEEP = "tests/isolation/test_sweep.py::test_no_route_shows_another_units_things"
DOINGS = Tree(
    "doings",
    defects=(
        Defect(
            "a unit filter is forgotten",
            "backend/sihao/plans/policy.py",
            "    return or_(_works_on(actor, Plan.unit_id), signed)\n",
            "    return or_(_works_on(actor, Plan.unit_id), col(Plan.id).is_not(None))\n",
            "tells a foreign thing from a missing one",
            f"{SWEEP}[by the policies alone-unit.office]",
        ),
        Defect(
            "the event is forgotten",
            "backend/sihao/core/events.py",
            "    ctx.db.add(\n",
            "    print(\n",
            "not enough values to unpack",
            "tests/core/test_lifecycle.py::test_a_transition_moves_the_row_and_leaves_one_event",
        ),
        Defect(
            "float stands for exact fractions",
            "backend/sihao/results/evaluation.py",
            "    scaled = value * 10**places\n",
            "    scaled = float(value) * 10**places\n",
            "assert Decimal('1.00') == Decimal('1.01')",
            "tests/results/test_evaluation.py::test_a_half_is_rounded_up_exactly",
        ),
        Defect(
            "> stands for >=",
            "backend/sihao/results/grading.py",
            "total < one.at_least",
            "total <= one.at_least",
            "assert '较好' == '好'",
            "tests/results/test_evaluation.py::test_a_total_on_the_floor_has_the_grade",
        ),
        Defect(
            "<= stands for <",
            "backend/sihao/plans/queries/measures.py",
            "col(Measure.due_on) < ctx.today",
            "col(Measure.due_on) <= ctx.today",
            "assert True is False",
            "tests/plans/test_measures.py::test_what_is_due_today_is_not_overdue",
        ),
    ),
)
