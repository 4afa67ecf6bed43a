"""Count a ballot: a pure function of its questions, groups, opened papers and hand counts.

Fewer than five votes are never shown. A group's papers in the urn that are fewer than five stay
sealed; a group with fewer than five votes in all takes no part. All totals are sums over the groups
that take part, so nothing about the others follows from them. Scores are exact fractions of 100,
rounded half up to the hundredth once, at the end.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sihao.ballots.schemas import (
    AnswerCount,
    BallotGroup,
    BallotQuestion,
    BallotResult,
    GroupResult,
    HandCountFigures,
    LeftOut,
)
from sihao.ballots.seal import Paper

FEWEST = 5
"""Votes of a group below which none of its figures is shown."""
_HUNDREDTHS = 100


def count(
    questions: Sequence[BallotQuestion],
    groups: Sequence[BallotGroup],
    papers: Sequence[Paper],
    unopened: Mapping[str, bool],
    by_hand: Mapping[str, HandCountFigures],
) -> BallotResult:
    """Count; `unopened` tells of which groups papers stayed in the urn."""
    counted = [
        _count_group(
            questions,
            one,
            [paper for paper in papers if paper.group == one.code],
            by_hand.get(one.code),
            kept_sealed=unopened.get(one.code, False),
        )
        for one in groups
    ]
    shown = [one for one in counted if one.left_out is None]
    total = [
        _add([one.answers[at] for one in shown], questions[at]) for at in range(len(questions))
    ]
    weighed = [(Fraction(one.weight), _mean_of(questions, one.answers)) for one in shown]
    parts = [(weight, score) for weight, score in weighed if score is not None]
    sums = sum((weight for weight, _ in parts), Fraction())
    score = sum((weight * score for weight, score in parts), Fraction()) / sums if sums else None
    return BallotResult(
        groups=counted,
        issued=sum(one.issued for one in shown),
        returned=sum(one.returned or 0 for one in shown),
        valid=sum(one.valid or 0 for one in shown),
        answers=total if shown else [],
        score=rounded(score),
    )


def rounded(score: Fraction | None) -> Decimal | None:
    """Round half up to the hundredth."""
    if score is None:
        return None
    scaled = score * _HUNDREDTHS
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole).scaleb(-2)


def _count_group(
    questions: Sequence[BallotQuestion],
    group: BallotGroup,
    papers: Sequence[Paper],
    by_hand: HandCountFigures | None,
    *,
    kept_sealed: bool,
) -> GroupResult:
    filled = [one for one in papers if any(chosen is not None for chosen in one.answers)]
    returned = len(papers) + (by_hand.returned if by_hand else 0)
    issued = group.codes + (by_hand.issued if by_hand else 0)
    said: dict[str, Any] = {"code": group.code, "name": group.name, "weight": group.weight}
    if returned < FEWEST:
        nothing = returned == 0 and not kept_sealed
        left_out = LeftOut.NONE if nothing else LeftOut.FEW
        return GroupResult(**said, issued=issued, left_out=left_out)
    valid = len(filled) + (by_hand.valid if by_hand else 0)
    answers = [
        _answers(
            question,
            Counter(one.answers[at] for one in filled),
            by_hand.chosen[at] if by_hand else [0] * len(question.grades),
            valid,
        )
        for at, question in enumerate(questions)
    ]
    return GroupResult(
        **said,
        issued=issued,
        returned=returned,
        valid=valid,
        kept_sealed=kept_sealed,
        answers=answers,
        score=rounded(_mean_of(questions, answers)),
    )


def _answers(
    question: BallotQuestion, online: Counter[int | None], on_paper: Sequence[int], valid: int
) -> AnswerCount:
    chosen = [online[at] + on_paper[at] for at in range(len(question.grades))]
    return AnswerCount(
        chosen=chosen,
        unfilled=valid - sum(chosen),
        score=rounded(_mean(question, chosen)),
    )


def _add(answers: Sequence[AnswerCount], question: BallotQuestion) -> AnswerCount:
    chosen = [sum(one.chosen[at] for one in answers) for at in range(len(question.grades))]
    return AnswerCount(
        chosen=chosen,
        unfilled=sum(one.unfilled for one in answers),
        score=rounded(_mean(question, chosen)),
    )


def _mean_of(
    questions: Sequence[BallotQuestion], answers: Sequence[AnswerCount]
) -> Fraction | None:
    """Give the mean of the questions that somebody gave points to; the others take no part."""
    scores = [_mean(one, told.chosen) for one, told in zip(questions, answers, strict=True)]
    given = [one for one in scores if one is not None]
    return sum(given, Fraction()) / len(given) if given else None


def _mean(question: BallotQuestion, chosen: Sequence[int]) -> Fraction | None:
    """Give a question's mean of points; grades without points and unfilled take no part."""
    pointed = [
        (number, Fraction(grade.points))
        for grade, number in zip(question.grades, chosen, strict=True)
        if grade.points is not None
    ]
    votes = sum(number for number, _ in pointed)
    return (
        sum((number * points for number, points in pointed), Fraction()) / votes if votes else None
    )
