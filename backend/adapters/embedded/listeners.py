"""Those in this process who wait for news of a run."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class WaitingListener:
    def __init__(self) -> None:
        self._told = asyncio.Event()

    def tell(self) -> None:
        self._told.set()

    async def wait(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self._told.wait()
        except TimeoutError:
            return False
        self._told.clear()
        return True


class Listeners:
    def __init__(self) -> None:
        self._of: dict[str, set[WaitingListener]] = {}

    @asynccontextmanager
    async def listen(self, run_id: str) -> AsyncIterator[WaitingListener]:
        listener = WaitingListener()
        self._of.setdefault(run_id, set()).add(listener)
        try:
            yield listener
        finally:
            left = self._of[run_id]
            left.discard(listener)
            if not left:
                del self._of[run_id]

    def tell(self, run_id: str) -> None:
        for listener in self._of.get(run_id, ()):
            listener.tell()

    def tell_all(self) -> None:
        for run_id in self._of:
            self.tell(run_id)


def order(id_: str) -> tuple[int, int]:
    """What ids of events sort by: the time in milliseconds, and a count. One that is none comes before all, so that its
    reader gets everything."""
    first, _, second = id_.partition("-")
    plain = all(part.isascii() and part.isdigit() and len(part) <= 19 for part in (first, second))
    return (int(first), int(second)) if plain else (-1, -1)
