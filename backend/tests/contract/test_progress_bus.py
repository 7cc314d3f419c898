"""The log of events: in this process, and on Redis."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from backend.adapters.embedded.memory_progress import MemoryProgress
from backend.adapters.mongo import Mongo, MongoVault
from backend.adapters.redis import RedisConnection, RedisProgress
from backend.domain.run_state import RunEvent
from backend.ports import ProgressBus
from backend.security.encryption import KeyRing
from backend.tests.redis_server import PROGRAM, WHY_NOT, RedisServer, redis_server

ANA, BEN = "ana", "ben"


@pytest.fixture(params=["memory", "redis"])
async def bus(request: pytest.FixtureRequest, redis: RedisServer | None, mongo: Mongo) -> AsyncIterator[ProgressBus]:
    if request.param == "memory":
        yield MemoryProgress()
        return
    if redis is None:
        pytest.skip(WHY_NOT)
    connection = RedisConnection(redis.url)
    await connection.client.flushdb()
    opened = RedisProgress(connection, MongoVault(mongo.database))
    yield opened
    await opened.close()
    await connection.close()


def event(words: str) -> RunEvent:
    return RunEvent(kind="state", state="running", at=datetime(2026, 1, 2, tzinfo=UTC), sentence=words)


async def words(bus: ProgressBus, after: str = "", user: str = ANA) -> list[str]:
    return [logged.event.sentence for logged in await bus.since(user, "r1", after)]


async def test_events_come_back_whole_and_in_order(bus: ProgressBus) -> None:
    for n in range(20):
        await bus.append(ANA, "r1", event(f"{n} · 東京"))
    assert await words(bus) == [f"{n} · 東京" for n in range(20)]
    assert (await bus.since(ANA, "r1", ""))[0].event == event("0 · 東京")


async def test_only_what_came_after_an_event_is_asked_for(bus: ProgressBus) -> None:
    ids = [await bus.append(ANA, "r1", event(str(n))) for n in range(3)]
    assert await words(bus, ids[0]) == ["1", "2"]
    assert await words(bus, ids[2]) == []


@pytest.mark.parametrize("after", ["0", "x-y", "-", "1-2-3", "99999999999999999999999-0", "(1-0", "٣-٤"])
async def test_an_id_that_is_none_gives_everything(bus: ProgressBus, after: str) -> None:
    await bus.append(ANA, "r1", event("a"))
    assert await words(bus, after) == ["a"]


async def test_another_persons_events_are_not_there(bus: ProgressBus) -> None:
    await bus.append(ANA, "r1", event("a"))
    assert await words(bus, user=BEN) == []


async def test_a_listener_is_told_of_its_own_run_alone(bus: ProgressBus) -> None:
    async with bus.listen("r1") as listener:
        await listener.wait(0.05)  # a new subscription tells all to look
        await bus.append(ANA, "r2", event("another"))
        assert not await listener.wait(0.1)
        await bus.append(ANA, "r1", event("a"))
        assert await listener.wait(1)


async def test_a_listener_in_another_process_is_told(connection: RedisConnection, mongo: Mongo) -> None:
    vault = MongoVault(mongo.database)
    here, there = RedisProgress(connection, vault), RedisProgress(connection, vault)
    async with there.listen("r1") as listener:
        await listener.wait(0.05)
        await here.append(ANA, "r1", event("a"))
        assert await listener.wait(1)
        assert await words(there) == ["a"]
    await here.close()
    await there.close()


async def test_events_are_sealed_with_their_persons_key(connection: RedisConnection, mongo: Mongo) -> None:
    vault = MongoVault(mongo.database, KeyRing((b"k" * 32,)))
    bus = RedisProgress(connection, vault)
    await bus.append(ANA, "r1", event("my secret line"))
    raw = await connection.client.xrange(f"tailor:events:{ANA}:r1")
    assert b"secret" not in b"".join(raw[0][1].values())
    assert await words(bus) == ["my secret line"]


async def test_a_channel_that_breaks_is_found_again(mongo: Mongo) -> None:
    if PROGRAM is None:
        pytest.skip(WHY_NOT)
    with redis_server() as server:
        connection = RedisConnection(server.url)
        bus = RedisProgress(connection, MongoVault(mongo.database))
        async with bus.listen("r1") as listener:
            await listener.wait(0.05)
            server.stop()
            server.start()
            async with asyncio.timeout(5):
                while not await listener.wait(1):  # told to look, once there is a channel again
                    pass
            await bus.append(ANA, "r1", event("a"))
            assert await listener.wait(1)
        await bus.close()
        await connection.close()


async def test_runs_long_unheard_of_are_forgotten() -> None:
    bus = MemoryProgress(runs=2)
    for run_id in ("r1", "r2", "r3"):
        await bus.append(ANA, run_id, event("a"))
    assert await words(bus) == []
    assert len(await bus.since(ANA, "r3", "")) == 1


async def test_a_person_can_be_forgotten(bus: ProgressBus) -> None:
    odd = "an*a[x]?"
    for user in (ANA, BEN, odd, "an-other-a-x-q"):
        for log in ("r1", "r2"):
            await bus.append(user, log, event("a"))
    await bus.forget(ANA)
    await bus.forget(odd)
    await bus.forget("nobody")
    assert [len(await bus.since(ANA, log, "")) for log in ("r1", "r2")] == [0, 0]
    assert await words(bus, user=odd) == []
    assert await words(bus, user=BEN) == await words(bus, user="an-other-a-x-q") == ["a"]
