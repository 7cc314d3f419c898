"""What every handler needs: the container, and who is asking. Async, though nothing waits: FastAPI runs others in a thread."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from backend.container import Container
from backend.errors import NotConfigured, Unauthenticated

_bearer = HTTPBearer(auto_error=False, description="An access token from POST /auth/login")


async def get_container(request: Request) -> Container:
    """The container; NotConfigured when a production service lacks a setting it cannot do without."""
    container: Container | None = request.app.state.container
    if container is None:
        missing = ", ".join(request.app.state.missing)
        raise NotConfigured(f"This service is not configured: {missing} must be set.")
    return container


Deps = Annotated[Container, Depends(get_container)]


async def get_user(
    request: Request,
    container: Deps,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> str:
    if credentials is None:
        raise Unauthenticated("Send an Authorization header: Bearer TOKEN. Get one with POST /auth/login.")
    user_id = await container.accounts.user_of(credentials.credentials)
    request.state.user_id = user_id
    return user_id


User = Annotated[str, Depends(get_user)]


async def get_admin(user: User, container: Deps) -> str:
    """The administrator's user id; anybody else gets 403."""
    await container.accounts.check_admin(user)
    return user


Admin = Annotated[str, Depends(get_admin)]


async def get_token(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)], user: User) -> str:
    """The bearer token itself, of somebody who may use it."""
    return credentials.credentials if credentials else ""


Token = Annotated[str, Depends(get_token)]


def address_of(request: Request) -> str:
    """Where a request comes from, as far as the server was told."""
    return request.client.host if request.client else "unknown"
