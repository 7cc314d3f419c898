"""Resumes as files: templates, exports, audits, differences."""

import asyncio
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, File, Query, Response, UploadFile
from fastapi.responses import HTMLResponse, PlainTextResponse

from backend.documents.writing.diff_html import diff_html
from backend.documents.writing.formats import KINDS
from backend.documents.writing.formats import File as Written
from backend.documents.writing.templates import Template
from backend.domain.audit import AuditReport
from backend.domain.diff import ResumeDiff, unified
from backend.domain.job import Job
from backend.errors import InvalidInput
from backend.handlers.context import Deps, User
from backend.handlers.problems import problems
from backend.handlers.schemas.documents import DiffRequest, ExportRequest, FormatName
from backend.middleware.headers import PAGE_POLICY
from backend.services.diffs import compare
from backend.services.exports import Look

router = APIRouter(tags=["documents"])
As = Literal["json", "text", "html"]
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_TEXT = {"schema": {"type": "string"}}


def _of_kinds(*media_types: str) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that answers with a file."""
    kinds = (media_type.partition(";")[0] for media_type in media_types)
    return {200: {"content": {kind: _TEXT if kind.startswith("text/") else _BINARY for kind in kinds}}}


_FILE = _of_kinds(*(kind.media_type for kind in KINDS.values()))
_FILE[200]["content"]["application/json"] = {"schema": {"type": "object"}}
_DOCX, _PICTURE = _of_kinds(KINDS["docx"].media_type), _of_kinds("image/png")
_DIFF: dict[int | str, dict[str, Any]] = {
    200: {"model": ResumeDiff, "content": {"text/html": _TEXT, "text/plain": _TEXT}}
}
AsFile = Annotated[FormatName, Query(alias="format")]
Told = Annotated[As, Query(alias="format")]
Pages = Annotated[int | None, Query(ge=1, le=5, description="The most pages that a PDF may take")]


@router.get("/templates", responses=problems(401, 503))
async def list_templates(user: User, container: Deps) -> list[Template]:
    return list(container.exports.templates())


@router.get("/templates/{template_id}/preview", responses=_PICTURE | problems(401, 422, 503), response_class=Response)
async def preview_template(
    template_id: str, user: User, container: Deps, width: Annotated[int, Query(ge=100, le=1600)] = 480
) -> Response:
    """A picture of the template, with the sample resume."""
    return Response(await container.exports.preview(template_id, width), media_type="image/png")


@router.post("/export", responses=_FILE | problems(401, 404, 422, 503), response_class=Response)
async def export(body: ExportRequest, user: User, container: Deps) -> Response:
    """A resume as a file. What was left out to fit the pages is told in the X-Dropped header."""
    look = Look(body.format, body.template, body.style, body.pages, body.lang)
    given = [value for value in (body.resume, body.resume_id, body.tailoring_id) if value is not None]
    if len(given) != 1:
        raise InvalidInput("Send one of resume, resume_id and tailoring_id.")
    if body.resume is not None:
        return _sent(await container.exports.of_document(body.resume, look))
    if body.resume_id is not None:
        return _sent(await container.exports.of_resume(user, body.resume_id, look))
    return _sent(await container.exports.of_tailoring(user, str(body.tailoring_id), look))


@router.post("/export/docx", responses=_DOCX | problems(401, 404, 422, 503), response_class=Response)
async def export_by_own_template(
    user: User,
    container: Deps,
    template: Annotated[UploadFile, File()],
    resume_id: Annotated[str, Query(max_length=64)],
) -> Response:
    """A stored resume by a Word template of one's own (.docx with Jinja marks)."""
    stored = await container.resumes.get(user, resume_id)
    return _sent(await container.exports.with_own_template(stored.document, await template.read()))


@router.get(
    "/tailorings/{tailoring_id}/export", responses=_FILE | problems(401, 404, 422, 503), response_class=Response
)
async def export_tailoring(
    tailoring_id: str, user: User, container: Deps, wanted: AsFile = "pdf", template: str = "classic", pages: Pages = None
) -> Response:  # fmt: skip
    look = Look(wanted, template, None, pages)
    return _sent(await container.exports.of_tailoring(user, tailoring_id, look))


@router.get("/resumes/{resume_id}/audit", responses=problems(401, 404, 422, 503))
async def audit_resume(
    resume_id: str, user: User, container: Deps, mode: Literal["strict", "lenient"] = "strict"
) -> AuditReport:
    """What parsers and hurried readers stumble on, each with its fix. Score 0 to 100."""
    return await container.audits.of_resume(user, resume_id, mode=mode)


@router.post("/resumes/{resume_id}/audit", responses=problems(401, 404, 422, 503))
async def audit_for_job(
    resume_id: str, job: Job, user: User, container: Deps, mode: Literal["strict", "lenient"] = "strict"
) -> AuditReport:
    """The audit with a job: what it asks, and where the resume shows it."""
    return await container.audits.of_resume(user, resume_id, job, mode)


@router.post("/diff", responses=_DIFF | problems(401, 422, 503), response_model=ResumeDiff)
async def diff_documents(body: DiffRequest, user: User, container: Deps, told: Told = "json") -> ResumeDiff | Response:
    """What differs between two resumes, from whatever tool."""
    found = await asyncio.to_thread(compare, body.original, body.tailored, include_minor=body.include_minor)
    return _told(found, told)


@router.get(
    "/tailorings/{tailoring_id}/diff",
    responses=_DIFF | problems(401, 404, 409, 422, 503),
    response_model=ResumeDiff,
)
async def diff_tailoring(
    tailoring_id: str, user: User, container: Deps, told: Told = "json", include_minor: bool = True
) -> ResumeDiff | Response:
    """What a tailoring changed, each change with its reason and evidence."""
    return _told(await container.diffs.of_tailoring(user, tailoring_id, include_minor=include_minor), told)


def _told(diff: ResumeDiff, wanted: As) -> ResumeDiff | Response:
    if wanted == "html":
        return HTMLResponse(diff_html(diff), headers={"Content-Security-Policy": PAGE_POLICY})
    return PlainTextResponse(unified(diff)) if wanted == "text" else diff


def _sent(file: Written) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="resume.{file.kind.ending}"'}
    if file.kind.ending == "html":
        headers["Content-Security-Policy"] = PAGE_POLICY
    if file.pages:
        headers["X-Pages"] = str(file.pages)
    if file.dropped:
        headers["X-Dropped"] = ",".join(line.path for line in file.dropped)
    if file.warnings:
        headers["X-Warnings"] = quote(" | ".join(file.warnings))
    return Response(file.data, media_type=file.kind.media_type, headers=headers)
