"""What is kept of a person: a copy of it, its log of changes, and its end."""

from collections.abc import Iterator
from typing import IO, Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from starlette.background import BackgroundTask

from backend.handlers.context import Deps, User
from backend.handlers.paging import Cursor, Limit, paged
from backend.handlers.problems import problems
from backend.handlers.schemas.privacy import ChangeOut, ChangePage, Erasure

_ZIP: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}
}
_PIECE = 64_000  # bytes


router = APIRouter(prefix="/auth/me", tags=["people"])


@router.get("/export", responses=_ZIP | problems(401, 429, 503), response_class=StreamingResponse)
async def export_everything(user: User, container: Deps) -> StreamingResponse:
    """Everything that is kept of you, as a zip of JSON files with a README."""
    await container.limits.count("auth", "export", user)
    file = await container.privacy.export(user)
    headers = {"Content-Disposition": 'attachment; filename="tailor-export.zip"'}
    closing = BackgroundTask(file.close)
    return StreamingResponse(_pieces(file), media_type="application/zip", headers=headers, background=closing)


@router.delete("", status_code=204, responses=problems(401, 422, 503))
async def erase_everything(body: Erasure, user: User, container: Deps) -> None:
    """Erase everything that is kept of you, everywhere, for good. If it is cut short, send it again."""
    await container.privacy.erase(user, body.confirm)


@router.get("/changes", responses=problems(401, 422, 503))
async def list_changes(
    user: User,
    container: Deps,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ChangePage:
    """What was created, changed and deleted, by whom and when, newest first. Never what it says."""
    found = await container.changes.list(user, limit + 1, cursor)
    page, more = paged(found, limit)
    return ChangePage(items=[ChangeOut(**change._asdict()) for change in page], next_cursor=more.id if more else None)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece
