"""The same request, sent more than once with one key, is done once: the rest hear what the first was answered."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from backend.errors import InvalidInput, KeyReused, StillRunning, VendorUnavailable
from backend.ports import IdempotencyRepository, Ids, KeptAnswer, KeyClaim
from backend.services.locks import Locks
from backend.stopping import stopped

_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_LEASE = 9.0
"""Seconds a request holds its key without a word; one that is under way renews it. Less than `patience`, so that who sends a request
again waits out a claim that nobody knows of: one that reached the repository only after it was given up."""
_FIRST_LOOK, _LAST_LOOK = 0.05, 1.0
_FREEING = 1.0  # seconds that an error waits for its key to be free; it is freed after that, if need be

Work = Callable[[str], Awaitable[tuple[KeptAnswer, bool]]]
"""Given the id for what it makes: the answer, and whether it is worth keeping. One that is not may be asked for again."""


@dataclass(frozen=True)
class Replied:
    answer: KeptAnswer
    replayed: bool = False


@dataclass(frozen=True)
class Idempotency:
    """`patience` is how long a request waits, in seconds, for the first one with its key."""

    repository: IdempotencyRepository
    ids: Ids
    patience: float = 10.0
    _locks: Locks = field(default_factory=Locks, repr=False)
    _freeing: set[asyncio.Task[None]] = field(default_factory=set, repr=False)

    async def once(self, user_id: str, route: str, key: str, body: bytes, work: Work) -> Replied:
        """Raises KeyReused if the key came with another body before, StillRunning if the first takes too long to wait for."""
        if not _KEY.fullmatch(key):
            raise InvalidInput(
                "An Idempotency-Key has 1 to 200 printable ASCII characters without spaces, such as a UUID."
            )
        name = hashlib.sha256("\0".join((user_id, route, key)).encode()).hexdigest()
        claim, offered = await self._claimed(user_id, name, hashlib.sha256(body).hexdigest())
        if claim.answer is not None:
            return Replied(claim.answer, replayed=True)
        done = False
        try:
            async with self._held(user_id, name):
                answer, kept = await work(claim.made)
                if kept:
                    await self.repository.answer(user_id, name, answer)
                done = kept
        finally:
            if not done:
                await self._free(user_id, name, offered)
        return Replied(answer)

    async def _claimed(self, user_id: str, name: str, fingerprint: str) -> tuple[KeyClaim, str]:
        """A claim that is ours, or has the answer, and the id that it offered. Within a process only one of those who wait looks at a time."""
        try:
            async with asyncio.timeout(self.patience), self._locks.of(name):
                pause = _FIRST_LOOK
                while True:
                    offered = self.ids.new_id()
                    claim = await self._claim(user_id, name, fingerprint, offered)
                    if claim.fingerprint != fingerprint:
                        raise KeyReused(
                            "This Idempotency-Key came with another request before. Use a new key for a new one."
                        )
                    if claim.mine or claim.answer is not None:
                        return claim, offered
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, _LAST_LOOK)
        except TimeoutError as error:
            raise StillRunning(
                "The first request with this Idempotency-Key is still under way. Send it again in a while.",
                retry_after=5,
            ) from error

    async def _claim(self, user_id: str, name: str, fingerprint: str, offered: str) -> KeyClaim:
        try:
            return await self.repository.claim(user_id, name, fingerprint, offered, _LEASE)
        except VendorUnavailable:  # it may be claimed all the same, by nobody who knows
            await self._free(user_id, name, offered)
            raise

    async def _free(self, user_id: str, name: str, offered: str) -> None:
        """Let others try, as soon as the repository hears it: whoever sends the request again should not wait for a lease."""

        async def free() -> None:
            with suppress(TimeoutError):
                async with asyncio.timeout(_LEASE):
                    while True:
                        with suppress(VendorUnavailable):
                            await self.repository.release(user_id, name, offered)
                            return
                        await asyncio.sleep(_LAST_LOOK)

        task = asyncio.create_task(free())
        self._freeing.add(task)
        task.add_done_callback(self._freeing.discard)
        await asyncio.wait({task}, timeout=_FREEING)

    @asynccontextmanager
    async def _held(self, user_id: str, name: str) -> AsyncIterator[None]:
        async def renew() -> None:
            while True:
                await asyncio.sleep(_LEASE / 6)
                with suppress(VendorUnavailable):  # the next time, then
                    await self.repository.renew(user_id, name, _LEASE)

        renewing = asyncio.create_task(renew())
        try:
            yield
        finally:
            await stopped(renewing)
