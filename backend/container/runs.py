"""The part of the composition root that is about runs in the background: queue, progress, workers."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.pipeline.tailoring_pipeline import TailoringPipeline
from backend.ports import (
    Clock,
    IdempotencyRepository,
    Ids,
    JobQueue,
    ProgressBus,
    RateCounter,
    RunRepository,
    StepJournal,
    TailoringRepository,
)
from backend.services.idempotency import Idempotency
from backend.services.resumes import Resumes
from backend.services.run_executor import RunExecutor
from backend.services.run_progress import RunProgress
from backend.services.run_worker import Lease, RunWorker
from backend.services.runs import Runs
from backend.services.usage import Usages
from backend.settings import Settings

if TYPE_CHECKING:
    from backend.adapters.mongo import MongoVault

Check = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class RunParts:
    """`worker` is this process's name among the workers; `check` says whether Redis answers, None where there is none."""

    worker: str
    repository: RunRepository
    journal: StepJournal
    keys: IdempotencyRepository
    queue: JobQueue
    bus: ProgressBus
    rates: RateCounter
    check: Check | None = None


@dataclass(frozen=True)
class RunServices:
    runs: Runs
    progress: RunProgress
    idempotency: Idempotency
    executor: RunExecutor
    worker: RunWorker


def run_parts(settings: Settings, database: Any, vault: "MongoVault", clock: Clock, stack: AsyncExitStack) -> RunParts:
    """Runs in MongoDB; queue and progress in Redis, or in this process."""
    from backend.adapters.mongo.idempotency import MongoIdempotency
    from backend.adapters.mongo.run_steps import MongoRunSteps
    from backend.adapters.mongo.runs import MongoRuns

    worker = f"worker-{secrets.token_hex(4)}"
    queue, bus, rates, check = _exchange(settings, vault, worker, clock, stack)
    return RunParts(
        worker=worker,
        repository=MongoRuns(database, vault, clock),
        journal=MongoRunSteps(database, vault, clock),
        keys=MongoIdempotency(database, vault, clock),
        queue=queue,
        bus=bus,
        rates=rates,
        check=check,
    )


def _exchange(
    settings: Settings, vault: "MongoVault", worker: str, clock: Clock, stack: AsyncExitStack
) -> tuple[JobQueue, ProgressBus, RateCounter, Check | None]:
    if settings.redis_url is None:
        from backend.adapters.embedded.memory_progress import MemoryProgress
        from backend.adapters.embedded.memory_queue import MemoryQueue
        from backend.adapters.embedded.memory_rates import MemoryRates

        return MemoryQueue(), MemoryProgress(), MemoryRates(clock), None
    from backend.adapters.redis import RedisConnection, RedisProgress, RedisQueue, RedisRates

    redis = RedisConnection(settings.redis_url.get_secret_value())
    stack.push_async_callback(redis.close)
    bus = RedisProgress(redis, vault)
    stack.push_async_callback(bus.close)
    return RedisQueue(redis, worker, settings.run_lease), bus, RedisRates(redis), redis.check


def run_services(
    settings: Settings,
    parts: RunParts,
    *,
    pipeline: TailoringPipeline,
    resumes: Resumes,
    tailorings: TailoringRepository,
    usages: Usages,
    clock: Clock,
    ids: Ids,
) -> RunServices:
    executor = RunExecutor(pipeline, usages, parts.journal, parts.bus, clock)
    return RunServices(
        runs=Runs(
            parts.repository,
            tailorings,
            resumes,
            parts.queue,
            parts.bus,
            parts.journal,
            clock,
            ids,
            settings.run_deadline,
        ),
        progress=RunProgress(parts.repository, tailorings, parts.bus, clock),
        idempotency=Idempotency(parts.keys, ids),
        executor=executor,
        worker=RunWorker(
            parts.worker,
            parts.repository,
            tailorings,
            parts.queue,
            executor,
            at_once=settings.runs_at_once,
            lease=Lease(settings.run_lease),
        ),
    )


@asynccontextmanager
async def working(settings: Settings, services: RunServices) -> AsyncIterator[None]:
    """Work on runs meanwhile, if this process is to; at the end they are drained."""
    async with AsyncExitStack() as stack:
        if settings.works_on_runs:
            services.worker.start()
            stack.push_async_callback(services.worker.drain, settings.drain_seconds)
        yield
