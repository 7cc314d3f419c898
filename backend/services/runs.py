"""Tailorings in the background: starting, looking at and cancelling them."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from backend.domain.job import Job
from backend.domain.plan import Plan
from backend.domain.run_state import (
    InputVersions,
    Lane,
    Priority,
    RunEvent,
    RunKind,
    RunRequest,
    RunState,
    TailoringRun,
    fingerprint,
)
from backend.domain.stored_shape import without_bookkeeping
from backend.domain.tailoring import Options, Tailoring
from backend.errors import Conflict, NotFound, VendorUnavailable
from backend.pipeline.edited_plan import check_edit
from backend.pipeline.intake import read_job, read_resume
from backend.ports import (
    Clock,
    Ids,
    JobQueue,
    ProgressBus,
    RunRepository,
    StepJournal,
    StoredResume,
    TailoringRepository,
    Waiting,
)
from backend.services.batch_progress import BatchTeller
from backend.services.privacy import Privacy
from backend.services.resumes import Resumes
from backend.services.telling import tell
from backend.tasks.analyze_job import AnalyzeJob
from backend.tasks.judge_claims import JudgeClaims
from backend.tasks.judge_relevance import JudgeRelevance
from backend.tasks.task import prompt
from backend.tasks.write_edits import WriteEdits

log = logging.getLogger("tailor")
_PROMPTS = (AnalyzeJob.name, WriteEdits.name, JudgeClaims.name, JudgeRelevance.name)


class Terms(NamedTuple):
    """How a run is to be done. `deadline` is the most seconds it may be worked on; `id` is made up if it is ""."""

    priority: Priority = "normal"
    deadline: float | None = None
    id: str = ""
    lane: Lane = "usual"
    batch_id: str = ""
    batch_size: int = 0


USUAL = Terms()


class Listed(NamedTuple):
    """A run or, where one was made without a run, a record."""

    run: TailoringRun | None
    tailoring: Tailoring | None

    @property
    def id(self) -> str:
        return self.run.id if self.run else self.tailoring.id if self.tailoring else ""


@dataclass(frozen=True)
class Runs:
    repository: RunRepository
    tailorings: TailoringRepository
    resumes: Resumes
    queues: Mapping[Lane, JobQueue]
    bus: ProgressBus
    journal: StepJournal
    clock: Clock
    ids: Ids
    privacy: Privacy
    deadlines: Mapping[Lane, float]
    """The most seconds a run may be worked on."""

    @property
    def teller(self) -> BatchTeller:
        return BatchTeller(self.repository, self.bus, self.clock)

    async def start(
        self,
        user_id: str,
        job: Job,
        resume_id: str | None,
        options: Options,
        *,
        kind: RunKind = "tailoring",
        terms: Terms = USUAL,
    ) -> TailoringRun:
        """Accepted and kept: it will be worked on, whatever happens to this process. Raises what a run would raise at once:
        InvalidInput, NoResume, NotFound."""
        read_job(job)
        async with self.privacy.during(user_id):
            document, inputs = await self.resume_for(user_id, resume_id)
            request = RunRequest(job=job, options=options, document=document, marker=self.ids.marker())
            return await self._accept(user_id, kind, terms, inputs, request)

    async def resume_for(self, user_id: str, resume_id: str | None) -> tuple[dict[str, Any], InputVersions]:
        """The resume as it is now. Raises NoResume, NotFound, InvalidInput."""
        stored = await self.resumes.to_tailor(user_id, resume_id)
        document = without_bookkeeping(stored.document)
        read_resume(document)
        return document, _inputs(stored, document)

    async def carry_out(
        self, user_id: str, plan_id: str, edited: Plan | None, options: Options | None, terms: Terms = USUAL
    ) -> TailoringRun:
        """Carry out the plan of a run that stopped after it, as the person changed it. The job is not read again."""
        planned = await self._run(user_id, plan_id)
        request = await self.repository.request(user_id, plan_id)
        if planned.kind != "plan" or planned.plan_result is None or request is None:
            raise Conflict(
                f"{plan_id!r} is no plan that is ready. Make one with POST /tailorings/plan and wait for it."
            )
        stored = await self.resumes.get(user_id, planned.inputs.resume_id)
        document = without_bookkeeping(stored.document)
        inputs = _inputs(stored, document)
        if inputs.resume_hash != planned.inputs.resume_hash:
            raise Conflict("The resume has changed since the plan was made. Plan again with POST /tailorings/plan.")
        plan = edited or planned.plan_result.plan
        check_edit(plan, planned.plan_result.analysis)
        asked = {"plan": plan, "analysis": planned.plan_result.analysis, "options": options or request.options}
        async with self.privacy.during(user_id):
            return await self._accept(user_id, "tailoring", terms, inputs, request.model_copy(update=asked))

    async def get(self, user_id: str, run_id: str) -> Listed:
        """The run, with what came of it if it succeeded; or the record of a tailoring that was made without one."""
        run = await self.repository.get(user_id, run_id)
        tailoring = None
        if run is None or (run.state == "succeeded" and run.kind == "tailoring"):
            tailoring = await self.tailorings.get(user_id, run_id)
        if run is None and tailoring is None:
            raise NotFound(f"There is no tailoring {run_id!r}.")
        return Listed(run, tailoring)

    async def list(
        self, user_id: str, limit: int, after: str | None, states: Sequence[RunState] = ()
    ) -> Sequence[Listed]:
        """Runs, and records that were made without one, newest first."""
        runs = await self.repository.list(user_id, limit, after, states)
        found = {run.id: Listed(run, None) for run in runs}
        if not states or "succeeded" in states:
            for tailoring in await self.tailorings.list(user_id, limit, after):
                known = found.get(tailoring.id)
                found[tailoring.id] = Listed(known.run if known else None, tailoring)
        return [found[id_] for id_ in sorted(found, reverse=True)[:limit]]

    async def cancel(self, user_id: str, run_id: str) -> TailoringRun:
        """Cancelled, whether it was waiting or under way; nothing more is written of it. Conflict if it ended otherwise."""
        run = (await self.get(user_id, run_id)).run
        cancelled = await self.repository.cancel(user_id, run_id) if run else False
        if cancelled:
            now = self.clock.now()
            event = RunEvent(kind="state", state="cancelled", at=now, sentence="You cancelled this.")
            await tell(self.bus, user_id, run_id, event)
            await self.journal.drop(user_id, run_id)
        run = await self._run(user_id, run_id) if run else None
        if cancelled and run:
            await self.teller.ended(run)
        if run is None or run.state != "cancelled":
            raise Conflict(f"The tailoring {run_id!r} has ended already; there is nothing to cancel.")
        return run

    async def _accept(
        self, user_id: str, kind: RunKind, terms: Terms, inputs: InputVersions, request: RunRequest
    ) -> TailoringRun:
        run = self.draft(user_id, kind, terms, inputs, request.job)
        if not await self.repository.add(run, request):
            return await self._run(user_id, run.id)  # a request that was cut short after this, sent again
        await self.announce(run)
        return run

    def draft(self, user_id: str, kind: RunKind, terms: Terms, inputs: InputVersions, job: Job) -> TailoringRun:
        most = self.deadlines[terms.lane]
        return TailoringRun(
            id=terms.id or self.ids.new_id(),
            user_id=user_id,
            kind=kind,
            priority=terms.priority,
            lane=terms.lane,
            batch_id=terms.batch_id,
            batch_size=terms.batch_size,
            title=job.title,
            created=self.clock.now(),
            deadline=min(terms.deadline or most, most),
            inputs=inputs,
        )

    async def announce(self, run: TailoringRun) -> None:
        """To those who will follow it and to the workers."""
        event = RunEvent(kind="state", state="queued", at=run.created, sentence="Waiting for its turn.")
        await tell(self.bus, run.user_id, run.id, event)
        try:
            await self.queues[run.lane].put(Waiting(run.user_id, run.id, run.priority))
        except VendorUnavailable as error:
            # It is kept: a worker that looks through the waiting runs finds it once the queue is back.
            log.warning("The run %s is kept but could not be queued: %s", run.id, error.detail)

    async def _run(self, user_id: str, run_id: str) -> TailoringRun:
        run = await self.repository.get(user_id, run_id)
        if run is None:
            raise NotFound(f"There is no tailoring {run_id!r}.")
        return run


def _inputs(stored: StoredResume, document: Mapping[str, Any]) -> InputVersions:
    return InputVersions(
        resume_id=stored.id,
        resume_version=stored.version,
        resume_hash=fingerprint(document),
        prompts={name: fingerprint({"prompt": prompt(name)})[:16] for name in _PROMPTS},
    )
