"""What a unit is asked to have at hand: each paper once, whoever asks for it. Pure."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

_BETWEEN = "、；;/"
_OPENING, _CLOSING = "（(", "）)"

A = TypeVar("A", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Ask(Generic[A]):
    """One who asks: an item with the merged assessments that bear on it, and for which papers."""

    askers: tuple[A, ...]
    papers: tuple[str, ...]


def papers_in(text: str) -> tuple[str, ...]:
    """Part a wording such as `责任清单、会议纪要（含签到）` into papers, brackets kept whole."""
    found, paper, depth = [], "", 0
    for sign in text:
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if sign in _BETWEEN and depth <= 0:
            found.append(paper)
            paper = ""
        else:
            paper += sign
    return tuple(dict.fromkeys(one.strip() for one in [*found, paper] if one.strip()))


def ask_once(asks: Iterable[Ask[A]]) -> Mapping[str, tuple[A, ...]]:
    """Merge what is asked: each paper with all who ask for it, in the order of first asking."""
    merged: dict[str, dict[A, None]] = {}
    for one in asks:
        for paper in one.papers:
            merged.setdefault(paper, {}).update(dict.fromkeys(one.askers))
    return {paper: tuple(askers) for paper, askers in merged.items()}
