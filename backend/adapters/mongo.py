"""Repositories on MongoDB, real or embedded. The only module that names the driver.

`resumes` keeps the portfolio's documents as it finds them: `user_id` and `_id` as text or ObjectId, soft deletes by
`deleted`. Every query starts from `_of(user_id)`.
"""

import asyncio
import json
import math
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bson import ObjectId
from bson.errors import InvalidDocument
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorDatabase
from pymongo import ASCENDING, DESCENDING, UpdateOne
from pymongo.errors import DuplicateKeyError, PyMongoError

from backend.domain.content import Chunk
from backend.domain.tailoring import Tailoring
from backend.errors import Conflict, InvalidInput, VendorUnavailable
from backend.ports import Account, Clock, Ids, StoredResume

T = TypeVar("T")
Database = AsyncIOMotorDatabase[dict[str, Any]]
_UNSTORABLE = (InvalidDocument, OverflowError, RecursionError, ValueError)


class Mongo:
    """The connection, and what is built on it."""

    def __init__(self, uri: str, database: str, timeout: float = 5.0) -> None:
        """`timeout` bounds each request as a whole, finding the server included; in seconds."""
        self._client: AsyncIOMotorClient[dict[str, Any]] = AsyncIOMotorClient(
            uri, timeoutMS=round(timeout * 1_000), tz_aware=True
        )
        self.database: Database = self._client[database]

    async def prepare(self) -> None:
        """Indexes; safe to repeat."""
        await _call(self.database.resumes.create_index([("user_id", ASCENDING), ("createdDate", DESCENDING)]))
        await _call(self.database.chunks.create_index([("user_id", ASCENDING)]))
        await _call(self.database.tailorings.create_index([("user_id", ASCENDING), ("created", DESCENDING)]))
        await _call(self.database.accounts.create_index("email", unique=True))
        await _call(self.database.sessions.create_index("user_id"))
        await _call(self.database.sessions.create_index("expires", expireAfterSeconds=0))

    async def check(self) -> None:
        await _call(self._client.admin.command("ping"))

    async def close(self) -> None:
        """In a thread: it waits for the server, and the embedded one answers on this event loop."""
        await asyncio.to_thread(self._client.close)


class MongoResumes:
    def __init__(self, database: Database, clock: Clock, ids: Ids) -> None:
        self._resumes, self._chunks, self._clock, self._ids = database.resumes, database.chunks, clock, ids

    async def add(self, user_id: str, document: Mapping[str, Any]) -> StoredResume:
        now = self._clock.now()
        row = {**_own(document), "_id": ObjectId(self._ids.new_id()), "user_id": user_id}
        row |= {"createdDate": now, "updatedDate": now, "deleted": False}
        await _call(self._resumes.insert_one(row))
        return _stored(row)

    async def get(self, user_id: str, resume_id: str) -> StoredResume | None:
        row = await _call(self._resumes.find_one(_of(user_id) | {"_id": {"$in": _forms(resume_id)}}))
        return _stored(row) if row else None

    async def latest(self, user_id: str) -> StoredResume | None:
        rows = await self.list(user_id, 1)
        return rows[0] if rows else None

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[StoredResume]:
        query = _of(user_id)
        if after:
            query |= await self._after(user_id, after)
        rows = await _call(self._resumes.find(query).sort("_id", DESCENDING).limit(limit).to_list(limit))
        return [_stored(row) for row in rows]

    async def replace(self, user_id: str, resume_id: str, document: Mapping[str, Any]) -> StoredResume | None:
        query: dict[str, Any] = _of(user_id) | {"_id": {"$in": _forms(resume_id)}}
        known = await _call(self._resumes.find_one(query))
        if known is None:
            return None
        kept: dict[str, Any] = {key: known[key] for key in ("_id", "user_id", "createdDate", "deleted") if key in known}
        row: dict[str, Any] = {**_own(document), **kept, "updatedDate": self._clock.now()}
        result = await _call(self._resumes.replace_one(query, row))
        return _stored(row) if result.matched_count else None

    async def delete(self, user_id: str, resume_id: str) -> bool:
        change = {"$set": {"deleted": True, "updatedDate": self._clock.now()}}
        query = _of(user_id) | {"_id": {"$in": _forms(resume_id)}}
        result = await _call(self._resumes.update_one(query, change))
        return bool(result.matched_count)

    async def users(self) -> Sequence[str]:
        kept = self._resumes.find(
            {"deleted": {"$ne": True}}, {"user_id": 1}
        )  # the embedded server's distinct loses some
        rows = await _call(kept.to_list(None)) + await _call(self._chunks.find({}, {"user_id": 1}).to_list(None))
        return sorted({str(row["user_id"]) for row in rows if row.get("user_id")})

    async def _after(self, user_id: str, id_: str) -> dict[str, Any]:
        """What is sorted below this id: MongoDB's order is ObjectIds, then text."""
        owner = {"user_id": {"$in": _forms(user_id)}}
        row = await _call(self._resumes.find_one(owner | {"_id": {"$in": _forms(id_)}}, {"_id": 1}))
        last = row["_id"] if row else _forms(id_)[-1]
        if isinstance(last, str):
            return {"_id": {"$lt": last}}
        return {"$or": [{"_id": {"$lt": last}}, {"_id": {"$type": "string"}}]}


