"""The same request, sent more than once with one key, is done once: the rest hear what the first was answered."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from backend.errors import InvalidInput, KeyReused, StillRunning
from backend.ports import IdempotencyRepository, Ids, KeptAnswer, KeyClaim
from backend.services.locks import Locks

_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_LEASE = 30.0  # seconds a request holds its key without a word; one that is under way renews it
_FIRST_LOOK, _LAST_LOOK = 0.05, 1.0

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

    async def once(self, user_id: str, route: str, key: str, body: bytes, work: Work) -> Replied:
        """Raises KeyReused if the key came with another body before, StillRunning if the first takes too long to wait for."""
        if not _KEY.fullmatch(key):
            raise InvalidInput(
                "An Idempotency-Key has 1 to 200 printable ASCII characters without spaces, such as a UUID."
            )
        name = hashlib.sha256("\0".join((user_id, route, key)).encode()).hexdigest()
        claim = await self._claimed(user_id, name, hashlib.sha256(body).hexdigest())
        if claim.answer is not None:
            return Replied(claim.answer, replayed=True)
        kept = False
        try:
            async with self._held(user_id, name):
                answer, kept = await work(claim.made)
                if kept:  # should this fail, the key stays taken: a later request finds what was made by its id
                    await self.repository.answer(user_id, name, answer)
        finally:
            if not kept:
                await asyncio.shield(self.repository.release(user_id, name))
        return Replied(answer)

    async def _claimed(self, user_id: str, name: str, fingerprint: str) -> KeyClaim:
        """A claim that is ours, or has the answer. Within a process only one of those who wait looks at a time."""
        try:
            async with asyncio.timeout(self.patience), self._locks.of(name):
                pause = _FIRST_LOOK
                while True:
                    claim = await self.repository.claim(user_id, name, fingerprint, self.ids.new_id(), _LEASE)
                    if claim.fingerprint != fingerprint:
                        raise KeyReused(
                            "This Idempotency-Key came with another request before. Use a new key for a new one."
                        )
                    if claim.mine or claim.answer is not None:
                        return claim
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, _LAST_LOOK)
        except TimeoutError as error:
            raise StillRunning(
                "The first request with this Idempotency-Key is still under way. Send it again in a while.",
                retry_after=5,
            ) from error

    @asynccontextmanager
    async def _held(self, user_id: str, name: str) -> AsyncIterator[None]:
        async def renew() -> None:
            while True:
                await asyncio.sleep(_LEASE / 3)
                await self.repository.renew(user_id, name, _LEASE)

        renewing = asyncio.create_task(renew())
        try:
            yield
        finally:
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)
