"""What moved between two results, said in words: a pure function of both frozen texts."""

from decimal import Decimal

from sihao.campaigns.scheme import Grade, ItemRules, Rules
from sihao.results.changes import Version, changes
from sihao.results.evaluation import evaluate
from sihao.results.frozen import FrozenDeduction, FrozenDimension, FrozenItem, Inputs


def deduction(clause, points):
    return FrozenDeduction(clause=clause, fact="查阅", points=Decimal(points), inspector="甲")


def version(year, points="10", restored="0", code="A1", **clauses):
    given = Inputs(
        year=year,
        unit_id="u",
        unit_name="市教育局",
        standard="标准",
        dimensions=[FrozenDimension(code="A", title="政治坚定好")],
        items=[
            FrozenItem(
                code=code,
                title="学习制度",
                dimension="A",
                lost=sum((Decimal(one) for one in clauses.values()), Decimal(0)),
                restored=Decimal(restored),
                deductions=[deduction(clause, one) for clause, one in clauses.items()],
            )
        ],
        assessments=[],
        finding_items=[],
        rules=Rules(
            dimensions={"A": Decimal(points)},
            items={code: ItemRules(points=Decimal(points))},
            grades=[Grade(name="好", at_least=Decimal(0))],
        ),
    )
    return Version(given, evaluate(given))


def item(now, before, mapping=None):
    (one,) = changes(now, before, mapping or {}).items
    return one


def test_new_and_vanished_clauses_and_other_amounts_are_told_apart():
    moved = item(
        version(2026, 未学习="1.5000", 无记录="2"), version(2025, 无记录="1", 未公示="0.5")
    )

    assert moved.reasons == [
        "新增扣分：未学习（1.5 分）",
        "上年的扣分不再有：未公示（0.5 分）",
        "无记录：由扣 1 分变为扣 2 分",
    ]
    assert moved.change == Decimal(-2)


def test_points_given_back_and_other_points_of_the_item_are_said():
    moved = item(version(2026, points="8", restored="1", 无记录="2"), version(2025, 无记录="2"))

    assert moved.reasons == ["条目分值由 10 分改为 8 分", "今年陈述申辩后恢复 1 分"]


def test_an_item_that_goes_on_under_another_code_is_compared_with_what_it_continues():
    moved = item(version(2026, code="A2", 无记录="2"), version(2025, 无记录="1"), {"A2": "A1"})

    assert (moved.code, moved.code_before, moved.change) == ("A2", "A1", Decimal(-1))


def test_without_a_mapping_an_item_is_new_and_the_other_gone():
    rows = changes(version(2026, code="A2", 无记录="2"), version(2025), {}).items

    assert [(one.code, one.before is None, one.now is None) for one in rows] == [
        ("A2", True, False),
        ("A1", False, True),
    ]
    assert [one.reasons for one in rows] == [[], []]


def test_without_an_earlier_year_there_is_nothing_to_compare():
    found = changes(version(2026), None, {})

    assert (found.year_before, found.total_before) == (None, None)
    assert [one.code for one in found.parts] == ["items"]
