"""The connection, how a request is made, and what its failures mean."""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any, TypeVar

from bson import ObjectId
from bson.errors import InvalidDocument
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorDatabase
from pymongo import ASCENDING, DESCENDING
from pymongo.errors import DuplicateKeyError, PyMongoError

from backend.errors import InvalidInput, VendorUnavailable

T = TypeVar("T")
Database = AsyncIOMotorDatabase[dict[str, Any]]
_NEWEST_FIRST = ("resumes", "jobs", "tailorings", "runs", "applications", "shares", "changes", "usage")
"""Collections that are listed by their ids, which grow."""
_UNSTORABLE = (InvalidDocument, OverflowError, RecursionError, ValueError)


class Mongo:
    """The connection, and what is built on it."""

    def __init__(self, uri: str, database: str, timeout: float = 5.0) -> None:
        """`timeout` bounds each request as a whole, finding the server included; in seconds."""
        logging.getLogger("pymongo").setLevel(logging.WARNING)  # at DEBUG it quotes what is stored
        self._client: AsyncIOMotorClient[dict[str, Any]] = AsyncIOMotorClient(
            uri, timeoutMS=round(timeout * 1_000), tz_aware=True
        )
        self.database: Database = self._client[database]

    async def prepare(self) -> None:
        """Indexes; safe to repeat."""
        for name in _NEWEST_FIRST:
            await call(self.database[name].create_index([("user_id", ASCENDING), ("_id", DESCENDING)]))
        await call(self.database.chunks.create_index([("user_id", ASCENDING), ("chunk_id", DESCENDING)]))
        for label in ("source", "chunk_type", "lens"):
            listed = [("user_id", ASCENDING), (label, ASCENDING), ("chunk_id", DESCENDING)]
            await call(self.database.chunks.create_index(listed))
        newest = [("created", DESCENDING), ("_id", DESCENDING)]
        await call(self.database.voice.create_index([("user_id", ASCENDING), ("role", ASCENDING), *newest]))
        with_status = [("user_id", ASCENDING), ("status", ASCENDING), ("_id", DESCENDING)]
        await call(self.database.applications.create_index(with_status))
        await call(self.database.usage.create_index([("user_id", ASCENDING), ("at", ASCENDING)]))
        for name in ("resume_versions", "ledger"):
            await call(self.database[name].create_index("user_id"))
        for name in ("shares", "erasures"):
            await call(self.database[name].create_index("expires", expireAfterSeconds=0))
        await call(self.database.runs.create_index([("state", ASCENDING), ("lease", ASCENDING)]))
        await call(self.database.run_steps.create_index([("user_id", ASCENDING), ("run_id", ASCENDING)]))
        for passing in (self.database.run_steps, self.database.idempotency):
            await call(passing.create_index("expires", expireAfterSeconds=0))
        await call(self.database.accounts.create_index("email", unique=True))
        await call(self.database.sessions.create_index("user_id"))
        await call(self.database.sessions.create_index("expires", expireAfterSeconds=0))

    async def check(self) -> None:
        await call(self._client.admin.command("ping"))

    async def close(self) -> None:
        """In a thread: it waits for the server, and the embedded one answers on this event loop."""
        await asyncio.to_thread(self._client.close)


async def call(request: Awaitable[T]) -> T:
    try:
        return await request
    except DuplicateKeyError:
        raise
    except _UNSTORABLE as error:
        raise refused() from error
    except PyMongoError as error:
        raise VendorUnavailable("MongoDB is not available. Try again in a minute.") from error


def refused() -> InvalidInput:
    return InvalidInput(
        "The document holds something that cannot be stored: a number over 64 bits or not finite, broken Unicode, a value "
        "that is not JSON's, endless nesting, or more than 16 MB."
    )


def forms_of(id_: str) -> list[Any]:
    return [id_, ObjectId(id_)] if ObjectId.is_valid(id_) else [id_]
