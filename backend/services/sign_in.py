"""Signing in with an identity provider: a browser is sent there, and comes back once with a code."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import NamedTuple

from backend.errors import Forbidden, NotFound, Unauthenticated, VendorUnavailable
from backend.ports import IdempotencyRepository, Ids, SignInProvider
from backend.security.tickets import LIFE, Tickets, local_path
from backend.services.accounts import Accounts, TokenPair

_USED = "sign-in"
_BUSY = ("server_error", "temporarily_unavailable")
_AGAIN = "Start again at GET /auth/oidc/login."


class Begun(NamedTuple):
    """Where the browser goes, and the ticket it must come back with."""

    url: str
    ticket: str


class Returned(NamedTuple):
    """What a browser comes back with: our ticket, and what the provider put into the address."""

    ticket: str
    state: str
    code: str = ""
    error: str = ""
    issuer: str = ""


class SignedIn(NamedTuple):
    session: TokenPair
    next: str


@dataclass(frozen=True)
class SignIn:
    """`missing` names the settings without which nobody can sign in this way."""

    provider: SignInProvider | None
    accounts: Accounts
    tickets: Tickets
    used: IdempotencyRepository
    ids: Ids
    missing: str = ""

    async def begin(self, next_: str) -> Begun:
        """Raises InvalidInput when `next_` leads elsewhere, NotFound, VendorUnavailable."""
        provider = self._provider()
        cookie, ticket = self.tickets.issue(self.ids.marker() + self.ids.marker(), local_path(next_))
        return Begun(await provider.address(ticket), cookie)

    async def finish(self, came: Returned) -> SignedIn:
        """A session for who comes back. A ticket is good for one return, whatever comes of it. Raises Unauthenticated,
        Forbidden, NotFound, VendorUnavailable."""
        provider = self._provider()
        ticket = self.tickets.read(came.ticket)
        if ticket is None or not hmac.compare_digest(ticket.state.encode(), came.state.encode()):
            raise Unauthenticated(f"This sign-in was not begun in this browser, or too long ago. {_AGAIN}")
        mark = hashlib.sha256(f"{_USED}:{ticket.state}".encode()).hexdigest()
        if not (await self.used.claim(_USED, mark, "", "", 2 * LIFE.total_seconds())).mine:
            raise Unauthenticated(f"This sign-in has been finished before. {_AGAIN}")
        if came.issuer and came.issuer != provider.issuer:
            raise Unauthenticated(f"Another identity provider answered than the one that was asked. {_AGAIN}")
        if came.error in _BUSY:
            raise VendorUnavailable("The identity provider cannot sign anybody in at present. Try again in a minute.")
        if came.error:
            raise Forbidden(f"The identity provider did not let you in, or you declined. {_AGAIN}")
        if not came.code:
            raise Unauthenticated(f"The identity provider sent no code. {_AGAIN}")
        person = await provider.identity(came.code, ticket)
        return SignedIn(await self.accounts.admit(person), ticket.next)

    def _provider(self) -> SignInProvider:
        if self.provider is None:
            raise NotFound(f"Signing in with an identity provider is not set up here: set {self.missing}.")
        return self.provider
