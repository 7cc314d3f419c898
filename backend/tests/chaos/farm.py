"""Redis, MongoDB and workers as processes, the vendors' stand-in here: what the chaos scripts break things in.

MongoDB is the one at TEST_MONGODB_URI, else the embedded one in a process of its own.
"""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from backend.benchmarks import workload
from backend.container import Container, open_container
from backend.domain.job import Job
from backend.domain.tailoring import Options
from backend.settings import Settings
from backend.tests.chaos.servers import Server, serving
from backend.tests.chaos.wires import Wire
from backend.tests.redis_server import PROGRAM, WHY_NOT, RedisServer, redis_server
from backend.tests.standin import Latency, RecordedRequest, StandIn

USER = "64b0000000000000000000aa"
SECRET = "a-secret-for-chaos-that-is-long-enough"
LATENCY = {"": Latency(0.15, 0.0)}
READY = b"takes up runs"


@dataclass
class Worker:
    """A `tailor worker` process. `name` is what it calls itself; it is known once the worker is ready."""

    process: asyncio.subprocess.Process
    name: str = ""
    lines: list[str] = field(default_factory=list)
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self) -> None:
        assert self.process.stderr
        async for line in self.process.stderr:
            self.lines.append(line.decode().rstrip())
            if READY in line:
                self.name = next(word for word in line.decode().split() if word.startswith("worker-"))
                self.ready.set()

    def send(self, number: int) -> None:
        if self.process.returncode is None:
            self.process.send_signal(number)


@dataclass
class Farm:
    settings: Settings
    container: Container
    environment: dict[str, str]
    vendor: StandIn
    asked: Counter[str]
    redis: RedisServer
    wires: dict[str, Wire] = field(default_factory=dict)
    """What lies between the processes and each of "mongo", "redis", "vendor", if it is to fail. We look past it."""
    workers: list[Worker] = field(default_factory=list)
    _reading: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def rows(self) -> Any:
        """The collection of runs, to look behind the repository."""
        repository: Any = self.container.parts.runs.repository
        return repository._runs

    async def hire(self, count: int = 1) -> None:
        """Start workers, and wait until they are ready."""
        fresh = [await self._start() for _ in range(count)]
        await asyncio.gather(*(worker.ready.wait() for worker in fresh))
        self.workers += fresh

    def serving(self, count: int = 1, **more: str) -> AbstractAsyncContextManager[list[Server]]:
        """So many processes of the API, with settings on top."""
        return serving(self.environment | {"WORK_IN_API": "false"} | more, count)

    async def dismiss(self) -> None:
        for worker in self.workers:
            worker.send(signal.SIGKILL)
        await asyncio.gather(*(worker.process.wait() for worker in self.workers), *self._reading)
        self.workers.clear()

    async def _start(self) -> Worker:
        folder = tempfile.mkdtemp(prefix="chaos-")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "backend", "worker",
            env=self.environment | {"DATA_DIR": folder}, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        worker = Worker(process)
        task = asyncio.create_task(worker.read())
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)
        return worker

    async def start_runs(self, count: int, user: str = USER, first: int = 0) -> list[str]:
        """Accept runs, each of a job of its own, so that no two ask the vendors the same."""
        resume = await self.container.parts.resumes.latest(user)
        resume = resume or await self.container.resumes.create(user, workload.resume())
        job = workload.job()
        ids = []
        for n in range(first, first + count):
            own = Job(text=f"{job.text}\n\nReference {n:06d}", title=job.title)
            ids.append((await self.container.runs.start(user, own, resume.id, Options(max_attempts=1))).id)
        return ids

    async def states(self) -> Counter[str]:
        rows = await self.rows.find({}, {"state": 1}).to_list(None)
        return Counter(row["state"] for row in rows)

    async def ended(self, count: int, seconds: float) -> bool:
        """Whether so many runs ended in time."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    states = await self.states()
                    if sum(states[name] for name in ("succeeded", "failed", "cancelled")) >= count:
                        return True
                    await asyncio.sleep(0.3)
        except TimeoutError:
            return False


@asynccontextmanager
async def farm(
    lease: float = 3.0, at_once: int = 4, latency: dict[str, Latency] | None = None, *, wired: bool = False
) -> AsyncIterator[Farm]:
    """With `wired`, all processes reach MongoDB, Redis and the vendor through wires that can be made to fail."""
    if PROGRAM is None:
        sys.exit(WHY_NOT)
    asked: Counter[str] = Counter()

    def answer(request: RecordedRequest) -> str:
        asked[_digest(request)] += 1
        return workload.answer(request)

    async with AsyncExitStack() as stack:
        redis = stack.enter_context(redis_server())
        vendor = await stack.enter_async_context(StandIn(answer, latency or LATENCY, record=False))
        mongo = _mongo(stack)
        environment = _environment(redis.url, mongo, vendor.url, lease, at_once)
        settings = Settings(
            _env_file=None,
            data_dir=Path(stack.enter_context(tempfile.TemporaryDirectory())),
            work_in_api=False,
            **{name.lower(): value for name, value in environment.items() if name in _OURS},
        )
        container = await stack.enter_async_context(open_container(settings))
        wires: dict[str, Wire] = {}
        if wired:
            for name, url in (("mongo", mongo), ("redis", redis.url), ("vendor", vendor.url)):
                wires[name] = await stack.enter_async_context(Wire.to(url))
            environment |= _environment(
                wires["redis"].instead_of(redis.url),
                wires["mongo"].instead_of(mongo),
                wires["vendor"].instead_of(vendor.url),
                lease,
                at_once,
            ) | {"MONGODB_DATABASE": environment["MONGODB_DATABASE"]}
        found = Farm(settings, container, dict(os.environ) | environment, vendor, asked, redis, wires)
        stack.push_async_callback(found.dismiss)
        yield found


_OURS = (
    "REDIS_URL", "MONGODB_URI", "MONGODB_DATABASE", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "VOYAGE_API_KEY",
    "VOYAGE_BASE_URL", "JWT_SECRET", "RUN_LEASE", "RUNS_AT_ONCE",
)  # fmt: skip


def _environment(redis: str, mongo: str, vendor: str, lease: float, at_once: int) -> dict[str, str]:
    return {
        "REDIS_URL": redis,
        "MONGODB_URI": mongo,
        "MONGODB_DATABASE": f"chaos-{token_hex(4)}",
        "ANTHROPIC_API_KEY": "chaos",
        "ANTHROPIC_BASE_URL": vendor,
        "VOYAGE_API_KEY": "chaos",
        "VOYAGE_BASE_URL": vendor,
        "JWT_SECRET": SECRET,
        "RUN_LEASE": str(lease),
        "RUNS_AT_ONCE": str(at_once),
    }


def _mongo(stack: AsyncExitStack) -> str:
    given = os.environ.get("TEST_MONGODB_URI")
    if given:
        return given
    process = subprocess.Popen(
        [sys.executable, "-m", "backend.tests.chaos.mongo_process"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    stack.callback(process.wait)
    stack.callback(process.kill)
    assert process.stdout
    return process.stdout.readline().decode().strip()


def _digest(request: RecordedRequest) -> str:
    return sha256(f"{request.model}\0{request.system_text}\0{request.user_text}".encode()).hexdigest()


def show(title: str, rows: Sequence[tuple[str, object, str]]) -> None:
    """Measure, measured, to reach."""
    sys.stdout.write(f"\n{title}\n")
    for name, value, wanted in rows:
        sys.stdout.write(f"  {name:<52} {value!s:>12}   {wanted}\n")
