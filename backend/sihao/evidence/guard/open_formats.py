"""OpenDocument and OFD: XML in a ZIP, read like Word files and held to the same rules."""

import re
import zipfile

from sihao.evidence.guard.limits import CELLS
from sihao.evidence.guard.reading import Reading
from sihao.evidence.guard.refusals import refusal
from sihao.evidence.guard.xml import read_xml
from sihao.evidence.guard.zips import check_sizes

_MACROS = re.compile(r"^(?:Basic|Scripts)/.", re.IGNORECASE)
_REMOTE = re.compile(
    r"\s*(?:https?|ftp|smb|vnd\.sun\.star\.script|macro):|\s*(?:file:)?(?://|\\\\)[^/\\]",
    re.IGNORECASE,
)
_PROGRAMS = re.compile(r"\.(?:exe|dll|js|vbs|bat|cmd|ps1|jar|html?|svg|msi|lnk)$", re.IGNORECASE)
_ENDS_LINE = {"p", "h", "TextCode", "table-row", "Title", "Author", "Subject"}
_OFD_PAGE = re.compile(r"Pages/Page_(\d+)/Content\.xml$", re.IGNORECASE)


def check_open_format(archive: zipfile.ZipFile, reading: Reading) -> None:
    """Read every part; raise `Invalid` for macros, remote content, programs, marks of secrecy."""
    members = archive.infolist()
    check_sizes(members)
    part = _Part(reading)
    pages = 0
    for member in members:
        name = member.filename
        if _MACROS.match(name):
            raise refusal("macros", name)
        if _PROGRAMS.search(name):
            raise refusal("embedded", name.rpartition("/")[2])
        page = _OFD_PAGE.search(name)
        pages += page is not None
        if name.lower().endswith(".xml"):
            where = f"第 {int(page[1]) + 1} 页" if page else name.rpartition("/")[2]
            reading.begin(where, "段")
            with archive.open(member) as stream:
                read_xml(stream, part.start, part.text, part.end)
            reading.end()
    reading.pages = pages or None


class _Part:
    """What one part's elements mean; cells are counted over all parts."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._cells = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"encryption-data", "Encrypts"}:
            raise refusal("encrypted")
        if name == "event-listener":
            raise refusal("macros", "事件脚本")
        if name == "dde-source":
            raise refusal("external", "DDE")
        if name == "table-cell":
            self._cells += 1
            if self._cells > CELLS:
                raise refusal("cells")
        for key, said in attributes.items():
            if key.endswith(":href") and name != "a" and _REMOTE.match(said):
                raise refusal("external", said)

    def text(self, said: str) -> None:
        self._reading.add(said)

    def end(self, name: str) -> None:
        if name in _ENDS_LINE:
            self._reading.add("\n")
