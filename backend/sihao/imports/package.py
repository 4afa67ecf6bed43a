"""The parts of an XLSX file: XML documents that name each other, in a ZIP."""

import zipfile
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from xml.dom import minidom
from xml.dom.minidom import Document, Element
from xml.parsers.expat import ExpatError

LARGEST = 8 * 1024 * 1024
"""Bytes of a part that is changed: a sheet of some 150,000 cells."""
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class UnusualError(Exception):
    """The workbook is too large, or made in a way that is not known here."""


class Package:
    """A workbook whose parts are read when they are wanted, and written if they were."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._open: dict[str, Document] = {}
        self._written: dict[str, bytes] = {}

    def has(self, part: str) -> bool:
        """Tell whether there is such a part."""
        return part in self._archive.namelist()

    def read(self, part: str) -> bytes:
        """Give a part's bytes."""
        if not self.has(part):
            raise UnusualError(part)
        with self._archive.open(part) as stream:
            content = stream.read(LARGEST + 1)
        if len(content) > LARGEST or b"<!DOCTYPE" in content:
            raise UnusualError(part)
        return content

    def root(self, part: str, empty: str = "") -> Element:
        """Open a part to be changed; one that is not there begins as `empty`."""
        if part not in self._open:
            content = empty if empty and not self.has(part) else self.read(part)
            try:
                self._open[part] = minidom.parseString(content)  # noqa: S318 - confined, no DOCTYPE
            except ExpatError as error:
                raise UnusualError(part) from error
        element = self._open[part].documentElement
        if element is None:
            raise UnusualError(part)
        return element

    def replace(self, part: str, content: str) -> None:
        """Write a part anew."""
        self._written[part] = content.encode()

    def sheet(self, title: str) -> str:
        """Tell which part is the sheet of this title."""
        book = "xl/workbook.xml"
        for sheet in children(first(self.root(book), "sheets"), "sheet"):
            if sheet.getAttribute("name") == title:
                wanted = sheet.getAttributeNS(_KINDS, "id")
                for ident, _, target in self._related(book):
                    if ident == wanted:
                        return target
        raise UnusualError(title)

    def related(self, part: str, kind: str) -> str | None:
        """Tell which part of a kind belongs to another part."""
        return next((at for _, is_, at in self._related(part) if is_.endswith(f"/{kind}")), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Say that a part belongs to another one; tell the name of the relation."""
        known = [ident for ident, _, at in self._related(part) if at == target]
        if known:
            return known[0]
        root = self.root(_relations_of(part), f'<Relationships xmlns="{_RELATIONS}"/>')
        taken = {one.getAttribute("Id") for one in children(root, "Relationship")}
        ident = next(name for n in range(1, len(taken) + 2) if (name := f"rId{n}") not in taken)
        told = {"Id": ident, "Type": f"{_KINDS}/{kind}", "Target": relpath(target, dirname(part))}
        root.appendChild(make(root, "Relationship", **told))
        return ident

    def declare(self, name: str, key: str, value: str, media_type: str) -> None:
        """Say what a part, or every part with an ending, is."""
        root = self.root("[Content_Types].xml")
        if all(one.getAttribute(key) != value for one in children(root, name)):
            root.appendChild(make(root, name, **{key: value, "ContentType": media_type}))

    def save(self, target: Path) -> None:
        """Write the whole file; parts that nobody opened go over as they are."""
        opened = {part: one.toxml(encoding="UTF-8") for part, one in self._open.items()}
        changed: dict[str, bytes] = {**opened, **self._written}
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
            for one in self._archive.infolist():
                content = changed.pop(one.filename, None)
                made.writestr(one, self._archive.read(one) if content is None else content)
            for part, content in changed.items():
                made.writestr(part, content)

    def _related(self, part: str) -> list[tuple[str, str, str]]:
        where = _relations_of(part)
        if where not in self._open and not self.has(where):
            return []
        return [
            (
                one.getAttribute("Id"),
                one.getAttribute("Type"),
                normpath(join("/", dirname(part), one.getAttribute("Target"))).lstrip("/"),
            )
            for one in children(self.root(where), "Relationship")
        ]


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def make(beside: Element, name: str, text: str = "", /, **told: object) -> Element:
    """Make an element with the prefix of another one of its document."""
    document = beside.ownerDocument
    if document is None:
        raise UnusualError(name)
    prefix, colon, _ = beside.tagName.rpartition(":")
    made = document.createElement(f"{prefix}{colon}{name}")
    for key, value in told.items():
        made.setAttribute(key, str(value))
    if text:
        made.appendChild(document.createTextNode(text))
    return made


def children(parent: Element, name: str | None = None) -> list[Element]:
    """List the elements right below one; `name` without its prefix."""
    return [
        one
        for one in parent.childNodes
        if isinstance(one, Element) and name in (None, one.tagName.rpartition(":")[2])
    ]


def first(parent: Element, name: str) -> Element:
    """Give the one element of a name; raise `UnusualError` where there is none."""
    found = children(parent, name)
    if not found:
        raise UnusualError(name)
    return found[0]


def letters_of(column: int) -> str:
    """Call a column, counted from 0, as sheets do."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def number_of(place: str) -> int:
    """Tell the column, counted from 0, of a place such as `AB12`."""
    number = 0
    for letter in place.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1
