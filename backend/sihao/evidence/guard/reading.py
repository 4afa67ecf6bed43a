"""What is read of a file's text: the beginning is kept, marks of secrecy refuse the file (§3)."""

import re

from sihao.evidence.guard.limits import TEXT_KEPT
from sihao.evidence.guard.refusals import secret

_BLOCK = 64 * 1024
_OVERLAP = 64
_QUOTED = 30
_IN, _APART = r"[^\S\n]*", r"\s{0,8}"
_HIDDEN = dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF))
"""Signs without width between the letters of a mark."""


def _level(gap: str) -> str:
    return f"(?:[绝絕]{gap}密|[机機]{gap}密|[秘祕]{gap}密)"


_MARK = re.compile(
    rf"{_level(_IN)}{_IN}★"  # 机密★10年, also 机 密 ★
    rf"|(?:^|\n)\s*{_level(_APART)}{_APART}★"  # each letter in a paragraph or cell of its own
)


class Reading:
    """The text of one file, part by part: `begin` a page or sheet, `add` its text, `end`.

    `kept` bounds the bytes that stay in `text`. Memory is flat whatever the file holds.
    """

    def __init__(self, kept: int = TEXT_KEPT) -> None:
        self.parts: list[str] = []
        self.pages: int | None = None
        self._room = kept
        self._where, self._unit = "", "行"
        self._waiting: list[str] = []
        self._size = 0
        self._tail, self._line = "", 1

    @property
    def text(self) -> str:
        """The beginning of what was read."""
        return "".join(self.parts).strip("\n")

    def begin(self, where: str, unit: str = "行") -> None:
        """Start a part: `第 3 页`, `页眉`; its lines are counted as `unit`."""
        self.end()
        self._where, self._unit = where, unit

    def add(self, text: str) -> None:
        """Take text in; raise `Invalid` when it completes a mark of secrecy."""
        self._waiting.append(text)
        self._size += len(text)
        if self._size >= _BLOCK:
            self._look()

    def end(self) -> None:
        """Finish the part."""
        if self._waiting:
            self._look()
            self._keep("\n")
        self._tail, self._line = "", 1

    def _look(self) -> None:
        new = "".join(self._waiting).translate(_HIDDEN)
        self._waiting, self._size = [], 0
        self._keep(new)
        text = self._tail + new
        if found := _MARK.search(text):
            start = found.end() - len(found[0].lstrip())
            line = self._line + text.count("\n", 0, start)
            raise secret(f"{self._where}第 {line} {self._unit}", _quote(text, start, found), line)
        self._tail = text[-_OVERLAP:]
        self._line += text.count("\n", 0, len(text) - len(self._tail))

    def _keep(self, text: str) -> None:
        if self._room > 0:
            said = text[: self._room].replace("\0", "")  # PostgreSQL's texts hold none
            raw = said.encode("utf-8", "replace")[: self._room]
            self.parts.append(raw.decode("utf-8", "ignore"))
            self._room -= len(raw)


def _quote(text: str, start: int, found: re.Match[str]) -> str:
    """Give the mark with what stands around it on its line."""
    first = max(text.rfind("\n", 0, start) + 1, start - _QUOTED)
    after = text.find("\n", found.end())
    last = min(len(text) if after < 0 else after, found.end() + _QUOTED)
    return " ".join(text[first:last].split())
