"""Grades with conditions, vetoes and quotas; bonuses, ballots, floors: each explained in words."""

from decimal import Decimal

import pytest

from sihao.campaigns.scheme import (
    ExtraKind,
    ExtraRule,
    Grade,
    ItemRules,
    Level,
    Quota,
    Rounding,
    Rules,
    VetoRule,
)
from sihao.results.actions.results import with_drops
from sihao.results.evaluation import evaluate
from sihao.results.frozen import (
    FrozenAssessment,
    FrozenBallot,
    FrozenDimension,
    FrozenExtra,
    FrozenItem,
    FrozenVeto,
    Inputs,
)

GRADES = [
    Grade(name="好", at_least=Decimal(90)),
    Grade(name="较好", at_least=Decimal(80)),
    Grade(name="一般", at_least=Decimal(60)),
    Grade(name="差", at_least=Decimal(0)),
]


def rules(**fields) -> Rules:
    items = {"A1": "30", "A2": "20", "B1": "50"}
    given = {
        "dimensions": {"A": Decimal(50), "B": Decimal(50)},
        "items": {code: ItemRules(points=Decimal(points)) for code, points in items.items()},
        "grades": GRADES,
    }
    return Rules(**{**given, **fields})


def inputs(scheme: Rules, lost: dict[str, str] | None = None, unit="u", **fields) -> Inputs:
    items = [
        FrozenItem(
            code=code,
            title=f"条目{code}",
            dimension=code[0],
            lost=Decimal((lost or {}).get(code, "0")),
            restored=Decimal(0),
        )
        for code in scheme.items
    ]
    given = {
        "year": 2026,
        "unit_id": unit,
        "unit_name": unit,
        "unit_class": "政府部门",
        "standard": "创建标准",
        "dimensions": [FrozenDimension(code=d, title=f"{d}好") for d in "AB"],
        "items": items,
        "assessments": [],
        "finding_items": [],
        "rules": scheme,
    }
    return Inputs(**{**given, **fields})


def extra(kind: ExtraKind, points: str, code="J1") -> FrozenExtra:
    return FrozenExtra(code=code, kind=kind, text="事项", points=Decimal(points), fact="事实")


def test_an_item_never_falls_below_its_floor_and_says_so():
    floors = {"A1": ItemRules(points=Decimal(30), floor=Decimal(6))}
    scheme = rules(items={**rules().items, **floors})

    outcome = evaluate(inputs(scheme, {"A1": "99"}))

    assert outcome.total == Decimal("76.00")
    item = outcome.tree.children[0].children[0].children[0]
    assert (item.got, item.lost) == (Decimal(6), Decimal(24))
    assert "保底分 6" in item.note


def test_an_item_that_is_not_asked_of_a_class_counts_neither_way():
    scheme = rules(not_for={"政府部门": ["B1"]})

    asked = evaluate(inputs(scheme, {"A1": "10", "B1": "50"}))
    other = evaluate(inputs(scheme, {"A1": "10", "B1": "50"}, unit_class="群团组织"))

    assert (asked.total, other.total) == (Decimal("80.00"), Decimal("40.00"))
    assert "不适用" in asked.tree.children[0].children[1].children[0].note


def test_ballots_count_by_the_weights_of_their_groups_and_missing_groups_take_no_part():
    scheme = rules(
        ballot_share=Decimal("0.2"), rater_groups={"中层干部": Decimal(40), "职工": Decimal(60)}
    )
    both = [
        FrozenBallot(group="中层干部", score=Decimal(80)),
        FrozenBallot(group="职工", score=Decimal(90)),
    ]
    one = [both[0], FrozenBallot(group="职工", score=None, note="不足五票，不予公布")]

    assert evaluate(inputs(scheme, ballots=both)).total == Decimal("97.20")
    partly = evaluate(inputs(scheme, ballots=one))
    assert partly.total == Decimal("96.00")
    assert partly.tree.children[1].children[1].note == "不足五票，不予公布"
    assert evaluate(inputs(scheme)).total == Decimal("100.00")


def test_parts_without_a_result_leave_their_weight_to_the_others():
    scheme = rules(
        co_share=Decimal("0.3"),
        co_weights={"X0": Decimal(1)},
        ballot_share=Decimal("0.2"),
        rater_groups={"职工": Decimal(1)},
    )
    ballots = [FrozenBallot(group="职工", score=Decimal(65))]
    unknown = [FrozenAssessment(code="X0", title="学习", score=None)]

    outcome = evaluate(inputs(scheme, ballots=ballots, assessments=unknown))

    assert outcome.total == Decimal("90.00")
    assert "71.43%" in outcome.tree.formula


def test_bonuses_and_penalties_count_up_to_their_limits_and_never_over_the_ceiling():
    scheme = rules(bonus_most=Decimal(3), penalty_most=Decimal(4))
    bonus, penalty = (extra(kind, "2.5") for kind in ExtraKind)

    raised = evaluate(inputs(scheme, {"A1": "10"}, extras=[bonus, bonus]))
    lowered = evaluate(inputs(scheme, {"A1": "10"}, extras=[penalty, penalty]))
    full = evaluate(inputs(scheme, extras=[bonus]))

    assert (raised.total, lowered.total, full.total) == (
        Decimal("93.00"),
        Decimal("86.00"),
        Decimal("100.00"),
    )
    assert "最多计 3" in raised.tree.children[1].note
    assert "最高计 100" in full.tree.formula


