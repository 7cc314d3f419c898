"""The queue: in this process, and on Redis."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from backend.adapters.embedded.memory_queue import MemoryQueue
from backend.adapters.redis import RedisConnection, RedisQueue
from backend.domain.run_state import Priority
from backend.errors import VendorUnavailable
from backend.ports import Delivery, JobQueue, Waiting
from backend.tests.redis_server import PROGRAM, WHY_NOT, RedisServer, redis_server

LEASE = 0.3
SOON = 0.5


@pytest.fixture(params=["memory", "redis"])
async def queue(request: pytest.FixtureRequest, redis: RedisServer | None) -> AsyncIterator[JobQueue]:
    if request.param == "memory":
        yield MemoryQueue()
        return
    if redis is None:
        pytest.skip(WHY_NOT)
    connection = RedisConnection(redis.url)
    await connection.client.flushdb()
    yield RedisQueue(connection, "w1", LEASE)
    await connection.close()


def run(name: str, priority: Priority = "normal") -> Waiting:
    return Waiting("ana", name, priority)


async def take(queue: JobQueue) -> Delivery:
    delivery = await queue.take(SOON)
    assert delivery is not None
    return delivery


async def test_what_is_put_is_taken_in_order(queue: JobQueue) -> None:
    for name in ("r1", "r2", "r3"):
        await queue.put(run(name))
    assert [(await take(queue)).waiting for _ in range(3)] == [run("r1"), run("r2"), run("r3")]
    assert await queue.take(0.01) is None


async def test_high_priority_overtakes(queue: JobQueue) -> None:
    for waiting in (run("low", "low"), run("normal"), run("high", "high")):
        await queue.put(waiting)
    assert [(await take(queue)).waiting.run_id for _ in range(3)] == ["high", "normal", "low"]


async def test_a_run_that_is_put_twice_is_taken_once(queue: JobQueue) -> None:
    await queue.put(run("r1"))
    await queue.put(run("r1"))
    await take(queue)
    assert await queue.take(0.01) is None


async def test_what_is_handed_back_is_taken_again(queue: JobQueue) -> None:
    await queue.put(run("r1"))
    await queue.hand_back(await take(queue))
    assert (await take(queue)).waiting == run("r1")


async def test_what_is_taken_waits_no_more(queue: JobQueue) -> None:
    assert await queue.waiting() == 0
    for name in ("r1", "r2"):
        await queue.put(run(name))
    assert await queue.waiting() == 2
    delivery = await take(queue)
    assert await queue.waiting() == 1
    await queue.hand_back(delivery)
    assert await queue.waiting() == 2
    await queue.done(await take(queue))
    assert await queue.waiting() == 1


async def test_who_waits_is_told_at_once(queue: JobQueue) -> None:
    waiting = asyncio.create_task(queue.take(5))
    await asyncio.sleep(0.05)
    await queue.put(run("r1"))
    async with asyncio.timeout(1):
        delivery = await waiting
    assert delivery is not None


async def test_what_a_silent_worker_holds_goes_to_another(connection: RedisConnection) -> None:
    first, second = RedisQueue(connection, "w1", LEASE), RedisQueue(connection, "w2", LEASE)
    await first.put(run("r1"))
    await take(first)
    assert await second.take(0.05) is None
    await asyncio.sleep(LEASE + 0.05)
    assert (await take(second)).waiting == run("r1")


async def test_what_a_worker_says_it_is_still_on_stays_its_own(connection: RedisConnection) -> None:
    first, second = RedisQueue(connection, "w1", LEASE), RedisQueue(connection, "w2", LEASE)
    await first.put(run("r1"))
    delivery = await take(first)
    for _ in range(4):
        await asyncio.sleep(LEASE / 2)
        await first.keep(delivery)
        assert await second.take(0.02) is None
    await first.done(delivery)
    await asyncio.sleep(LEASE + 0.05)
    assert await second.take(0.05) is None


async def test_a_redis_that_was_emptied_is_used_again(connection: RedisConnection) -> None:
    queue = RedisQueue(connection, "w1", LEASE)
    assert await queue.take(0.01) is None
    await connection.client.flushdb()
    await queue.put(run("r1"))
    assert await queue.take(SOON) is None
    assert (await take(queue)).waiting == run("r1")


async def test_a_redis_that_is_gone_is_said_to_be_so() -> None:
    if PROGRAM is None:
        pytest.skip(WHY_NOT)
    with redis_server() as server:
        connection = RedisConnection(server.url)
        queue = RedisQueue(connection, "w1", LEASE)
        await queue.put(run("r1"))
        server.stop()
        for request in (queue.put(run("r2")), queue.take(0.01), queue.waiting()):
            with pytest.raises(VendorUnavailable, match="Redis"):
                await request
        await connection.close()
