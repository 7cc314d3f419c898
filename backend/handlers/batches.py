"""Many tailorings at once: one resume for up to 500 jobs."""

from typing import Any

from fastapi import APIRouter, Request, Response

from backend.handlers.context import Deps, User
from backend.handlers.event_stream import event_stream
from backend.handlers.idempotency import IdempotencyKey, once
from backend.handlers.paging import Cursor, Limit, paged
from backend.handlers.problems import problems
from backend.handlers.progress import FOLLOWED, LastEventId
from backend.handlers.runs import of_run
from backend.handlers.schemas.batches import BatchJob, BatchList, BatchOut, BatchPage, BatchRunItem, BatchStart
from backend.services.batches import BatchState, BatchTerms, EndedRun, JobSent

_STARTED: dict[int | str, dict[str, Any]] = {
    202: {"model": BatchOut, "description": "Accepted; `Location` says where to look"}
}


router = APIRouter(prefix="/tailorings/batch", tags=["runs"])


@router.post(
    "", status_code=202, response_model=BatchOut, responses=_STARTED | problems(401, 404, 409, 413, 422, 429, 503)
)
async def start_batch(
    request: Request, body: BatchStart, user: User, container: Deps, idempotency_key: IdempotencyKey = None
) -> Response:
    """Tailor one resume to many jobs. Each job is a run of its own: one that fails, such as one whose `job_id` is not
    known, stops none of the others."""
    await container.limits.count("batches", "start", user)

    async def do(made: str) -> Response:
        terms = BatchTerms(body.economy, body.deadline_seconds, made)
        jobs = [_sent(job) for job in body.jobs]
        found = await container.batches.start(user, jobs, body.resume_id, body.options, terms)
        location = {"Location": f"/tailorings/batch/{found.batch.id}"}
        return Response(_out(found).model_dump_json(), 202, location, media_type="application/json")

    return await once(request, container, user, idempotency_key, body, do)


@router.get("", responses=problems(401, 422, 503))
async def list_batches(user: User, container: Deps, limit: Limit = 20, cursor: Cursor = None) -> BatchList:
    """Newest first."""
    found = await container.batches.list(user, limit + 1, cursor)
    page, more = paged(found, limit)
    items = [_out(state).model_copy(update={"run_ids": ()}) for state in page]
    return BatchList(items=items, next_cursor=more.batch.id if more else None)


@router.get("/{batch_id}", responses=problems(401, 404, 422, 503))
async def get_batch(batch_id: str, user: User, container: Deps, limit: Limit = 20, cursor: Cursor = None) -> BatchPage:
    """How many of its runs are in which state, and those that have ended, the latest first."""
    state = await container.batches.get(user, batch_id)
    found = await container.batches.ended(user, batch_id, limit + 1, cursor)
    page, more = paged(found, limit)
    items = [_item(one) for one in page]
    return BatchPage(**_out(state).model_dump(), items=items, next_cursor=more.cursor if more else None)


@router.delete("/{batch_id}", responses=problems(401, 404, 422, 503))
async def cancel_batch(batch_id: str, user: User, container: Deps) -> BatchOut:
    """Cancel what has not ended; what has keeps its result. Repeating it does no harm."""
    return _out(await container.batches.cancel(user, batch_id))


@router.get("/{batch_id}/events", responses=FOLLOWED | problems(401, 404, 422, 503))
async def follow_batch(batch_id: str, user: User, container: Deps, last_event_id: LastEventId = None) -> Response:
    """Each run of a batch as it ends (`run`), then that all have (`state`), as server-sent events: first what has happened
    so far, or what came after Last-Event-ID."""
    await container.batches.get(user, batch_id)
    after = last_event_id or ""
    if await container.batch_progress.over(user, batch_id, after):
        return Response(status_code=204)
    lifetime = container.settings.stream_lifetime
    return event_stream(container.batch_progress.follow(user, batch_id, after, lifetime))


def _sent(job: BatchJob) -> JobSent:
    return JobSent(job.job_id, job.job_description or "", job.title, job.company)


def _out(state: BatchState) -> BatchOut:
    batch, counts = state
    return BatchOut(
        **batch.model_dump(exclude={"user_id"}),
        state=counts.state,
        size=batch.size,
        folded=batch.folded,
        counts=counts,
        percent=counts.percent,
    )


def _item(ended: EndedRun) -> BatchRunItem:
    return BatchRunItem(**of_run(ended.run, ended.tailoring).model_dump(), problem=ended.run.problem)
