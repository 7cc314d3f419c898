"""A PDF -> what can be read in it, in reading order, what it hides, and how it is laid out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from backend.documents.reading.extraction import Extraction
from backend.documents.reading.lines import Line
from backend.documents.reading.pdf.bullets import with_dots
from backend.documents.reading.pdf.columns import zones_of
from backend.documents.reading.pdf.drawings import Drawings, drawings
from backend.documents.reading.pdf.facts import layout_of
from backend.documents.reading.pdf.flow import pieces_of
from backend.documents.reading.pdf.furniture import without_furniture
from backend.documents.reading.pdf.glyphs import Font, Glyph, View, characters
from backend.documents.reading.pdf.hiding import Sorted, hidden_texts
from backend.documents.reading.pdf.icons import is_icon, spelled
from backend.documents.reading.pdf.ink import Ink
from backend.documents.reading.pdf.links import links_of, with_addresses
from backend.documents.reading.pdf.notes import comments, has_shown_notes, metadata, metadata_text
from backend.documents.reading.pdf.ocr import OcrEngine, seen_glyphs
from backend.documents.reading.pdf.opening import opened
from backend.documents.reading.pdf.prose import lines_of_column
from backend.documents.reading.pdf.rows import Row, rows_of_column
from backend.documents.reading.pdf.segments import Segment, segments_of
from backend.documents.reading.pdf.styling import headings_of, mark_ruled
from backend.documents.reading.pdf.tricks import without_tricks
from backend.domain.layout import Hidden
from backend.errors import InvalidInput

_TYPESETTER = re.compile(r"tex|typst|dvipdf|context|indesign|scribus|prince|groff", re.IGNORECASE)
_FEW = 8  # letters; a page with fewer has no text to speak of
_UNREADABLE = 0.4  # share of characters that stand for nothing, from which a picture is read rather than the text
_SCAN = (
    "The PDF is a scan: its pages are pictures without text, and no program that reads pictures is installed here. "
    "Send a PDF exported from the word processor, a DOCX or text; or install Tesseract."
)
_EMPTY = "The PDF has no text that a reader could see. Export it again from the word processor, or send DOCX or text."


@dataclass(slots=True)
class Page:
    """One page, read. `number` counts from 1; `letters` are those that a reader sees; `pictured` says that the text was
    read from a picture of the page, `unread` that it is a picture nobody could read."""

    number: int
    view: View
    drawn: Drawings
    characters: int = 0
    broken: int = 0
    letters: int = 0
    pictured: bool = False
    unread: bool = False
    segments: list[Segment] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)


def extract_pdf(data: bytes, *, ocr: OcrEngine | None = None) -> Extraction:
    """What `data` holds. `ocr` reads scanned pages. Raises InvalidInput when it is no PDF, locked, damaged, too long, or
    a scan that nothing here can read; VendorUnavailable when `ocr` fails."""
    fonts: dict[int, Font] = {}
    with opened(data) as document:
        pages = [_page(document, index, fonts, ocr) for index in range(len(document))]
        hyphenates = _TYPESETTER.search(" ".join(metadata_text(document, key) for key in ("Creator", "Producer")))
        hidden = [*(entry for page in pages for entry in page.hidden), *metadata(document, data)]
    if not any(page.letters for page in pages):
        raise InvalidInput(_SCAN if any(page.unread for page in pages) else _EMPTY)
    furniture = without_furniture([(page.view.height, page.segments) for page in pages])
    zones = [(page.number, zones_of(kept)) for page, kept in zip(pages, furniture.kept, strict=True)]
    columns = [rows for piece in pieces_of(zones) if (rows := rows_of_column(piece.segments, piece.page))]
    by_number = {page.number: page.drawn for page in pages}
    for column in columns:
        mark_ruled(column, by_number[column[0].page].rules)
    layout = layout_of(pages, zones, fonts.values(), furniture.repeated, len(data))
    return Extraction(
        "pdf",
        tuple(_lines(columns, hyphenates=hyphenates is not None)),
        hidden=tuple(hidden),
        layout=layout,
        warnings=tuple(_warnings(pages, layout.broken_text)),
    )


def _page(document: pypdfium2.PdfDocument, index: int, fonts: dict[int, Font], ocr: OcrEngine | None) -> Page:
    page = document[index]
    place = f"page {index + 1}"
    notes = comments(page, place)
    if has_shown_notes(page) and pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        page.close()
        page = document[index]
    view = View(page)
    found = characters(page.get_textpage(), view, fonts)
    result = Page(index + 1, view, drawings(page, view), sum(1 for g in found.glyphs if g.text.strip()), found.broken)
    result.unread = _needs_eyes(found.glyphs, result)
    if result.unread and ocr:
        glyphs = seen_glyphs(page, ocr)
        result.unread, result.pictured = False, True
    else:
        glyphs, tricks = without_tricks(found.glyphs, place)
        ink = Ink(page, result.drawn.texts, view)
        seen = Sorted(glyphs, view, ink, result.drawn.images)
        result.hidden = [*tricks, *hidden_texts(seen.hidden, place)]
        glyphs = seen.shown
    result.hidden.extend(notes)
    result.letters = sum(1 for glyph in glyphs if glyph.text[:1].isalnum())
    result.segments = _segments(with_addresses(spelled(glyphs), links_of(document, page, view)), result)
    page.close()
    return result


def _needs_eyes(glyphs: list[Glyph], page: Page) -> bool:
    """Whether the page is a picture, or its characters stand for nothing."""
    letters = sum(1 for glyph in glyphs if glyph.text.isalnum())
    if letters >= _FEW:
        return page.broken > _UNREADABLE * max(page.characters, 1)
    return bool(page.drawn.images) or page.drawn.shapes > 50


def _segments(glyphs: list[Glyph], page: Page) -> list[Segment]:
    """The level text with its list signs; then what is written up or down the page, below it."""
    text = [glyph for glyph in glyphs if not is_icon(glyph)]
    level = [glyph for glyph in text if glyph.run.angle == 0]
    result = with_dots(segments_of(level), page.drawn.dots)
    bottom = max((segment.base for segment in result), default=0.0)
    for angle in (90, 180, 270):
        turned = [_turned(glyph, angle, page.view) for glyph in text if glyph.run.angle == angle]
        for segment in segments_of(turned):
            bottom += 3 * segment.size
            segment.base, segment.y0, segment.y1 = bottom, bottom - segment.size, bottom
            result.append(segment)
    return result


def _turned(glyph: Glyph, angle: int, view: View) -> Glyph:
    """A character of turned text where it would be if the text were level."""
    x0, y0, x1, y1, base = glyph.x0, glyph.y0, glyph.x1, glyph.y1, glyph.base
    if angle == 90:
        return Glyph(glyph.text, y0, y1, view.width - x1, view.width - x0, view.width - base, glyph.run)
    if angle == 270:
        return Glyph(glyph.text, view.height - y1, view.height - y0, x0, x1, base, glyph.run)
    return Glyph(
        glyph.text, view.width - x1, view.width - x0, view.height - y1, view.height - y0, view.height - base, glyph.run
    )


def _lines(columns: list[list[Row]], *, hyphenates: bool) -> list[Line]:
    headings = headings_of(columns)
    lines: list[Line] = []
    offset = 0
    for column in columns:
        lines.extend(lines_of_column(column, headings, offset, hyphenates=hyphenates))
        offset += len(column)
    return [line for line in lines if line.text]


def _numbered(pages: Iterable[Page]) -> str:
    return ", ".join(str(page.number) for page in pages)


def _warnings(pages: list[Page], broken: float) -> list[str]:
    found = []
    unread = [page for page in pages if page.unread]
    if lost := _numbered(page for page in unread if not page.letters):
        found.append(f"Page {lost} cannot be read as text and was left out. Export the PDF from the word processor.")
    if partly := _numbered(page for page in unread if page.letters):
        found.append(
            f"Page {partly} can be read only in part: the rest is a picture, or in fonts that do not say what they mean. "
            "Check what was read, or export the PDF from the word processor."
        )
    if any(page.pictured for page in pages):
        found.append("The text was read from a picture of the page and may have wrong letters. Check it.")
    if broken > 0.05:
        found.append(f"{broken:.0%} of the characters stand for nothing: the PDF's fonts do not say what they mean.")
    return found
