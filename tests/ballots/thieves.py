"""Whoever steals a dump of the database before and after each vote, and tries to link voters.

A thief knows who voted when, and has every row of every table with its place and transaction, every
sequence, and at last the opened papers with their numbers. For each vote he names one paper.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Cell = tuple[str, str, str, str]
"""Table, place, transaction, row as JSON."""
Dump = frozenset[Cell]
Guess = list[int]
HASHES = ("md5", "sha1", "sha256", "sha512")


@dataclass(frozen=True)
class Loot:
    """`dumps[k]` and `dumps[k + 1]` lie around vote k; `papers` are the opened [tag, answers]."""

    dumps: list[Dump]
    papers: list[tuple[str, list]]
    codes: list[str]
    """Which code the voter had, for the thief who looked over shoulders."""

    def appeared(self, vote: int) -> list[Cell]:
        """Rows that are new or changed after a vote."""
        return sorted(self.dumps[vote + 1] - self.dumps[vote])

    def sealed(self, vote: int) -> str:
        """The sealed paper that a vote brought, in hex."""
        return next(iter(_sealed(self.dumps[vote + 1]) - _sealed(self.dumps[vote])))


def _sealed(dump: Dump) -> set[str]:
    urns = (json.loads(row) for table, _, _, row in dump if table == "ballot_urn")
    return {paper.removeprefix("\\x") for urn in urns for paper in urn["papers"]}


def ranks(keys: Iterable) -> Guess:
    """Say for each key the how-manieth it is."""
    keys = list(keys)
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return [order.index(at) for at in range(len(keys))]


def votes_of(loot: Loot) -> range:
    return range(len(loot.dumps) - 1)


def by_time(loot: Loot) -> Guess:
    """The papers may stand in the order of the votes."""
    return list(votes_of(loot))


def by_time_backwards(loot: Loot) -> Guess:
    return list(reversed(votes_of(loot)))


def by_bytes_of_the_sealed(loot: Loot) -> Guess:
    """Sealed papers and opened ones may be sorted alike."""
    return ranks(loot.sealed(vote) for vote in votes_of(loot))


def by_hash_of_the_code(loot: Loot) -> Guess:
    """Papers may be sorted as codes are."""
    return ranks(hashlib.sha256(f"ballot code {code}".encode()).hexdigest() for code in loot.codes)


def by_code(loot: Loot) -> Guess:
    return ranks(loot.codes)


def by_place(loot: Loot) -> Guess:
    """Places on the disk of what each vote wrote."""
    return ranks(
        [(table, place) for table, place, *_ in loot.appeared(vote)] for vote in votes_of(loot)
    )


def by_transaction(loot: Loot) -> Guess:
    """Transactions of what each vote wrote."""
    return ranks(max(int(one[2]) for one in loot.appeared(vote)) for vote in votes_of(loot))


def by_amount(loot: Loot) -> Guess:
    """A vote with more in it may write more."""
    sizes = [sum(len(row) for *_, row in loot.appeared(vote)) for vote in votes_of(loot)]
    filled = ranks((sum(one is not None for one in answers), tag) for tag, answers in loot.papers)
    return [filled.index(rank) for rank in ranks(sizes)]


def by_words(loot: Loot) -> Guess:
    """A number or the answers may be written somewhere, plain, hashed, in hex or Base64."""
    spelt = [_spelt(*paper) for paper in loot.papers]
    guesses = []
    for vote in votes_of(loot):
        others = [row for table, *_, row in loot.appeared(vote) if table != "ballot_urn"]
        seen = "\n".join([loot.sealed(vote), *others])
        told = [sum(one in seen for one in words) for words in spelt]
        guesses.append(told.index(max(told)))
    return guesses


def by_likeness(loot: Loot) -> Guess:
    """Sealed bytes may be like the opened ones at some places."""
    guesses = []
    for vote in votes_of(loot):
        sealed = bytes.fromhex(loot.sealed(vote))

        def alike(paper: tuple[str, list], sealed: bytes = sealed) -> int:
            tag, answers = paper
            plain = tag.encode() + bytes(255 if one is None else one for one in answers)
            shifts = range(len(sealed) - len(plain) + 1)
            return max(
                sum(a == b for a, b in zip(plain, sealed[at:], strict=False)) for at in shifts
            )

        guesses.append(_best(loot, alike))
    return guesses


def _best(loot: Loot, liking: Callable) -> int:
    return max(range(len(loot.papers)), key=lambda at: liking(loot.papers[at]))


def _spelt(tag: str, answers: list) -> list[str]:
    said = [tag, tag.replace("-", ""), json.dumps(answers), json.dumps(answers).replace(" ", "")]
    raw = [one.encode() for one in (*said, said[0] + said[2], said[0] + said[3])]
    hashes = [hashlib.new(name, one) for name in HASHES for one in raw]
    coded = [base64.b64encode(one).decode() for one in raw] + [one.hex() for one in raw]
    return [*said, *coded, *(one.hexdigest() for one in hashes)]


THIEVES = (
    by_time,
    by_time_backwards,
    by_bytes_of_the_sealed,
    by_hash_of_the_code,
    by_code,
    by_place,
    by_transaction,
    by_amount,
    by_words,
    by_likeness,
)
