"""What a person keeps: resumes, library, voice, jobs, tailorings, applications."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from backend.domain.application import Application, ApplicationStatus
from backend.domain.content import Chunk
from backend.domain.posting import Posting
from backend.domain.tailoring import Tailoring
from backend.domain.voice import VoiceEntry, VoiceKind


class StoredResume(NamedTuple):
    """`version` counts the changes, from 1."""

    id: str
    document: Mapping[str, Any]
    version: int = 1


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


class StoredFile(NamedTuple):
    """A file as somebody uploaded it. `kind` is what it is by its content, such as "pdf"; its name is not kept."""

    id: str
    kind: str
    data: bytes

    def packed(self) -> bytes:
        """Kind and content in one, as a store keeps them."""
        return self.kind.encode() + b"\n" + self.data

    @classmethod
    def unpacked(cls, id_: str, content: bytes) -> "StoredFile":
        kind, _, data = content.partition(b"\n")
        return cls(id_, kind.decode(), data)


class FileStore(Protocol):
    """Whole files of some megabytes, by ids of ours (24 hexadecimal digits). Raises Tampered for one that was altered."""

    async def put(self, user_id: str, file: StoredFile) -> None:
        """In place of the one with its id, if there is one."""
        ...

    async def get(self, user_id: str, file_id: str) -> StoredFile | None: ...

    async def list(self, user_id: str) -> Sequence[str]:
        """The ids, in order."""
        ...

    async def delete(self, user_id: str, file_id: str) -> bool: ...

    async def forget(self, user_id: str) -> None:
        """Remove all that is a person's."""
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
    async def add(self, tailoring: Tailoring) -> bool:
        """Whether there was none with this id; the record that is there stays as it is."""
        ...

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
