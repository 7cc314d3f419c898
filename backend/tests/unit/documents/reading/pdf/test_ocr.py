"""Scans: read by an engine where there is one, refused with a reason where there is none."""

import pytest

from backend.documents.reading.pdf import extract_pdf
from backend.documents.reading.pdf.ocr import SeenWord
from backend.errors import InvalidInput
from backend.tests.unit.documents.reading.pdf.making import Pdf, text

PICTURE = {"Im1": (2, 2, bytes([250] * 12))}
SCAN = Pdf([b"q 612 0 0 792 0 0 cm /Im1 Do Q"], images=PICTURE).bytes()
DPI = 200


class Eyes:
    """An engine that sees the same words on every page. Lines are (x, y, size, text) in points."""

    def __init__(self, *lines: tuple[float, float, float, str]) -> None:
        self._lines = lines
        self.pictures: list[bytes] = []

    def words(self, picture: bytes, *, dpi: int) -> list[SeenWord]:
        self.pictures.append(picture)
        scale = dpi / 72
        found = []
        for number, (x, y, size, line) in enumerate(self._lines):
            left = x
            for word in line.split():
                right = left + 0.5 * size * len(word)
                found.append(
                    SeenWord(word, left * scale, (y - 0.73 * size) * scale, right * scale, y * scale, str(number), 0.95)
                )
                left = right + 0.3 * size
        return found


PAGE = Eyes(
    (72, 60, 24, "Jane Roe"),
    (72, 100, 13, "EXPERIENCE"),
    (72, 120, 10, "Senior Engineer Northwind"),
    (400, 120, 10, "2021 2024"),
    (72, 135, 10, "¢ Built a platform"),
    (72, 150, 10, "• Ran a platform"),
)


def test_a_scan_is_refused_without_an_engine() -> None:
    with pytest.raises(InvalidInput, match=r"The PDF is a scan.*Tesseract"):
        extract_pdf(SCAN)


def test_a_scan_is_read_by_the_engine() -> None:
    extraction = extract_pdf(SCAN, ocr=PAGE)
    assert [(line.kind, line.text) for line in extraction.lines] == [
        ("heading", "Jane Roe"),
        ("heading", "EXPERIENCE"),
        ("text", "Senior Engineer Northwind    2021 2024"),
        ("bullet", "Built a platform"),
        ("bullet", "Ran a platform"),
    ]
    assert (extraction.layout.ocr, extraction.layout.text_layer) == (True, False)
    assert "picture" in extraction.warnings[0]


def test_the_engine_gets_a_picture_of_the_page() -> None:
    eyes = Eyes((72, 60, 24, "Jane Roe"))
    extract_pdf(SCAN, ocr=eyes)
    assert eyes.pictures[0].startswith(f"P5 {612 * DPI // 72} {792 * DPI // 72} 255\n".encode())


def test_a_page_with_text_is_not_given_to_the_engine() -> None:
    eyes = Eyes((72, 60, 24, "Wrong"))
    data = Pdf(
        [text("Jane Roe, engineer, Austin", y=700).encode(), b"q 612 0 0 792 0 0 cm /Im1 Do Q"], images=PICTURE
    ).bytes()
    assert [line.text for line in extract_pdf(data, ocr=eyes).lines] == ["Jane Roe, engineer, Austin", "Wrong"]
    assert len(eyes.pictures) == 1


def test_one_scanned_page_among_others_is_told_where_no_engine_is() -> None:
    data = Pdf(
        [text("Jane Roe, engineer, Austin", y=700).encode(), b"q 612 0 0 792 0 0 cm /Im1 Do Q"], images=PICTURE
    ).bytes()
    extraction = extract_pdf(data)
    assert [line.text for line in extraction.lines] == ["Jane Roe, engineer, Austin"]
    assert extraction.warnings == (
        "Page 2 cannot be read as text and was left out. Export the PDF from the word processor.",
    )


def test_a_page_of_which_only_a_part_is_read_is_not_said_to_be_left_out() -> None:
    table = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n1 beginbfrange\n<41> <7A> <E041>\nendbfrange\n"
        b"endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    font = {"F9": "/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding"}
    page = text("Jane Roe 1234", y=700) + text("Engineer in Austin who says nothing", y=600, font="F9")
    extraction = extract_pdf(Pdf([page.encode()], fonts=font, to_unicode={"F9": table}).bytes())
    assert extraction.lines[0].text == "Jane Roe 1234"
    assert extraction.warnings[0].startswith("Page 1 can be read only in part")
    assert not any("left out" in warning for warning in extraction.warnings)


def test_the_text_below_a_scanned_picture_is_its_text() -> None:
    page = "q 612 0 0 792 0 0 cm /Im1 Do Q\n" + text("Jane Roe, engineer, Austin", y=700, before="3 Tr")
    extraction = extract_pdf(Pdf([page.encode()], images=PICTURE).bytes())
    assert [line.text for line in extraction.lines] == ["Jane Roe, engineer, Austin"]
    assert extraction.hidden == ()
    assert extraction.layout.ocr is False


def test_what_an_engine_is_not_sure_of_is_left_out() -> None:
    class Doubting(Eyes):
        def words(self, picture: bytes, *, dpi: int) -> list[SeenWord]:
            return [word._replace(sure=0.1) if word.text == "Roe" else word for word in super().words(picture, dpi=dpi)]

    found = extract_pdf(SCAN, ocr=Doubting((72, 60, 24, "Jane Roe"), (72, 100, 10, "Engineer in Austin"))).lines
    assert [line.text for line in found] == ["Jane", "Engineer in Austin"]
