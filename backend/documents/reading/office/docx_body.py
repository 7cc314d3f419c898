"""The body of a Word document (or a header, footer, note or text box) -> blocks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from backend.documents.reading.office.docx_looks import POINT, Theme, W, number, shading, with_form, with_run
from backend.documents.reading.office.docx_shapes import Page, boxes, chosen, images
from backend.documents.reading.office.docx_styles import Lists, Styles, table_shown
from backend.documents.reading.office.fields import Fields, result_of
from backend.documents.reading.office.flow import Block, Paragraph, Run, Table
from backend.documents.reading.office.looks import TINY, Look
from backend.documents.reading.office.packages import local

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# What only wraps: its content is read as if it stood there itself.
_WRAPPERS = frozenset(("ins", "moveTo", "smartTag", "customXml", "sdtContent", "dir", "bdo", "ruby", "rubyBase"))
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_BARE = frozenset({"off", "false", "0"})


@dataclass(frozen=True, slots=True)
class Book:
    """What all parts of a document share. `notes` gives the paragraphs of foot- and endnotes by kind and id."""

    styles: Styles
    lists: Lists
    theme: Theme
    page: Page = field(default_factory=Page)
    notes: Mapping[tuple[str, str], etree._Element] = field(default_factory=dict)


@dataclass(slots=True)
class Counts:
    text_boxes: int = 0
    images: int = 0
    paragraphs: int = 0


class Reader:
    """Reads one part. `links` are its relationships (id -> address), `place` names it for people."""

    def __init__(
        self, book: Book, links: Mapping[str, str], place: str, counts: Counts, *, broken_fields: bool = False
    ) -> None:
        self._book, self._links, self._place, self._counts = book, links, place, counts
        self._fields = Fields(broken=broken_fields)
        self._numbered = place == "paragraph"

    def blocks(self, holder: etree._Element, look: Look, table_style: Look | None = None) -> list[Block]:
        """The paragraphs and tables in `holder`. `look` gives the ground and whether all of it is hidden."""
        result: list[Block] = []
        for element in holder:
            match local(element):
                case "p":
                    result.extend(self._paragraph(element, look, table_style))
                case "tbl":
                    result.append(self._table(element, look))
                case "sdt":
                    result.extend(self.blocks(_content(element), look, table_style))
                case "AlternateContent":
                    branch = chosen(element)
                    result.extend(self.blocks(branch, look, table_style) if branch is not None else ())
                case name if name in _WRAPPERS:
                    result.extend(self.blocks(element, look, table_style))
        return result

    def _paragraph(self, element: etree._Element, look: Look, table_style: Look | None) -> list[Block]:
        book = self._book
        properties = element.find(f"{W}pPr")
        named = properties.find(f"{W}pStyle") if properties is not None else None
        style = (named.get(f"{W}val") or "") if named is not None else ""
        form = with_form(book.styles.form(style), properties, book.theme)
        base = table_style or book.styles.base_look(look)
        base = replace(base, ground=form.ground or look.ground, hidden=look.hidden)
        base = book.styles.look(style, base)
        if form.flat or form.away:
            base = replace(base, hidden="tiny" if form.flat else "off_page")
        item = book.lists.item(form.number, form.number_level)
        left = form.left if form.left is not None else item
        if self._numbered:
            self._counts.paragraphs += 1
        # A heading in a list is numbered, no item of it.
        result = Paragraph(
            level=form.outline, bullet=item is not None and not form.outline, left=left or 0.0, before=form.before,
            after=form.after, style=form.style, tight=form.tight,
            place=f"paragraph {self._counts.paragraphs}" if self._numbered else self._place,
        )  # fmt: skip
        inner: list[Block] = []
        result.runs.extend(self._runs(element, base, "", inner))
        return [result, *inner]

    def _runs(self, holder: etree._Element, look: Look, href: str, inner: list[Block]) -> Iterator[Run]:
        """The runs in a paragraph or in what wraps some of them; text boxes go to `inner`."""
        for element in holder:
            match local(element):
                case "r":
                    yield from self._run(element, look, href, inner)
                case "hyperlink":
                    yield from self._runs(element, look, self._links.get(element.get(f"{R}id") or "", ""), inner)
                case "fldSimple":
                    field = result_of(element.get(f"{W}instr") or "")
                    if field.shown:
                        yield from self._runs(element, look, field.href or href, inner)
                case "sdt":
                    yield from self._runs(_content(element), look, href, inner)
                case "AlternateContent":
                    branch = chosen(element)
                    yield from self._runs(branch, look, href, inner) if branch is not None else ()
                case name if name in _WRAPPERS:
                    yield from self._runs(element, look, href, inner)

    def _run(self, element: etree._Element, look: Look, href: str, inner: list[Block]) -> Iterator[Run]:
        styles = self._book.styles
        properties = element.find(f"{W}rPr")
        named = properties.find(f"{W}rStyle") if properties is not None else None
        if named is not None:
            look = styles.look(named.get(f"{W}val") or "", look, "character")
        direct = with_run(look, properties, self._book.theme)
        # What hides the paragraph hides the run whatever the run says.
        look = replace(direct, hidden=direct.hidden or (look.hidden if look.hidden != "hidden_run" else None))
        yield from self._pieces(element, look, href, inner)

    def _pieces(self, holder: etree._Element, look: Look, href: str, inner: list[Block]) -> Iterator[Run]:
        fields = self._fields
        for element in holder:
            name = local(element)
            if name == "fldChar":
                fields.mark(element.get(f"{W}fldCharType") or "")
            elif name == "instrText":
                fields.instruct(element.text or "")
            elif not fields.shown:
                continue
            elif name == "t":
                yield Run((element.text or "").replace("\n", " "), look, href or fields.href)
            elif name == "sym":
                yield self._symbol(element, look)
            elif name in _SIGNS:
                yield Run(_SIGNS[name], look, href or fields.href)
            elif name in ("footnoteReference", "endnoteReference"):
                yield from self._note(name.removesuffix("Reference"), element, look, inner)
            elif name in ("drawing", "pict", "object"):
                self._draw(element, look, inner)
            elif name == "AlternateContent" and (branch := chosen(element)) is not None:
                yield from self._pieces(branch, look, href, inner)
            elif name == "ruby":
                yield from self._runs(element, look, href, inner)

    def _symbol(self, element: etree._Element, look: Look) -> Run:
        try:
            char = chr(int(element.get(f"{W}char") or "20", 16))
        except (ValueError, OverflowError):
            char = " "
        return Run(char, replace(look, font=element.get(f"{W}font") or look.font))

    def _note(self, kind: str, element: etree._Element, look: Look, inner: list[Block]) -> Iterator[Run]:
        """A note's text, in brackets where its mark stands."""
        note = self._book.notes.get((kind, element.get(f"{W}id") or ""))
        if note is None:
            return
        runs = [run for paragraph in note.iter(f"{W}p") for run in self._runs(paragraph, look, "", inner)]
        if any(run.text.strip() for run in runs):
            first, *others = runs
            yield Run(" (", look)
            yield from [first._replace(text=first.text.lstrip()), *others] if first.text.strip() else others
            yield Run(")", look)

    def _draw(self, drawing: etree._Element, look: Look, inner: list[Block]) -> None:
        self._counts.images += images(drawing)
        ground = self._book.styles.base_look(replace(look, hidden=look.hidden))
        for box in boxes(drawing, ground, self._book.page, self._book.theme):
            self._counts.text_boxes += 1
            place = "a text box" if self._numbered else self._place
            reader = Reader(self._book, self._links, place, self._counts)
            inner.append(Paragraph())
            inner.extend(reader.blocks(box.content, box.look))
            inner.append(Paragraph())

    def _table(self, element: etree._Element, look: Look) -> Table:
        styles, theme = self._book.styles, self._book.theme
        properties = element.find(f"{W}tblPr")
        named = properties.find(f"{W}tblStyle") if properties is not None else None
        style = (named.get(f"{W}val") or "") if named is not None else ""
        shown = table_shown(properties)
        own = shading(properties, theme)
        rows = list(_held(element, "tr"))
        result = Table()
        for row_number, row in enumerate(rows):
            cells = list(_held(row, "tc"))
            inside = _row_look(row, look)
            blocks: list[list[Block]] = []
            for column, cell in enumerate(cells):
                base = styles.base_look(replace(inside, ground=own or inside.ground))
                base = styles.table_part(style, shown, (row_number, column), (len(rows), len(cells)), base)
                base = replace(base, ground=shading(cell.find(f"{W}tcPr"), theme) or base.ground)
                blocks.append(self.blocks(cell, base, base))
            result.rows.append(blocks)
        return result


