"""The text of an OpenDocument file (or a header, footer, note or text box) -> blocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from backend.documents.reading.office.flow import Block, Paragraph, Run, Table
from backend.documents.reading.office.looks import Look
from backend.documents.reading.office.odt_styles import DRAW, SVG, TABLE, TEXT, XLINK, Styles, points
from backend.documents.reading.office.packages import local
from backend.domain.layout import Hidden

_SKIPPED = frozenset(
    "tracked-changes sequence-decls variable-decls user-field-decls dde-connection-decls alphabetical-index-auto-mark-file "
    "forms page-number page-count note-citation ruby-text desc title glue-point event-listeners index-title-template "
    "table-of-content-source soft-page-break bookmark annotation-end script".split()
)
_SHAPES = frozenset("frame custom-shape rect ellipse circle polygon path line connector g".split())
_STEP = 18.0
"""Points that one level of a list is set in."""


@dataclass(slots=True)
class Found:
    """What comes up on the way through the text."""

    hidden: list[Hidden] = field(default_factory=list)
    text_boxes: int = 0
    images: int = 0
    paragraphs: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """The list that a paragraph stands in; `fresh` for the first paragraph of an item, which has the mark."""

    style: str
    level: int
    fresh: bool = True


class Reader:
    def __init__(self, styles: Styles, found: Found, place: str) -> None:
        self._styles, self._found, self._place = styles, found, place
        self._numbered = place == "paragraph"

    def blocks(self, holder: etree._Element, look: Look, item: Item | None = None) -> list[Block]:
        result: list[Block] = []
        for element in holder:
            name = local(element)
            if name in ("p", "h"):
                result.extend(self._paragraph(element, look, item))
                item = replace(item, fresh=False) if item else None
            elif name == "table":
                result.append(self._table(element, look))
            elif name == "list":
                result.extend(self._list(element, look, item))
            elif name in _SHAPES:
                self._shape(element, look, result)
            elif name == "annotation":
                self._comment(element)
            elif name and name not in _SKIPPED:
                hidden = element.get(f"{TEXT}display") == "none" or element.get(f"{TEXT}is-hidden") == "true"
                inside = replace(look, hidden="hidden_run") if name == "section" and hidden else look
                result.extend(self.blocks(element, inside, item))
        return result

    def _list(self, element: etree._Element, look: Look, above: Item | None) -> list[Block]:
        style = element.get(f"{TEXT}style-name") or (above.style if above else "")
        item = Item(style, above.level + 1 if above else 1)
        result: list[Block] = []
        for entry in element:
            result.extend(self.blocks(entry, look, replace(item, fresh=local(entry) == "list-item")))
        return result

    def _paragraph(self, element: etree._Element, look: Look, item: Item | None) -> list[Block]:
        name = element.get(f"{TEXT}style-name") or ""
        form = self._styles.form(name)
        level = int(points(element.get(f"{TEXT}outline-level") or "")) or form.outline
        base = self._styles.base(look)
        base = replace(base, ground=form.ground or look.ground, hidden=look.hidden)
        base = self._styles.look("paragraph", name, base)
        if any(local(part) == "hidden-paragraph" and _is_hidden(part) for part in element.iter()):
            base = replace(base, hidden="hidden_run")
        elif form.flat or form.away:
            base = replace(base, hidden="tiny" if form.flat else "off_page")
        base = replace(base, hidden=look.hidden or base.hidden)
        if self._numbered:
            self._found.paragraphs += 1
        marked = item is not None and not level and self._styles.has_mark(item.style, item.level)
        result = Paragraph(
            level=level, bullet=marked and item is not None and item.fresh, before=form.before, after=form.after, style=name,
            left=_STEP * item.level + (0 if item.fresh else _STEP) if item and marked else form.left,
            place=f"paragraph {self._found.paragraphs}" if self._numbered else self._place,
        )  # fmt: skip
        inner: list[Block] = []
        result.runs.extend(self._inline(element, base, "", inner))
        return [result, *inner]

    def _inline(self, holder: etree._Element, look: Look, href: str, inner: list[Block]) -> Iterator[Run]:
        if holder.text:
            yield Run(_collapsed(holder.text), look, href)
        for element in holder:
            yield from self._piece(element, local(element), look, href, inner)
            if element.tail:
                yield Run(_collapsed(element.tail), look, href)

    def _piece(self, element: etree._Element, name: str, look: Look, href: str, inner: list[Block]) -> Iterator[Run]:
        if name == "span":
            changed = self._styles.look("text", element.get(f"{TEXT}style-name") or "", look)
            yield from self._inline(element, replace(changed, hidden=changed.hidden or look.hidden), href, inner)
        elif name == "s":
            yield Run(" " * min(int(points(element.get(f"{TEXT}c") or "1")), 200), look, href)
        elif name in ("tab", "line-break"):
            yield Run("\t" if name == "tab" else "\n", look, href)
        elif name == "a":
            yield from self._inline(element, look, element.get(f"{XLINK}href") or "", inner)
        elif name == "hidden-text":
            words = element.get(f"{TEXT}string-value") or "".join(str(part) for part in element.itertext())
            yield Run(words, replace(look, hidden="hidden_run") if _is_hidden(element) else look, href)
        elif name == "note":
            yield from self._note(element, look, inner)
        elif name == "annotation":
            self._comment(element)
        elif name in _SHAPES:
            self._shape(element, look, inner)
        elif name and name not in _SKIPPED:
            yield from self._inline(element, look, href, inner)

    def _note(self, element: etree._Element, look: Look, inner: list[Block]) -> Iterator[Run]:
        """A note's text, in brackets where its mark stands."""
        body = element.find(f"{TEXT}note-body")
        runs = (
            [run for part in body if body is not None for run in self._inline(part, look, "", inner)]
            if body is not None
            else []
        )
        if any(run.text.strip() for run in runs):
            yield from (Run(" (", look), *runs, Run(")", look))

    def _comment(self, element: etree._Element) -> None:
        said = [str(part) for entry in element if local(entry) not in ("creator", "date", "creator-initials", "sender-initials")
                for part in entry.itertext()]  # fmt: skip
        text = " ".join("".join(said).split())
        if text:
            count = sum(1 for one in self._found.hidden if one.how == "comment") + 1
            self._found.hidden.append(Hidden(text=text, how="comment", place=f"comment {count}"))

    def _shape(self, element: etree._Element, look: Look, result: list[Block]) -> None:
        """The text in a drawn shape or frame, set apart from what is around it."""
        self._found.images += sum(1 for part in element if local(part) == "image")
        ground = self._styles.ground("graphic", element.get(f"{DRAW}style-name") or "")
        inside = replace(look, ground=look.ground if ground == "" else ground)
        if _is_off(element):
            inside = replace(inside, hidden="off_page")
        place = "a text box" if self._numbered else self._place
        holder = next((part for part in element if local(part) == "text-box"), element)
        blocks = Reader(self._styles, self._found, place).blocks(holder, inside)
        if local(holder) == "text-box" or blocks:
            self._found.text_boxes += local(element) != "g"
            result.extend((Paragraph(), *blocks, Paragraph()))

    def _table(self, element: etree._Element, look: Look) -> Table:
        look = self._on(look, "table", element)
        result = Table()
        for row in _rows(element):
            inside = self._on(look, "table-row", row)
            if row.get(f"{TABLE}visibility") in ("collapse", "filter"):
                inside = replace(inside, hidden="hidden_run")
            cells = [cell for cell in row if local(cell) == "table-cell"]
            result.rows.append([self.blocks(cell, self._on(inside, "table-cell", cell)) for cell in cells])
        return result

    def _on(self, look: Look, family: str, element: etree._Element) -> Look:
        ground = self._styles.ground(family, element.get(f"{TABLE}style-name") or "")
        return look if ground == "" else replace(look, ground=ground)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if local(element) == "table-row":
            yield element
        elif local(element) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(element)


def _collapsed(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text)


def _is_hidden(element: etree._Element) -> bool:
    return element.get(f"{TEXT}is-hidden") != "false"


def _is_off(shape: etree._Element) -> bool:
    left, top = points(shape.get(f"{SVG}x") or ""), points(shape.get(f"{SVG}y") or "")
    width, height = points(shape.get(f"{SVG}width") or ""), points(shape.get(f"{SVG}height") or "")
    return left + width < -144 or left > 1000 or top + height < -800 or top > 1300