class MongoChunks:
    def __init__(self, database: Database) -> None:
        self._chunks = database.chunks

    async def put(self, user_id: str, chunks: Sequence[Chunk]) -> None:
        rows = [
            {"_id": f"{user_id}:{c.id}", "user_id": user_id, "chunk_id": c.id, **c.model_dump(mode="json")}
            for c in chunks
        ]
        if rows:
            writes = [UpdateOne({"_id": row["_id"]}, {"$set": row}, upsert=True) for row in rows]
            await _call(self._chunks.bulk_write(writes, ordered=False))

    async def get_many(self, user_id: str, ids: Sequence[str]) -> Sequence[Chunk]:
        rows = await _call(self._chunks.find({"user_id": user_id, "chunk_id": {"$in": list(ids)}}).to_list(None))
        return [_chunk(row) for row in rows]

    async def all(self, user_id: str) -> Sequence[Chunk]:
        rows = await _call(self._chunks.find({"user_id": user_id}).sort("_id", ASCENDING).to_list(None))
        return [_chunk(row) for row in rows]


class MongoTailorings:
    """A record is written once, whole, at the end of its run: there is never half of one."""

    def __init__(self, database: Database) -> None:
        self._tailorings = database.tailorings

    async def add(self, tailoring: Tailoring) -> None:
        row = tailoring.model_dump(mode="json")
        row |= {"_id": ObjectId(tailoring.id), "created": tailoring.created}
        await _call(self._tailorings.insert_one(row))

    async def get(self, user_id: str, tailoring_id: str) -> Tailoring | None:
        row = await _call(self._tailorings.find_one({"user_id": user_id, "_id": {"$in": _forms(tailoring_id)}}))
        return Tailoring.model_validate({key: value for key, value in row.items() if key != "_id"}) if row else None


class MongoAccounts:
    def __init__(self, database: Database, ids: Ids) -> None:
        self._accounts, self._ids = database.accounts, ids

    async def add(self, email: str, password_hash: str) -> Account:
        account = Account(self._ids.new_id(), email, password_hash)
        row = {"_id": ObjectId(account.id), "email": email, "password_hash": password_hash}
        try:
            await _call(self._accounts.insert_one(row))
        except DuplicateKeyError as error:
            raise Conflict("An account with this e-mail address exists. Log in, or register with another.") from error
        return account

    async def get(self, user_id: str) -> Account | None:
        return _account(await _call(self._accounts.find_one({"_id": {"$in": _forms(user_id)}})))

    async def by_email(self, email: str) -> Account | None:
        return _account(await _call(self._accounts.find_one({"email": email})))

    async def external(self, issuer: str, subject: str, email: str) -> Account:
        # The address is shown, never matched: another account may have it. What is unique is who vouches for whom.
        name = f"oidc|{issuer}|{subject}"
        known = _account(await _call(self._accounts.find_one({"email": name})))
        if known is None or known.email != email:
            change = {"$set": {"contact": email}, "$setOnInsert": {"_id": ObjectId(self._ids.new_id())}}
            with suppress(DuplicateKeyError):  # somebody else's first sight of the same person
                await _call(self._accounts.update_one({"email": name}, change, upsert=True))
            known = _account(await _call(self._accounts.find_one({"email": name})))
        if known is None:
            raise VendorUnavailable("MongoDB lost what was just written. Try again in a minute.")
        return known


