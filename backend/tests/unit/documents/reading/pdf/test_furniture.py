"""Headers, footers and page numbers are told and do not cut the text in two."""

from backend.documents.reading.pdf import extract_pdf
from backend.tests.unit.documents.reading.pdf.making import RESUME, Pdf, text


def pages(footer: str, header: str = "") -> bytes:
    numbers = (1, 2)
    return Pdf(
        [
            (
                (RESUME if number == 1 else text("\x95 One more thing", y=700))
                + (text(footer.format(number), y=30, size=8) if footer else "")
                + (text(header.format(number), y=770, size=8) if header else "")
            ).encode("latin-1")
            for number in numbers
        ]
    ).bytes()


def test_a_footer_that_comes_again_is_told_and_left_out() -> None:
    extraction = extract_pdf(pages("Jane Roe - page {} of 2"))
    assert extraction.layout.header_footer == ("Jane Roe - page 1 of 2",)
    assert not any("of 2" in line.text for line in extraction.lines)
    assert extraction.lines[-1].text == "One more thing"


def test_a_header_that_comes_again_stays_on_the_first_page() -> None:
    extraction = extract_pdf(pages("", "Jane Roe, jane.roe@example.com, {}"))
    assert [line.text for line in extraction.lines if "jane.roe@example.com, " in line.text] == [
        "Jane Roe, jane.roe@example.com, 1"
    ]


def test_a_footer_that_tells_how_to_reach_somebody_is_kept_once() -> None:
    extraction = extract_pdf(pages("jane.roe@example.org"))
    assert [line.text for line in extraction.lines].count("jane.roe@example.org") == 1
    assert extraction.lines[-1].text == "jane.roe@example.org"


def test_a_lone_page_number_is_left_out() -> None:
    data = Pdf([(RESUME + text("1", x=300, y=30)).encode("latin-1")]).bytes()
    assert extract_pdf(data).lines[-1].text == "B.S. Computer Science, State University, 2016"


def test_a_last_line_that_stands_low_on_one_page_is_kept() -> None:
    data = Pdf([(RESUME + text("References on request", y=40)).encode("latin-1")]).bytes()
    assert extract_pdf(data).lines[-1].text == "References on request"
