"""One resume for many jobs: each an ordinary run, started, looked at and cancelled together."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from backend.domain.batch import BatchCounts, TailoringBatch, folded, same_job
from backend.domain.job import Job
from backend.domain.run_state import Lane, RunRequest, TailoringRun
from backend.domain.tailoring import Options, Tailoring
from backend.errors import Conflict, InvalidInput, NotFound
from backend.pipeline.intake import read_job
from backend.ports import BatchRepository
from backend.services.jobs import Jobs
from backend.services.run_executor import problem
from backend.services.runs import Runs, Terms

T = TypeVar("T")
_AT_ONCE = 16
"""Requests to the database or the queue under way at a time, for one caller."""


class JobSent(NamedTuple):
    """A job description, or the id of a stored job. `title` and `company` come before those of the stored one."""

    job_id: str | None = None
    text: str = ""
    title: str = ""
    company: str = ""


class BatchTerms(NamedTuple):
    """`economy`: None for as the service is set. `deadline` is the most seconds that each run may be worked on."""

    economy: bool | None = None
    deadline: float | None = None
    id: str = ""


class BatchState(NamedTuple):
    batch: TailoringBatch
    counts: BatchCounts


class EndedRun(NamedTuple):
    """`cursor` is what comes after it is asked for by."""

    cursor: str
    run: TailoringRun
    tailoring: Tailoring | None


class _Read(NamedTuple):
    """A job that was looked at: what is wrong with it, if anything. Jobs of equal `key` are the same."""

    job: Job
    error: NotFound | InvalidInput | None
    key: str


@dataclass(frozen=True)
class Batches:
    """`can_economize` says whether there is a vendor that takes batches, `economize` whether that is usual."""

    repository: BatchRepository
    runs: Runs
    jobs: Jobs
    can_economize: bool = False
    economize: bool = True

    async def start(
        self, user_id: str, jobs: Sequence[JobSent], resume_id: str | None, options: Options, terms: BatchTerms
    ) -> BatchState:
        """Accepted and kept. Jobs that are the same are one run; a job that cannot be tailored to is a run that has failed,
        with the reason. Raises NoResume, NotFound and InvalidInput of the resume alone."""
        async with self.runs.privacy.during(user_id):
            document, inputs = await self.runs.resume_for(user_id, resume_id)
            read = await self._read(user_id, jobs)
            batch = await self._batch(user_id, inputs.resume_id, read, terms)
            request = RunRequest(
                # One mark for all: what their prompts have in common is then the same to the byte, and cached once. No
                # advertisement can know it, as it is made after they came.
                job=Job(text=""), options=options, document=document, marker=self.runs.ids.marker()
            )  # fmt: skip
            lane: Lane = "economy" if batch.economy else "usual"
            made: dict[str, tuple[TailoringRun, RunRequest]] = {}
            for run_id, (job, error, _) in zip(batch.run_ids, read, strict=True):
                if run_id not in made:
                    named = Terms("low", terms.deadline, run_id, lane, batch.id, batch.size)
                    run = self.runs.draft(user_id, "tailoring", named, inputs, job)
                    run = run.model_copy(update=_failed(run, error)) if error else run
                    made[run_id] = run, request.model_copy(update={"job": job})
            await self.runs.repository.add_all(user_id, list(made.values()))
            drafts = [run for run, _ in made.values()]
            await _each([run for run in drafts if not run.ended], self.runs.announce)
            for run in drafts:
                if run.ended:
                    await self.runs.teller.ended(run)
        return await self.get(user_id, batch.id)

    async def get(self, user_id: str, batch_id: str) -> BatchState:
        batch = await self._known(user_id, batch_id)
        return BatchState(batch, await self.runs.repository.counts(user_id, batch.id))

    async def list(self, user_id: str, limit: int, after: str | None) -> Sequence[BatchState]:
        """Newest first."""
        batches = await self.repository.list(user_id, limit, after)
        counts = await _each(batches, lambda batch: self.runs.repository.counts(user_id, batch.id))
        return [BatchState(*both) for both in zip(batches, counts, strict=True)]

    async def ended(self, user_id: str, batch_id: str, limit: int, after: str | None) -> Sequence[EndedRun]:
        """Those that ended last first, each with its record if it succeeded."""
        batch = await self._known(user_id, batch_id)
        found = await self.runs.repository.ended(user_id, batch.id, limit, after)

        async def record(one: tuple[str, TailoringRun]) -> EndedRun:
            cursor, run = one
            made = await self.runs.tailorings.get(user_id, run.id) if run.state == "succeeded" else None
            return EndedRun(cursor, run, made)

        return await _each(found, record)

    async def cancel(self, user_id: str, batch_id: str) -> BatchState:
        """Cancel whatever has not ended. What has keeps its result."""
        batch = await self._known(user_id, batch_id)

        async def cancel(run_id: str) -> None:
            with suppress(Conflict):  # it ended just now
                await self.runs.cancel(user_id, run_id)

        await _each(await self.runs.repository.unended(user_id, batch.id), cancel)
        return await self.get(user_id, batch.id)

    async def _known(self, user_id: str, batch_id: str) -> TailoringBatch:
        batch = await self.repository.get(user_id, batch_id)
        if batch is None:
            raise NotFound(f"There is no batch {batch_id!r}.")
        return batch

    async def _read(self, user_id: str, jobs: Sequence[JobSent]) -> Sequence[_Read]:
        found = await _each(jobs, lambda sent: self._job(user_id, sent))
        read = []
        for job in found:
            error = job if isinstance(job, NotFound) else _unreadable(job)
            known = Job(text="") if isinstance(job, NotFound) else job
            read.append(_Read(known, error, same_job(known) + (error.detail if error else "")))
            await asyncio.sleep(0)  # others may go on: there can be hundreds
        return read

    async def _job(self, user_id: str, sent: JobSent) -> Job | NotFound:
        if sent.job_id is None:
            return Job(text=sent.text, title=sent.title, company=sent.company)
        try:
            return await self.jobs.to_tailor(user_id, sent.job_id, sent.title, sent.company)
        except NotFound as error:
            return error

    async def _batch(self, user_id: str, resume_id: str, read: Sequence[_Read], terms: BatchTerms) -> TailoringBatch:
        """The one with this id, if a request that was cut short made it."""
        first = folded([one.key for one in read])
        ids = {position: self.runs.ids.new_id() for position in sorted(set(first))}
        wanted = self.economize if terms.economy is None else terms.economy
        batch = TailoringBatch(
            id=terms.id or self.runs.ids.new_id(),
            user_id=user_id,
            created=self.runs.clock.now(),
            resume_id=resume_id,
            economy=wanted and self.can_economize,
            run_ids=tuple(ids[position] for position in first),
        )
        if await self.repository.add(batch):
            return batch
        return await self._known(user_id, batch.id)


def _unreadable(job: Job) -> InvalidInput | None:
    try:
        read_job(job)
    except InvalidInput as error:
        return error
    return None


def _failed(run: TailoringRun, error: NotFound | InvalidInput) -> dict[str, object]:
    return {"state": "failed", "finished": run.created, "problem": problem(error)}


async def _each(items: Iterable[object], do: Callable[..., Awaitable[T]]) -> list[T]:
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(item: object) -> T:
        async with gate:
            return await do(item)

    return list(await asyncio.gather(*(one(item) for item in items)))
