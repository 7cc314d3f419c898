"""Job advertisements."""

from fastapi import APIRouter, Response

from backend.domain.posting import Posting
from backend.handlers.context import Deps, User
from backend.handlers.paging import Cursor, Limit, paged
from backend.handlers.problems import problems
from backend.handlers.schemas.jobs import ExtractRequest, JobIn, JobPage, StoredJobOut
from backend.ports import StoredJob

router = APIRouter(prefix="/jobs", tags=["library"])


@router.post("/extract", responses=problems(401, 422, 429, 503))
async def extract_job(body: ExtractRequest, user: User, container: Deps) -> Posting:
    """Read a job advertisement from its text or its page. Nothing is stored."""
    await container.limits.count("extract", user)
    return await container.jobs.extract(body.text, body.url)


@router.post("", status_code=201, responses=problems(401, 422, 503))
async def create_job(body: JobIn, user: User, container: Deps, response: Response) -> StoredJobOut:
    stored = await container.jobs.create(user, body.posting())
    response.headers["Location"] = f"/jobs/{stored.id}"
    return _out(stored)


@router.get("", responses=problems(401, 422, 503))
async def list_jobs(
    user: User,
    container: Deps,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> JobPage:
    """Newest first."""
    stored = await container.jobs.list(user, limit + 1, cursor)
    page, more = paged(stored, limit)
    return JobPage(items=[_out(item) for item in page], next_cursor=more.id if more else None)


@router.get("/{job_id}", responses=problems(401, 404, 422, 503))
async def get_job(job_id: str, user: User, container: Deps) -> StoredJobOut:
    return _out(await container.jobs.get(user, job_id))


@router.put("/{job_id}", responses=problems(401, 404, 422, 503))
async def replace_job(job_id: str, body: JobIn, user: User, container: Deps) -> StoredJobOut:
    """Put another advertisement in its place."""
    return _out(await container.jobs.replace(user, job_id, body.posting()))


@router.delete("/{job_id}", status_code=204, responses=problems(401, 404, 422, 503))
async def delete_job(job_id: str, user: User, container: Deps) -> None:
    await container.jobs.delete(user, job_id)


def _out(stored: StoredJob) -> StoredJobOut:
    return StoredJobOut(id=stored.id, created=stored.created, updated=stored.updated, job=stored.posting)
