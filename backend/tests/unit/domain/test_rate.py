import pytest

from backend.domain.rate import Rate


@pytest.mark.parametrize(
    ("written", "amount", "seconds"),
    [("5/minute", 5, 60), ("100/2 hours", 100, 7200), ("3 per second", 3, 1), (" 1/day ", 1, 86400)],
)
def test_a_rate_is_read_as_people_write_it(written: str, amount: int, seconds: int) -> None:
    assert Rate.of(written)[:2] == (amount, seconds)


@pytest.mark.parametrize("written", ["", "5", "minute", "0/minute", "5/0 minutes", "-1/minute", "5/fortnight"])
def test_what_is_not_a_rate_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="not a rate"):
        Rate.of(written)


def test_a_rate_says_itself_in_words() -> None:
    assert [Rate.of(written).written for written in ("5/minute", "100/2 hours")] == ["5 per minute", "100 per 2 hours"]