def test_a_veto_caps_the_grade_and_says_who_raised_it():
    veto = VetoRule(code="V1", text="被立案审查调查", grade="一般", assessment="X3")
    stands = FrozenVeto(
        code="V1", text=veto.text, grade="一般", fact="某月某日通报", raised_by="市纪委监委"
    )

    outcome = evaluate(inputs(rules(vetoes=[veto]), vetoes=[stands]))

    assert (outcome.total, outcome.grade) == (Decimal("100.00"), "一般")
    assert "未评为“好”：V1 被立案审查调查（市纪委监委提出）" in outcome.grade_reason
    assert "未评为“较好”" in outcome.grade_reason


def test_a_grade_may_ask_for_a_part_of_every_dimension():
    best = Grade(name="好", at_least=Decimal(80), dimension_percent=75)
    scheme = rules(grades=[best, *GRADES[2:]])

    outcome = evaluate(inputs(scheme, {"A1": "14"}))

    assert (outcome.total, outcome.grade) == (Decimal("86.00"), "一般")
    assert "A好不足 75%" in outcome.grade_reason
    assert evaluate(inputs(scheme, {"A1": "12.5"})).grade == "好"


def grades_of(scheme: Rules, losses: list[str], **fields) -> list[tuple[str, str]]:
    year = {
        f"u{at}": inputs(scheme, {"B1": lost}, unit=f"u{at}", **fields)
        for at, lost in enumerate(losses)
    }
    settled = with_drops(year)
    return [(evaluate(one).grade, evaluate(one).grade_reason) for one in settled.values()]


def test_a_quota_lets_the_best_of_a_class_in_and_considers_the_others_for_the_next_grade():
    scheme = rules(quotas=[Quota(grade="好", percent=40), Quota(grade="较好", percent=20)])

    found = grades_of(scheme, ["0", "1", "2", "3", "15"])

    assert [name for name, _ in found] == ["好", "好", "较好", "一般", "一般"]
    assert "未评为“好”：本类 5 个单位，名额 40% 计 2 个，名额已满" in found[2][1]


def test_units_that_tie_across_the_last_place_all_miss_the_grade():
    scheme = rules(quotas=[Quota(grade="好", percent=50)])

    found = grades_of(scheme, ["0", "2", "2", "9"])

    assert [name for name, _ in found] == ["好", "较好", "较好", "较好"]
    assert "与其他单位并列" in found[1][1]
    assert not any("第" in why for _, why in found)


def test_a_quota_of_the_class_goes_before_the_general_one_and_others_are_free():
    scheme = rules(quotas=[Quota(grade="好", unit_class="群团组织", percent=1)])

    assert [g for g, _ in grades_of(scheme, ["0", "1"])] == ["好", "好"]
    assert [g for g, _ in grades_of(scheme, ["0", "1"], unit_class="群团组织")] == ["较好"] * 2


@pytest.mark.parametrize(
    ("rounding", "total"), [("half_up", "84.3"), ("half_even", "84.2"), ("down", "84.2")]
)
def test_a_total_is_rounded_as_the_scheme_says(rounding, total):
    scheme = rules(rounding=Rounding(rounding), places=1)

    assert evaluate(inputs(scheme, {"A1": "15.75"})).total == Decimal(total)


def test_a_level_costs_the_difference_to_the_best():
    levels = [
        Level(name="好", text="全面落实", points=Decimal(30)),
        Level(name="较好", text="个别不足", points=Decimal(24)),
    ]
    item = ItemRules(points=Decimal(30), levels=levels)

    assert [(c.number, c.text, c.points) for c in item.catalogue] == [
        (1, "较好：个别不足", Decimal(6))
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"co_share": Decimal("0.5"), "ballot_share": Decimal("0.5")}, "应小于 100%"),
        ({"quotas": [Quota(grade="优", percent=10)]}, "没有“优”这个等次"),
        ({"quotas": [Quota(grade="差", percent=10)]}, "最后一等不能限定名额"),
        ({"not_for": {"群团组织": ["Z1"]}}, "没有条目 Z1"),
        (
            {"extras": [ExtraRule(code="J1", kind="bonus", text="甲", points=Decimal(1))] * 2},
            "编号 J1 重复",
        ),
        ({"grades": [GRADES[0], GRADES[0], GRADES[3]]}, "“好”重复"),
        ({"dimensions": {"A": Decimal(40), "B": Decimal(60)}}, "应为 40"),
    ],
)
def test_a_scheme_that_contradicts_itself_is_refused(fields, words):
    with pytest.raises(ValueError, match=words):
        rules(**fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"floor": Decimal(11)}, "不能高于条目分值"),
        ({"levels": [Level(name="好", points=Decimal(9))]}, "最高一档为 10"),
        (
            {
                "floor": Decimal(5),
                "levels": [Level(name="好", points=10), Level(name="差", points=4)],
            },
            "低于保底分",
        ),
    ],
)
def test_an_item_that_contradicts_itself_is_refused(fields, words):
    with pytest.raises(ValueError, match=words):
        ItemRules(points=Decimal(10), **fields)
