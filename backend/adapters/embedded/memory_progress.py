"""The log of events of a single process. Ids are the time in milliseconds and a count, as Redis makes them, so that those of
an earlier process sort first."""

import time
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager

from backend.adapters.embedded.listeners import Listeners, WaitingListener, order
from backend.domain.run_state import RunEvent
from backend.ports import LoggedEvent

_RUNS = 2_000


class MemoryProgress:
    """Keeps the runs that were last heard of; the oldest are forgotten."""

    def __init__(self, runs: int = _RUNS) -> None:
        self._logs: OrderedDict[tuple[str, str], list[LoggedEvent]] = OrderedDict()
        self._listeners = Listeners()
        self._runs, self._last, self._count = runs, 0, 0

    async def append(self, user_id: str, run_id: str, event: RunEvent) -> str:
        log = self._logs.setdefault((user_id, run_id), [])
        self._logs.move_to_end((user_id, run_id))
        log.append(LoggedEvent(self._next_id(), event))
        while len(self._logs) > self._runs:
            self._logs.popitem(last=False)
        self._listeners.tell(run_id)
        return log[-1].id

    async def since(self, user_id: str, run_id: str, after: str) -> Sequence[LoggedEvent]:
        log = self._logs.get((user_id, run_id), [])
        return [logged for logged in log if order(logged.id) > order(after)]

    async def length(self, user_id: str, run_id: str) -> int:
        return len(self._logs.get((user_id, run_id), ()))

    def listen(self, run_id: str) -> AbstractAsyncContextManager[WaitingListener]:
        return self._listeners.listen(run_id)

    async def forget(self, user_id: str) -> None:
        for key in [key for key in self._logs if key[0] == user_id]:
            del self._logs[key]

    def _next_id(self) -> str:
        now = max(time.time_ns() // 1_000_000, self._last)
        self._count = self._count + 1 if now == self._last else 0
        self._last = now
        return f"{now}-{self._count}"
