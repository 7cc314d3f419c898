"""Quantities: when one says no more than another."""

import pytest

from backend.domain.number_values import Number, converted, same, spelled_value, unit_named


@pytest.mark.parametrize(
    ("written", "value"), [("twenty-five", 25), ("two hundred and six", 206), ("three million", 3e6)]
)
def test_spelled_numbers_have_a_value(written: str, value: float) -> None:
    assert spelled_value(written) == value


def test_time_converts_between_units() -> None:
    assert (converted(90, "minute", "hour"), converted(2, "year", "month"), converted(3, "%", "hour")) == (
        1.5,
        24,
        None,
    )


def test_a_rounded_bound_must_be_near() -> None:
    known = Number(16_181, "", 0, 5)
    assert same(Number(16_000, "", 0, 6, hedge="over"), known)
    assert not same(Number(5_000, "", 0, 5, hedge="over"), known)


def test_a_limit_may_not_be_raised() -> None:
    assert not same(Number(25, "", 0, 2, hedge="under"), Number(22, "", 0, 2, hedge="under"))


def test_units_have_their_short_names() -> None:
    assert [unit_named(name) for name in ("hrs", "pct", "th", "s", "apples")] == ["hour", "%", "ordinal", "second", ""]
