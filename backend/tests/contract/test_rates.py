"""Counting how often somebody does something: in this process, and on Redis."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from backend.adapters.embedded.memory_rates import MemoryRates
from backend.adapters.redis import RedisConnection, RedisRates
from backend.adapters.system import SystemClock
from backend.domain.rate import Rate
from backend.errors import VendorUnavailable
from backend.ports import RateCounter
from backend.tests.doubles import FixedClock
from backend.tests.redis_server import WHY_NOT, RedisServer, redis_server

MINUTE, SECOND = Rate(5, 60), Rate(3, 1)


@pytest.fixture(params=["memory", "redis"])
async def rates(request: pytest.FixtureRequest, redis: RedisServer | None) -> AsyncIterator[RateCounter]:
    if request.param == "memory":
        yield MemoryRates(SystemClock())
        return
    if redis is None:
        pytest.skip(WHY_NOT)
    connection = RedisConnection(redis.url)
    await connection.client.flushdb()
    yield RedisRates(connection)
    await connection.close()


async def test_the_sixth_of_a_minute_is_told_when_to_come_back(rates: RateCounter) -> None:
    assert [await rates.hit("tailor", "ana", MINUTE) for _ in range(5)] == [0] * 5
    assert 50 < await rates.hit("tailor", "ana", MINUTE) <= 60


async def test_everybody_is_counted_alone_and_so_is_everything(rates: RateCounter) -> None:
    for _ in range(6):
        await rates.hit("tailor", "ana", MINUTE)
    assert await rates.hit("tailor", "ben", MINUTE) == 0
    assert await rates.hit("runs", "ana", MINUTE) == 0


async def test_of_many_at_once_exactly_so_many_are_let_through(rates: RateCounter) -> None:
    waits = await asyncio.gather(*(rates.hit("tailor", "ana", Rate(40, 60)) for _ in range(200)))
    assert sum(wait == 0 for wait in waits) == 40


async def test_what_is_refused_does_not_make_the_wait_longer(rates: RateCounter) -> None:
    for _ in range(3):
        await rates.hit("tailor", "ana", SECOND)
    for _ in range(5):
        wait = await rates.hit("tailor", "ana", SECOND)
    await asyncio.sleep(wait + 0.05)
    assert await rates.hit("tailor", "ana", SECOND) == 0


async def test_no_minute_anywhere_has_more(clock: FixedClock) -> None:
    """A window that starts anew with the clock would let twice as many through around its edge."""
    rates = MemoryRates(clock)
    taken = []
    for _ in range(240):
        if await rates.hit("tailor", "ana", MINUTE) == 0:
            taken.append(clock.monotonic())
        clock.advance(1)
    assert len(taken) == 20
    assert all(later - first >= 60 for first, later in zip(taken, taken[5:], strict=False))


async def test_redis_that_is_gone_is_said_to_be(redis: RedisServer | None) -> None:
    if redis is None:
        pytest.skip(WHY_NOT)
    with redis_server() as server:
        connection = RedisConnection(server.url)
        rates = RedisRates(connection)
        await rates.hit("tailor", "ana", MINUTE)
        server.stop()
        with pytest.raises(VendorUnavailable):
            await rates.hit("tailor", "ana", MINUTE)
        await connection.close()
