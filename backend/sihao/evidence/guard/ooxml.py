"""Word, Excel and PowerPoint since 2007: every part is read, nothing in it may act or fetch."""

import re
import zipfile

from sihao.core.errors import Invalid
from sihao.evidence.guard.limits import CELLS
from sihao.evidence.guard.reading import Reading
from sihao.evidence.guard.refusals import refusal, secret
from sihao.evidence.guard.xml import read_xml
from sihao.evidence.guard.zips import check_sizes

_STRINGS = "xl/sharedStrings.xml"
_SHEETS = "xl/worksheets/"
_EMBEDDED = re.compile(r"(?:^|/)embeddings/[^/]+$")
_XML = (".xml", ".rels", ".vml")
_FOREIGN = (".htm", ".html", ".mht", ".mhtml", ".rtf", ".xhtml", ".exe", ".dll", ".js", ".vbs")
_TEXT = {"t", "delText"}
_LABELS = {
    *(f"{which}{part}" for which in ("odd", "even", "first") for part in ("Header", "Footer")),
    *("title", "subject", "creator", "keywords", "description", "category", "Company"),
}
_LINES = {"p", "si", "row", "comment"} | _LABELS
_FIELDS = re.compile(
    r"\bDDE(?:AUTO)?\b|\bINCLUDE(?:TEXT|PICTURE)\s+\"?\s*(?:https?:|ftp:|\\\\)", re.IGNORECASE
)
_NETWORK = re.compile(r"(?:https?|ftp|smb|mhtml|ms-[\w-]+|search-ms|ldap|res|itms):", re.IGNORECASE)
_RUNS = re.compile(r"\s*(?:javascript|vbscript|data|ms-[\w-]+|search-ms|mhtml):", re.IGNORECASE)
_DRIVE = re.compile(r"[a-z](?::|\||%3a)", re.IGNORECASE)
_VML_FETCHES = {"imagedata", "fill", "stroke", "image", "OLEObject"}
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_PLACES = (
    (re.compile(r"word/document"), "正文"),
    (re.compile(r"word/header"), "页眉"),
    (re.compile(r"word/footer"), "页脚"),
    (re.compile(r"word/(?:foot|end)notes"), "脚注"),
    (re.compile(r"word/comments"), "批注"),
    (_SLIDE, "第 {} 张幻灯片"),
    (re.compile(r"ppt/notesSlides/notesSlide(\d+)"), "第 {} 张幻灯片的备注"),
    (re.compile(r"xl/worksheets/sheet(\d+)"), "第 {} 张工作表"),
    (re.compile(r"docProps/"), "文档属性"),
)


def check_ooxml(archive: zipfile.ZipFile, reading: Reading) -> list[zipfile.ZipInfo]:
    """Read every part; give the embedded documents, which are to be checked by themselves.

    Raises `Invalid` for macros, controls, remote content, too many cells, marks of secrecy.
    """
    members = archive.infolist()
    for member in members:
        _check_name(member.filename.lower())
    check_sizes(members, counted=_SHEETS)
    part = _Part(reading)
    for member in members:
        if member.filename.lower().endswith(_XML):
            reading.begin(_place(member.filename), "段")
            part.flat = member.filename == _STRINGS
            try:
                with archive.open(member) as stream:
                    read_xml(stream, part.start, part.text, part.end)
                reading.end()
            except Invalid as found:
                raise _in_its_cell(archive, found) if part.flat else found from None
    slides = sum(_SLIDE.fullmatch(one.filename) is not None for one in members)
    reading.pages = slides or reading.pages
    return [one for one in members if _EMBEDDED.search(one.filename.lower())]


