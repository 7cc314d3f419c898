"""Following a run: all that was told of it so far, then what comes, until it ends."""

import math
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from backend.domain.run_state import RunEvent, TailoringRun
from backend.errors import NotFound
from backend.ports import Clock, LoggedEvent, ProgressBus, RunRepository, TailoringRepository

_SOON = 0.5  # seconds; the last event is told just after the run has ended


@dataclass(frozen=True)
class RunProgress:
    """`heartbeat` is how long nothing is said at most, in seconds."""

    runs: RunRepository
    tailorings: TailoringRepository
    bus: ProgressBus
    clock: Clock
    heartbeat: float = 15.0

    async def over(self, user_id: str, run_id: str, after: str) -> bool:
        """Whether there is nothing to tell after this event. Raises NotFound if there is no such run."""
        state = await self._end(user_id, run_id)
        if state is None or not after:
            return False
        told = await self.bus.since(user_id, run_id, "")
        return bool(told) and told[-1].event.last and not await self.bus.since(user_id, run_id, after)

    async def follow(
        self, user_id: str, run_id: str, after: str = "", lifetime: float = math.inf
    ) -> AsyncGenerator[LoggedEvent | None]:
        """Events after the id `after`, each once and in order; None when nothing was said for a while. Ends after the last
        event, or after `lifetime` seconds. One without an id stands for an end that the log does not have."""
        async with self.bus.listen(run_id) as listener:
            end_of_life = self.clock.monotonic() + lifetime
            patience = _SOON if await self._end(user_id, run_id) else self.heartbeat
            while True:
                for logged in await self.bus.since(user_id, run_id, after):
                    after = logged.id
                    yield logged
                    if logged.event.last:
                        return
                left = end_of_life - self.clock.monotonic()
                if left <= 0:
                    return
                if await listener.wait(min(patience, left)):
                    continue
                end = await self._end(user_id, run_id)
                if end is not None and not await self.bus.since(user_id, run_id, after):
                    yield LoggedEvent("", end)
                    return
                yield None

    async def _end(self, user_id: str, run_id: str) -> RunEvent | None:
        """How it ended, if it has."""
        run = await self.runs.get(user_id, run_id)
        if run is None:
            tailoring = await self.tailorings.get(user_id, run_id)
            if tailoring is None:
                raise NotFound(f"There is no tailoring {run_id!r}.")
            return RunEvent(kind="state", state="succeeded", at=tailoring.created, percent=100.0, sentence="Done.")
        return _ended(run) if run.ended else None


def _ended(run: TailoringRun) -> RunEvent:
    words = run.problem.detail if run.problem else "Done." if run.state == "succeeded" else "You cancelled this."
    moment = run.finished or run.created
    return RunEvent(kind="state", state=run.state, at=moment, percent=100.0, sentence=words)
