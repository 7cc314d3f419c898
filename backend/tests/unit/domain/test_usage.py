"""Sums of what runs cost, months, and what the next run may cost."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.usage import LEAST_ESTIMATE, UsageRecord, by_day, estimate, micro, month_of, summed

NOW = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
COSTS = st.none() | st.floats(0, 2, allow_nan=False)
RECORDS = st.lists(
    st.builds(
        UsageRecord,
        id=st.just("r"),
        at=st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
        outcome=st.sampled_from(["done", "failed"]),
        calls=st.integers(0, 50),
        input_tokens=st.integers(0, 10**6),
        cost=COSTS,
        seconds=st.floats(0, 100),
    ),
    max_size=12,
)


@given(RECORDS)
def test_the_days_together_are_the_whole(records: list[UsageRecord]) -> None:
    days, total = by_day(records), summed(records)
    assert sum(day.runs for day in days) == total.runs == len(records)
    assert sum(day.input_tokens for day in days) == total.input_tokens
    assert sum(day.unpriced for day in days) == total.unpriced
    assert sum(day.cost for day in days) == pytest.approx(total.cost, abs=1e-4)
    assert [day.day for day in days] == sorted({record.at.date() for record in records})


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds
def test_a_month_holds_its_moment_and_begins_where_the_one_before_ends(moment: datetime) -> None:
    month = month_of(moment)
    assert month.start <= moment < month.renews
    assert month_of(month.renews).start == month.renews
    assert month_of(month.renews - timedelta(seconds=1)) == month


def test_a_month_is_that_of_utc() -> None:
    there = datetime(2026, 2, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    assert month_of(there).name == "2026-01"
    assert by_day([UsageRecord(id="r", at=there)])[0].day == date(2026, 1, 31)


def test_december_is_followed_by_january() -> None:
    assert month_of(datetime(2026, 12, 31, tzinfo=UTC)).renews == datetime(2027, 1, 1, tzinfo=UTC)


@given(RECORDS, st.floats(0.01, 5))
def test_an_estimate_is_never_more_than_a_run_may_cost(records: list[UsageRecord], most: float) -> None:
    assert LEAST_ESTIMATE <= estimate(records, most) <= max(most, LEAST_ESTIMATE)


def test_an_estimate_is_what_the_dearest_of_the_latest_runs_cost() -> None:
    records = [UsageRecord(id="r", at=NOW, cost=cost) for cost in (0.1, None, 0.3, 0.2)]
    assert estimate(records, 1.0) == 0.3


def test_of_somebody_new_the_most_is_expected() -> None:
    assert estimate([], 1.0) == 1.0
    assert estimate([UsageRecord(id="r", at=NOW, cost=None)], 1.0) == 1.0


def test_a_cent_is_ten_thousand_micro_dollars() -> None:
    assert micro(0.01) == 10_000
