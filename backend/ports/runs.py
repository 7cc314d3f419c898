"""Runs in the background: their state, queue, progress, and the keys that make a request count once."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, NamedTuple, Protocol

from backend.domain.batch import BatchCounts, TailoringBatch
from backend.domain.run_state import (
    Claimed,
    Lane,
    PlanResult,
    Priority,
    RunEvent,
    RunProblem,
    RunRequest,
    RunState,
    StageTiming,
    TailoringRun,
)
from backend.domain.tailoring import Tailoring
from backend.ports.library import TailoringRepository
from backend.ports.models import LanguageModel
from backend.tasks.task import Task


class Waiting(NamedTuple):
    """A run that somebody should work on."""

    user_id: str
    run_id: str
    priority: Priority


class RunRepository(Protocol):
    """Runs, the truth about them. A worker holds a run by a lease; each taking up has a number, `takeover`, and only under the
    newest one can anything be written, whatever an older worker still believes."""

    async def add(self, run: TailoringRun, request: RunRequest) -> bool:
        """Whether there was none with this id."""
        ...

    async def add_all(self, user_id: str, runs: Sequence[tuple[TailoringRun, RunRequest]]) -> None:
        """Those that are not there yet. One that has ended already comes to nothing but its problem."""
        ...

    async def get(self, user_id: str, run_id: str) -> TailoringRun | None: ...

    async def request(self, user_id: str, run_id: str) -> RunRequest | None:
        """What was asked; of a run that ended only if it stopped after the plan."""
        ...

    async def list(
        self, user_id: str, limit: int, after: str | None = None, states: Sequence[RunState] = ()
    ) -> Sequence[TailoringRun]:
        """Newest first, those older than the id `after`."""
        ...

    async def claim(self, user_id: str, run_id: str, worker: str, lease: float) -> Claimed | None:
        """Take up a run that nobody holds; `lease` is in seconds. None if it has ended or somebody holds it."""
        ...

    async def renew(self, run: TailoringRun, lease: float, stages: Sequence[StageTiming]) -> bool:
        """Hold it for so long from now on, and note its stages; whether it is still held."""
        ...

    async def hand_back(self, run: TailoringRun, stages: Sequence[StageTiming]) -> bool:
        """Let it go, unfinished, for another to take up; whether it was still held."""
        ...

    async def settle(
        self,
        run: TailoringRun,
        outcome: Tailoring | PlanResult | RunProblem,
        stages: Sequence[StageTiming],
    ) -> bool:
        """What it came to, in one write, if it is still held. From here on the outcome cannot change."""
        ...

    async def finish(self, user_id: str, run_id: str, records: TailoringRepository) -> TailoringRun | None:
        """File the outcome of a settled run among the records and close the run; None unless this call closed it. Whoever dies
        half-way is followed by another."""
        ...

    async def cancel(self, user_id: str, run_id: str) -> bool:
        """Whether it was waiting or under way, and is cancelled now."""
        ...

    async def abandoned(self, limit: int, lane: Lane = "usual") -> Sequence[Waiting]:
        """Runs under way whose lease has run out, whoever's they are: for the workers."""
        ...

    async def waiting(self, limit: int, lane: Lane = "usual") -> Sequence[Waiting]:
        """Queued runs, the oldest first, whoever's they are: for the workers."""
        ...

    async def counts(self, user_id: str, batch_id: str) -> BatchCounts: ...

    async def ended(
        self, user_id: str, batch_id: str, limit: int, after: str | None = None
    ) -> Sequence[tuple[str, TailoringRun]]:
        """The runs of a batch that have ended, those that did so last first, after the cursor `after`; each with its own."""
        ...

    async def unended(self, user_id: str, batch_id: str) -> Sequence[str]:
        """The ids of the runs of a batch that wait or are under way."""
        ...


class BatchRepository(Protocol):
    async def add(self, batch: TailoringBatch) -> bool:
        """Whether there was none with this id."""
        ...

    async def get(self, user_id: str, batch_id: str) -> TailoringBatch | None: ...

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[TailoringBatch]:
        """Newest first, those older than the id `after`."""
        ...


