"""A person's resumes."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from backend.handlers.context import Deps, User
from backend.handlers.problems import problems
from backend.handlers.schemas.resumes import ResumeDocument, ResumePage, StoredResumeOut
from backend.ports import StoredResume

router = APIRouter(prefix="/resumes", tags=["library"])


@router.post("", status_code=201, responses=problems(401, 422, 503))
async def create_resume(body: ResumeDocument, user: User, container: Deps, response: Response) -> StoredResumeOut:
    """Store a resume and make it searchable."""
    stored = await container.resumes.create(user, body.model_dump(exclude_unset=True))
    response.headers["Location"] = f"/resumes/{stored.id}"
    return _out(stored)


@router.get("", responses=problems(401, 422, 503))
async def list_resumes(
    user: User,
    container: Deps,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> ResumePage:
    """Newest first."""
    stored = await container.resumes.list(user, limit + 1, cursor)
    page = stored[:limit]
    return ResumePage(items=[_out(item) for item in page], next_cursor=page[-1].id if len(stored) > limit else None)


@router.get("/{resume_id}", responses=problems(401, 404, 422, 503))
async def get_resume(resume_id: str, user: User, container: Deps) -> StoredResumeOut:
    return _out(await container.resumes.get(user, resume_id))


@router.put("/{resume_id}", responses=problems(401, 404, 422, 503))
async def replace_resume(resume_id: str, body: ResumeDocument, user: User, container: Deps) -> StoredResumeOut:
    """Put another document in its place."""
    return _out(await container.resumes.replace(user, resume_id, body.model_dump(exclude_unset=True)))


@router.delete("/{resume_id}", status_code=204, responses=problems(401, 404, 422, 503))
async def delete_resume(resume_id: str, user: User, container: Deps) -> None:
    await container.resumes.delete(user, resume_id)


def _out(stored: StoredResume) -> StoredResumeOut:
    hidden = ("user_id", "deleted")
    return StoredResumeOut(id=stored.id, resume={k: v for k, v in stored.document.items() if k not in hidden})
