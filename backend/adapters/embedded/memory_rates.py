"""Rates counted in this process."""

from collections import deque

from backend.domain.rate import Rate
from backend.ports import Clock

_MANY = 50_000  # counted people, after which those who have been away are forgotten


class MemoryRates:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._times: dict[tuple[str, str], deque[float]] = {}
        self._ends: dict[tuple[str, str], float] = {}

    async def hit(self, name: str, who: str, rate: Rate) -> float:
        now, key = self._clock.monotonic(), (name, who)
        times = self._times.setdefault(key, deque())
        while times and times[0] <= now - rate.seconds:
            times.popleft()
        if len(times) >= rate.amount:
            return times[0] + rate.seconds - now
        times.append(now)
        self._ends[key] = now + rate.seconds
        if len(self._times) > _MANY:
            self._forget(now)
        return 0.0

    def _forget(self, now: float) -> None:
        for key in [key for key, end in self._ends.items() if end <= now]:
            del self._times[key], self._ends[key]
