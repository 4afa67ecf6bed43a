"""Whether two texts tell of the same problem: a comparison that anybody can check by hand."""

import unicodedata

ALIKE = 0.5
"""From this likeness on, two texts about the same item count as the same problem [C]."""


def likeness(one: str, other: str) -> float:
    """Compare two texts by their pairs of neighbouring characters, from 0 to 1 (Dice).

    Twice the number of pairs in both, by the numbers of pairs in each. Punctuation, spaces and
    figures do not count: a date that changes every year makes no other problem.
    """
    mine, theirs = _pairs(one), _pairs(other)
    if not mine or not theirs:
        return 0.0
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


def _pairs(text: str) -> set[str]:
    letters = "".join(one for one in text.lower() if unicodedata.category(one).startswith("L"))
    return {letters[at : at + 2] for at in range(len(letters) - 1)}
