"""The result as a pure function: recounted here without the product's arithmetic."""

import random
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from sihao.campaigns.scheme import Grade, ItemRules, Rules
from sihao.results.actions.results import freeze
from sihao.results.evaluation import decimal, evaluate
from sihao.results.frozen import FrozenAssessment, FrozenDimension, FrozenItem, Inputs, Node
from sihao.results.grading import grade


def some_inputs(seed: int) -> Inputs:
    rng = random.Random(seed)
    codes = [f"{d}{n}" for d in "ABCD" for n in range(1, rng.randint(2, 7))]
    points = {code: Decimal(rng.randint(1, 900)) / 100 for code in codes}
    dimensions = {d: sum((p for c, p in points.items() if c[0] == d), Decimal(0)) for d in "ABCD"}
    weights = {f"X{n}": Decimal(rng.randint(0, 5)) for n in range(4)}
    rules = Rules(
        dimensions=dimensions,
        items={code: ItemRules(points=p) for code, p in points.items()},
        co_share=Decimal(rng.randint(0, 3)) / 10,
        co_weights=weights,
        grades=[
            Grade(name="好", at_least=Decimal(85), no_zero_item=True),
            Grade(name="较好", at_least=Decimal(70)),
            Grade(name="较差", at_least=Decimal(0)),
        ],
        places=rng.randint(0, 4),
    )
    items = [
        FrozenItem(
            code=code,
            title=f"条目{code}",
            dimension=code[0],
            lost=Decimal(rng.randint(0, 600)) / 100,
            restored=Decimal(rng.choice([0, 0, 0, 50])) / 100,
        )
        for code in codes
    ]
    scores = [None if rng.random() < 0.3 else Decimal(rng.randint(0, 1000)) / 10 for _ in range(4)]
    return Inputs(
        year=2026,
        unit_id="u",
        unit_name="市教育局",
        standard="创建标准",
        dimensions=[FrozenDimension(code=d, title=d) for d in "ABCD"],
        items=items,
        assessments=[
            FrozenAssessment(code=f"X{n}", title=f"考核{n}", score=s) for n, s in enumerate(scores)
        ],
        finding_items=["A1"],
        rules=rules,
    )


def recount(given: Inputs) -> Decimal:
    """Count in whole ten-thousandths and fractions, item by item."""
    rules, got, of = given.rules, Fraction(0), Fraction(0)
    for item in given.items:
        points = Fraction(rules.items[item.code].points)
        loss = Fraction(item.lost) - Fraction(item.restored)
        got += points - min(max(loss, Fraction(0)), points)
        of += points
    total = got / of * 100
    there = [
        (Fraction(rules.co_weights[a.code]), Fraction(a.score))
        for a in given.assessments
        if a.score is not None and rules.co_weights.get(a.code)
    ]
    weight = sum(w for w, _ in there)
    if rules.co_share and weight:
        merged = sum(w * s for w, s in there) / weight
        share = Fraction(rules.co_share)
        total = total * (1 - share) + merged * share
    scaled = Decimal(int(total * 10**10)) / 10**10
    return scaled.quantize(Decimal(1).scaleb(-rules.places), ROUND_HALF_UP)


def adds_up(node: Node) -> None:
    assert node.got + node.lost == node.of
    assert not node.missing or node.of == 0
    if node.kind in {"dimension", "part"} and node.code != "merged":
        assert sum((child.got for child in node.children), Decimal(0)) == node.got
        assert sum((child.of for child in node.children), Decimal(0)) == node.of
    for child in node.children:
        adds_up(child)


def test_an_independent_recount_gives_every_total_and_the_tree_adds_up():
    for seed in range(300):
        given = some_inputs(seed)
        outcome = evaluate(given)
        assert outcome.total == recount(given), seed
        assert outcome.tree.got == outcome.total
        adds_up(outcome.tree)


def test_the_order_of_the_inputs_changes_no_byte_of_the_outcome():
    for seed in range(50):
        given = some_inputs(seed)
        rng = random.Random(seed + 1)
        mixed = given.model_copy(
            update={
                name: rng.sample(getattr(given, name), len(getattr(given, name)))
                for name in ("items", "assessments", "dimensions")
            }
        )
        assert freeze(mixed)[1] == freeze(given)[1]


def test_losing_more_never_raises_the_total():
    for seed in range(50):
        given = some_inputs(seed)
        worse = [one.model_copy(update={"lost": one.lost + 1}) for one in given.items]
        assert evaluate(given.model_copy(update={"items": worse})).total <= evaluate(given).total


def test_the_best_grade_needs_that_no_item_lost_everything():
    given = some_inputs(1)
    clean = [one.model_copy(update={"lost": Decimal(0)}) for one in given.items]
    plain = given.rules.model_copy(update={"co_share": Decimal(0)})
    given = given.model_copy(update={"items": clean, "rules": plain})
    assert evaluate(given).grade == "好"

    smallest = min(clean, key=lambda one: plain.items[one.code].points)
    zero = [
        one.model_copy(update={"lost": Decimal(99)}) if one.code == smallest.code else one
        for one in clean
    ]

    outcome = evaluate(given.model_copy(update={"items": zero}))

    assert outcome.total >= 85
    assert outcome.grade == "较好"


def test_a_missing_assessment_is_not_a_zero():
    given = some_inputs(3)
    rules = given.rules.model_copy(
        update={"co_share": Decimal("0.2"), "co_weights": {"X0": Decimal(1), "X1": Decimal(1)}}
    )
    one = [
        FrozenAssessment(code="X0", title="学习", score=Decimal(100)),
        FrozenAssessment(code="X1", title="党建", score=None),
    ]
    only = [one[0]]

    both = evaluate(given.model_copy(update={"rules": rules, "assessments": one}))
    alone = evaluate(given.model_copy(update={"rules": rules, "assessments": only}))

    assert both.total == alone.total
    assert "不计入" in both.tree.children[1].children[1].note
    assert [line.missing for line in both.tree.children[1].children] == [False, True]


def test_when_no_assessment_has_a_result_the_items_alone_make_the_total():
    given = some_inputs(3)
    merged = {"co_share": Decimal("0.5"), "co_weights": {"X0": Decimal(1)}}
    nothing = [FrozenAssessment(code="X0", title="学习", score=None)]
    rules = given.rules.model_copy(update=merged)
    without = given.rules.model_copy(update={"co_share": Decimal(0)})

    outcome = evaluate(given.model_copy(update={"rules": rules, "assessments": nothing}))

    items, part = outcome.tree.children
    alone = evaluate(given.model_copy(update={"rules": without, "assessments": []}))
    assert outcome.total == alone.total
    assert items.got < items.of
    assert part.missing
    assert (part.of, part.got, part.lost) == (0, 0, 0)
    assert "不计入" in part.note


def test_a_half_is_rounded_up_exactly():
    """As a float 1.005 is a little less than it says."""
    assert decimal(Fraction("1.005"), 2) == Decimal("1.01")
    assert decimal(Fraction("1.0049999999"), 2) == Decimal("1.00")


def test_a_total_on_the_floor_has_the_grade():
    given = some_inputs(1)
    assert grade(given, Decimal("85.00"), []).name == "好"
    assert grade(given, Decimal("84.99"), []).name == "较好"
