"""Clock and Ids: the machine's, and the doubles that tests use in their place."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest

from backend.adapters.system import SystemClock, SystemIds
from backend.ports import Clock, Ids
from backend.tests.doubles import CountingIds, FixedClock


@pytest.fixture(params=[SystemClock, FixedClock])
def clock(request: pytest.FixtureRequest) -> Clock:
    made: Clock = request.param()
    return made


@pytest.fixture(params=[SystemIds, CountingIds])
def ids(request: pytest.FixtureRequest) -> Ids:
    made: Ids = request.param()
    return made


def test_the_time_is_in_utc(clock: Clock) -> None:
    assert clock.now().tzinfo is UTC


def test_the_time_has_no_parts_that_mongodb_would_drop(clock: Clock) -> None:
    assert clock.now().microsecond % 1_000 == 0


def test_measured_time_never_goes_back(clock: Clock) -> None:
    assert clock.monotonic() <= clock.monotonic()


def test_the_system_clock_tells_the_time() -> None:
    assert abs(SystemClock().now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_system_clock_measures_seconds() -> None:
    clock = SystemClock()
    started = clock.monotonic()
    time.sleep(0.02)
    assert 0.02 <= clock.monotonic() - started < 2


def test_a_fixed_clock_moves_when_told_to() -> None:
    clock = FixedClock()
    before = clock.now()
    clock.advance(2.5)
    assert clock.now() - before == timedelta(seconds=clock.monotonic()) == timedelta(seconds=2.5)


def test_an_id_is_24_hexadecimal_digits(ids: Ids) -> None:
    assert all(re.fullmatch("[0-9a-f]{24}", ids.new_id()) for _ in range(100))


def test_ids_are_unique_and_sort_by_age(ids: Ids) -> None:
    made = [ids.new_id() for _ in range(2_000)]
    assert made == sorted(set(made))


def test_markers_are_unique(ids: Ids) -> None:
    made = [ids.marker() for _ in range(1_000)]
    assert len(set(made)) == 1_000


def test_a_system_id_begins_with_its_second_as_an_objectid_does() -> None:
    assert abs(int(SystemIds().new_id()[:8], 16) - time.time()) < 5


def test_a_system_marker_cannot_be_guessed() -> None:
    made = [SystemIds().marker() for _ in range(100)]
    assert all(len(marker) >= 16 for marker in made)
    assert len({marker[:8] for marker in made}) == len({marker[-8:] for marker in made}) == 100
