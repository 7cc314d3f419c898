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

from backend.errors import InvalidInput, StoreUnavailable

T = TypeVar("T")
Database = AsyncIOMotorDatabase[dict[str, Any]]
_NEWEST_FIRST = ("resumes", "jobs", "tailorings", "runs", "batches", "applications", "shares", "changes", "usage")
"""Collections that are listed by their ids, which grow."""
_WHOLE = 10.0  # seconds
_UNSTORABLE = (InvalidDocument, OverflowError, RecursionError, ValueError)


class Mongo:
    """The connection, and what is built on it."""

    def __init__(self, uri: str, database: str, timeout: float = 5.0) -> None:
        """`timeout` is how long an answer is waited for; finding the server, connecting and waiting for a connection take at most
        half as long each. In seconds.

        Why not the driver's `timeoutMS` over all of these: a request that has waited for long is then left with too little time
        to connect, the driver takes that for a server that is gone and closes all connections, and so all wait anew. Once busy,
        it does not come out of that for as long as anybody asks. And the server is asked how it is when somebody needs
        it: over a stream, which is the default, the driver may hear of it ten seconds later.
        """
        logging.getLogger("pymongo").setLevel(logging.WARNING)  # at DEBUG it quotes what is stored
        milliseconds = round(timeout * 1_000)
        self._client: AsyncIOMotorClient[dict[str, Any]] = AsyncIOMotorClient(
            uri,
            socketTimeoutMS=milliseconds,
            connectTimeoutMS=milliseconds // 2,
            serverSelectionTimeoutMS=milliseconds // 2,
            waitQueueTimeoutMS=milliseconds // 2,
            serverMonitoringMode="poll",
            tz_aware=True,
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
        for name in ("resume_versions", "ledger", "uploads", "run_requests"):
            await call(self.database[name].create_index("user_id"))
        for name in ("shares", "erasures"):
            await call(self.database[name].create_index("expires", expireAfterSeconds=0))
        await call(self.database.runs.create_index([("state", ASCENDING), ("lease", ASCENDING)]))
        of_batch = [("user_id", ASCENDING), ("batch_id", ASCENDING), ("finished", DESCENDING), ("_id", DESCENDING)]
        await call(self.database.runs.create_index(of_batch))
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
    """Within `_WHOLE` seconds, over all that the driver tries."""
    try:
        async with asyncio.timeout(_WHOLE):
            return await request
    except DuplicateKeyError:
        raise
    except _UNSTORABLE as error:
        raise refused() from error
    except (PyMongoError, TimeoutError) as error:
        raise StoreUnavailable("MongoDB is not available. Try again in a minute.") from error


def refused() -> InvalidInput:
    return InvalidInput(
        "The document holds something that cannot be stored: a number over 64 bits or not finite, broken Unicode, a value "
        "that is not JSON's, endless nesting, or more than 16 MB."
    )


def forms_of(id_: str) -> list[Any]:
    return [id_, ObjectId(id_)] if ObjectId.is_valid(id_) else [id_]
