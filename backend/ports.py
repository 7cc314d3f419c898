"""What the application needs of the world. Every method that touches a person's data takes `user_id` first."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from backend.domain.application import Application, ApplicationStatus
from backend.domain.bm25 import SparseVector
from backend.domain.content import Chunk, Lens
from backend.domain.model import Model
from backend.domain.posting import Posting
from backend.domain.progress import ProgressEvent
from backend.domain.run_state import (
    Claimed,
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
from backend.domain.usage import UsageRecord
from backend.domain.voice import VoiceEntry, VoiceKind
from backend.tasks.task import Answer, Task

Output = TypeVar("Output", bound=Model)
Vectors = NDArray[np.float32]
"""One row per text, each of unit length."""


class LanguageModel(Protocol):
    """Answers tasks. Raises VendorUnavailable when it cannot be reached, UnusableAnswer when what came back is of no use."""

    async def run(self, task: Task[Output], model: str | None = None) -> Answer[Output]:
        """`model` names another model than the one the task's role has by default."""
        ...


class Embedder(Protocol):
    """Texts to unit vectors. `floor` is the cosine below which two texts have nothing to do with each other. Two embedders
    with the same `name` give comparable vectors."""

    name: str
    size: int
    floor: float

    async def embed(self, texts: Sequence[str], kind: Literal["query", "document"]) -> Vectors: ...


class Point(NamedTuple):
    """A text as it is indexed. `id` derives from its content. `group` is "library", or the id of the resume it is in."""

    id: str
    group: str
    lens: Lens
    vector: NDArray[np.float32]
    sparse: SparseVector


class Query(NamedTuple):
    vector: NDArray[np.float32]
    sparse: SparseVector


class Hit(NamedTuple):
    id: str
    score: float


class Rankings(NamedTuple):
    """The same query answered by meaning and by words, best first; scores are cosines."""

    dense: tuple[Hit, ...]
    sparse: tuple[Hit, ...]


class ChunkIndex(Protocol):
    """An index of texts, rebuilt at will: it holds ids and vectors, never the texts."""

    async def put(self, user_id: str, points: Sequence[Point]) -> None: ...

    async def missing(self, user_id: str, group: str, ids: Sequence[str]) -> set[str]:
        """Which of the ids are not in this group yet."""
        ...

    async def search(
        self, user_id: str, queries: Sequence[Query], *, groups: Sequence[str], lens: Lens, limit: int
    ) -> list[Rankings]: ...

    async def drop(self, user_id: str, group: str, keep: Iterable[str] = ()) -> None:
        """Remove a group, all but the ids to keep."""
        ...

    async def remove(self, user_id: str, group: str, ids: Sequence[str]) -> None:
        """Remove some of a group."""
        ...

    async def forget(self, user_id: str) -> None:
        """Remove all that is a person's."""
        ...


class StoredResume(NamedTuple):
    id: str
    document: Mapping[str, Any]


class ResumeVersion(NamedTuple):
    """What a resume was before a change. `number` counts from 1; `saved` is when it was written, ISO 8601."""

    number: int
    saved: str
    document: Mapping[str, Any]


class ResumeRepository(Protocol):
    """Stored documents, whoever wrote them. Deleted ones are never returned."""

    async def add(self, user_id: str, document: Mapping[str, Any]) -> StoredResume: ...

    async def get(self, user_id: str, resume_id: str) -> StoredResume | None: ...

    async def latest(self, user_id: str) -> StoredResume | None: ...

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[StoredResume]:
        """Newest first, those older than the id `after`."""
        ...

    async def replace(self, user_id: str, resume_id: str, document: Mapping[str, Any]) -> StoredResume | None: ...

    async def delete(self, user_id: str, resume_id: str) -> bool: ...

    async def versions(self, user_id: str, resume_id: str) -> Sequence[ResumeVersion]:
        """Newest first."""
        ...

    async def master(self, user_id: str) -> str | None:
        """The id of the resume that the person marked as the one to work from."""
        ...

    async def set_master(self, user_id: str, resume_id: str) -> None: ...

    async def users(self) -> Sequence[str]:
        """Everybody who has a resume or a chunk, for `tailor reindex`."""
        ...


class ChunkFilter(NamedTuple):
    """Labels that chunks must have; None for any."""

    source: str | None = None
    chunk_type: str | None = None
    lens: str | None = None


