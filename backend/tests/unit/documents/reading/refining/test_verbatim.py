"""Finding what somebody says they copied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.documents.reading.refining.verbatim import places_of

SOURCE = "Senior Engineer – Acme\u00a0Corp, 2019—2021\nC++ and 東京大学工学部 at Smart-Cat"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Acme Corp", "Acme\u00a0Corp"),
        ("Senior Engineer - Acme", "Senior Engineer – Acme"),
        ("2019-2021", "2019—2021"),
        ("2019—2021 C++", "2019—2021\nC++"),
        ("C++", "C++"),
        ("東京大学", "東京大学"),
        ("Cat", "Cat"),
    ],
)
def test_spaces_and_dashes_may_be_of_another_kind(text: str, said: str) -> None:
    place = next(places_of(text, SOURCE))
    assert SOURCE[place.start : place.end] == said


@pytest.mark.parametrize("text", ["Acme Corporation", "acme corp", "Acm", "art", "AcmeCorp", "2020", "", "  "])
def test_what_is_not_there_word_for_word_is_not_found(text: str) -> None:
    assert list(places_of(text, SOURCE)) == []


def test_what_lies_outside_the_range_is_not_found() -> None:
    assert list(places_of("Acme Corp", SOURCE, 0, 10)) == []


@given(st.text(max_size=20), st.text(max_size=60))
def test_whatever_is_found_is_the_text_but_for_spaces_and_dashes(text: str, source: str) -> None:
    for place in places_of(text, source):
        assert len(source[place.start : place.end].split()) == len(text.split())
