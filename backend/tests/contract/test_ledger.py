"""The records of what runs cost, and the ledger that lets them in, on MongoDB, embedded and real."""

import asyncio
from datetime import timedelta

import pytest

from backend.adapters.mongo import Mongo, MongoLedger, MongoUsage
from backend.domain.usage import UsageRecord
from backend.ports import Spending
from backend.tests.doubles import FixedClock

ANA, BEN, MONTH = "64b0000000000000000000aa", "ben@example.com", "2026-01"


@pytest.fixture
def ledger(mongo: Mongo, clock: FixedClock) -> MongoLedger:
    return MongoLedger(mongo.database, clock)


async def test_of_fifty_at_once_no_more_are_let_in_than_the_budget_holds(ledger: MongoLedger) -> None:
    wanted = (ledger.hold(ANA, MONTH, f"{n:024x}", 0.3, 1.0) for n in range(50))
    assert sum(await asyncio.gather(*wanted)) == 4  # the fourth begins at 0.90
    assert await ledger.of(ANA, MONTH) == Spending(0.0, 1.2)


async def test_what_a_run_cost_takes_the_place_of_what_was_held(ledger: MongoLedger) -> None:
    assert await ledger.hold(ANA, MONTH, "a", 0.5, 1.0)
    await ledger.settle(ANA, MONTH, "a", 0.25)
    assert await ledger.of(ANA, MONTH) == Spending(0.25, 0.0)


async def test_runs_that_end_at_once_are_all_counted(ledger: MongoLedger) -> None:
    runs = [f"{n:024x}" for n in range(20)]
    await asyncio.gather(*(ledger.hold(ANA, MONTH, run, 0.5, None) for run in runs))
    await asyncio.gather(*(ledger.settle(ANA, MONTH, run, 0.01) for run in runs))
    assert await ledger.of(ANA, MONTH) == Spending(0.2, 0.0)


async def test_a_spent_budget_lets_nobody_in_until_the_next_month(ledger: MongoLedger) -> None:
    await ledger.settle(ANA, MONTH, "a", 1.0)
    assert not await ledger.hold(ANA, MONTH, "b", 0.1, 1.0)
    assert await ledger.hold(ANA, "2026-02", "b", 0.1, 1.0)
    assert await ledger.hold(BEN, MONTH, "b", 0.1, 1.0)


async def test_what_is_held_for_a_long_run_is_held_for_as_long(ledger: MongoLedger, clock: FixedClock) -> None:
    assert await ledger.hold(ANA, MONTH, "economy", 1.0, 1.0, 86_400)
    clock.advance(86_000)
    assert not await ledger.hold(ANA, MONTH, "b", 1.0, 1.0)


async def test_what_nobody_settles_is_given_back_after_an_hour(ledger: MongoLedger, clock: FixedClock) -> None:
    assert await ledger.hold(ANA, MONTH, "lost", 1.0, 1.0)
    clock.advance(3_500)
    assert not await ledger.hold(ANA, MONTH, "b", 1.0, 1.0)
    clock.advance(200)
    assert await ledger.hold(ANA, MONTH, "b", 1.0, 1.0)
    await ledger.settle(ANA, MONTH, "lost", 0.4)  # it was only slow
    assert await ledger.of(ANA, MONTH) == Spending(0.4, 1.0)


async def test_records_come_back_by_day_and_by_page(mongo: Mongo, clock: FixedClock) -> None:
    usage = MongoUsage(mongo.database)
    records = [
        UsageRecord(id=f"{n:024x}", at=clock.now() + timedelta(days=n), calls=n, cost=None if n == 2 else 0.1)
        for n in range(1, 5)
    ]
    for record in records:
        await usage.add(ANA, record)
    assert list(await usage.between(ANA, records[1].at, records[3].at)) == records[1:3]
    assert list(await usage.list(ANA, 2)) == records[:1:-1]
    assert list(await usage.list(ANA, 9, records[1].id)) == records[:1]
    assert list(await usage.list(BEN, 9)) == []