class ChunkRepository(Protocol):
    async def put(self, user_id: str, chunks: Sequence[Chunk]) -> None: ...

    async def get_many(self, user_id: str, ids: Sequence[str]) -> Sequence[Chunk]: ...

    async def all(self, user_id: str) -> Sequence[Chunk]: ...

    async def list(self, user_id: str, limit: int, after: str | None, where: ChunkFilter) -> Sequence[Chunk]:
        """In the order of their ids, last first, those below the id `after`."""
        ...

    async def delete(self, user_id: str, ids: Sequence[str]) -> int:
        """How many there were."""
        ...


class TailoringRepository(Protocol):
    async def add(self, tailoring: Tailoring) -> None: ...

    async def get(self, user_id: str, tailoring_id: str) -> Tailoring | None: ...

    async def replace(self, tailoring: Tailoring) -> bool:
        """Put the record in place of the one with its id; whether that person has one."""
        ...

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[Tailoring]:
        """Newest first, those older than the id `after`."""
        ...


class VoiceRepository(Protocol):
    async def put(self, user_id: str, entry: VoiceEntry) -> None:
        """In place of the one with its id, if there is one."""
        ...

    async def get_many(self, user_id: str, ids: Sequence[str]) -> Sequence[VoiceEntry]: ...

    async def list(
        self, user_id: str, limit: int, after: str | None = None, *, role: str = "", kinds: Sequence[VoiceKind] = ()
    ) -> Sequence[VoiceEntry]:
        """Newest first, those older than the entry `after`."""
        ...

    async def delete(self, user_id: str, entry_id: str) -> bool: ...

    async def count(self, user_id: str, role: str) -> int: ...


class Account(NamedTuple):
    id: str
    email: str
    password_hash: str


class AccountRepository(Protocol):
    async def add(self, email: str, password_hash: str) -> Account:
        """Raises Conflict when the address is taken."""
        ...

    async def get(self, user_id: str) -> Account | None: ...

    async def by_email(self, email: str) -> Account | None: ...

    async def external(self, issuer: str, subject: str, email: str) -> Account:
        """The account of somebody whom an identity provider vouches for, made if there is none. Never another's, even if
        that has the same address."""
        ...


class SessionRepository(Protocol):
    """Who is logged in. A session is one login; its refresh token changes with every use."""

    async def add(self, user_id: str, session_id: str, turn: str) -> None: ...

    async def turn(self, user_id: str, session_id: str, old: str, new: str) -> bool:
        """Whether the session lives and `old` was its current turn, which is `new` now; of two at once one succeeds."""
        ...

    async def lives(self, user_id: str, session_id: str) -> bool: ...

    async def end(self, user_id: str, session_id: str | None = None) -> None:
        """Ends one session, or all of a person's."""
        ...


class ExternalIdentity(NamedTuple):
    """`email` is "" unless the provider has verified it."""

    issuer: str
    subject: str
    email: str = ""


class TokenIssuer(Protocol):
    """An identity provider whose tokens we take."""

    def issued(self, token: str) -> bool: ...

    async def verify(self, token: str) -> ExternalIdentity: ...


class Clock(Protocol):
    def now(self) -> datetime:
        """The time, in UTC."""
        ...

    def monotonic(self) -> float: ...


class Ids(Protocol):
    """Where new names and unguessable marks come from."""

    def new_id(self) -> str:
        """24 hexadecimal digits, as MongoDB's."""
        ...

    def marker(self) -> str: ...


Progress = Callable[[ProgressEvent], Awaitable[None]]


class Page(NamedTuple):
    """A fetched page. `url` is where it was in the end; `content_type` is as sent, with its charset."""

    url: str
    content_type: str
    body: bytes


class PageFetcher(Protocol):
    """Pages of the open web. Never reaches an address that is not public."""

    async def fetch(self, url: str) -> Page:
        """Raises InvalidInput, with what to do instead."""
        ...


class StoredJob(NamedTuple):
    """`created` and `updated` are ISO 8601."""

    id: str
    created: str
    updated: str
    posting: Posting


class JobRepository(Protocol):
    async def add(self, user_id: str, posting: Posting) -> StoredJob: ...

    async def get(self, user_id: str, job_id: str) -> StoredJob | None: ...

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[StoredJob]:
        """Newest first, those older than the id `after`."""
        ...

    async def replace(self, user_id: str, job_id: str, posting: Posting) -> StoredJob | None: ...

    async def delete(self, user_id: str, job_id: str) -> bool: ...


class ApplicationRepository(Protocol):
    async def add(self, user_id: str, application: Application) -> None: ...

    async def get(self, user_id: str, application_id: str) -> Application | None: ...

    async def list(
        self, user_id: str, limit: int, after: str | None = None, status: ApplicationStatus | None = None
    ) -> Sequence[Application]:
        """Newest first, those older than the id `after`."""
        ...

    async def replace(self, user_id: str, application: Application, revision: int) -> bool:
        """Whether it was still at that revision; if not, nothing is written."""
        ...

    async def delete(self, user_id: str, application_id: str) -> bool: ...


