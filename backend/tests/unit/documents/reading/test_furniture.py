"""Page numbers and running heads are told from the text."""

from backend.documents.reading.furniture import furniture
from backend.documents.reading.lines import Line


def pages(*texts: list[str]) -> list[Line]:
    return [Line(text, page=page) for page, lines in enumerate(texts, 1) for text in lines]


def test_a_line_that_repeats_at_the_foot_of_pages_but_for_its_number_is_furniture() -> None:
    lines = pages(["Ada", "a", "b", "c", "Ada · 1"], ["d", "e", "f", "g", "Ada · 2"])
    assert furniture(lines) == {4, 9}


def test_the_name_stays_where_it_stands_first() -> None:
    lines = [Line("Ada", "heading", level=1, page=1), *pages(["a", "b", "c"]), Line("Ada", page=2), Line("d", page=2)]
    assert furniture(lines) == {4}


def test_dates_that_stand_at_the_edges_are_no_furniture() -> None:
    assert furniture(pages(["Ada", "a", "b", "2019 – 2020"], ["c", "d", "e", "2017 – 2018"])) == frozenset()


def test_lines_without_pages_have_no_edges() -> None:
    assert furniture([Line("Ada"), Line("Ada")]) == frozenset()


def test_when_the_file_was_last_updated_is_no_name() -> None:
    assert furniture([Line("Last updated in Mar 2026", page=1), Line("Ada", page=1)]) == {0}
