"""Quantities that are no figures."""

import pytest

from backend.domain.number_words import in_words, multiples, ordinals


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("half a million users", 5e5, ""), ("an hour and a half", 1.5, "hour"), ("two-fifths of sales", 40, "%"),
     ("cut it by about a fifth after the change", 20, "%"), ("a couple of tools", 2, ""), ("met fortnightly", 2, "week")],
)  # fmt: skip
def test_a_quantity_in_words_is_read(text: str, value: float, unit: str) -> None:
    assert [(number.value, number.unit) for number in in_words(text)] == [(value, unit)]


def test_two_quarters_of_a_year_are_no_half() -> None:
    assert list(in_words("over two quarters with no incident")) == []


def test_a_verb_may_hold_a_number_in_more_than_one_way() -> None:
    (halved,) = multiples("Halved the wait")
    assert (halved.value, halved.unit) == (50, "%") and (2, "x") in halved.alike


def test_a_place_in_a_row_is_an_ordinal() -> None:
    assert [(number.value, number.unit) for number in ordinals("the sixth store")] == [(6, "ordinal")]