class _Part:
    """What one part's elements mean; cells are counted over all parts."""

    def __init__(self, reading: Reading) -> None:
        self.flat = False
        self._reading = reading
        self._cells = 0
        self._takes = False
        self._field = ""
        self._in_field = self._formula_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._takes = name in _TEXT or name in _LABELS or (name == "v" and self._formula_text)
        self._in_field = name == "instrText"
        if name == "c":
            self._cells += 1
            if self._cells > CELLS:
                raise refusal("cells")
            self._formula_text = attributes.get("t") == "str"
        elif name == "fldSimple":
            self._check_field(next((v for k, v in attributes.items() if k.endswith("instr")), ""))
        elif name == "sheet":
            self._reading.add(attributes.get("name", "") + "\n")
        else:
            _check_element(name, attributes)

    def text(self, said: str) -> None:
        if self._takes:
            self._reading.add(said.replace("\n", " ") if self.flat else said)
        elif self._in_field:
            self._field += said
            self._check_field(self._field)

    def end(self, name: str) -> None:
        self._takes = False
        if name in _LINES or (name == "v" and self._formula_text):
            self._reading.add("\n")
        elif name in {"tab", "br", "tc"}:
            self._reading.add(" ")
        if name == "p":
            self._field = ""
        self._in_field = False

    def _check_field(self, said: str) -> None:
        if found := _FIELDS.search(said):
            raise refusal("external", found[0])


def _check_name(name: str) -> None:
    if name.endswith("vbaproject.bin") or "/macrosheets/" in name or "/activex/" in name:
        raise refusal("macros", name.rpartition("/")[2])
    if name == "xl/connections.xml":
        raise refusal("external", "数据连接")
    if name.endswith(_FOREIGN):
        raise refusal("embedded", name.rpartition("/")[2])


def _check_element(name: str, attributes: dict[str, str]) -> None:
    if name == "Relationship":
        _check_relationship(attributes)
    elif name == "ddeLink":
        raise refusal("external", "DDE")
    elif name in {"ocx", "control"}:
        raise refusal("macros", "ActiveX")
    elif name in _VML_FETCHES:
        for key in ("src", "o:href", "href"):
            if _is_remote(attributes.get(key, "")):
                raise refusal("external", attributes[key])


def _check_relationship(attributes: dict[str, str]) -> None:
    target, kind = attributes.get("Target", ""), attributes.get("Type", "").rpartition("/")[2]
    if kind == "hyperlink":
        if _RUNS.match(target):
            raise refusal("external", target)
    elif attributes.get("TargetMode") == "External" and _is_remote(target):
        raise refusal("external", f"{kind} {target}")


def _is_remote(target: str) -> bool:
    """Tell a place on the network from one on the author's own disk."""
    said = target.strip().replace("\\", "/")
    if _NETWORK.match(said):
        return True
    bare = re.sub(r"^file:", "", said, flags=re.IGNORECASE)
    slashes = len(bare) - len(bare.lstrip("/"))
    return slashes not in {0, 1, 3} and not _DRIVE.match(bare.lstrip("/"))


def _place(name: str) -> str:
    for pattern, words in _PLACES:
        if found := pattern.match(name):
            return words.format(*found.groups())
    return name.rpartition("/")[2]


def _in_its_cell(archive: zipfile.ZipFile, found: Invalid) -> Invalid:
    """Say sheet and cell of a mark that stands in the table of shared texts."""
    line, quoted = found.extra.get("line"), found.extra.get("quoted")
    if not isinstance(line, int):
        return found
    for member in archive.infolist():
        if member.filename.startswith(_SHEETS) and member.filename.endswith(".xml"):
            cells = _Cells(str(line - 1))
            with archive.open(member) as stream:
                read_xml(stream, cells.start, cells.text, cells.end)
            if cells.found:
                place = f"{_place(member.filename)}的单元格 {cells.found} "
                return secret(place, str(quoted), line)
    return found


class _Cells:
    """Looks for the first cell that shows a shared text."""

    def __init__(self, number: str) -> None:
        self.found = ""
        self._number = number
        self._at, self._value, self._takes = "", "", False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._at = attributes.get("r", "?") if attributes.get("t") == "s" else ""
        self._takes, self._value = name == "v", ""

    def text(self, said: str) -> None:
        if self._takes:
            self._value += said

    def end(self, name: str) -> None:
        if name == "v" and self._at and self._value == self._number:
            self.found = self.found or self._at
        self._takes = False
