"""Who somebody is: registering, logging in, staying logged in, and being known by another's token."""

import asyncio
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend.errors import Forbidden, InvalidInput, NotFound, Unauthenticated
from backend.ports import Account, AccountRepository, ExternalIdentity, Ids, SessionRepository, TokenIssuer
from backend.security.tokens import Tokens

_EMAIL = re.compile(r"(?!oidc\|)[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,}")
MIN_PASSWORD, MAX_PASSWORD = 10, 200


class TokenPair(NamedTuple):
    access_token: str
    refresh_token: str


@dataclass(frozen=True)
class Accounts:
    """Hashing takes some 30 ms of one core by design, so it runs beside the event loop."""

    repository: AccountRepository
    sessions: SessionRepository
    tokens: Tokens
    ids: Ids
    issuer: TokenIssuer | None = None
    admin_email: str = ""
    password_admin: bool = False
    """Whether somebody whom no provider vouches for may be the administrator."""
    hasher: PasswordHasher = field(default_factory=PasswordHasher)

    async def register(self, email: str, password: str) -> Account:
        email = email.strip().lower()
        if not _EMAIL.fullmatch(email):
            raise InvalidInput("The e-mail address is not one.")
        if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
            raise InvalidInput(f"The password must have {MIN_PASSWORD} to {MAX_PASSWORD} characters.")
        hashed = await asyncio.to_thread(self.hasher.hash, password)
        return await self.repository.add(email, hashed)

    async def login(self, email: str, password: str) -> TokenPair:
        """The same answer, after the same time, for a wrong password and for an address nobody has."""
        account = await self.repository.by_email(email.strip().lower())
        decoy = await asyncio.to_thread(lambda: self._decoy)  # made by the first login, whoever that is
        hashed = account.password_hash if account and account.password_hash else decoy
        try:
            await asyncio.to_thread(self.hasher.verify, hashed, password[:MAX_PASSWORD])
        except (VerificationError, InvalidHashError):
            account = None
        if account is None or not account.password_hash:
            raise Unauthenticated("The e-mail address or the password is wrong.")
        return await self._open(account)

    async def admit(self, person: ExternalIdentity) -> TokenPair:
        """A session for somebody whom the provider vouches for, who gets an account at first sight."""
        return await self._open(await self.repository.external(person.issuer, person.subject, person.email))

    async def refresh(self, refresh_token: str) -> TokenPair:
        """A fresh pair; the old refresh token is spent. One that is spent already has been stolen by somebody, so the
        session ends for everybody who holds it."""
        claims, turn = self.tokens.read(refresh_token, "refresh"), self.ids.marker()
        if not claims.session or not claims.turn:
            raise Unauthenticated("The token is not valid. Log in again with POST /auth/login.")
        if not await self.sessions.turn(claims.user_id, claims.session, claims.turn, turn):
            await self.sessions.end(claims.user_id, claims.session)
            raise Unauthenticated("The refresh token has been used before. Log in again with POST /auth/login.")
        access = self.tokens.access(claims.user_id, claims.session)
        return TokenPair(access, self.tokens.refresh(claims.user_id, claims.session, turn))

    async def user_of(self, token: str) -> str:
        """Whose access token this is: one of ours whose session still lives, or one of the configured provider's, whose
        owner gets an account at first sight. Raises Unauthenticated."""
        if self.issuer is not None and self.issuer.issued(token):
            person = await self.issuer.verify(token)
            return (await self.repository.external(person.issuer, person.subject, person.email)).id
        claims = self.tokens.read(token)
        if claims.session and not await self.sessions.lives(claims.user_id, claims.session):
            raise Unauthenticated("You have logged out. Log in again with POST /auth/login.")
        return claims.user_id

    async def logout(self, token: str) -> None:
        """Ends the session of an access token; a token without one runs out by itself."""
        if self.issuer is not None and self.issuer.issued(token):
            return
        claims = self.tokens.read(token)
        if claims.session:
            await self.sessions.end(claims.user_id, claims.session)

    async def leave(self, access_token: str, refresh_token: str) -> None:
        """Ends the session of whichever of the two tokens can still be read. Raises Unauthenticated where neither can."""
        try:
            claims = self.tokens.read(access_token)
        except Unauthenticated:
            claims = self.tokens.read(refresh_token, "refresh")
        await self.sessions.end(claims.user_id, claims.session or None)

    async def me(self, user_id: str) -> Account:
        account = await self.repository.get(user_id)
        if account is None:
            raise NotFound("This token's owner has no account here.")
        return account

    async def check_admin(self, user_id: str) -> None:
        """Raises Forbidden unless this is the account of ADMIN_EMAIL."""
        account = await self.repository.get(user_id)
        if account is None or not self.is_admin(account):
            raise Forbidden("Only an administrator may do this.")

    def is_admin(self, account: Account) -> bool:
        """An address that somebody typed proves nothing: in earnest it must be one that the identity provider verified."""
        vouched = self.password_admin or not account.password_hash
        return vouched and bool(self.admin_email) and account.email == self.admin_email.strip().lower()

    async def _open(self, account: Account) -> TokenPair:
        session, turn = self.ids.new_id(), self.ids.marker()
        await self.sessions.add(account.id, session, turn)
        return TokenPair(self.tokens.access(account.id, session), self.tokens.refresh(account.id, session, turn))

    @cached_property
    def _decoy(self) -> str:
        """What the password for an address nobody has is checked against."""
        return self.hasher.hash("nobody's password")
