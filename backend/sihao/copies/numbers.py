"""Numbers that a report tells and no ledger bears out: careful rather than complete (B9).

Only what a ledger counts is looked at, only said of the year itself, and only a number that is
larger than everything that could be meant by it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sihao.copies.schemas import UnseenNumber
from sihao.ledgers.kinds import KINDS
from sihao.ledgers.models import LedgerKind

_CLAUSE = re.compile(r"[^，。；！？\n]+")
_NOT_DONE = re.compile(
    r"不少|不低|不得|至少|以上|每|第|计划|目标|要求|力争|将|去年|上年|往年|累计|近"
)
"""Words of a clause that tells what shall be, or of another time than the year."""
_BETWEEN = r"[^\d，。；！？]{0,8}?"


class Recorded(NamedTuple):
    """What a unit's ledger of one kind and form holds of a year."""

    rows: int
    shares: int
    """Rows, each as often as members took part in it."""
    times: int
    """What rows themselves count, for each member."""
    trained: int


Ledger = Mapping[tuple[LedgerKind, str], Recorded]
"""By kind and form; a kind without forms has an empty one."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """What is said of one ledger, and the most that it bears out."""

    kind: LedgerKind
    words: str
    counter: str
    most: Callable[[Recorded], int]
    form: str | None = None

    def said_in(self, clause: str) -> int | None:
        found = re.search(f"(?:{self.words}){_BETWEEN}(\\d{{1,5}})(?:{self.counter})", clause)
        return int(found[1]) if found else None

    def recorded(self, ledger: Ledger) -> int:
        return sum(
            self.most(told)
            for (kind, form), told in ledger.items()
            if kind is self.kind and self.form in (None, form)
        )


_CLAIMS = (
    _Claim(LedgerKind.T3, "民主生活会", "次|场", lambda told: told.rows),
    _Claim(LedgerKind.T5, "中心组学习|集体学习|集中学习", "次|场", lambda told: told.rows),
    _Claim(LedgerKind.T7, "调研报告|理论文章", "篇", lambda told: told.shares),
    _Claim(LedgerKind.T8, "基层调研|蹲点调研|开展调研", "次|人次", lambda told: told.shares),
    _Claim(LedgerKind.T9, "谈心谈话", "次|人次", lambda told: told.times, "谈心谈话"),
    _Claim(LedgerKind.T15, "专题培训|业务培训|举办培训", "期|次|场", lambda told: told.rows),
    _Claim(LedgerKind.T15, "参训|培训干部", "人次", lambda told: told.trained),
    _Claim(LedgerKind.T16, "讲党课|上党课", "次|场", lambda told: told.shares, "党课"),
)


def unseen(parts: Iterable[tuple[str, str]], ledger: Ledger) -> Iterator[UnseenNumber]:
    """Give the numbers that are larger than what the ledgers hold, in the text's order."""
    for place, text in parts:
        for clause in _CLAUSE.findall(text):
            if _NOT_DONE.search(clause):
                continue
            for claim in _CLAIMS:
                said, recorded = claim.said_in(clause), claim.recorded(ledger)
                if said is not None and said > recorded:
                    yield UnseenNumber(
                        place=place,
                        text=clause.strip(),
                        said=said,
                        recorded=recorded,
                        ledger=claim.kind.value,
                        ledger_name=KINDS[claim.kind].name,
                    )