class MongoSessions:
    def __init__(self, database: Database, clock: Clock, life: timedelta) -> None:
        """`life`: how long an unused session is kept, that of a refresh token."""
        self._sessions, self._clock, self._life = database.sessions, clock, life

    async def add(self, user_id: str, session_id: str, turn: str) -> None:
        row = {"_id": session_id, "user_id": user_id, "turn": turn, "expires": self._clock.now() + self._life}
        await _call(self._sessions.insert_one(row))

    async def turn(self, user_id: str, session_id: str, old: str, new: str) -> bool:
        query = {"_id": session_id, "user_id": user_id, "turn": old}
        change = {"$set": {"turn": new, "expires": self._clock.now() + self._life}}
        return bool((await _call(self._sessions.update_one(query, change))).modified_count)

    async def lives(self, user_id: str, session_id: str) -> bool:
        row = await _call(self._sessions.find_one({"_id": session_id, "user_id": user_id}, {"_id": 1}))
        return row is not None

    async def end(self, user_id: str, session_id: str | None = None) -> None:
        await _call(self._sessions.delete_many({"user_id": user_id} | ({"_id": session_id} if session_id else {})))


async def _call(request: Awaitable[T]) -> T:
    try:
        return await request
    except DuplicateKeyError:
        raise
    except _UNSTORABLE as error:
        raise _refused() from error
    except PyMongoError as error:
        raise VendorUnavailable("MongoDB is not available. Try again in a minute.") from error


def _refused() -> InvalidInput:
    return InvalidInput(
        "The document holds something that cannot be stored: a number over 64 bits or not finite, broken Unicode, a value "
        "that is not JSON's, endless nesting, or more than 16 MB."
    )


def _of(user_id: str) -> dict[str, Any]:
    """The one place where a query of resumes is scoped to its user; portfolios write the id as text or as an ObjectId."""
    return {"user_id": {"$in": _forms(user_id)}, "deleted": {"$ne": True}}


def _forms(id_: str) -> list[Any]:
    return [id_, ObjectId(id_)] if ObjectId.is_valid(id_) else [id_]


def _own(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document without the fields that are ours to write. What could not be sent back as JSON is not taken."""
    ours = ("_id", "id", "user_id", "createdDate", "updatedDate", "deleted")
    own = {str(key): value for key, value in document.items() if key not in ours}
    try:
        json.dumps(own, allow_nan=False, default=str)
    except (ValueError, TypeError, RecursionError) as error:
        raise _refused() from error
    return own


def _stored(row: Mapping[str, Any]) -> StoredResume:
    return StoredResume(str(row["_id"]), {key: _plain(value) for key, value in row.items() if key != "_id"})


def _plain(value: Any) -> Any:
    """A value as JSON can carry it; portfolios keep dates, ids and decimals as MongoDB's own types."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, str | int | float | None) else str(value)


def _account(row: Mapping[str, Any] | None) -> Account | None:
    if row is None:
        return None
    email = row.get("contact", "") if row["email"].startswith("oidc|") else row["email"]
    return Account(str(row["_id"]), email, row.get("password_hash", ""))


def _chunk(row: Mapping[str, Any]) -> Chunk:
    return Chunk.model_validate({key: value for key, value in row.items() if key in Chunk.model_fields})
