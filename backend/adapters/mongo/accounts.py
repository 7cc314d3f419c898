"""Who has an account, and who is logged in."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from bson import ObjectId
from pymongo.errors import DuplicateKeyError

from backend.adapters.mongo.connection import Database, call, forms_of
from backend.errors import Conflict, VendorUnavailable
from backend.ports import Account, Clock, Ids


class MongoAccounts:
    def __init__(self, database: Database, ids: Ids) -> None:
        self._accounts, self._ids = database.accounts, ids

    async def add(self, email: str, password_hash: str) -> Account:
        account = Account(self._ids.new_id(), email, password_hash)
        row = {"_id": ObjectId(account.id), "email": email, "password_hash": password_hash}
        try:
            await call(self._accounts.insert_one(row))
        except DuplicateKeyError as error:
            raise Conflict("An account with this e-mail address exists. Log in, or register with another.") from error
        return account

    async def get(self, user_id: str) -> Account | None:
        return _account(await call(self._accounts.find_one({"_id": {"$in": forms_of(user_id)}})))

    async def by_email(self, email: str) -> Account | None:
        return _account(await call(self._accounts.find_one({"email": email})))

    async def external(self, issuer: str, subject: str, email: str) -> Account:
        # The address is shown, never matched: another account may have it. What is unique is who vouches for whom.
        name = f"oidc|{issuer}|{subject}"
        known = _account(await call(self._accounts.find_one({"email": name})))
        if known is None or known.email != email:
            change = {"$set": {"contact": email}, "$setOnInsert": {"_id": ObjectId(self._ids.new_id())}}
            with suppress(DuplicateKeyError):  # somebody else's first sight of the same person
                await call(self._accounts.update_one({"email": name}, change, upsert=True))
            known = _account(await call(self._accounts.find_one({"email": name})))
        if known is None:
            raise VendorUnavailable("MongoDB lost what was just written. Try again in a minute.")
        return known


class MongoSessions:
    def __init__(self, database: Database, clock: Clock, life: timedelta) -> None:
        """`life`: how long an unused session is kept, that of a refresh token."""
        self._sessions, self._clock, self._life = database.sessions, clock, life

    async def add(self, user_id: str, session_id: str, turn: str) -> None:
        row = {"_id": session_id, "user_id": user_id, "turn": turn, "expires": self._clock.now() + self._life}
        await call(self._sessions.insert_one(row))

    async def turn(self, user_id: str, session_id: str, old: str, new: str) -> bool:
        query = {"_id": session_id, "user_id": user_id, "turn": old}
        change = {"$set": {"turn": new, "expires": self._clock.now() + self._life}}
        return bool((await call(self._sessions.update_one(query, change))).modified_count)

    async def lives(self, user_id: str, session_id: str) -> bool:
        row = await call(self._sessions.find_one({"_id": session_id, "user_id": user_id}, {"_id": 1}))
        return row is not None

    async def end(self, user_id: str, session_id: str | None = None) -> None:
        await call(self._sessions.delete_many({"user_id": user_id} | ({"_id": session_id} if session_id else {})))


def _account(row: Mapping[str, Any] | None) -> Account | None:
    if row is None:
        return None
    email = row.get("contact", "") if row["email"].startswith("oidc|") else row["email"]
    return Account(str(row["_id"]), email, row.get("password_hash", ""))
