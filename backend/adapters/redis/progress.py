"""The log of events on Redis: a stream for each run, kept for a day; one channel says which run has something new.

Why one channel and not one for each run: every process then has one connection for all who follow, whatever they follow, and
nobody can miss what happens between subscribing and reading. Events hold people's words, so they are sealed as rows are.
"""

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, Protocol

from redis.exceptions import RedisError

from backend.adapters.embedded.listeners import Listeners, WaitingListener, order
from backend.adapters.redis.connection import PREFIX, RedisConnection, call
from backend.domain.run_state import RunEvent
from backend.ports import LoggedEvent
from backend.stopping import stopped

log = logging.getLogger("tailor")
_CHANNEL, _NAME = f"{PREFIX}:progress", "events"
_KEPT = 86_400  # seconds
_MOST = 5_000  # events of a run
_LOOKED_AT = 1_000  # keys at a time
_PAUSE, _SUBSCRIBING, _QUIET = 0.5, 2.0, 10.0  # seconds


class Vault(Protocol):
    """Seals content with a person's key, if anything is to be sealed."""

    async def closed(self, user_id: str, collection: str, id_: str, content: Mapping[str, Any]) -> dict[str, Any]: ...

    async def opened(self, user_id: str, collection: str, id_: str, row: Mapping[str, Any]) -> dict[str, Any]: ...


class RedisProgress:
    def __init__(self, connection: RedisConnection, vault: Vault) -> None:
        self._redis, self._vault = connection.client, vault
        self._listeners = Listeners()
        self._hearing: asyncio.Task[None] | None = None
        self._subscribed = asyncio.Event()

    async def append(self, user_id: str, run_id: str, event: RunEvent) -> str:
        content = await self._vault.closed(user_id, _NAME, run_id, {"event": event.model_dump(mode="json")})
        key = _key(user_id, run_id)
        async with self._redis.pipeline(transaction=True) as all_three:
            all_three.xadd(key, {"json": json.dumps(content)}, maxlen=_MOST, approximate=True)
            all_three.expire(key, _KEPT)
            all_three.publish(_CHANNEL, run_id)
            made = await call(all_three.execute())
        return str(made[0].decode())

    async def since(self, user_id: str, run_id: str, after: str) -> Sequence[LoggedEvent]:
        start = f"({after}" if order(after) >= (0, 0) else "-"
        entries = await call(self._redis.xrange(_key(user_id, run_id), start, "+"))
        found = []
        for id_, fields in entries:
            content = await self._vault.opened(user_id, _NAME, run_id, json.loads(fields[b"json"]))
            found.append(LoggedEvent(id_.decode(), RunEvent.model_validate(content["event"])))
        return found

    async def length(self, user_id: str, run_id: str) -> int:
        return int(await call(self._redis.xlen(_key(user_id, run_id))))

    @asynccontextmanager
    async def listen(self, run_id: str) -> AsyncIterator[WaitingListener]:
        if self._hearing is None:
            self._hearing = asyncio.create_task(self._hear())
        with suppress(TimeoutError):  # without a subscription there is still the heartbeat, at which they look
            async with asyncio.timeout(_SUBSCRIBING):
                await self._subscribed.wait()
        async with self._listeners.listen(run_id) as listener:
            yield listener

    async def forget(self, user_id: str) -> None:
        place = 0
        while True:
            place, keys = await call(self._redis.scan(place, match=_key(_escaped(user_id), "*"), count=_LOOKED_AT))
            if keys:
                await call(self._redis.unlink(*keys))
            if not place:
                return

    async def close(self) -> None:
        if self._hearing is not None:
            await stopped(self._hearing)

    async def _hear(self) -> None:
        """Pass on what the channel says, for as long as the process lives. After a gap all look for themselves."""
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as channel:
                    await channel.subscribe(_CHANNEL)
                    self._subscribed.set()
                    self._listeners.tell_all()
                    while True:
                        message = await channel.get_message(timeout=_QUIET)
                        if message is not None:
                            self._listeners.tell(message["data"].decode())
            except (RedisError, OSError, TimeoutError) as error:
                log.warning("The channel of progress is lost, and is looked for again: %s", error)
                await asyncio.sleep(_PAUSE)


def _escaped(text: str) -> str:
    """For a pattern, in which these characters stand for others."""
    return re.sub(r"([\\*?\[\]^-])", r"\\\1", text)


def _key(user_id: str, run_id: str) -> str:
    return f"{PREFIX}:events:{user_id}:{run_id}"
