from backend.documents.reading.lines import Line
from backend.documents.reading.office.heads import promoted
from backend.documents.reading.office.looks import Look
from backend.documents.reading.office.rows import Row

LOUD = Look(strong=True, size=14)
BODY = Look(size=11)


def row(text: str, look: Look = BODY) -> Row:
    return Row(Line(text, strong=look.strong), look)


def headings(*rows: Row) -> list[str]:
    return [row.line.text for row in promoted(rows) if row.line.kind == "heading"]


TEXT = row("Some text of the usual size that goes on for a while.")


def test_lines_that_look_like_the_known_sections_are_headings_too() -> None:
    rows = [
        row("Jane Doe", LOUD),
        row("Experience", LOUD),
        TEXT,
        row("Skills", LOUD),
        TEXT,
        row("Beyond Work", LOUD),
        TEXT,
    ]
    assert headings(*rows) == ["Experience", "Skills", "Beyond Work"]


def test_nothing_is_raised_where_dated_lines_wear_the_same() -> None:
    assert headings(row("Experience", LOUD), row("Acme, 2019 – 2021", LOUD), TEXT, row("Skills", LOUD), TEXT) == []


def test_nothing_is_raised_where_most_lines_of_that_look_name_no_section() -> None:
    names = [row(f"Employer {name}", LOUD) for name in "ABCDE"]
    assert headings(row("Experience", LOUD), *names, row("Skills", LOUD), TEXT) == []


def test_nothing_is_raised_where_the_look_is_that_of_the_text() -> None:
    assert headings(row("Experience"), TEXT, row("Skills"), TEXT) == []


def test_nothing_known_nothing_raised() -> None:
    assert headings(row("Jane", LOUD), TEXT) == []
    assert headings() == []
