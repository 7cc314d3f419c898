"""The queue on Redis Streams: a stream for each priority, read by one group of workers.

What is delivered stays the worker's until it is acknowledged, or until it has said nothing of it for a lease: then another
may claim it. Whether it may then work on the run is for the repository to say.

Why not a task library's broker: those redeliver after a fixed time, however alive the worker is, and cannot say "still on
it", hand a job back, or let high priority overtake.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Any

from redis.exceptions import ResponseError

from backend.adapters.redis.connection import PREFIX, RedisConnection, call
from backend.domain.run_state import PRIORITIES, Priority
from backend.ports import Delivery, Waiting

_GROUP = "workers"
_AGAIN = 3_000  # milliseconds in which a second `put` of a run is left out
_CLAIMED = 10  # at a time


class RedisQueue:
    """`worker` names this process among the workers; `lease` is in seconds. Queues of other names have other streams."""

    def __init__(self, connection: RedisConnection, worker: str, lease: float, name: str = "runs") -> None:
        self._redis, self._worker, self._lease, self._name = connection.client, worker, lease, name
        self._ready: deque[Delivery] = deque()
        self._prepared = False
        self._next_claim = 0.0

    async def put(self, waiting: Waiting) -> None:
        fresh = await call(self._redis.set(f"{PREFIX}:put:{waiting.run_id}", b"1", nx=True, px=_AGAIN))
        if fresh:
            await call(self._redis.xadd(self._stream(waiting.priority), _fields(waiting)))

    async def take(self, seconds: float) -> Delivery | None:
        if self._ready:
            return self._ready.popleft()
        if not self._prepared:
            await self._prepare()
        try:
            await self._claim_abandoned()
            for priority in PRIORITIES:
                if self._ready:
                    break
                self._ready.extend(await self._read([priority], None))
            if not self._ready:
                self._ready.extend(await self._read(PRIORITIES, max(1, round(seconds * 1_000))))
        except _NoGroupError:
            self._prepared = False  # Redis was emptied
        return self._ready.popleft() if self._ready else None

    async def keep(self, delivery: Delivery) -> None:
        stream = self._stream(delivery.waiting.priority)
        await call(self._redis.xclaim(stream, _GROUP, self._worker, 0, [delivery.token], justid=True))

    async def done(self, delivery: Delivery) -> None:
        stream = self._stream(delivery.waiting.priority)
        async with self._redis.pipeline(transaction=True) as both:
            both.xack(stream, _GROUP, delivery.token)
            both.xdel(stream, delivery.token)
            await call(both.execute())

    async def hand_back(self, delivery: Delivery) -> None:
        stream = self._stream(delivery.waiting.priority)
        async with self._redis.pipeline(transaction=True) as all_three:
            all_three.xadd(stream, _fields(delivery.waiting))
            all_three.xack(stream, _GROUP, delivery.token)
            all_three.xdel(stream, delivery.token)
            await call(all_three.execute())

    async def waiting(self) -> int:
        if not self._prepared:
            await self._prepare()
        count = 0
        for stream in map(self._stream, PRIORITIES):
            try:
                taken = int((await call(_known(self._redis.xpending(stream, _GROUP))))["pending"])
            except _NoGroupError:
                self._prepared, taken = False, 0  # Redis was emptied
            count += int(await call(self._redis.xlen(stream))) - taken
        return max(0, count)

    def _stream(self, priority: Priority) -> str:
        return f"{PREFIX}:{self._name}:{priority}"

    async def _prepare(self) -> None:
        for priority in PRIORITIES:
            await call(_made(self._redis.xgroup_create(self._stream(priority), _GROUP, id="0", mkstream=True)))
        self._prepared = True

    async def _read(self, priorities: Sequence[Priority], block: int | None) -> list[Delivery]:
        streams: dict[Any, Any] = {self._stream(priority): ">" for priority in priorities}
        asked = self._redis.xreadgroup(_GROUP, self._worker, streams, count=1, block=block)
        found = await call(_known(asked))
        return [_delivery(name, entry) for name, entries in found or () for entry in entries]

    async def _claim_abandoned(self) -> None:
        now = asyncio.get_running_loop().time()
        if now < self._next_claim:
            return
        self._next_claim = now + self._lease / 3
        idle = round(self._lease * 1_000)
        for priority in PRIORITIES:
            stream = self._stream(priority)
            asked = self._redis.xautoclaim(stream, _GROUP, self._worker, idle, count=_CLAIMED)
            entries = (await call(_known(asked)))[1]
            self._ready.extend(_delivery(stream.encode(), entry) for entry in entries if entry[1])


class _NoGroupError(Exception):
    pass


async def _known(asked: Any) -> Any:
    try:
        return await asked
    except ResponseError as error:
        if str(error).startswith("NOGROUP"):
            raise _NoGroupError from error
        raise


async def _made(asked: Any) -> None:
    try:
        await asked
    except ResponseError as error:
        if not str(error).startswith("BUSYGROUP"):  # it is there already
            raise


def _fields(waiting: Waiting) -> dict[Any, Any]:
    return {"user": waiting.user_id, "run": waiting.run_id}


def _delivery(stream: bytes, entry: tuple[bytes, dict[bytes, bytes]]) -> Delivery:
    name = stream.decode().rpartition(":")[2]
    priority = next(known for known in PRIORITIES if known == name)
    fields = entry[1]
    return Delivery(Waiting(fields[b"user"].decode(), fields[b"run"].decode(), priority), entry[0].decode())
