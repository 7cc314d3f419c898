"""What runs cost, and what somebody may spend in a month. Money is in US dollars; months and days are UTC's."""

import math
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Literal

from backend.domain.model import Model

MICRO = 1_000_000
"""Micro-dollars in a dollar: sums of money are kept as whole numbers, which do not drift."""
LEAST_ESTIMATE = 0.01
_LOOKED_AT = 20  # runs


class UsageRecord(Model):
    """One run. `cost` is None where the price of a model is not known. `tailoring_id` is "" if the run failed: then these
    are its calls until then."""

    id: str
    at: datetime
    kind: str = "tailoring"
    outcome: Literal["done", "failed"] = "done"
    tailoring_id: str = ""
    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0
    seconds: float = 0.0


class UsageSum(Model):
    """`cost` is what is known of it; `unpriced` counts the runs whose price is not."""

    runs: int = 0
    failed: int = 0
    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0.0
    unpriced: int = 0
    seconds: float = 0.0


class DayUsage(UsageSum):
    day: date


class Month(Model):
    """A calendar month, such as "2026-01"."""

    name: str
    start: datetime
    renews: datetime
    """When the next one begins."""


class BudgetState(Model):
    """Where somebody stands this month. `held` is set aside for runs under way; `budget` is None where there is none."""

    month: str
    spent: float
    held: float
    budget: float | None
    renews: datetime


def month_of(moment: datetime) -> Month:
    start = moment.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    years, month = divmod(start.month, 12)
    renews = start.replace(year=start.year + years, month=month + 1)
    return Month(name=f"{start:%Y-%m}", start=start, renews=renews)


def summed(records: Iterable[UsageRecord]) -> UsageSum:
    known = list(records)
    return UsageSum(
        runs=len(known),
        failed=sum(record.outcome == "failed" for record in known),
        calls=sum(record.calls for record in known),
        input_tokens=sum(record.input_tokens for record in known),
        cached_tokens=sum(record.cached_tokens for record in known),
        output_tokens=sum(record.output_tokens for record in known),
        cost=round(math.fsum(record.cost or 0.0 for record in known), 6),
        unpriced=sum(record.cost is None for record in known),
        seconds=round(math.fsum(record.seconds for record in known), 4),
    )


def by_day(records: Iterable[UsageRecord]) -> tuple[DayUsage, ...]:
    """The days on which something ran, oldest first."""
    days: dict[date, list[UsageRecord]] = {}
    for record in records:
        days.setdefault(record.at.astimezone(UTC).date(), []).append(record)
    return tuple(DayUsage(day=day, **summed(days[day]).model_dump()) for day in sorted(days))


def estimate(recent: Iterable[UsageRecord], most: float) -> float:
    """What the next run may cost: as much as the dearest of the latest ones, or, where none is known, the most that a run
    may cost at all."""
    costs = [record.cost for record in list(recent)[:_LOOKED_AT] if record.cost is not None]
    return min(most, max(LEAST_ESTIMATE, *costs)) if costs else most


def micro(dollars: float) -> int:
    return round(dollars * MICRO)
