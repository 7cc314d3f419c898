"""Where questions are parked, sent together, and their answers waited for.

What is sent is noted with each run before, and again when the vendor has said which batch it is: a worker that takes a run
up finds what was asked for it, and asks for none of it again. One that died between the two left the first note alone: then
the batch is looked for among the vendor's latest.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from typing import Any

from pydantic_ai.models.batch import Batch, BatchResult

from backend.adapters.message_batches.seats import Seats
from backend.adapters.message_batches.vendor import BatchVendor, Over, Results, Sheet, found, kept, lots
from backend.errors import TailorError, UnusableAnswer, VendorUnavailable
from backend.ports import Clock, RunSteps
from backend.stopping import stopped

log = logging.getLogger("tailor")
_SENT, _BATCH = "sent:", "batch:"
_NOTED = 8
"""Notes written at a time."""
_REMEMBERED = 8
"""Batches whose results are kept at hand: after a restart runs come for them one by one."""


@dataclass(frozen=True)
class Policy:
    """Seconds. What is parked is sent when no run is about to ask more and nothing was parked for `quiet`, or when the first
    of it has waited for `patience`. A batch is asked after every `poll`. `at_once` runs work at a time, the others wait."""

    quiet: float = 1.0
    patience: float = 60.0
    poll: float = 30.0
    at_once: int = 8


@dataclass
class Parked:
    sheet: Sheet
    steps: RunSteps
    sent: asyncio.Future[Batch]


@dataclass
class Job:
    """A batch at the vendor's. `who` are the people and runs it is for; all of them, where it was sent from here."""

    task: asyncio.Task[Results]
    sheet: Sheet
    batch: Batch
    who: set[tuple[str, str]] = field(default_factory=set)
    ours: bool = False
    waiting: int = 0


