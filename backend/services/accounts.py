"""Who somebody is: registering and logging in."""

import asyncio
import re
from dataclasses import dataclass, field
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend.errors import InvalidInput, Unauthenticated
from backend.ports import Account, AccountRepository
from backend.security.tokens import Tokens

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,}")
MIN_PASSWORD, MAX_PASSWORD = 10, 200


@dataclass(frozen=True)
class Session:
    access_token: str
    refresh_token: str
    token_type: str = "bearer"  # noqa: S105 - the scheme's name


@dataclass(frozen=True)
class Accounts:
    """Hashing takes some 30 ms of one core by design, so it runs beside the event loop."""

    repository: AccountRepository
    tokens: Tokens
    hasher: PasswordHasher = field(default_factory=PasswordHasher)

    async def register(self, email: str, password: str) -> Account:
        email = email.strip().lower()
        if not _EMAIL.fullmatch(email):
            raise InvalidInput("The e-mail address is not one.")
        if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
            raise InvalidInput(f"The password must have {MIN_PASSWORD} to {MAX_PASSWORD} characters.")
        hashed = await asyncio.to_thread(self.hasher.hash, password)
        return await self.repository.add(email, hashed)

    async def login(self, email: str, password: str) -> Session:
        """The same answer, after the same time, for a wrong password and for an address nobody has."""
        account = await self.repository.by_email(email.strip().lower())
        decoy = await asyncio.to_thread(lambda: self._decoy)  # made by the first login, whoever that is
        hashed = account.password_hash if account else decoy
        try:
            await asyncio.to_thread(self.hasher.verify, hashed, password[:MAX_PASSWORD])
        except (VerificationError, InvalidHashError):
            account = None
        if account is None:
            raise Unauthenticated("The e-mail address or the password is wrong.")
        return Session(self.tokens.access(account.id), self.tokens.refresh(account.id))

    @cached_property
    def _decoy(self) -> str:
        """What the password for an address nobody has is checked against."""
        return self.hasher.hash("nobody's password")

    def refresh(self, refresh_token: str) -> Session:
        user_id = self.tokens.user_of(refresh_token, "refresh")
        return Session(self.tokens.access(user_id), self.tokens.refresh(user_id))
