"""Where a person applied, and how it went."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from backend.domain.application import Application, ApplicationStatus
from backend.handlers.context import Deps, User
from backend.handlers.paging import Cursor, Limit, paged
from backend.handlers.problems import problems
from backend.handlers.schemas.applications import ApplicationChange, ApplicationPage, ApplicationRequest
from backend.services.applications import Details

router = APIRouter(prefix="/applications", tags=["applications"])
_DATES = ("applied_on", "next_step_on")
_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
Status = Annotated[ApplicationStatus | None, Query(description="Only those with this status")]


@router.post("", status_code=201, responses=problems(401, 404, 422, 503))
async def create_application(
    body: ApplicationRequest, user: User, container: Deps, response: Response
) -> Application:  # fmt: skip
    """Keep an application, of a tailoring or of your own making."""
    details = Details(**body.model_dump(exclude={"status", "tailoring_id"}))
    created = await container.applications.create(user, details, body.status, body.tailoring_id)
    response.headers["Location"] = f"/applications/{created.id}"
    return created


@router.get("", responses=problems(401, 422, 503))
async def list_applications(
    user: User,
    container: Deps,
    limit: Limit = 20,
    cursor: Cursor = None,
    status: Status = None,
) -> ApplicationPage:
    """Newest first."""
    found = await container.applications.list(user, limit + 1, cursor, status)
    page, more = paged(found, limit)
    return ApplicationPage(items=list(page), next_cursor=more.id if more else None)


@router.get("/export.csv", responses=_CSV | problems(401, 422, 503), response_class=StreamingResponse)
async def export_applications(user: User, container: Deps, status: Status = None) -> StreamingResponse:
    """All of them for a spreadsheet: CSV (RFC 4180) in UTF-8, with nothing in it that would run as a formula."""
    headers = {"Content-Disposition": 'attachment; filename="applications.csv"'}
    lines = container.applications.csv(user, status)
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/{application_id}", responses=problems(401, 404, 422, 503))
async def get_application(application_id: str, user: User, container: Deps) -> Application:
    return await container.applications.get(user, application_id)


@router.patch("/{application_id}", responses=problems(401, 404, 422, 503))
async def change_application(
    application_id: str, body: ApplicationChange, user: User, container: Deps
) -> Application:  # fmt: skip
    """Change what is sent. Another status is recorded with its time; any may follow any."""
    sent = body.model_dump(exclude_unset=True, exclude={"status"})
    said = {name: "" if value is None and name not in _DATES else value for name, value in sent.items()}
    return await container.applications.change(user, application_id, said, body.status)


@router.delete("/{application_id}", status_code=204, responses=problems(401, 404, 422, 503))
async def delete_application(application_id: str, user: User, container: Deps) -> None:
    await container.applications.delete(user, application_id)