class BatchDesk:
    """`over` tells whether a run has ended: a batch that is for none but such is cancelled at the vendor's."""

    def __init__(self, vendor: BatchVendor, clock: Clock, over: Over, policy: Policy) -> None:
        self.seats = Seats(policy.at_once)
        self._vendor, self._clock, self._over, self._policy = vendor, clock, over, policy
        self._parked: dict[str, Parked] = {}
        self._first = self._last = 0.0
        self._jobs: dict[str, Job] = {}
        self._ended: OrderedDict[str, Results] = OrderedDict()
        self._tending: asyncio.Task[None] | None = None
        self._sending: set[asyncio.Task[None]] = set()

    async def answer(self, sheet: Sheet, steps: RunSteps) -> BatchResult | None:
        """What the vendor made of a question, asked once whoever works on its run; None if it has nothing to say of it."""
        known = await self._known(sheet, steps)
        if known is not None:
            result = (await self._results(sheet, known)).get(sheet.encoded.custom_id)
            if result is not None:
                return result  # else the batch that was found was another's
        batch = await self._park(sheet, steps)
        return (await self._results(sheet, batch)).get(sheet.encoded.custom_id)

    async def close(self) -> None:
        """Questions on their way are still noted; nothing else is waited for."""
        if self._sending:
            await asyncio.wait(self._sending, timeout=self._policy.patience)
        tasks = [job.task for job in self._jobs.values()] + ([self._tending] if self._tending else [])
        await stopped(*tasks)

    async def _known(self, sheet: Sheet, steps: RunSteps) -> Batch | None:
        """The batch that this question went with, if another worker sent it."""
        for key, step in steps.known.items():
            if key.startswith(_SENT) and sheet.encoded.custom_id in step["questions"]:
                said = steps.known.get(_BATCH + key.removeprefix(_SENT))
                if said is not None:
                    return found(said["batch"])
                return await self._vendor.find(sheet, datetime.fromisoformat(step["at"]), step["count"])
        return None

    # Sending

    async def _park(self, sheet: Sheet, steps: RunSteps) -> Batch:
        parked = Parked(sheet, steps, asyncio.get_running_loop().create_future())
        now = self._clock.monotonic()
        self._first, self._last = self._first if self._parked else now, now
        self._parked[sheet.encoded.custom_id] = parked
        if self._tending is None or self._tending.done():
            self._tending = asyncio.create_task(self._tend())
        try:
            return await parked.sent
        finally:
            if self._parked.get(sheet.encoded.custom_id) is parked:
                del self._parked[sheet.encoded.custom_id]  # given up before it was sent

    async def _tend(self) -> None:
        while self._parked:
            await asyncio.sleep(self._policy.quiet / 4)
            if not self._due():
                continue
            parked, self._parked = self._parked, {}
            for lot in lots([one.sheet for one in parked.values()]):
                task = asyncio.create_task(self._send([parked[sheet.encoded.custom_id] for sheet in lot]))
                self._sending.add(task)
                task.add_done_callback(self._sending.discard)

    def _due(self) -> bool:
        now = self._clock.monotonic()
        settled = not self.seats.busy and now - self._last >= self._policy.quiet
        return bool(self._parked) and (settled or now - self._first >= self._policy.patience)

    async def _send(self, lot: Sequence[Parked]) -> None:
        failed: TailorError = VendorUnavailable("The questions of this run could not be sent. Start it again.")
        try:
            batch = await self._sent(lot)
            for one in lot:
                if not one.sent.done():
                    one.sent.set_result(batch)
        except TailorError as error:
            failed = error
        finally:
            for one in lot:
                if not one.sent.done():
                    one.sent.set_exception(failed)
                    one.sent.exception()  # whoever gave it up does not ask

    async def _sent(self, lot: Sequence[Parked]) -> Batch:
        began, name = self._clock.now(), token_hex(8)
        await _note(lot, _SENT + name, {"at": began.isoformat(), "count": len(lot)})
        batch = await self._vendor.create([one.sheet for one in lot], began, self._policy.poll)
        log.info("%d questions were sent as the batch %s", len(lot), batch.id)
        job = self._job(lot[0].sheet, batch)
        job.ours, job.who = True, {(one.steps.user_id, one.steps.run_id) for one in lot}
        try:
            await _note(lot, _BATCH + name, {"batch": kept(batch)})
        except VendorUnavailable as error:
            log.warning("Which batch the questions went with was not noted: %s", error.detail)
        return batch

    # Waiting

    async def _results(self, sheet: Sheet, batch: Batch) -> Results:
        if batch.id in self._ended:
            return self._ended[batch.id]
        job = self._job(sheet, batch)
        async with self._waited_for(job):
            return await asyncio.shield(job.task)

    @asynccontextmanager
    async def _waited_for(self, job: Job) -> AsyncIterator[None]:
        job.waiting += 1
        try:
            yield
        finally:
            job.waiting -= 1

    def _job(self, sheet: Sheet, batch: Batch) -> Job:
        job = self._jobs.get(batch.id)
        if job is None:
            job = Job(asyncio.create_task(self._watch(sheet, batch)), sheet, batch)
            job.task.add_done_callback(lambda task: self._over_with(batch.id, task))
            self._jobs[batch.id] = job
        return job

    def _over_with(self, batch_id: str, task: asyncio.Task[Results]) -> None:
        del self._jobs[batch_id]
        if not task.cancelled() and task.exception() is None:
            self._ended[batch_id] = task.result()
            while len(self._ended) > _REMEMBERED:
                self._ended.popitem(last=False)

    async def _watch(self, sheet: Sheet, batch: Batch) -> Results:
        """Ask after a batch until it has ended. That the vendor cannot be reached for a while is no reason to give up: the
        runs that wait have deadlines of their own."""
        while True:
            await asyncio.sleep(self._policy.poll)
            try:
                batch = await self._vendor.look(sheet, batch)
                if batch.status == "ended":
                    return await self._vendor.results(sheet, batch)
                if batch.status == "in_progress" and await self._unwanted(batch.id):
                    log.info("The batch %s is of no use any more, and is cancelled", batch.id)
                    await self._vendor.cancel(sheet, batch)
            except VendorUnavailable as error:
                log.warning("The batch %s cannot be asked after: %s", batch.id, error.detail)
            except UnusableAnswer as error:
                log.warning("The batch %s is not there any more: %s", batch.id, error.detail)
                return {}

    async def _unwanted(self, batch_id: str) -> bool:
        """Whether nobody waits for it here, nor will anywhere else: its runs have ended, which is that they were cancelled."""
        job = self._jobs[batch_id]
        if job.waiting or not job.ours:
            return False
        for user_id, run_id in job.who:
            if not await self._over(user_id, run_id):
                return False
        return True


async def _note(lot: Sequence[Parked], key: str, step: Mapping[str, Any]) -> None:
    """With every run that has a question among them, and which those are."""
    runs: dict[str, tuple[RunSteps, list[str]]] = {}
    for one in lot:
        runs.setdefault(one.steps.run_id, (one.steps, []))[1].append(one.sheet.encoded.custom_id)
    gate = asyncio.Semaphore(_NOTED)

    async def note(steps: RunSteps, questions: list[str]) -> None:
        async with gate:
            await steps.keep(key, {**step, "questions": questions})

    await asyncio.gather(*(note(steps, questions) for steps, questions in runs.values()))
