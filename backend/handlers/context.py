"""What every handler needs: the container, and who is asking. Async, though nothing waits: FastAPI runs others in a thread."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from backend.container import Container
from backend.errors import NotConfigured, Unauthenticated
from backend.handlers.auth_cookies import Cookies

_bearer = HTTPBearer(
    auto_error=False,
    description="An access token from POST /auth/login. Browsers that signed in at GET /auth/oidc/login send a cookie instead.",
)


async def get_container(request: Request) -> Container:
    """The container; NotConfigured when a production service lacks a setting it cannot do without."""
    container: Container | None = request.app.state.container
    if container is None:
        missing = ", ".join(request.app.state.missing)
        raise NotConfigured(f"This service is not configured: {missing} must be set.")
    return container


Deps = Annotated[Container, Depends(get_container)]


Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


async def get_token(request: Request, container: Deps, credentials: Bearer) -> str:
    """The token that a request brings: its bearer's, else its cookie's where no Authorization header is sent. Raises
    Unauthenticated without one, Forbidden where another site may have made a browser send the cookie."""
    if credentials is not None:
        return credentials.credentials
    cookies = Cookies.of(container.settings)
    token = "" if "authorization" in request.headers else cookies.session(request)
    if not token:
        raise Unauthenticated("Send an Authorization header: Bearer TOKEN. Get one with POST /auth/login.")
    cookies.check_own(request)
    return token


Token = Annotated[str, Depends(get_token)]


async def get_user(request: Request, container: Deps, token: Token) -> str:
    user_id = await container.accounts.user_of(token)
    request.state.user_id = user_id
    return user_id


User = Annotated[str, Depends(get_user)]


async def get_admin(user: User, container: Deps) -> str:
    """The administrator's user id; anybody else gets 403."""
    await container.accounts.check_admin(user)
    return user


Admin = Annotated[str, Depends(get_admin)]


def address_of(request: Request) -> str:
    """Where a request comes from, as far as the server was told."""
    return request.client.host if request.client else "unknown"
