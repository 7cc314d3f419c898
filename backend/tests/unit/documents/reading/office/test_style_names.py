import pytest

from backend.documents.reading.office.style_names import heading_level


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("heading 1", 1), ("Heading 3", 3), ("Heading2", 2), ("Überschrift 2", 2), ("Titre 1", 1), ("見出し 1", 1), ("Заголовок 2", 2),
        ("Kop1", 1), ("heading 1 Char", 1), ("Title", 1), ("Section Heading", 2), ("SectionTitle", 2), ("Resume Heading", 2),
        ("Company Heading", 3), ("Job Title", 0), ("Subtitle", 0), ("Normal", 0), ("List Bullet", 0), ("Header", 0), ("", 0),
    ],
)  # fmt: skip
def test_the_level_that_a_style_names(name: str, level: int) -> None:
    assert heading_level(name) == level
