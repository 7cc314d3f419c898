"""The part of the composition root that is about runs in the background: queue, progress, workers."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from backend.domain.run_state import Lane
from backend.pipeline.tailoring_pipeline import TailoringPipeline
from backend.ports import (
    BatchRepository,
    Clock,
    EconomyModels,
    IdempotencyRepository,
    Ids,
    JobQueue,
    ProgressBus,
    RateCounter,
    RunRepository,
    StepJournal,
    TailoringRepository,
)
from backend.services.batch_progress import BatchProgress
from backend.services.batches import Batches
from backend.services.idempotency import Idempotency
from backend.services.jobs import Jobs
from backend.services.privacy import Privacy
from backend.services.resumes import Resumes
from backend.services.run_executor import RunExecutor
from backend.services.run_progress import RunProgress
from backend.services.run_worker import Lease, RunWorker
from backend.services.runs import Runs
from backend.services.usage import Usages
from backend.settings import Settings

if TYPE_CHECKING:
    from backend.adapters.message_batches.vendor import Over
    from backend.adapters.mongo import MongoVault

Check = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class RunParts:
    """`worker` is this process's name among the workers; `check` says whether Redis answers, None where there is none."""

    worker: str
    repository: RunRepository
    batches: BatchRepository
    journal: StepJournal
    keys: IdempotencyRepository
    queue: JobQueue
    economy_queue: JobQueue
    bus: ProgressBus
    rates: RateCounter
    check: Check | None = None
    economy: EconomyModels | None = None

    @property
    def queues(self) -> Mapping[Lane, JobQueue]:
        return {"usual": self.queue, "economy": self.economy_queue}


@dataclass(frozen=True)
class RunServices:
    runs: Runs
    progress: RunProgress
    batches: Batches
    batch_progress: BatchProgress
    idempotency: Idempotency
    executor: RunExecutor
    worker: RunWorker
    economy_worker: RunWorker


def run_parts(settings: Settings, database: Any, vault: "MongoVault", clock: Clock, stack: AsyncExitStack) -> RunParts:
    """Runs in MongoDB; queue and progress in Redis, or in this process."""
    from backend.adapters.mongo.batches import MongoBatches
    from backend.adapters.mongo.idempotency import MongoIdempotency
    from backend.adapters.mongo.run_steps import MongoRunSteps
    from backend.adapters.mongo.runs import MongoRuns

    worker = f"worker-{secrets.token_hex(4)}"
    queues, bus, rates, check = _exchange(settings, vault, worker, clock, stack)
    return RunParts(
        worker=worker,
        repository=MongoRuns(database, vault, clock),
        batches=MongoBatches(database),
        journal=MongoRunSteps(database, vault, clock),
        keys=MongoIdempotency(database, vault, clock),
        queue=queues["usual"],
        economy_queue=queues["economy"],
        bus=bus,
        rates=rates,
        check=check,
    )


def with_economy(parts: RunParts, make: "Callable[[Over], EconomyModels | None]") -> RunParts:
    async def over(user_id: str, run_id: str) -> bool:
        run = await parts.repository.get(user_id, run_id)
        return run is None or run.ended

    return replace(parts, economy=make(over))


def _exchange(
    settings: Settings, vault: "MongoVault", worker: str, clock: Clock, stack: AsyncExitStack
) -> tuple[Mapping[Lane, JobQueue], ProgressBus, RateCounter, Check | None]:
    if settings.redis_url is None:
        from backend.adapters.embedded.memory_progress import MemoryProgress
        from backend.adapters.embedded.memory_queue import MemoryQueue
        from backend.adapters.embedded.memory_rates import MemoryRates

        return {"usual": MemoryQueue(), "economy": MemoryQueue()}, MemoryProgress(), MemoryRates(clock), None
    from backend.adapters.redis import RedisConnection, RedisProgress, RedisQueue, RedisRates

    redis = RedisConnection(settings.redis_url.get_secret_value())
    stack.push_async_callback(redis.close)
    bus = RedisProgress(redis, vault)
    stack.push_async_callback(bus.close)
    queues: dict[Lane, JobQueue] = {
        "usual": RedisQueue(redis, worker, settings.run_lease),
        "economy": RedisQueue(redis, worker, settings.economy_lease, "economy"),
    }
    return queues, bus, RedisRates(redis), redis.check


def run_services(
    settings: Settings,
    parts: RunParts,
    *,
    pipeline: TailoringPipeline,
    resumes: Resumes,
    tailorings: TailoringRepository,
    usages: Usages,
    jobs: Jobs,
    privacy: Privacy,
    clock: Clock,
    ids: Ids,
) -> RunServices:
    executor = RunExecutor(pipeline, usages, parts.journal, parts.bus, clock, economy=parts.economy)
    runs = Runs(
        parts.repository,
        tailorings,
        resumes,
        parts.queues,
        parts.bus,
        parts.journal,
        clock,
        ids,
        privacy,
        {"usual": settings.run_deadline, "economy": settings.economy_deadline},
    )
    known = (parts.worker, parts.repository, tailorings)
    return RunServices(
        runs=runs,
        progress=RunProgress(parts.repository, tailorings, parts.bus, clock),
        batches=Batches(parts.batches, runs, jobs, parts.economy is not None, settings.economy_batches),
        batch_progress=BatchProgress(runs.teller),
        idempotency=Idempotency(parts.keys, ids),
        executor=executor,
        worker=RunWorker(
            *known, parts.queue, executor, privacy, at_once=settings.runs_at_once, lease=Lease(settings.run_lease)
        ),
        economy_worker=RunWorker(
            *known,
            parts.economy_queue,
            executor,
            privacy,
            at_once=settings.economy_at_once,
            lease=Lease(settings.economy_lease),
            lane="economy",
        ),
    )


@asynccontextmanager
async def working(settings: Settings, services: RunServices) -> AsyncIterator[None]:
    """Work on runs meanwhile, if this process is to; at the end they are drained. Those that wait for a batch of the vendor's
    are handed back at once: nothing is lost by it."""
    workers = {services.worker: settings.drain_seconds, services.economy_worker: 0.0}
    if settings.works_on_runs:
        for worker in workers:
            worker.start()
    try:
        yield
    finally:
        if settings.works_on_runs:
            await asyncio.gather(*(worker.drain(seconds) for worker, seconds in workers.items()))
