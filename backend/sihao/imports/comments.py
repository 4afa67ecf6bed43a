"""Comments on the cells of a sheet, beside those that the clerk has made."""

from xml.dom.minidom import Text

from sihao.imports.package import Package, children, first, letters_of, make, number_of

AUTHOR = "导入检查"
_MOST = 2000
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument"
_EMPTY = f'<comments xmlns="{_MAIN}"><authors/><commentList/></comments>'
_IDS = 1024
_OFFICE = "urn:schemas-microsoft-com"
_DRAWING = (
    f'<xml xmlns:v="{_OFFICE}:vml" xmlns:o="{_OFFICE}:office:office"'
    f' xmlns:x="{_OFFICE}:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>{shapes}</xml>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{ident}" type="#_x0000_t202" fillcolor="#ffffe1" o:insetmode="auto"'
    ' style="position:absolute;visibility:hidden"><v:fill color2="#ffffe1"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {row}, 4, {right}, 15, {below}, 4</x:Anchor>"
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)


class Notes:
    """A sheet's comments: the clerk's stay, ours of an earlier round go."""

    def __init__(self, package: Package, part: str) -> None:
        self._package, self._part = package, part
        self._number = "".join(filter(str.isdigit, part.rpartition("/")[2])) or "1"
        self._new: list[tuple[int, int, str]] = []

    def add(self, row: int, column: int, text: str) -> None:
        """Comment on a cell; the row counts from 1, the column from 0."""
        if len(self._new) < _MOST:
            self._new.append((row, column, text))

    def write(self) -> str | None:
        """Write them; tell the drawing's relation, if there are any comments."""
        had = self._package.related(self._part, "comments")
        drawn = self._package.related(self._part, "vmlDrawing")
        if drawn is not None:
            shapes = self._package.read(drawn)
            if shapes.count(b"ObjectType=") != shapes.count(b'ObjectType="Note"'):
                return None  # buttons stand in the same drawing; red cells and the column say it
        if had is None and not self._new:
            return None
        part = had or f"xl/comments_import{self._number}.xml"
        places = self._fill(part)
        drawing = drawn or f"xl/drawings/vmlDrawing_import{self._number}.vml"
        self._package.replace(drawing, _drawing(places))
        self._package.declare("Default", "Extension", "vml", f"{_TYPES}.vmlDrawing")
        told = f"{_TYPES}.spreadsheetml.comments+xml"
        self._package.declare("Override", "PartName", f"/{part}", told)
        self._package.relate(self._part, "comments", part)
        return self._package.relate(self._part, "vmlDrawing", drawing)

    def _fill(self, part: str) -> list[tuple[int, int]]:
        root = self._package.root(part, _EMPTY)
        authors, listed = first(root, "authors"), first(root, "commentList")
        names = [
            "".join(said.data for said in one.childNodes if isinstance(said, Text))
            for one in children(authors, "author")
        ]
        if AUTHOR not in names:
            authors.appendChild(make(authors, "author", AUTHOR))
            names.append(AUTHOR)
        ours = str(names.index(AUTHOR))
        for one in children(listed, "comment"):
            if one.getAttribute("authorId") == ours:
                listed.removeChild(one)
        taken = {one.getAttribute("ref") for one in children(listed, "comment")}
        for row, column, text in self._new:
            place = f"{letters_of(column)}{row}"
            if place not in taken:
                comment = make(listed, "comment", ref=place, authorId=ours)
                said = make(listed, "text")
                said.appendChild(make(listed, "t", text))
                comment.appendChild(said)
                listed.appendChild(comment)
        return [
            (int(ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), number_of(ref))
            for ref in (one.getAttribute("ref") for one in children(listed, "comment"))
        ]


def _drawing(places: list[tuple[int, int]]) -> str:
    shapes = (
        _SHAPE.format(
            ident=_IDS + at,
            row=row - 1,
            column=column,
            left=column + 1,
            right=column + 4,
            below=row + 3,
        )
        for at, (row, column) in enumerate(places, start=1)
    )
    blocks = ",".join(str(n + 1) for n in range(len(places) // _IDS + 1))
    return _DRAWING.format(blocks=blocks, shapes="".join(shapes))
