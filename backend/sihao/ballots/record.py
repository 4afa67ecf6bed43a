"""The record of a ballot's papers: everything a recount needs, nothing about who voted."""

from collections.abc import Mapping, Sequence
from typing import Any

from sihao.ballots.models import Ballot
from sihao.ballots.schemas import HandCountFigures
from sihao.ballots.seal import Paper
from sihao.core.canonical import canonical


def write_record(
    heading: Mapping[str, Any],
    ballot: Ballot,
    papers: Sequence[Paper],
    unopened: Mapping[str, bool],
    by_hand: Mapping[str, HandCountFigures],
) -> str:
    """Write it as canonical JSON; `papers` are sorted by their numbers, which are random."""
    return canonical(
        {
            **heading,
            "format": "sihao-ballot-1",
            "questions": ballot.questions,
            "groups": ballot.groups,
            "papers": [[one.group, one.tag, one.answers] for one in papers],
            "unopened": sorted(group for group, kept in unopened.items() if kept),
            "hand_counts": {group: one.model_dump() for group, one in by_hand.items()},
        }
    )
