"""Links on a page: where what is written is not the address itself, the address is written behind it."""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from backend.documents.reading.pdf.drawings import Box
from backend.documents.reading.pdf.glyphs import Font, Glyph, Run, View

_WEB = re.compile(r"(?:https?://|www\.)\S+$|[a-z0-9-]+(?:\.[a-z0-9-]+)+/\S*$", re.IGNORECASE)
_MAX_LINKS, _MAX_ADDRESS = 500, 500
_PLAIN = Font("", bold=False, italic=False, symbols=False, icons=False, embedded=True)


class Link(NamedTuple):
    box: Box
    address: str


def links_of(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, view: View) -> list[Link]:
    """Links to the web, to mail and to telephones, in the order of the file."""
    found: list[Link] = []
    position, handle = ctypes.c_int(0), pdfium.FPDF_LINK()
    while len(found) < _MAX_LINKS and pdfium.FPDFLink_Enumerate(page.raw, position, handle):
        rect = pdfium.FS_RECTF()
        address = _address(document, handle)
        if address and pdfium.FPDFLink_GetAnnotRect(handle, rect):
            found.append(Link(Box(*view.box(rect.left, rect.bottom, rect.right, rect.top)), address))
    return found


def _address(document: pypdfium2.PdfDocument, link: pdfium.FPDF_LINK) -> str:
    action = pdfium.FPDFLink_GetAction(link)
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    buffer = ctypes.create_string_buffer(_MAX_ADDRESS + 1)
    size = pdfium.FPDFAction_GetURIPath(document.raw, action, buffer, len(buffer))
    if not 1 < size <= len(buffer):
        return ""
    raw = buffer.raw[: size - 1].decode("utf-8", "replace").strip()
    address = re.sub(r"^(?:mailto|tel):", "", raw, flags=re.IGNORECASE).split("?subject=")[0]
    return address if address != raw or _WEB.match(raw) else ""


def with_addresses(glyphs: Sequence[Glyph], links: Sequence[Link]) -> list[Glyph]:
    """The characters, and behind the last one of each link its address where it is not what is written there."""
    result = list(glyphs)
    for address, boxes in _grouped(links):
        inside = [glyph for box in boxes for glyph in _inside(glyphs, box)]
        written = "".join(glyph.text for glyph in inside if not glyph.run.font.icons)
        words = [glyph for glyph in inside if not glyph.run.font.icons]
        if not any(char.isalnum() for char in written):
            if not _is_written(address, glyphs):
                result.append(_placed(address, boxes[-1], inside or words, glyphs))
        elif _bare(written) != _bare(address) and not _is_written(address, words):
            last = words[-1]
            twin = replace(last, text=f" ({address})")
            result[_index(result, last)] = replace(last, text=last.text + twin.text)
    return result


def _grouped(links: Sequence[Link]) -> Iterator[tuple[str, list[Box]]]:
    """Boxes that follow each other with the same address are one link, on several lines or before an icon."""
    boxes: list[Box] = []
    address = ""
    for link in links:
        if link.address != address:
            if boxes:
                yield address, boxes
            boxes, address = [], link.address
        boxes.append(link.box)
    if boxes:
        yield address, boxes


def _inside(glyphs: Sequence[Glyph], box: Box) -> list[Glyph]:
    """The characters whose middle is in the box; of a whole text in one piece, its beginning."""
    top, bottom = box.y0 - 1, box.y1 + 1
    row = [glyph for glyph in glyphs if top <= (glyph.y0 + glyph.y1) / 2 <= bottom and glyph.text.strip()]
    left, right = box.x0 - 0.5, box.x1 + 0.5
    return [g for g in row if left <= min((g.x0 + g.x1) / 2, g.x0 + 0.3 * g.run.size) <= right]


def _bare(address: str) -> str:
    """What counts of an address, or of a telephone number: "https://www.x.org/" is "x.org"."""
    text = re.sub(r"\s", "", address).lower()
    if re.fullmatch(r"[+\d().\-\s/]{7,}", text):
        return re.sub(r"\D", "", text).lstrip("0")[-9:]
    return re.sub(r"^(?:https?://)?(?:www\.)?|/+$", "", text)


def _is_written(address: str, glyphs: Sequence[Glyph]) -> bool:
    """Whether the page spells the address out."""
    return _bare(address) in re.sub(r"\s", "", "".join(glyph.text for glyph in glyphs)).lower()


def _index(glyphs: Sequence[Glyph], wanted: Glyph) -> int:
    return next(index for index, glyph in enumerate(glyphs) if glyph is wanted)


def _placed(address: str, box: Box, icons: Sequence[Glyph], glyphs: Sequence[Glyph]) -> Glyph:
    """The address as a character of its own, in the place of the icon or picture that carries the link."""
    icon = icons[0] if icons else None
    size = icon.run.size if icon else min(12.0, max(6.0, 0.8 * (box.y1 - box.y0)))
    near = min(
        (glyph for glyph in glyphs if box.y0 <= glyph.base <= box.y1 + size),
        key=lambda g: abs(g.x0 - box.x0),
        default=None,
    )
    base = near.base if near else icon.base if icon else box.y1 - 0.2 * (box.y1 - box.y0)
    run = Run(None, _PLAIN, near.run.size if near else size, 0, 0, None, None)
    return Glyph(f" {address} ", box.x0, box.x1, box.y0, box.y1, base, run)
