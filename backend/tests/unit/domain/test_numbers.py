import pytest

from backend.domain.numbers import numbers, same


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$550K", 550_000, "money"),
        ("22 percent", 22, "%"),
        ("fifteen beds", 15, ""),
        ("two hundred and five beds", 205, ""),
        ("1,00,000 users", 100_000, ""),
        ("1.234,5 litres", 1234.5, ""),
        ("16,181 users", 16_181, ""),
        ("3x faster", 3, "x"),
        ("€2.5M", 2_500_000, "money"),
        ("two and a half years", 2.5, "year"),
        ("doubled", 2, "x"),
        ("two-thirds", 200 / 3, "%"),
        ("four in five", 80, "%"),
        ("5+ years", 5, "year"),
        ("between five and seven stories", 5, ""),
        ("one couple in three", 100 / 3, "%"),
        ("11p a word", 0.11, "money"),
        ("$40-60K", 40_000, "money"),
        ("three-fifths of the staff", 60, "%"),
        ("an hour and a half", 1.5, "hour"),
        ("half an hour", 0.5, "hour"),
        ("FY22", 2022, ""),
        ("opened at 6:30", 6.5, ""),
        ("3 1/2 miles", 3.5, ""),
        ("50 basis points", 0.5, "%"),
        ("No. 2 in the region", 2, "ordinal"),
        ("90 seconds", 90, "second"),
    ],
)
def test_a_number_has_its_value_and_unit(text: str, value: float, unit: str) -> None:
    found = numbers(text)[0]
    assert (found.value, found.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    ("claimed", "known", "supported"),
    [
        ("$550K", "$550,000", True),
        ("22%", "22 percent", True),
        ("five clinics", "5 clinics", True),
        ("over 16,000 users", "16,181 users", True),
        ("over 5 users", "500 users", False),
        ("17,000 users", "16,181 users", False),
        ("halved", "by 50%", True),
        ("24 months", "2 years", True),
        ("90 seconds", "a minute and a half", True),
        ("six decades", "60 years", True),
        ("fivefold", "5x", True),
        ("20-plus years", "23 years", True),
        ("twice a month", "two a month", True),
        ("$0.09", "9p", True),
        ("3 hours", "3 days", False),
        ("$20", "20%", False),
    ],
)
def test_two_numbers_say_the_same_or_they_do_not(claimed: str, known: str, supported: bool) -> None:
    assert same(numbers(claimed)[0], numbers(known)[0]) is supported


@pytest.mark.parametrize("text", ["", "one of them", "no numbers", "∞", "²", "०१२", "IV", "1" * 400, "-" * 1000])
def test_odd_text_does_no_harm(text: str) -> None:
    numbers(text)
