"""Text that a PDF carries beside its pages: comments, and long metadata."""

import ctypes
import html
import re
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from backend.domain.layout import Hidden

_MAX_NOTES, _MAX_TEXT, _MAX_METADATA = 200, 20_000, 10_000_000
_SHOWN = (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP)
_SILENT = (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP)
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW | pdfium.FPDF_ANNOT_FLAG_INVISIBLE
_KEYS = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer")
_XMP = re.compile(rb"<x:xmpmeta.{0,100000}?</x:xmpmeta>", re.DOTALL)
_FIELD = re.compile(
    r"<((?:dc|pdf|xmp|photoshop|pdfx)(?:aux)?:[\w-]{1,40})(?:\s[^<>]{0,300})?>(.{1,20000}?)</\1>", re.DOTALL
)
_LONG, _WORDS, _ITEMS = 140, 18, 10


def comments(page: pypdfium2.PdfPage, place: str) -> list[Hidden]:
    """What annotations say that a reader does not see on the page."""
    found = []
    for annotation, kind in _annotations(page):
        if kind in _SILENT or _is_shown(annotation, kind):
            continue
        text = " ".join(_string(annotation, b"Contents").split())
        if text:
            found.append(Hidden(text=text, how="comment", place=place))
    return found


def has_shown_notes(page: pypdfium2.PdfPage) -> bool:
    """Whether the page has text boxes or form fields that readers see, though they are no part of its text."""
    return any(_is_shown(annotation, kind) for annotation, kind in _annotations(page))


def _is_shown(annotation: pdfium.FPDF_ANNOTATION, kind: int) -> bool:
    flags = pdfium.FPDFAnnot_GetFlags(annotation)
    return kind in _SHOWN and not flags & _UNSEEN and bool(pdfium.FPDFAnnot_HasKey(annotation, b"AP"))


def _annotations(page: pypdfium2.PdfPage) -> Iterator[tuple[pdfium.FPDF_ANNOTATION, int]]:
    for index in range(min(_MAX_NOTES, pdfium.FPDFPage_GetAnnotCount(page.raw))):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if annotation:
            try:
                yield annotation, pdfium.FPDFAnnot_GetSubtype(annotation)
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)


def _string(annotation: pdfium.FPDF_ANNOTATION, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < size <= 2 * _MAX_TEXT:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")


def metadata(document: pypdfium2.PdfDocument, data: bytes) -> list[Hidden]:
    """Metadata long enough to be meant for a machine: sentences, or lists of keywords."""
    found: list[Hidden] = []
    for place, text in (*_information(document), *_packets(data)):
        text = " ".join(text.split())
        if _is_long(text) and all(text != other.text for other in found):
            found.append(Hidden(text=text, how="metadata", place=place))
    return found


def _information(document: pypdfium2.PdfDocument) -> Iterator[tuple[str, str]]:
    for key in _KEYS:
        yield key, metadata_text(document, key)


def metadata_text(document: pypdfium2.PdfDocument, key: str) -> str:
    """One value of the document's information dictionary, "" where there is none."""
    name = key.encode("ascii")
    size = pdfium.FPDF_GetMetaText(document.raw, name, None, 0)
    if not 2 < size <= _MAX_METADATA:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document.raw, name, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")[:_MAX_TEXT]


def _packets(data: bytes) -> Iterator[tuple[str, str]]:
    for packet in _XMP.findall(data)[:5]:
        for match in _FIELD.finditer(packet.decode("utf-8", "replace")):
            items = re.sub(r"</rdf:li>\s*<rdf:li[^<>]{0,100}>", ", ", match[2])
            yield f"XMP {match[1]}", html.unescape(re.sub(r"<[^<>]{0,500}>", " ", items))


def _is_long(text: str) -> bool:
    return len(text) > _LONG or len(text.split()) >= _WORDS or len(re.findall(r"[,;|]", text)) >= _ITEMS - 1
