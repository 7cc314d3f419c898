"""A person's resumes."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Path, Response, UploadFile

from backend.handlers.context import Deps, User
from backend.handlers.paging import Cursor, Limit, paged
from backend.handlers.problems import problems
from backend.handlers.schemas.documents import UploadedOut, VersionList, VersionOut
from backend.handlers.schemas.resumes import ResumeDocument, ResumePage, StoredResumeOut
from backend.ports import StoredResume
from backend.services.originals import KINDS, kind_of

router = APIRouter(prefix="/resumes", tags=["library"])
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {kind.media_type: _BINARY for kind in KINDS.values()}}}


@router.post("", status_code=201, responses=problems(401, 422, 503))
async def create_resume(body: ResumeDocument, user: User, container: Deps, response: Response) -> StoredResumeOut:
    """Store a resume and make it searchable."""
    stored = await container.resumes.create(user, body.model_dump(exclude_unset=True))
    response.headers["Location"] = f"/resumes/{stored.id}"
    return _out(stored)


@router.post("/upload", status_code=201, responses=problems(401, 413, 422, 503))
async def upload_resume(file: UploadFile, user: User, container: Deps, response: Response) -> UploadedOut:
    """Store the resume in a file: PDF, DOCX, ODT, RTF, HTML, Markdown, text, JSON Resume, RenderCV or our own JSON."""
    data = await file.read()
    async with container.privacy.during(user):  # a scan takes a minute to read
        stored, parsed = await container.resumes.upload(user, data)
    response.headers["Location"] = f"/resumes/{stored.id}"
    report = await asyncio.to_thread(container.audits.audits.of_file, parsed)
    known = parsed.model_dump(exclude={"document", "recognised"})
    return UploadedOut(id=stored.id, resume=_out(stored).resume, audit=report, **known)


@router.get("", responses=problems(401, 422, 503))
async def list_resumes(
    user: User,
    container: Deps,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ResumePage:
    """Newest first."""
    stored = await container.resumes.list(user, limit + 1, cursor)
    page, more = paged(stored, limit)
    return ResumePage(items=[_out(item) for item in page], next_cursor=more.id if more else None)


@router.get("/{resume_id}", responses=problems(401, 404, 422, 503))
async def get_resume(resume_id: str, user: User, container: Deps) -> StoredResumeOut:
    return _out(await container.resumes.get(user, resume_id))


@router.put("/{resume_id}", responses=problems(401, 404, 422, 503))
async def replace_resume(resume_id: str, body: ResumeDocument, user: User, container: Deps) -> StoredResumeOut:
    """Put another document in its place."""
    return _out(await container.resumes.replace(user, resume_id, body.model_dump(exclude_unset=True)))


@router.put("/{resume_id}/master", status_code=204, responses=problems(401, 404, 422, 503))
async def make_master(resume_id: str, user: User, container: Deps) -> None:
    """The resume to tailor when none is named."""
    await container.resumes.make_master(user, resume_id)


@router.get("/{resume_id}/original", responses=_FILE | problems(401, 404, 422, 503), response_class=Response)
async def get_original(resume_id: str, user: User, container: Deps) -> Response:
    """The file that it was uploaded in, byte for byte."""
    file = await container.resumes.original(user, resume_id)
    kind = kind_of(file)
    headers = {"Content-Disposition": f'attachment; filename="resume-original.{kind.ending}"'}
    return Response(file.data, media_type=kind.media_type, headers=headers)


@router.get("/{resume_id}/versions", responses=problems(401, 404, 422, 503))
async def list_versions(resume_id: str, user: User, container: Deps) -> VersionList:
    """What it was before each change, newest first."""
    found = await container.resumes.versions(user, resume_id)
    return VersionList(items=[VersionOut(number=v.number, saved=v.saved, resume=dict(v.document)) for v in found])


@router.post("/{resume_id}/versions/{number}/restore", responses=problems(401, 404, 422, 503))
async def restore_version(
    resume_id: str, number: Annotated[int, Path(ge=1, le=10**9)], user: User, container: Deps
) -> StoredResumeOut:
    return _out(await container.resumes.restore(user, resume_id, number))


@router.delete("/{resume_id}", status_code=204, responses=problems(401, 404, 422, 503))
async def delete_resume(resume_id: str, user: User, container: Deps) -> None:
    await container.resumes.delete(user, resume_id)


def _out(stored: StoredResume) -> StoredResumeOut:
    hidden = ("user_id", "deleted")
    return StoredResumeOut(id=stored.id, resume={k: v for k, v in stored.document.items() if k not in hidden})
