"""Redis that goes away and comes back, on the event loop that the server runs on."""

import asyncio

import pytest
import uvloop

from backend.adapters.redis import RedisConnection
from backend.errors import StoreUnavailable
from backend.tests.chaos.wires import Wire
from backend.tests.redis_server import PROGRAM, WHY_NOT, RedisServer, redis_server

pytestmark = pytest.mark.skipif(PROGRAM is None, reason=WHY_NOT)
MANY = 16


async def many(redis: RedisConnection) -> list[BaseException | None]:
    """What came of as many requests at once, each on a connection of its own."""
    return await asyncio.gather(*(redis.check() for _ in range(MANY)), return_exceptions=True)


async def restarted(server: RedisServer) -> list[BaseException | None]:
    redis = RedisConnection(server.url)
    try:
        await many(redis)
        server.stop()
        server.start()
        await asyncio.sleep(0.1)  # the loop hears that all connections are closed
        return await many(redis)
    finally:
        await redis.close()


async def cut_under_way(server: RedisServer) -> list[BaseException | None]:
    found: list[BaseException | None] = []
    async with Wire.to(server.url) as wire:
        redis = RedisConnection(wire.instead_of(server.url))
        try:
            for fault in ("reset", "cut", "refuse") * 4:
                wire.fault = fault
                found += await many(redis)
                wire.fault = ""
                assert await many(redis) == [None] * MANY
            return found
        finally:
            await redis.close()


async def test_connections_that_a_restart_has_closed_are_made_anew_unnoticed() -> None:
    with redis_server() as server:
        assert await asyncio.to_thread(uvloop.run, restarted(server)) == [None] * MANY


async def test_connections_that_break_are_no_fault_of_ours() -> None:
    with redis_server() as server:
        found = await asyncio.to_thread(uvloop.run, cut_under_way(server))
        assert {type(error) for error in found} <= {type(None), StoreUnavailable}


async def test_a_redis_that_says_nothing_is_given_up_in_time() -> None:
    with redis_server() as server:
        async with Wire.to(server.url) as wire:
            redis = RedisConnection(wire.instead_of(server.url))
            wire.fault = "stall"
            began = asyncio.get_running_loop().time()
            with pytest.raises(StoreUnavailable):
                await redis.check()
            assert asyncio.get_running_loop().time() - began < 6
            wire.fault = ""
            await redis.close()
