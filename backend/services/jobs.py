"""Job advertisements: read from a text or an address, and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backend.documents.job_pages import PageReader, board_of
from backend.domain.injection import instructs
from backend.domain.job import Job
from backend.domain.posting import Posting, one_line, posting_of
from backend.errors import InvalidInput, NotFound
from backend.pipeline.intake import read_job
from backend.ports import Clock, JobRepository, PageFetcher, StoredJob


@dataclass(frozen=True)
class Postings:
    """Reading alone: nothing is kept."""

    pages: PageFetcher
    reader: PageReader
    clock: Clock

    async def extract(self, text: str | None = None, url: str | None = None) -> Posting:
        """The advertisement in a text, or at an address, with what seems odd about it. Raises
        InvalidInput."""
        posting = await self._at(url) if url is not None else posting_of(text or "")
        job, warnings = read_job(posting.job())
        posting = _checked(posting).model_copy(update={"text": job.text, "title": job.title, "company": job.company})
        return posting.warned(*warnings, *self._expired(posting))

    async def _at(self, url: str) -> Posting:
        board = board_of(url)
        if board is not None:
            try:
                page = await self.pages.fetch(board.api)
                return await self.reader.read(page.body, page.content_type, page.url, asked=url)
            except InvalidInput:
                pass  # the board has no data of it; its page may still show the job
        page = await self.pages.fetch(url)
        return await self.reader.read(page.body, page.content_type, page.url)

    def _expired(self, posting: Posting) -> Sequence[str]:
        try:
            last = date.fromisoformat(posting.valid_through[:10])
        except ValueError:
            return ()
        return (f"The job was open until {last.isoformat()}.",) if last < self.clock.now().date() else ()


@dataclass(frozen=True)
class Jobs:
    repository: JobRepository
    postings: Postings

    async def extract(self, text: str | None = None, url: str | None = None) -> Posting:
        return await self.postings.extract(text, url)

    async def create(self, user_id: str, posting: Posting) -> StoredJob:
        return await self.repository.add(user_id, _to_keep(posting))

    async def get(self, user_id: str, job_id: str) -> StoredJob:
        return _found(await self.repository.get(user_id, job_id), job_id)

    async def list(self, user_id: str, limit: int, after: str | None) -> Sequence[StoredJob]:
        return await self.repository.list(user_id, limit, after)

    async def replace(self, user_id: str, job_id: str, posting: Posting) -> StoredJob:
        return _found(await self.repository.replace(user_id, job_id, _to_keep(posting)), job_id)

    async def delete(self, user_id: str, job_id: str) -> None:
        if not await self.repository.delete(user_id, job_id):
            raise _not_there(job_id)

    async def to_tailor(self, user_id: str, job_id: str, title: str = "", company: str = "") -> Job:
        """A stored one. A title and company that are given come before its own."""
        kept = (await self.get(user_id, job_id)).posting.job()
        return kept.model_copy(update={"title": title or kept.title, "company": company or kept.company})


def _checked(posting: Posting) -> Posting:
    """Without fields that instruct machines instead of saying what they should."""
    fields = ("location", "employment_type", "salary", "date_posted", "valid_through")
    return posting.model_copy(update={name: "" for name in fields if instructs(getattr(posting, name))})


def _to_keep(posting: Posting) -> Posting:
    """As it came, its fields on one line. Raises InvalidInput for what could not be tailored to."""
    read_job(posting.job())
    fields = ("title", "company", "location", "employment_type", "salary", "date_posted", "valid_through")
    return posting.model_copy(update={name: one_line(getattr(posting, name)) for name in fields})


def _found(stored: StoredJob | None, job_id: str) -> StoredJob:
    if stored is None:
        raise _not_there(job_id)
    return stored


def _not_there(job_id: str) -> NotFound:
    return NotFound(f"There is no job {job_id!r}.")