class UsageRepository(Protocol):
    async def add(self, user_id: str, record: UsageRecord) -> None: ...

    async def between(self, user_id: str, start: datetime, end: datetime) -> Sequence[UsageRecord]:
        """From `start` until before `end`."""
        ...

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[UsageRecord]:
        """Newest first, those older than the id `after`."""
        ...


class Spending(NamedTuple):
    """US dollars of one month: spent by runs that ended, and held for those under way."""

    spent: float
    held: float


class LedgerRepository(Protocol):
    """What each person spends in a month such as "2026-01"."""

    async def hold(self, user_id: str, month: str, run_id: str, amount: float, budget: float | None) -> bool:
        """Sets money aside for a run unless what is spent and held has reached the budget; of many at once none is let in
        too much. A hold that nobody settles is given back after an hour."""
        ...

    async def settle(self, user_id: str, month: str, run_id: str, spent: float) -> None:
        """Puts what the run cost in the place of what was held for it."""
        ...

    async def of(self, user_id: str, month: str) -> Spending: ...


class Share(NamedTuple):
    """A tailored resume that whoever has the link may read."""

    id: str
    user_id: str
    tailoring_id: str
    created: datetime
    expires: datetime


class ShareRepository(Protocol):
    async def add(self, user_id: str, share: Share) -> None: ...

    async def shared(self, share_id: str) -> Share | None:
        """Whoever's it is: for the reader of a link, who has shown its signature. The only look-up without a person."""
        ...

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[Share]:
        """Newest first, those older than the id `after`."""
        ...

    async def delete(self, user_id: str, share_id: str) -> bool: ...


ChangeKind = Literal["resume", "job", "content", "application", "tailoring", "share", "account"]
ChangeAction = Literal["created", "changed", "deleted"]


class Change(NamedTuple):
    """That something was changed, and by whom; never what it says. `subject` is its id."""

    id: str
    at: datetime
    by: str
    kind: ChangeKind
    subject: str
    action: ChangeAction


class ChangeRepository(Protocol):
    """Append only."""

    async def add(self, user_id: str, changes: Sequence[Change]) -> None: ...

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[Change]:
        """Newest first, those older than the id `after`."""
        ...


class PersonalData(Protocol):
    """Everything that is kept of a person, wherever it is."""

    def files(self) -> Mapping[str, str]:
        """The files of an export, each with what it holds."""
        ...

    def rows(self, user_id: str, file: str) -> AsyncIterator[Sequence[Mapping[str, Any]]]:
        """What goes into one of the files: readable, without secrets, some hundred at a time."""
        ...

    async def begin_erasure(self, user_id: str) -> None:
        """Marks the erasure as begun, so that one cut short is found again, and destroys the key."""
        ...

    async def erase(self, user_id: str) -> None:
        """Deletes every row, those by which the person is known last, and then what the files of the database still hold."""
        ...

    async def unfinished(self) -> Sequence[str]:
        """Whose erasure has begun and not ended."""
        ...

    async def erased_since(self, user_id: str, moment: datetime) -> bool:
        """Whether an erasure has ended since then, or is under way."""
        ...


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

    async def abandoned(self, limit: int) -> Sequence[Waiting]:
        """Runs under way whose lease has run out, whoever's they are: for the workers."""
        ...

    async def waiting(self, limit: int) -> Sequence[Waiting]:
        """Queued runs, the oldest first, whoever's they are: for the workers."""
        ...


class StepJournal(Protocol):
    """The answers that a run has paid for, so that whoever takes it up again need not pay again."""

    async def steps(self, user_id: str, run_id: str) -> Mapping[str, Mapping[str, Any]]: ...

    async def keep(self, user_id: str, run_id: str, key: str, step: Mapping[str, Any]) -> None:
        """Kept once: a second one with the same key is left out."""
        ...

    async def drop(self, user_id: str, run_id: str) -> None: ...


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

    async def size(self) -> int:
        """How many have been put and are not done."""
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
    """A log of events for each run, kept for a day or so, which every process can append to and read."""

    async def append(self, user_id: str, run_id: str, event: RunEvent) -> str: ...

    async def since(self, user_id: str, run_id: str, after: str) -> Sequence[LoggedEvent]:
        """All events after the id `after`; all there are for ""."""
        ...

    def listen(self, run_id: str) -> AbstractAsyncContextManager[Listener]: ...


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

    async def release(self, user_id: str, key: str) -> None:
        """As if it had never been sent."""
        ...
