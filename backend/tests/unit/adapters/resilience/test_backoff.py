"""How long is waited before asking again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.adapters.resilience import Backoff

CHANCES = st.floats(0, 1)


@given(st.integers(0, 5), CHANCES)
def test_a_wait_is_never_longer_than_the_longest(retry: int, chance: float) -> None:
    assert 0 <= Backoff(0.5, 8.0).delay(retry, chance) <= min(8.0, 0.5 * 2**retry)


@given(st.integers(0, 5), CHANCES, st.floats(0, 600))
def test_a_vendor_that_says_how_long_is_left_alone_for_that_long(retry: int, chance: float, asked: float) -> None:
    assert asked <= Backoff(0.5, 8.0).delay(retry, chance, asked) <= asked + 0.5


def test_the_most_that_is_waited_doubles() -> None:
    assert [Backoff(0.5, 3.0).delay(retry, 1.0) for retry in range(4)] == pytest.approx([0.5, 1.0, 2.0, 3.0])
