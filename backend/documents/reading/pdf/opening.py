"""Bytes -> an open PDF, or a clear word about why it cannot be opened."""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pypdfium2.raw as pdfium

from backend.errors import InvalidInput

MAX_PAGES = 30
_HEAD = 1024  # the mark "%PDF-" may stand behind some bytes of noise
_REASONS = {
    pdfium.FPDF_ERR_PASSWORD: "The PDF is locked with a password. Save a copy without one and send that.",
    pdfium.FPDF_ERR_SECURITY: "The PDF is encrypted in a way that cannot be read. Save a copy without protection and send that.",
}
_DAMAGED = (
    "The PDF is damaged or was cut off, and cannot be opened. Export it again, or send the resume as DOCX or text."
)


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document, closed at the end. Raises InvalidInput when it is no PDF, locked, damaged (also when that shows only
    while it is read), empty or too long."""
    if b"%PDF-" not in data[:_HEAD]:
        raise InvalidInput('The file is not a PDF: it does not begin with "%PDF-". Send a PDF, DOCX, or text.')
    try:
        with pypdfium2.PdfDocument(data) as document:
            _check(len(document))
            yield document
    except pypdfium2.PdfiumError as error:
        raise InvalidInput(_REASONS.get(error.err_code or 0, _DAMAGED)) from error


def _check(pages: int) -> None:
    if pages == 0:
        raise InvalidInput("The PDF has no pages. Export it again and send the new file.")
    if pages > MAX_PAGES:
        raise InvalidInput(f"The PDF has {pages} pages; a resume may have {MAX_PAGES}. Send the resume alone.")
