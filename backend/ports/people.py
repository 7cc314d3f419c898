"""Who somebody is, and that they are logged in."""

from typing import NamedTuple, Protocol


class Account(NamedTuple):
    id: str
    email: str
    password_hash: str


class AccountRepository(Protocol):
    async def add(self, email: str, password_hash: str) -> Account:
        """Raises Conflict when the address is taken."""
        ...

    async def get(self, user_id: str) -> Account | None: ...

    async def by_email(self, email: str) -> Account | None: ...

    async def external(self, issuer: str, subject: str, email: str) -> Account:
        """The account of somebody whom an identity provider vouches for, made if there is none. Never another's, even if
        that has the same address."""
        ...


class SessionRepository(Protocol):
    """Who is logged in. A session is one login; its refresh token changes with every use."""

    async def add(self, user_id: str, session_id: str, turn: str) -> None: ...

    async def turn(self, user_id: str, session_id: str, old: str, new: str) -> bool:
        """Whether the session lives and `old` was its current turn, which is `new` now; of two at once one succeeds."""
        ...

    async def lives(self, user_id: str, session_id: str) -> bool: ...

    async def end(self, user_id: str, session_id: str | None = None) -> None:
        """Ends one session, or all of a person's."""
        ...


class ExternalIdentity(NamedTuple):
    """`email` is "" unless the provider has verified it."""

    issuer: str
    subject: str
    email: str = ""


class SignInTicket(NamedTuple):
    """One sign-in under way: what the provider is sent along with a browser. `next` is the local path that the browser goes
    to once its owner is signed in; `verifier` is that of PKCE."""

    state: str
    nonce: str
    verifier: str
    next: str


class SignInProvider(Protocol):
    """An identity provider that browsers are sent to."""

    @property
    def issuer(self) -> str: ...

    async def address(self, ticket: SignInTicket) -> str:
        """Where to send a browser that begins. Raises VendorUnavailable."""
        ...

    async def identity(self, code: str, ticket: SignInTicket) -> ExternalIdentity:
        """Who came back with this code. Raises Unauthenticated, VendorUnavailable."""
        ...


class TokenIssuer(Protocol):
    """An identity provider whose tokens we take."""

    def issued(self, token: str) -> bool: ...

    async def verify(self, token: str) -> ExternalIdentity: ...
