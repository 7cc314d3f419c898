"""The cookies of people who use a browser: their session, and a sign-in under way.

Why a check of where a request comes from: a browser sends cookies along with whatever another site makes it ask for. SameSite
keeps most of that out; what changes anything must also say that it comes from a page of ours.
"""

from datetime import timedelta
from typing import NamedTuple

from fastapi import Request, Response

from backend.errors import Forbidden
from backend.security.tickets import LIFE
from backend.services.accounts import TokenPair
from backend.settings import Settings

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class _Cookie(NamedTuple):
    name: str
    path: str


class Cookies(NamedTuple):
    """Over https alone, but for a service on loopback. The names' prefixes make browsers see to it that no other host, and
    no page that came in the clear, has set them."""

    own_url: str
    session_life: timedelta
    refresh_life: timedelta

    @classmethod
    def of(cls, settings: Settings) -> "Cookies":
        minutes, days = settings.access_token_minutes, settings.refresh_token_days
        return cls(settings.own_url, timedelta(minutes=minutes), timedelta(days=days))

    @property
    def secure(self) -> bool:
        return self.own_url.startswith("https://")

    @property
    def _session(self) -> _Cookie:
        return _Cookie("__Host-tailor_session" if self.secure else "tailor_session", "/")

    @property
    def _refresh(self) -> _Cookie:
        return _Cookie("__Secure-tailor_refresh" if self.secure else "tailor_refresh", "/auth")

    @property
    def _ticket(self) -> _Cookie:
        return _Cookie("__Secure-tailor_sign_in" if self.secure else "tailor_sign_in", "/auth/oidc")

    def session(self, request: Request) -> str:
        """The access token in a browser's cookie, "" without one."""
        return request.cookies.get(self._session.name, "")

    def refresh(self, request: Request) -> str:
        return request.cookies.get(self._refresh.name, "")

    def ticket(self, request: Request) -> str:
        return request.cookies.get(self._ticket.name, "")

    def open(self, response: Response, pair: TokenPair) -> None:
        """Lets the browser hold a session."""
        self._set(response, self._session, pair.access_token, self.session_life)
        self._set(response, self._refresh, pair.refresh_token, self.refresh_life)

    def close(self, response: Response) -> None:
        for cookie in (self._session, self._refresh):
            self._set(response, cookie, "", timedelta())

    def begin(self, response: Response, ticket: str) -> None:
        self._set(response, self._ticket, ticket, LIFE)

    def finish(self, response: Response) -> None:
        self._set(response, self._ticket, "", timedelta())

    def check_own(self, request: Request) -> None:
        """Raises Forbidden for a request that changes something and is not known to come from a page of this service."""
        if request.method in _SAFE:
            return
        site = request.headers.get("sec-fetch-site")
        here = f"{request.url.scheme}://{request.headers.get('host', '')}"
        ours = site == "same-origin" if site else request.headers.get("origin") in (self.own_url, here)
        if not ours:
            raise Forbidden(
                "With a session cookie this is allowed from pages of this service alone. "
                "From elsewhere send an Authorization header: Bearer TOKEN."
            )

    def _set(self, response: Response, cookie: _Cookie, value: str, life: timedelta) -> None:
        response.set_cookie(
            cookie.name,
            value,
            max_age=round(life.total_seconds()),
            path=cookie.path,
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )
