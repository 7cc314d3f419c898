"""Runs in the economy lane, as they work and wait.

Hundreds wait at a time; when their answers come, only so many may go on at once, or everybody else in the process would
wait for them.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Seats:
    """`at_once` is how many runs may work, rather than wait, at a time."""

    def __init__(self, at_once: int) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._taken: set[Seat] = set()

    @property
    def busy(self) -> int:
        """How many runs work, or are about to: they may ask something soon."""
        return sum(seat.questions == 0 for seat in self._taken)

    @property
    def waiting(self) -> int:
        return len(self._taken) - self.busy

    @asynccontextmanager
    async def one(self) -> AsyncIterator["Seat"]:
        """For one run, as long as it is worked on."""
        seat = Seat(self._free)
        self._taken.add(seat)
        try:
            await seat.work()
            yield seat
        finally:
            self._taken.discard(seat)
            seat.rest()


class Seat:
    """A run works unless it waits for an answer."""

    def __init__(self, free: asyncio.Semaphore) -> None:
        self.questions = 0
        self._free, self._working = free, False

    @asynccontextmanager
    async def waiting(self) -> AsyncIterator[None]:
        """While a question is open; one run may have several. When hundreds are answered at once they go on in turn, a few
        runs at a time, or what each of them writes down would come all at once too."""
        self.questions += 1
        self.rest()
        try:
            yield
        finally:
            self.questions -= 1
        if self.questions:
            async with self._free:
                return
        await self.work()

    async def work(self) -> None:
        await self._free.acquire()
        if self._working or self.questions:
            self._free.release()  # it has begun to wait again, or works already
        else:
            self._working = True

    def rest(self) -> None:
        if self._working:
            self._working = False
            self._free.release()
