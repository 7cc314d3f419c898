"""Addresses that a page only links to are written behind the words; those it spells out are not said twice."""

import pytest

from backend.documents.reading.pdf import extract_pdf
from backend.tests.unit.documents.reading.pdf.making import resume, text


def linked(words: str, address: str, *, wide: float = 200) -> list[str]:
    """The last line of a resume in which `words` link to `address`."""
    box = f"[72 556 {72 + wide} 572]"
    note = f"<< /Type /Annot /Subtype /Link /Rect {box} /A << /S /URI /URI ({address}) >> >>"
    return [line.text for line in extract_pdf(resume(text(words, y=560), annotations=[note])).lines][8:]


@pytest.mark.parametrize(
    ("words", "address", "expected"),
    [
        ("LinkedIn", "https://www.linkedin.com/in/jane", "LinkedIn (https://www.linkedin.com/in/jane)"),
        ("Write to me", "mailto:jane@example.com", "Write to me (jane@example.com)"),
        ("Call me", "tel:+13125550123", "Call me (+13125550123)"),
        ("linkedin.com/in/jane", "https://www.linkedin.com/in/jane/", "linkedin.com/in/jane"),
        ("https://example.com", "https://example.com/", "https://example.com"),
        ("jane@example.com", "mailto:jane@example.com", "jane@example.com"),
        ("(312) 555-0123", "tel:+13125550123", "(312) 555-0123"),
        ("Go to the next page", "javascript:next()", "Go to the next page"),
        ("A local file", "file:///etc/passwd", "A local file"),
    ],
)
def test_a_link_is_written_out_where_the_words_are_not_the_address(words: str, address: str, expected: str) -> None:
    assert linked(words, address) == [expected]


def test_only_the_linked_words_carry_the_address() -> None:
    found = linked("GitHub and more words that are not linked at all", "https://github.com/jane", wide=36)
    assert found == ["GitHub (https://github.com/jane) and more words that are not linked at all"]


def test_an_icon_that_links_gives_its_address() -> None:
    font = {"F9": "/Type /Font /Subtype /Type1 /BaseFont /FontAwesome6Brands-Regular /Encoding /WinAnsiEncoding"}
    note = "<< /Type /Annot /Subtype /Link /Rect [72 556 84 572] /A << /S /URI /URI (https://github.com/jane) >> >>"
    page = text("g", y=560, font="F9") + text("Austin, TX", x=150, y=560)
    found = [line.text for line in extract_pdf(resume(page, fonts=font, annotations=[note])).lines][8:]
    assert found == ["https://github.com/jane    Austin, TX"]


def test_a_link_over_two_lines_is_written_once() -> None:
    notes = [
        f"<< /Type /Annot /Subtype /Link /Rect [72 {y} 300 {y + 12}] /A << /S /URI /URI (https://example.org/talk) >> >>"
        for y in (556, 542)
    ]
    page = text("\x95 A talk about the platform that was", y=560) + text("given in Lisbon", x=79, y=546)
    found = [line.text for line in extract_pdf(resume(page, annotations=notes)).lines][8:]
    assert found == ["A talk about the platform that was given in Lisbon (https://example.org/talk)"]
