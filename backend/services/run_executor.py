"""Doing one run: the pipeline with kept answers in front of its model, within a deadline and the month's budget."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from backend.domain.run_state import Claimed, PlanResult, RunProblem, TailoringRun
from backend.domain.tailoring import Tailoring
from backend.errors import DeadlineExceeded, StoreUnavailable, TailorError, VendorRefuses, VendorUnavailable
from backend.pipeline.run import TailoringRequest
from backend.pipeline.tailoring_pipeline import TailoringPipeline
from backend.ports import Clock, EconomyModels, ProgressBus, StepJournal
from backend.services.run_journal import Journal, JournaledEmbedder, JournaledModel
from backend.services.run_reporter import RunReporter, StageWeights
from backend.services.usage import Usages

_LEAST_WAIT, _SLACK = 1.0, 60.0  # seconds
Outcome = Tailoring | PlanResult | RunProblem
_TOGETHER = 64
"""Parts that the writer is asked for at once where waiting costs hours: what is not asked with the rest waits for the next
batch."""


@dataclass(frozen=True)
class RunExecutor:
    pipeline: TailoringPipeline
    usages: Usages
    journal: StepJournal
    bus: ProgressBus
    clock: Clock
    weights: StageWeights = field(default_factory=StageWeights)
    economy: EconomyModels | None = None
    """For runs in the economy lane; without it they are worked on as all others."""

    async def reporter(self, claimed: Claimed) -> RunReporter:
        run = claimed.run
        told = await self.bus.since(run.user_id, run.id, "") if run.takeover > 1 else ()
        return RunReporter(
            run=run,
            bus=self.bus,
            clock=self.clock,
            weights=self.weights.weights,
            max_attempts=claimed.request.options.max_attempts,
            told=tuple(logged.event for logged in told),
        )

    async def outcome(self, claimed: Claimed, reporter: RunReporter) -> Outcome:
        """What the run comes to; a problem if it fails. Writes nothing but the answers it pays for."""
        run = claimed.run
        worked = (self.clock.now() - (run.started or self.clock.now())).total_seconds()
        try:
            async with asyncio.timeout(max(0.0, run.deadline - worked)) as limit:
                found = await self._found(claimed, reporter, limit.when() or 0.0)
        except TimeoutError:
            if not limit.expired():
                raise
            return problem(DeadlineExceeded(f"The run took over {run.deadline:g} seconds. Start it again."))
        except StoreUnavailable:
            raise  # it is taken up again, and pays for nothing twice
        except TailorError as error:
            return problem(error)
        if run.lane == "usual":  # how long a batch takes says nothing of other runs
            self.weights.learn(reporter.timings)
        return found

    async def _found(self, claimed: Claimed, reporter: RunReporter, until: float) -> Tailoring | PlanResult:
        """Waits for a vendor that is away, if it may be back by `until`, in seconds of the loop's clock."""
        run = claimed.run
        journal = Journal(run.user_id, run.id, self.journal)
        if run.takeover > 1:
            await journal.rewind()
        async with (
            self._pipeline(run, journal) as pipeline,
            self.usages.run(run.user_id, pipeline.model, run.kind, run.deadline + _SLACK) as meter,
        ):
            meter.tailoring_id = run.id if run.kind == "tailoring" else ""
            pipeline = replace(
                pipeline,
                model=JournaledModel(meter.model, journal, reporter.answered),
                embedder=JournaledEmbedder(pipeline.embedder, journal),
            )
            while True:
                try:
                    return await _gone_through(pipeline, claimed, reporter)
                except (StoreUnavailable, VendorRefuses):
                    raise
                except VendorUnavailable as error:
                    await _wait(error, reporter, until)
                await journal.rewind()

    @asynccontextmanager
    async def _pipeline(self, run: TailoringRun, journal: Journal) -> AsyncIterator[TailoringPipeline]:
        if run.lane == "usual" or self.economy is None:
            yield self.pipeline
            return
        async with self.economy.of_run(journal) as model:
            yield replace(self.pipeline, model=model, concurrency=_TOGETHER)


async def _gone_through(pipeline: TailoringPipeline, claimed: Claimed, reporter: RunReporter) -> Tailoring | PlanResult:
    run, asked = claimed.run, claimed.request
    request = TailoringRequest(
        user_id=run.user_id,
        resume_id=run.inputs.resume_id,
        document=asked.document,
        job=asked.job,
        options=asked.options,
        id=run.id,
        marker=asked.marker,
        analysis=asked.analysis,
        plan=asked.plan,
    )
    go = pipeline.plan if run.kind == "plan" else pipeline.run
    return await go(request, reporter.tell)


async def _wait(error: VendorUnavailable, reporter: RunReporter, until: float) -> None:
    """As long as the vendor asks for, and no longer than the run has; else it fails now."""
    seconds = max(_LEAST_WAIT, error.retry_after or 0.0)
    if asyncio.get_running_loop().time() + seconds >= until:
        raise error
    await reporter.waits(f"{error.detail} Work goes on by itself in {seconds:.0f} s.")
    await asyncio.sleep(seconds)


def problem(error: TailorError) -> RunProblem:
    return RunProblem(
        code=error.code, title=error.title, status=error.status, detail=error.detail, retryable=error.retryable
    )
