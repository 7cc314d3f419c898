"""Signing in with an identity provider, for browsers. Public, and limited by address."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from backend.handlers.auth_cookies import Cookies
from backend.handlers.context import Deps, address_of
from backend.handlers.problems import problems
from backend.services.sign_in import Returned

router = APIRouter(prefix="/oidc")
_ELSEWHERE: dict[int | str, dict[str, Any]] = {303: {"description": "The browser is sent on"}}
_SEE_OTHER = 303
Said = Annotated[str, Query(max_length=4_000)]


@router.get(
    "/login",
    status_code=_SEE_OTHER,
    responses=_ELSEWHERE | problems(404, 422, 429, 503),
    response_class=RedirectResponse,
)
async def begin_sign_in(
    request: Request,
    container: Deps,
    next_: Annotated[str, Query(alias="next", description="The local path to go to once signed in")] = "/",
) -> Response:
    """Send the browser to the identity provider."""
    await container.limits.count("auth", "sign in", address_of(request))
    begun = await container.sign_in.begin(next_)
    answer = RedirectResponse(begun.url, _SEE_OTHER)
    Cookies.of(container.settings).begin(answer, begun.ticket)
    return answer


@router.get(
    "/callback",
    status_code=_SEE_OTHER,
    responses=_ELSEWHERE | problems(401, 403, 404, 422, 429, 503),
    response_class=RedirectResponse,
)
async def finish_sign_in(
    request: Request,
    container: Deps,
    state: Said = "",
    code: Said = "",
    error: Said = "",
    iss: Said = "",
) -> Response:
    """Where the identity provider sends the browser back to. Opens a session, which the browser holds in a cookie."""
    await container.limits.count("auth", "signed in", address_of(request))
    cookies = Cookies.of(container.settings)
    signed = await container.sign_in.finish(Returned(cookies.ticket(request), state, code, error, iss))
    answer = RedirectResponse(signed.next, _SEE_OTHER)
    cookies.finish(answer)
    cookies.open(answer, signed.session)
    return answer
