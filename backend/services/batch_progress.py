"""Following a batch: each of its runs as it ends, then that all have.

The repository is the truth. The log of a batch may lack a run whose worker died between ending it and telling so; whoever
follows the batch to its end adds what is missing.
"""

import logging
import math
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from backend.domain.batch import BatchCounts
from backend.domain.run_state import RunEvent, TailoringRun
from backend.errors import VendorUnavailable
from backend.ports import Clock, LoggedEvent, ProgressBus, RunRepository
from backend.services.telling import tell

log = logging.getLogger("tailor")
_PAGE = 100


@dataclass(frozen=True)
class BatchTeller:
    runs: RunRepository
    bus: ProgressBus
    clock: Clock

    async def ended(self, run: TailoringRun) -> None:
        """Tell the followers of its batch, if it is of one, that it has ended; and of the last, that all have."""
        if not run.batch_id:
            return
        try:
            await self.bus.append(run.user_id, run.batch_id, of_run(run))
            # Of many that end at once, whoever tells last finds that all is told.
            if await self.bus.length(run.user_id, run.batch_id) >= run.batch_size:
                await self._end(run)
        except VendorUnavailable as error:
            log.warning("That the run %s has ended was not told: %s", run.id, error.detail)

    async def _end(self, run: TailoringRun) -> None:
        told = {logged.event.run_id for logged in await self.bus.since(run.user_id, run.batch_id, "")}
        counts = await self.runs.counts(run.user_id, run.batch_id)
        if counts.over and len(told - {""}) >= run.batch_size:
            await self.bus.append(run.user_id, run.batch_id, self.last(counts))

    def last(self, counts: BatchCounts) -> RunEvent:
        at = self.clock.now()
        return RunEvent(kind="state", state=counts.state, at=at, percent=100.0, sentence=counts.sentence)


@dataclass(frozen=True)
class BatchProgress:
    """`heartbeat` is how long nothing is said at most, in seconds."""

    teller: BatchTeller
    heartbeat: float = 15.0

    async def over(self, user_id: str, batch_id: str, after: str) -> bool:
        """Whether there is nothing to tell after this event."""
        if not after or not (await self.teller.runs.counts(user_id, batch_id)).over:
            return False
        return any(event.last for event in await self._heard(user_id, batch_id, after))

    async def follow(
        self, user_id: str, batch_id: str, after: str = "", lifetime: float = math.inf
    ) -> AsyncGenerator[LoggedEvent | None]:
        """Events after the id `after`, each run's once; None when nothing was said for a while. Ends after the last event, or
        after `lifetime` seconds."""
        bus, clock = self.teller.bus, self.teller.clock
        async with bus.listen(batch_id) as listener:
            end_of_life = clock.monotonic() + lifetime
            await self._complete(user_id, batch_id)
            total = (await self.teller.runs.counts(user_id, batch_id)).total
            heard = {event.run_id for event in await self._heard(user_id, batch_id, after)} - {""}
            while True:
                for logged in await bus.since(user_id, batch_id, after):
                    after = logged.id
                    if logged.event.run_id in heard:
                        continue  # told by two at once
                    heard.update({logged.event.run_id} - {""})
                    percent = round(100 * len(heard) / max(total, 1), 1)  # by its place, as many may end at once
                    yield logged._replace(event=logged.event.model_copy(update={"percent": percent}))
                    if logged.event.last:
                        return
                left = end_of_life - clock.monotonic()
                if left <= 0:
                    return
                if not await listener.wait(min(self.heartbeat, left)) and not await self._complete(user_id, batch_id):
                    yield None

    async def _heard(self, user_id: str, batch_id: str, after: str) -> list[RunEvent]:
        """What was told up to an event."""
        later = {logged.id for logged in await self.teller.bus.since(user_id, batch_id, after)}
        told = await self.teller.bus.since(user_id, batch_id, "")
        return [logged.event for logged in told if logged.id not in later]

    async def _complete(self, user_id: str, batch_id: str) -> bool:
        """Where all have ended and the log does not say so, make it; whether it did."""
        counts = await self.teller.runs.counts(user_id, batch_id)
        told = [logged.event for logged in await self.teller.bus.since(user_id, batch_id, "")] if counts.over else ()
        if not counts.over or any(event.last for event in told):
            return False
        known: set[str] = {event.run_id for event in told}
        cursor: str | None = None
        while page := await self.teller.runs.ended(user_id, batch_id, _PAGE, cursor):
            cursor = page[-1][0]
            for _, run in page:
                if run.id not in known:
                    await tell(self.teller.bus, user_id, batch_id, of_run(run))
        await tell(self.teller.bus, user_id, batch_id, self.teller.last(counts))
        return True


def of_run(run: TailoringRun) -> RunEvent:
    words = run.problem.detail if run.problem else "You cancelled this." if run.state == "cancelled" else "Done."
    return RunEvent(kind="run", state=run.state, at=run.finished or run.created, run_id=run.id, sentence=words)