def _content(sdt: etree._Element) -> etree._Element:
    """What a content control holds; nothing where that is only the prompt to fill it in."""
    properties, content = sdt.find(f"{W}sdtPr"), sdt.find(f"{W}sdtContent")
    prompt = properties.find(f"{W}showingPlcHdr") if properties is not None else None
    if content is None or (prompt is not None and prompt.get(f"{W}val") not in _BARE):
        return etree.Element("empty")
    return content


def _held(holder: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, those in content controls too; deleted rows are left out."""
    for element in holder:
        kind = local(element)
        if kind == name:
            if element.find(f"{W}trPr/{W}del") is None:
                yield element
        elif kind == "sdt":
            yield from _held(_content(element), name)
        elif kind in _WRAPPERS:
            yield from _held(element, name)


def _row_look(row: etree._Element, look: Look) -> Look:
    properties = row.find(f"{W}trPr")
    if properties is None:
        return look
    height, hidden = properties.find(f"{W}trHeight"), properties.find(f"{W}hidden")
    if hidden is not None and (hidden.get(f"{W}val") or "true") not in _BARE:
        return replace(look, hidden="hidden_run")
    if height is not None and height.get(f"{W}hRule") == "exact" and number(height.get(f"{W}val")) / POINT < TINY:
        return replace(look, hidden="tiny")
    return look
