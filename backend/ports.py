"""What the application needs of the world. Every method that touches a person's data takes `user_id` first."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from backend.domain.bm25 import SparseVector
from backend.domain.content import Chunk, Lens
from backend.domain.model import Model
from backend.domain.posting import Posting
from backend.domain.progress import ProgressEvent
from backend.domain.tailoring import Tailoring
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

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[Tailoring]:
        """Newest first, those older than the id `after`."""
        ...


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
