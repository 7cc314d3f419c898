"""Registering and logging in. Public, and limited by address."""

from typing import Literal

from fastapi import APIRouter, Request, Response

from backend.handlers import auth_oidc
from backend.handlers.auth_cookies import Cookies
from backend.handlers.context import Bearer, Deps, User, address_of, get_token, get_user
from backend.handlers.problems import problems
from backend.handlers.schemas.auth import Credentials, Me, RefreshRequest, Registered, TokenPair
from backend.services import accounts

router = APIRouter(prefix="/auth", tags=["people"])
router.include_router(auth_oidc.router)


@router.post("/register", status_code=201, responses=problems(409, 422, 429, 503))
async def register(request: Request, body: Credentials, container: Deps) -> Registered:
    await container.limits.count("auth", "register", address_of(request))
    account = await container.accounts.register(body.email, body.password)
    return Registered(id=account.id, email=account.email)


@router.post("/login", responses=problems(401, 422, 429, 503))
async def login(request: Request, body: Credentials, container: Deps) -> TokenPair:
    await container.limits.count("auth", "login", address_of(request))
    return _pair(await container.accounts.login(body.email, body.password))


@router.post("/refresh", responses=problems(401, 422, 429, 503))
async def refresh(request: Request, body: RefreshRequest, container: Deps) -> TokenPair:
    """A fresh pair of tokens for a refresh token."""
    await container.limits.count("auth", "refresh", address_of(request))
    return _pair(await container.accounts.refresh(body.refresh_token))


@router.post("/session", status_code=204, responses=problems(401, 403, 429, 503))
async def renew(request: Request, container: Deps, response: Response) -> None:
    """For browsers: renew the session in the cookies before it runs out. One request at a time: each can be sent once."""
    await container.limits.count("auth", "refresh", address_of(request))
    cookies = Cookies.of(container.settings)
    cookies.check_own(request)
    cookies.open(response, await container.accounts.refresh(cookies.refresh(request)))


@router.post("/logout", status_code=204, responses=problems(401, 503))
async def logout(request: Request, bearer: Bearer, container: Deps, response: Response) -> None:
    """End the session: its access and refresh tokens are of no use from now on, and a browser's cookies are cleared."""
    cookies = Cookies.of(container.settings)
    refresh_token = "" if "authorization" in request.headers else cookies.refresh(request)
    if refresh_token:  # whose access token may have run out
        cookies.check_own(request)
        await container.accounts.leave(cookies.session(request), refresh_token)
    else:
        token = await get_token(request, container, bearer)
        await get_user(request, container, token)
        await container.accounts.logout(token)
    cookies.close(response)


@router.get("/me", responses=problems(401, 404, 503))
async def me(user: User, container: Deps) -> Me:
    account = await container.accounts.me(user)
    role: Literal["user", "admin"] = "admin" if container.accounts.is_admin(account) else "user"
    return Me(id=account.id, email=account.email, role=role)


def _pair(session: accounts.TokenPair) -> TokenPair:
    return TokenPair(access_token=session.access_token, refresh_token=session.refresh_token)
