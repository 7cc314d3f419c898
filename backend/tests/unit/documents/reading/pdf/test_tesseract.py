"""The Tesseract program reads a picture of a page, where it is installed."""

import pypdfium2
import pytest

from backend.documents.reading.pdf import extract_pdf, tesseract
from backend.documents.reading.pdf.tesseract import Tesseract
from backend.errors import VendorUnavailable
from backend.tests.unit.documents.reading.pdf.making import Pdf, resume


def scanned(data: bytes) -> bytes:
    """A PDF that holds only a picture of the first page."""
    document = pypdfium2.PdfDocument(data)
    bitmap = document[0].render(scale=200 / 72, rev_byteorder=True)
    wide, high = bitmap.width, bitmap.height
    picture = bitmap.to_numpy()[:, :, :3].tobytes()
    document.close()
    return Pdf([b"q 612 0 0 792 0 0 cm /Im1 Do Q"], images={"Im1": (wide, high, picture)}).bytes()


@pytest.mark.skipif(tesseract() is None, reason="needs the program tesseract")
def test_a_scan_reads_as_the_page_it_shows() -> None:
    extraction = extract_pdf(scanned(resume()), ocr=tesseract())
    found = [line.text for line in extraction.lines]
    assert "Built a billing platform that serves 2 million people" in found
    assert found[0] == "Jane Roe"
    assert extraction.layout.ocr


def test_a_program_that_fails_is_told_as_such() -> None:
    with pytest.raises(VendorUnavailable, match="Tesseract failed"):
        Tesseract("/bin/false").words(b"P5 1 1 255\n\x00", dpi=200)
    with pytest.raises(VendorUnavailable, match="Tesseract failed"):
        Tesseract("/no/such/program").words(b"P5 1 1 255\n\x00", dpi=200)
