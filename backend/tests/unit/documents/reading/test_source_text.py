"""Values are found in the source however they are spaced and cased, as whole words."""

from hypothesis import given
from hypothesis import strategies as st

from backend.documents.reading.lines import Line
from backend.documents.reading.source_text import SourceText, folded


def source(*texts: str) -> SourceText:
    return SourceText([Line(text, page=page) for page, text in enumerate(texts, 1)])


def test_a_value_broken_over_two_lines_is_found() -> None:
    text = source("Built the Analytical", "engine, twice")
    place = text.find("analytical  Engine")
    assert place and text.text[place.start : place.end] == "Analytical\nengine"


def test_a_part_of_a_word_is_no_hit() -> None:
    text = source("Google, Go")
    place = text.find("go")
    assert place and text.text[place.start : place.end] == "Go" and place.start == 8


def test_the_signs_around_a_value_belong_to_it() -> None:
    text = source("call +44 20 7946 or C++")
    for value in ("+44 20 7946", "C++"):
        place = text.find(value)
        assert place and text.text[place.start : place.end] == value


def test_the_last_place_before_a_point_is_found() -> None:
    text = source("Acme", "Acme", "Beta", "Acme")
    place = text.find_last("Acme", 0, text.text.index("Beta"))
    assert place and place.start == 5


def test_a_place_has_the_page_of_its_line() -> None:
    text = source("one", "two")
    assert [text.page(text.text.index(word)) for word in ("one", "two")] == [1, 2]


def test_what_has_no_letters_is_found_nowhere() -> None:
    assert source("a – b").find("–") is None


@given(st.lists(st.text(max_size=20), max_size=5), st.text(min_size=1, max_size=10))
def test_what_is_found_says_the_value(texts: list[str], value: str) -> None:
    text = source(*texts)
    if place := text.find(value):
        assert folded(text.text[place.start : place.end]) == folded(value)
