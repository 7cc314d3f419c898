import pytest

from backend.documents.reading.office.links import linked


@pytest.mark.parametrize(
    ("text", "address", "read"),
    [
        ("Site", "https://example.com/", "Site (https://example.com/)"),
        ("example.com", "https://www.example.com/", "example.com"),
        ("see example.com/a now", "https://example.com/a", "see example.com/a now"),
        ("jane@example.com", "mailto:jane@example.com?subject=Hi", "jane@example.com"),
        ("Mail me", "mailto:jane@example.com?subject=Hi", "Mail me (jane@example.com)"),
        ("+44 20 7946 0000", "tel:+442079460000", "+44 20 7946 0000"),
        ("Call ", "tel:+442079460000", "Call (+442079460000) "),
        ("Top", "#top", "Top"),
        ("Run", "javascript:alert(1)", "Run"),
        ("File", "file:///C:/x", "File"),
        ("Odd", "https://example.com/a b", "Odd"),
        ("", "https://example.com", ""),
    ],
)
def test_a_link_reads_as_text_and_address(text: str, address: str, read: str) -> None:
    assert linked(text, address) == read