class StepJournal(Protocol):
    """The answers that a run has paid for, so that whoever takes it up again need not pay again."""

    async def steps(self, user_id: str, run_id: str) -> Mapping[str, Mapping[str, Any]]: ...

    async def keep(self, user_id: str, run_id: str, key: str, step: Mapping[str, Any]) -> None:
        """Kept once: a second one with the same key is left out."""
        ...

    async def drop(self, user_id: str, run_id: str) -> None: ...


class RunSteps(Protocol):
    """What one run has paid for, to a model that answers it."""

    user_id: str
    run_id: str
    known: Mapping[str, Mapping[str, Any]]
    """What was kept before this worker took it up."""

    def asking(self, task: Task[Any], model: str | None) -> str:
        """The key of the question that was asked last in these words."""
        ...

    async def keep(self, key: str, step: Mapping[str, Any]) -> None: ...


class EconomyModels(Protocol):
    """Answers at half the price, within hours: questions of many runs are sent together."""

    def of_run(self, steps: RunSteps) -> AbstractAsyncContextManager[LanguageModel]:
        """The model for one run, while the run is worked on. Whoever takes the run up later gets what was asked for here."""
        ...


class Delivery(NamedTuple):
    """A run handed to a worker. `token` is the queue's own."""

    waiting: Waiting
    token: str


class JobQueue(Protocol):
    """Tells workers of runs to work on, at least once each. It knows no more of a run than its id."""

    async def put(self, waiting: Waiting) -> None: ...

    async def take(self, seconds: float) -> Delivery | None:
        """The next one, those of high priority first; None if there is none for so long."""
        ...

    async def keep(self, delivery: Delivery) -> None:
        """Say that it is being worked on, so that nobody else is told of it."""
        ...

    async def done(self, delivery: Delivery) -> None: ...

    async def hand_back(self, delivery: Delivery) -> None:
        """For somebody else to work on."""
        ...

    async def waiting(self) -> int:
        """How many have been put and are taken by nobody."""
        ...


class LoggedEvent(NamedTuple):
    """`id` says where in the run's log it is: what came after it can be asked for by it."""

    id: str
    event: RunEvent


class Listener(Protocol):
    async def wait(self, seconds: float) -> bool:
        """Until something was appended, or for so long; whether something was."""
        ...


class ProgressBus(Protocol):
    """A log of events for each run and each batch, kept for a day or so, which every process can append to and read."""

    async def append(self, user_id: str, run_id: str, event: RunEvent) -> str: ...

    async def since(self, user_id: str, run_id: str, after: str) -> Sequence[LoggedEvent]:
        """All events after the id `after`; all there are for ""."""
        ...

    async def length(self, user_id: str, run_id: str) -> int:
        """How many events there are."""
        ...

    def listen(self, run_id: str) -> AbstractAsyncContextManager[Listener]: ...

    async def forget(self, user_id: str) -> None:
        """Drop every log of a person's."""
        ...


class KeptAnswer(NamedTuple):
    """What a request was answered with. `headers` are those that matter to the caller."""

    status: int
    body: str
    media_type: str
    headers: Mapping[str, str]


class KeyClaim(NamedTuple):
    """What is known of an idempotency key. `mine` says that the caller holds it now and is to do the work; `answer` is what
    the first request was answered with, once it was. `made` is the id for whatever the work makes: the same however
    often the work is begun."""

    mine: bool
    fingerprint: str
    made: str
    answer: KeptAnswer | None = None


class IdempotencyRepository(Protocol):
    async def claim(self, user_id: str, key: str, fingerprint: str, made: str, lease: float) -> KeyClaim:
        """Of many at once one gets it. One that was held longer than its lease, in seconds, is taken over."""
        ...

    async def renew(self, user_id: str, key: str, lease: float) -> None: ...

    async def answer(self, user_id: str, key: str, answer: KeptAnswer) -> None: ...

    async def release(self, user_id: str, key: str, offered: str) -> None:
        """The next to claim it gets it, if it is held by the claim that offered this id. The id for what the work makes stays:
        what it made before it failed, however far it came, is not made again."""
        ...
