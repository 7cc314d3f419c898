"""Our time over the vendors', throughput, wall time and tokens, beside the straightforward design."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TypeVar

from pydantic import SecretStr

from backend.adapters.embedded.memory_chunks import MemoryChunks
from backend.adapters.embedded.memory_index import MemoryIndex
from backend.adapters.system import SystemClock, SystemIds
from backend.benchmarks import workload
from backend.benchmarks.straightforward import Straightforward
from backend.container import language_model, make_embedder, make_pipeline
from backend.data import load_lexicon
from backend.domain.job import Job
from backend.domain.model import Model
from backend.domain.tailoring import Tailoring
from backend.pipeline.run import TailoringRequest
from backend.pipeline.tailoring_pipeline import TailoringPipeline
from backend.ports import LanguageModel
from backend.settings import Settings
from backend.tasks.task import Answer, Task

Output = TypeVar("Output", bound=Model)
EMBEDDING = workload.LATENCIES["voyage"].first_byte


@dataclass
class VendorTime:
    """A LanguageModel that adds up the seconds which the stand-in, by its settings, makes one tailoring wait: on the path
    analyze ∥ embed, embed the requirements, the slowest writer of each attempt, the judge."""

    model: LanguageModel
    seconds: float = EMBEDDING
    writers: dict[int, float] = field(default_factory=dict)
    attempt: int = 0

    async def run(self, task: Task[Output], model: str | None = None) -> Answer[Output]:
        answer = await self.model.run(task, model)
        latency = workload.LATENCIES["sonnet" if task.role == "writer" else "haiku"]
        waited = latency.first_byte + answer.spent.output_tokens * latency.per_output_token
        if task.name == "prime_cache":
            return answer  # beside the analysis, and shorter
        if task.role == "writer":
            self.writers[self.attempt] = max(self.writers.get(self.attempt, 0.0), waited)
        else:
            self.seconds += max(waited, EMBEDDING) if task.role == "analyst" else waited
            self.attempt += task.role == "judge"
        return answer

    @property
    def total(self) -> float:
        return self.seconds + sum(self.writers.values())


@asynccontextmanager
async def ours(url: str, concurrency: int = 8) -> AsyncIterator[TailoringPipeline]:
    key = SecretStr("bench")
    settings = Settings(
        anthropic_api_key=key, anthropic_base_url=url, voyage_api_key=key, voyage_base_url=url,
        writer_concurrency=concurrency, model_timeout=300,
    )  # fmt: skip
    async with AsyncExitStack() as stack:
        lexicon = load_lexicon()
        model, _ = language_model(settings, lexicon, stack)
        embedder, _ = make_embedder(settings, stack)
        pipeline = make_pipeline(
            settings,
            model,
            embedder,
            MemoryIndex(),
            MemoryChunks(),
            lexicon=lexicon,
            clock=SystemClock(),
            ids=SystemIds(),
        )
        await pipeline.chunks.put("u", workload.library())
        await pipeline.retriever.index_chunks("u", workload.library())
        yield pipeline


_NUMBERS = count()


def request() -> TailoringRequest:
    """The same resume for a job that nobody has asked about before, so that no memory of the job's text helps."""
    job = workload.job()
    return TailoringRequest("u", "r", workload.resume(), Job(text=f"{job.text}\nReference {next(_NUMBERS)}"))


@dataclass(frozen=True)
class Timed:
    wall: float
    vendor: float
    tailoring: Tailoring

    @property
    def overhead(self) -> float:
        return self.wall - self.vendor


async def timed(pipeline: TailoringPipeline) -> Timed:
    watched = VendorTime(pipeline.model)
    started = time.perf_counter()
    tailoring = await replace(pipeline, model=watched).run(request())
    return Timed(time.perf_counter() - started, watched.total, tailoring)


async def one_at_a_time(pipeline: TailoringPipeline, count: int) -> list[Timed]:
    await timed(pipeline)  # indexes the resume and fills the caches, as any service has after its first minute
    return [await timed(pipeline) for _ in range(count)]


async def steady(pipeline: TailoringPipeline, concurrent: int, seconds: float) -> list[Timed]:
    """`concurrent` callers, each asking again as soon as it is answered; the first round is not counted."""
    done: list[Timed] = []
    ends = time.perf_counter() + seconds

    async def caller(place: int) -> None:
        await asyncio.sleep(place * 6.0 / concurrent)  # people do not press the button all at once
        first = True
        while time.perf_counter() < ends:
            result = await timed(pipeline)
            if not first:
                done.append(result)
            first = False

    await asyncio.gather(*map(caller, range(concurrent)))
    return done


async def throughput(tailor: Callable[[], Awaitable[object]], concurrent: int, seconds: float) -> float:
    """Tailorings a second with `concurrent` in flight: what ends after the first that ends, over the time since."""
    ends: list[float] = []
    stop = time.perf_counter() + seconds

    async def caller() -> None:
        while time.perf_counter() < stop:
            await tailor()
            ends.append(time.perf_counter())

    callers = [asyncio.ensure_future(caller()) for _ in range(concurrent)]
    await asyncio.wait(callers, timeout=seconds)
    counted = sorted(end for end in ends if end <= stop)
    for task in callers:
        task.cancel()
    await asyncio.gather(*callers, return_exceptions=True)
    return (len(counted) - 1) / (counted[-1] - counted[0]) if len(counted) > 1 else len(counted) / seconds


async def baseline(url: str) -> Straightforward:
    design = Straightforward(url)
    await design.prepare()
    return design
