"""Working on runs: take one up, hold it while working, write what came of it, let go.

A run is held by a lease in the repository. A worker that cannot renew it stops working on the run and writes nothing: by
then another may have taken it up. Runs that nobody holds any more, and those that the queue has lost, are looked for.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from backend.domain.run_state import Claimed, Lane, RunEvent, RunProblem, StageTiming, TailoringRun
from backend.errors import TailorError, VendorUnavailable
from backend.observability.context import RUN_ID, within
from backend.ports import (
    Clock,
    Delivery,
    JobQueue,
    ProgressBus,
    RunRepository,
    StepJournal,
    TailoringRepository,
    Waiting,
)
from backend.services.batch_progress import BatchTeller
from backend.services.privacy import Privacy
from backend.services.run_executor import Outcome, RunExecutor
from backend.services.run_reporter import RunReporter
from backend.services.telling import tell
from backend.stopping import stopped

log = logging.getLogger("tailor")
MOST_TAKEOVERS = 25
_TAKE, _PAUSE = 1.0, 0.5  # seconds
_LOOKED_AT = 200  # runs at a time
_BEGUN = 8  # at a time, however many are worked on
_POISON = RunProblem(
    code="internal",
    title="Something went wrong",
    status=500,
    detail=f"The run was taken up {MOST_TAKEOVERS} times and never ended. Please report it with its id.",
)
_FAULT = RunProblem(
    code="internal",
    title="Something went wrong",
    status=500,
    detail="This is a fault of ours. Please report it with the tailoring's id.",
)


class Lease(NamedTuple):
    """Seconds: how long a run is held without a word, how often that is renewed, how often abandoned runs are looked for."""

    length: float = 15.0

    @property
    def renewal(self) -> float:
        return self.length / 5

    @property
    def look(self) -> float:
        return min(3.0, self.length / 3)


USUAL = Lease()


class RunWorker:
    """Works on the runs of one lane while it is open: `start`, and at the end `drain`."""

    def __init__(
        self,
        name: str,
        runs: RunRepository,
        records: TailoringRepository,
        queue: JobQueue,
        executor: RunExecutor,
        privacy: Privacy,
        *,
        at_once: int = 8,
        lease: Lease = USUAL,
        lane: Lane = "usual",
    ) -> None:
        self.name, self._lane, self._privacy = name, lane, privacy
        self._runs, self._records, self._queue, self._executor, self._lease = runs, records, queue, executor, lease
        self._bus: ProgressBus = executor.bus
        self._journal: StepJournal = executor.journal
        self._clock: Clock = executor.clock
        self._batches = BatchTeller(runs, self._bus, self._clock)
        self._free, self._begin = asyncio.Semaphore(at_once), asyncio.Semaphore(_BEGUN)
        self._under_way: set[asyncio.Task[None]] = set()
        self._loops: list[asyncio.Task[None]] = []
        self._give_back = asyncio.Event()

    def start(self) -> None:
        self._loops = [asyncio.create_task(self._take()), asyncio.create_task(self._look())]

    async def drain(self, seconds: float = 8.0) -> None:
        """Take no more; let what is under way end if it does so in time, and hand back the rest."""
        await stopped(*self._loops, again=_PAUSE)
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)
        self._give_back.set()
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def _take(self) -> None:
        while True:
            await self._free.acquire()
            delivery = None
            try:
                delivery = await self._queue.take(_TAKE)
            except VendorUnavailable as error:
                log.warning("The queue cannot be read: %s", error.detail)
                await asyncio.sleep(_PAUSE)
            if delivery is None:
                self._free.release()
                continue
            with within(RUN_ID, delivery.waiting.run_id):  # its logs say which run they are of
                task = asyncio.create_task(self._work(delivery))
            self._under_way.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._free.release()
        if not task.cancelled() and (error := task.exception()):
            log.error("A run could not be worked on", exc_info=error)

    async def _look(self) -> None:
        """For runs whose worker died, and for those that the queue has lost."""
        while True:
            try:
                lost = list(await self._runs.abandoned(_LOOKED_AT, self._lane))
                if not await self._queue.waiting():  # so none of those that wait is in it
                    lost += await self._runs.waiting(_LOOKED_AT, self._lane)
                for waiting in lost:
                    await self._queue.put(waiting)
            except VendorUnavailable as error:
                log.warning("Abandoned runs cannot be looked for: %s", error.detail)
            await asyncio.sleep(self._lease.look)

    async def _work(self, delivery: Delivery) -> None:
        waiting = delivery.waiting
        try:
            # Should the person be erased meanwhile, so is what was written of the run before that was noticed.
            async with self._privacy.during(waiting.user_id):
                ours = await self._taken_up(delivery)
            await (self._queue.hand_back(delivery) if ours else self._queue.done(delivery))
        except VendorUnavailable as error:
            log.warning("The run %s was let go: %s", waiting.run_id, error.detail)
            await asyncio.sleep(_PAUSE)
            with suppress(VendorUnavailable):  # else its lease runs out, and it is found
                await self._queue.hand_back(delivery)

    async def _taken_up(self, delivery: Delivery) -> bool:
        """Whether it is to be handed back to the queue."""
        waiting = delivery.waiting
        async with self._begin:
            claimed = await self._runs.claim(waiting.user_id, waiting.run_id, self.name, self._lease.length)
            if claimed is None:
                await self._finish(waiting)
                return False
        return not await self._worked(claimed, delivery)

    async def _worked(self, claimed: Claimed, delivery: Delivery) -> bool:
        """Whether the run is none of ours any more; False if it is to be handed back to the queue."""
        run = claimed.run
        reporter = await self._executor.reporter(claimed)
        event = RunEvent(kind="state", state="running", at=self._clock.now(), percent=reporter.percent)
        await tell(self._bus, run.user_id, run.id, event.model_copy(update={"sentence": "Work has begun."}))
        if run.takeover > MOST_TAKEOVERS:
            await self._settle(run, _POISON, reporter.timings)
            return True
        doing = asyncio.create_task(self._executor.outcome(claimed, reporter))
        losing = asyncio.create_task(self._hold(run, reporter, delivery))
        giving = asyncio.create_task(self._give_back.wait())
        try:
            await asyncio.wait({doing, losing, giving}, return_when=asyncio.FIRST_COMPLETED)
            if doing.done():
                await self._settle(run, _result(doing, run), reporter.timings)
                return True
            if losing.done():
                log.info("The run %s is not ours any more", run.id)
                return True
        finally:
            await stopped(doing, losing, giving)
        return not await self._runs.hand_back(run, reporter.timings)

    async def _hold(self, run: TailoringRun, reporter: RunReporter, delivery: Delivery) -> None:
        """Renew the lease every so often, and whenever something happens. Ends when it is lost."""
        sure_until = self._clock.monotonic() + self._lease.length
        async with self._bus.listen(run.id) as listener:
            while self._clock.monotonic() < sure_until:
                await listener.wait(self._lease.renewal)
                asked = self._clock.monotonic()
                try:
                    if not await self._runs.renew(run, self._lease.length, reporter.timings):
                        return
                    sure_until = asked + self._lease.length
                    await self._queue.keep(delivery)
                except VendorUnavailable as error:
                    log.warning("The lease of the run %s was not renewed: %s", run.id, error.detail)
                    await asyncio.sleep(_PAUSE)

    async def _settle(self, run: TailoringRun, outcome: Outcome, stages: Sequence[StageTiming]) -> None:
        if await self._runs.settle(run, outcome, stages):
            await self._finish(Waiting(run.user_id, run.id, run.priority))

    async def _finish(self, waiting: Waiting) -> None:
        run = await self._runs.finish(waiting.user_id, waiting.run_id, self._records)
        if run is None:
            return
        words = "Done." if run.problem is None else run.problem.detail
        event = RunEvent(kind="state", state=run.state, at=self._clock.now(), percent=100.0, sentence=words)
        await tell(self._bus, run.user_id, run.id, event)
        await self._batches.ended(run)
        await self._journal.drop(run.user_id, run.id)


def _result(doing: asyncio.Task[Outcome], run: TailoringRun) -> Outcome:
    """What it came to; an error that nobody foresaw fails the run rather than being tried for ever."""
    error = doing.exception()
    if error is None:
        return doing.result()
    if isinstance(error, TailorError):
        raise error
    log.error("The run %s failed", run.id, exc_info=error)
    return _FAULT
