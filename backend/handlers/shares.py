"""Links to tailored resumes: given out, taken back, and read by anybody who has one."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from backend.handlers.context import Deps, User, address_of
from backend.handlers.paging import Cursor, Limit, paged
from backend.handlers.problems import problems
from backend.handlers.schemas.shares import CreatedShare, SharedResume, ShareOut, SharePage, ShareRequest
from backend.middleware.headers import PAGE_POLICY
from backend.ports import Share
from backend.services.exports import Look

_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "model": SharedResume,
        "content": {
            "text/html": {"schema": {"type": "string"}},
            "application/pdf": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}
_NOINDEX = {"X-Robots-Tag": "noindex, nofollow, noarchive"}


router = APIRouter(tags=["sharing"])


@router.post("/tailorings/{tailoring_id}/share", status_code=201, responses=problems(401, 404, 422, 503))
async def share_tailoring(
    tailoring_id: str, body: ShareRequest, request: Request, user: User, container: Deps
) -> CreatedShare:
    """A link by which anybody may read the tailored resume, and nothing else, until it runs out or is taken back."""
    share, token = await container.shares.create(user, tailoring_id, body.expires_in_days)
    url = str(request.url_for("read_shared", token=token))
    return CreatedShare(**_out(share).model_dump(), token=token, url=url)


@router.get("/shares", responses=problems(401, 422, 503))
async def list_shares(
    user: User,
    container: Deps,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> SharePage:
    """Newest first."""
    found = await container.shares.list(user, limit + 1, cursor)
    page, more = paged(found, limit)
    return SharePage(items=[_out(share) for share in page], next_cursor=more.id if more else None)


@router.delete("/shares/{share_id}", status_code=204, responses=problems(401, 404, 422, 503))
async def delete_share(share_id: str, user: User, container: Deps) -> None:
    """Take a link back. It opens nothing from now on."""
    await container.shares.delete(user, share_id)


@router.get(
    "/shared/{token}",
    responses=_FILES | problems(404, 422, 429, 503),
    response_model=SharedResume,
    name="read_shared",
)
async def read_shared(
    request: Request,
    response: Response,
    token: str,
    container: Deps,
    wanted: Annotated[Literal["json", "html", "pdf"], Query(alias="format")] = "json",
) -> SharedResume | Response:
    """The tailored resume that a link opens. Public; a link that is wrong, has run out or was taken back is a 404."""
    await container.limits.count("auth", "shared", address_of(request))
    response.headers.update(_NOINDEX)
    if wanted == "json":
        return SharedResume(resume=dict(await container.shares.document(token)))
    file = await container.shares.file(token, Look(wanted))
    headers = _NOINDEX | {"Content-Disposition": f'inline; filename="resume.{file.kind.ending}"'}
    if wanted == "html":
        headers["Content-Security-Policy"] = PAGE_POLICY
    return Response(file.data, media_type=file.kind.media_type, headers=headers)


def _out(share: Share) -> ShareOut:
    return ShareOut(id=share.id, tailoring_id=share.tailoring_id, created=share.created, expires=share.expires)
