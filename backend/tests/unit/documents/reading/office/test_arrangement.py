from backend.documents.reading.lines import Line
from backend.documents.reading.office.arrangement import arranged
from backend.documents.reading.office.looks import Look
from backend.documents.reading.office.rows import Row


def cell(*texts: str) -> list[Row]:
    """A cell's lines; one that begins with "*" is a bullet, with "#" a heading."""
    kinds = {"*": "bullet", "#": "heading"}
    return [Row(Line(text.lstrip("*#"), kinds.get(text[:1], "text")), Look()) for text in texts]


def read(*rows: tuple[list[Row], ...]) -> list[str]:
    return [row.line.text for row in arranged(rows)]


def test_an_empty_table_is_nothing() -> None:
    assert read() == []
    assert read(([], [])) == []


def test_cells_of_one_line_each_make_a_line() -> None:
    assert read((cell("Go"), cell("Python"), [], cell("SQL"))) == ["Go    Python    SQL"]


def test_bullets_in_cells_stay_bullets() -> None:
    rows = arranged([(cell("*Go"), cell("*Python"))])
    assert [(row.line.kind, row.line.text) for row in rows] == [("bullet", "Go"), ("bullet", "Python")]


def test_a_heading_beside_its_date_is_one_heading() -> None:
    rows = arranged([(cell("#Engineer"), cell("2019 – 2021"))])
    assert [(row.line.kind, row.line.text) for row in rows] == [("heading", "Engineer    2019 – 2021")]


def test_what_a_narrow_cell_has_more_goes_to_the_last_short_line() -> None:
    rows = read((cell("Acme", "*Built it"), cell("2019 – 2021", "London", "UK")))
    assert rows == ["Acme    2019 – 2021    London    UK", "Built it"]


def test_a_narrow_cell_without_dates_is_a_column() -> None:
    assert read((cell("Jane Doe", "Engineer"), cell("jane@example.com", "London"))) == [
        "Jane Doe",
        "Engineer",
        "jane@example.com",
        "London",
    ]


def test_the_first_line_of_a_table_and_of_each_column_stands_apart() -> None:
    rows = arranged([(cell("SKILLS", "Go"), cell("PROFILE", "Writes code"))])
    assert [row.blank for row in rows] == [True, False, True, False]
