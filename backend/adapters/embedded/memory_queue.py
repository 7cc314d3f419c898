"""The queue of a single process. What is lost with it is in the repository, which the worker looks through at its start."""

import asyncio
from collections import deque

from backend.domain.run_state import PRIORITIES
from backend.ports import Delivery, Waiting


class MemoryQueue:
    """A run that waits already is not put again; one that has been taken may be: its worker may have failed."""

    def __init__(self) -> None:
        self._queues: dict[str, deque[Waiting]] = {priority: deque() for priority in PRIORITIES}
        self._waiting: set[str] = set()
        self._free = asyncio.Semaphore(0)

    async def put(self, waiting: Waiting) -> None:
        if waiting.run_id not in self._waiting:
            self._waiting.add(waiting.run_id)
            self._queues[waiting.priority].append(waiting)
            self._free.release()

    async def take(self, seconds: float) -> Delivery | None:
        try:
            async with asyncio.timeout(seconds):
                await self._free.acquire()
        except TimeoutError:
            return None
        waiting = next(queue for queue in self._queues.values() if queue).popleft()
        self._waiting.discard(waiting.run_id)
        return Delivery(waiting, waiting.run_id)

    async def keep(self, delivery: Delivery) -> None:
        """Nobody else could be told."""

    async def done(self, delivery: Delivery) -> None:
        """It is kept nowhere."""

    async def hand_back(self, delivery: Delivery) -> None:
        await self.put(delivery.waiting)

    async def waiting(self) -> int:
        return len(self._waiting)
