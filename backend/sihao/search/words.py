"""A question's words, the pairs by which they are looked up, and where they stand in a text."""

import unicodedata
from collections.abc import Iterable, Iterator

PAIR = 2
"""Characters that the index knows together."""


def folded(text: str) -> str:
    """Fold a text as the database's function of the same name does."""
    return unicodedata.normalize("NFKC", text).lower()


def words_of(question: str) -> tuple[str, ...]:
    """Split a question at its blanks; each word once."""
    return tuple(dict.fromkeys(folded(question).split()))


def pairs_of(words: Iterable[str]) -> list[str]:
    """List the pairs that a text with all these words has."""
    return sorted({word[n : n + PAIR] for word in words for n in range(len(word) - 1)})


def marks_in(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Find the words in a text: start and end of each, in order, without overlap."""
    parts = [(folded(one), place) for place, one in enumerate(text)]
    whole = "".join(part for part, _ in parts)
    places = [place for part, place in parts for _ in part]
    found = sorted(one for word in words for one in _each(whole, word))
    marks: list[tuple[int, int]] = []
    for start, end in found:
        first, last = places[start], places[end - 1] + 1
        if marks and first < marks[-1][1]:
            marks[-1] = (marks[-1][0], max(last, marks[-1][1]))
        else:
            marks.append((first, last))
    return marks


def _each(whole: str, word: str) -> Iterator[tuple[int, int]]:
    start = whole.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = whole.find(word, start + len(word))
