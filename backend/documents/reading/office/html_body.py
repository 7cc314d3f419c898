"""The body of a web page -> blocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from backend.documents.reading.office.css import Sheet
from backend.documents.reading.office.flow import Block, Paragraph, Run, Table
from backend.documents.reading.office.html_looks import Computed, computed
from backend.documents.reading.office.packages import local

_DROPPED = frozenset(
    "script style noscript template title meta link base object embed iframe canvas audio video map svg math button select "
    "option textarea input datalist progress meter rt rp del area frame frameset".split()
)
_BLOCKS = frozenset(
    "html head body p div section article header footer main aside nav ul ol menu li dl dt dd h1 h2 h3 h4 h5 h6 blockquote pre "
    "address figure figcaption form fieldset legend details summary center hr hgroup search dialog caption".split()
)
_ROOMY = frozenset("p ul ol dl h1 h2 h3 h4 h5 h6 blockquote pre figure section article hr fieldset table".split())
_ROOM = 12.0
_STEP = 18.0
_SPACE = re.compile(r"[ \t\r\n\f]+")
_TABLE_PARTS = ("thead", "tbody", "tfoot")


@dataclass(slots=True)
class _Place:
    """Where text goes next: the paragraph that is open, and what the next one begins with."""

    blocks: list[Block] = field(default_factory=list)
    open: Paragraph | None = None
    room: float = 0.0
    level: int = 0
    depth: int = 0
    mark: bool = False
    """Whether the next paragraph is the first of a list's item."""


class Reader:
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.images = 0
        self.columns = 1

    def blocks(self, element: etree._Element, above: Computed) -> list[Block]:
        place = _Place()
        self._element(element, above, "", place)
        _end(place)
        return place.blocks

    def _element(self, element: etree._Element, above: Computed, href: str, place: _Place) -> None:
        name = local(element).lower()
        if name in ("img", "svg", "picture"):
            self.images += name != "picture"
        if not name or name in _DROPPED or (name == "nav" and not _reaches_out(element)):
            return
        if name == "br":
            self._say("\n", replace(above, kept=True), href, place, element)
            return
        style = self._sheet.of(element)
        own = computed(element, style, above, "block" if name in _BLOCKS else "inline")
        self._count_columns(style)
        if name == "table" or own.display == "table":
            self._table(element, own, place)
        elif own.row and len(element) > 1 and not (element.text or "").strip():
            self._side_by_side(element, own, place)
        elif name in _BLOCKS or own.display in ("block", "flex", "grid", "list-item", "flow-root"):
            self._block(element, name, own, href, place)
        else:
            self._inline(element, name, own, href, place)

    def _inline(self, element: etree._Element, name: str, own: Computed, href: str, place: _Place) -> None:
        if own.apart:
            self._say("\t", replace(own, kept=True), "", place, element)
        self._inside(element, own, (element.get("href") or "") if name == "a" else href, place)
        if own.apart:
            self._say("\t", replace(own, kept=True), "", place, element)

    def _block(self, element: etree._Element, name: str, own: Computed, href: str, place: _Place) -> None:
        outer = (place.level, place.depth)
        # An aside of a heading, such as a date that floats at its right, is one line with it.
        if not (place.level and own.apart):
            _end(place)
        if name in _ROOMY:
            place.room = _ROOM
        if name == "hr":
            place.blocks.append(Paragraph())
        if re.fullmatch("h[1-6]", name):
            place.level = int(name[1])
        elif element.get("role") == "heading":
            place.level = int(element.get("aria-level") or "2") if (element.get("aria-level") or "2").isdigit() else 2
        if name in ("ul", "ol", "menu"):
            place.depth += 1
        if name == "li":
            place.depth = max(place.depth, 1)
            place.mark = True
        self._inside(element, own, href, place)
        if not (outer[0] and own.apart):
            _end(place)
        place.level, place.depth = outer
        if name == "li":
            place.mark = False
        if name in _ROOMY:
            place.room = _ROOM

    def _inside(self, element: etree._Element, own: Computed, href: str, place: _Place) -> None:
        self._say(element.text or "", own, href, place, element)
        for child in element:
            self._element(child, own, href, place)
            self._say(child.tail or "", own, href, place, child)

    def _say(self, text: str, own: Computed, href: str, place: _Place, element: etree._Element) -> None:
        if not own.kept:
            text = _SPACE.sub(" ", text)
        if not text or (place.open is None and not text.strip()):
            return
        if place.open is None:
            place.open = Paragraph(
                level=place.level, bullet=place.mark, left=_STEP * place.depth, before=place.room,
                place=f"line {element.sourceline}" if element.sourceline else "",
            )  # fmt: skip
            place.room, place.mark = 0.0, False
        place.open.runs.append(Run(text, own.seen, href))

    def _side_by_side(self, element: etree._Element, own: Computed, place: _Place) -> None:
        """What a flexible box lays out in a row is a row of cells."""
        _end(place)
        cells = []
        for child in element:
            inner = _Place(level=place.level, depth=place.depth)
            self._element(child, own, "", inner)
            self._say(child.tail or "", own, "", inner, child)
            _end(inner)
            cells.append(inner.blocks)
        place.blocks.append(Table([cells]))

    def _table(self, element: etree._Element, own: Computed, place: _Place) -> None:
        _end(place)
        result = Table()
        for row, above in self._rows(element, own):
            inside = computed(row, self._sheet.of(row), above, "table-row")
            cells = [cell for cell in row if local(cell).lower() in ("td", "th")]
            result.rows.append([self._cell(cell, inside) for cell in cells])
        for caption in element:
            if local(caption).lower() == "caption":
                self._element(caption, own, "", place)
                _end(place)
        place.blocks.append(result)
        place.room = _ROOM

    def _rows(self, table: etree._Element, own: Computed) -> Iterator[tuple[etree._Element, Computed]]:
        for child in table:
            name = local(child).lower()
            if name == "tr":
                yield child, own
            elif name in _TABLE_PARTS:
                yield from self._rows(child, computed(child, self._sheet.of(child), own, "table-row-group"))

    def _cell(self, cell: etree._Element, above: Computed) -> list[Block]:
        inner = _Place()
        self._inside(cell, computed(cell, self._sheet.of(cell), above, "table-cell"), "", inner)
        _end(inner)
        return inner.blocks

    def _count_columns(self, style: dict[str, str]) -> None:
        count = style.get("column-count") or style.get("columns") or ""
        if match := re.search(r"\b\d{1,2}\b(?![a-z%])", count):
            self.columns = max(self.columns, min(int(match.group()), 45))


def _end(place: _Place) -> None:
    """Closes the open paragraph, its spaces set as a browser does."""
    paragraph, place.open = place.open, None
    if paragraph is None:
        return
    runs: list[Run] = []
    loose = True  # whether a space would come after another, or at the beginning of a line
    for run in paragraph.runs:
        text = run.text
        if loose and text.startswith(" "):
            text = text.lstrip(" ")
        if text:
            runs.append(run._replace(text=text))
            if run.look.hidden != "hidden_run":
                loose = text[-1] in " \n\t"
    paragraph.runs = runs
    if paragraph.says():
        place.blocks.append(paragraph)


def _reaches_out(navigation: etree._Element) -> bool:
    """Whether a navigation leads to somewhere else than the page and its site, as to a mailbox."""
    return any((link.get("href") or "").startswith(("mailto:", "tel:", "http")) for link in navigation.iter("a"))
