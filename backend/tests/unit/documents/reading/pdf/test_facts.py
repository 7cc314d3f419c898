"""What the audit wants to know of how a PDF is made."""

import pytest

from backend.documents.reading.pdf import extract_pdf
from backend.documents.reading.pdf.facts import family_of
from backend.tests.unit.documents.reading.pdf.making import RESUME, Pdf, resume, text

GRID = "".join(
    f"72 {y} m 500 {y} l S {x} 500 m {x} 560 l S " for x, y in [(72, 500), (200, 520), (350, 540), (500, 560)]
)
PICTURE = {"Im1": (2, 2, bytes([200] * 12))}


def test_pages_size_and_fonts_are_told() -> None:
    data = Pdf([RESUME.encode("latin-1")] * 3).bytes()
    layout = extract_pdf(data).layout
    assert (layout.pages, layout.size, layout.fonts) == (3, len(data), ("Helvetica",))
    assert (layout.text_layer, layout.ocr, layout.broken_text, layout.text_boxes) == (True, False, 0.0, 0)


def test_a_table_with_lines_is_counted() -> None:
    assert extract_pdf(resume(GRID + text("Python", x=80, y=526))).layout.tables == 1


def test_lines_below_headings_are_no_table() -> None:
    assert extract_pdf(resume("72 685 m 540 685 l S 72 605 m 540 605 l S\n")).layout.tables == 0


def test_pictures_are_counted_but_not_icons() -> None:
    page = "q 80 0 0 80 450 700 cm /Im1 Do Q q 5 0 0 5 72 500 cm /Im1 Do Q\n"
    assert extract_pdf(resume(page, images=PICTURE)).layout.images == 1


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("TimesNewRomanPS-BoldMT", "TimesNewRoman"),
        ("ArialMT", "Arial"),
        ("Helvetica-BoldOblique", "Helvetica"),
        ("LMRoman10-Regular", "LMRoman"),
        ("SourceSans3-It", "SourceSans"),
        ("Georgia", "Georgia"),
    ],
)
def test_a_font_is_named_by_its_family(name: str, family: str) -> None:
    assert family_of(name) == family
