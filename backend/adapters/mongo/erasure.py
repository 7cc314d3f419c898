"""Everything that is kept of a person: the one list of the collections that hold it, to export and to erase them by.

Order of an erasure. First a mark, so that what a crash cut short is found at the next start. Then the key: from there on
nothing that was sealed can be read, in a backup neither, whatever happens next; nothing that follows needs it. Then the
rows, and last of them the account and the sessions: until then the same request can be sent again.
"""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from pymongo.errors import DuplicateKeyError

from backend.adapters.mongo.connection import Database, call, forms_of
from backend.adapters.mongo.vault import MongoVault
from backend.errors import Tampered
from backend.ports import Clock


class Owned(NamedTuple):
    """A collection of people's rows. `by` is the field with the person's id; `file` is "" for secrets, and for what an export holds in
    another way; `secret` fields stay out of an export."""

    collection: str
    file: str
    about: str
    by: str = "user_id"
    secret: tuple[str, ...] = ()


PERSONAL = (
    Owned("resumes", "resumes.json", "Your resumes, those that you deleted too."),
    Owned("resume_versions", "resume_versions.json", "What your resumes were before each change."),
    Owned("uploads", "", "The files that you uploaded. An export has them as they were."),
    Owned("chunks", "content_library.json", "Your content library."),
    Owned("voice", "voice.json", "Examples of how you write, and what you said of lines written for you."),
    Owned("jobs", "jobs.json", "Job advertisements that you keep."),
    Owned("tailorings", "tailorings.json", "Every tailoring, with its resume, its edits and their evidence."),
    Owned("runs", "runs.json", "Tailorings in the background, and what came of them."),
    Owned("run_requests", "run_requests.json", "What was asked of runs that have not ended, and of plans."),
    Owned("batches", "batches.json", "Tailorings that you started together."),
    Owned("run_steps", "run_steps.json", "Answers kept of runs under way, so that none is paid for twice."),
    Owned("idempotency", "requests.json", "Answers kept for a day, to be given again to the same request."),
    Owned("applications", "applications.json", "Your applications, with their notes and history."),
    Owned("shares", "shares.json", "Links that you gave out. Their tokens are not kept."),
    Owned("usage", "usage.json", "What each run cost."),
    Owned("ledger", "spending.json", "What you spent in each month, in millionths of a US dollar."),
    Owned("changes", "changes.json", "What was changed, when and by whom."),
    Owned("people", "preferences.json", "Which resume is your master.", by="_id"),
    Owned("keys", "", "The key that seals what you keep.", by="_id"),
    Owned(
        "accounts", "account.json", "Your account, without the password's hash.", by="_id", secret=("password_hash",)
    ),
    Owned("sessions", "sessions.json", "Where you are logged in.", secret=("turn",)),
)
"""Deleted in this order."""
NOT_PERSONAL = ("erasures",)
"""Erasures themselves: whose has begun, and for a day, by a hash of the id, that it ended."""
_REMEMBERED = timedelta(days=1)
"""Longer than any run takes that might still write what it found."""
_BATCH = 200


async def nothing() -> None:
    """Where no files are ours to rewrite."""


@dataclass(frozen=True)
class MongoPersonalData:
    database: Database
    vault: MongoVault
    clock: Clock
    scrub: Callable[[], Awaitable[None]] = nothing
    """Rewrites the embedded databases' files without what was deleted. A server's own files are the server's."""

    def files(self) -> Mapping[str, str]:
        return {owned.file: owned.about for owned in PERSONAL if owned.file}

    async def rows(self, user_id: str, file: str) -> AsyncIterator[Sequence[Mapping[str, Any]]]:
        owned = next(owned for owned in PERSONAL if owned.file == file)
        cursor = self.database[owned.collection].find(_of(owned, user_id)).sort("_id", 1)
        while batch := await call(cursor.to_list(_BATCH)):
            yield [await self._readable(owned, user_id, row) for row in batch]

    async def begin_erasure(self, user_id: str) -> None:
        mark = {"$set": {"begun": _ms(self.clock.now())}}
        await call(self.database.erasures.update_one({"_id": user_id}, mark, upsert=True))
        await self.vault.forget(user_id)

    async def erase(self, user_id: str) -> None:
        for owned in PERSONAL:
            await call(self.database[owned.collection].delete_many(_of(owned, user_id)))
        await self.vault.forget(user_id)  # one that was made meanwhile
        await self._remember(user_id)
        await self.scrub()
        await call(self.database.erasures.delete_one({"_id": user_id}))
        await self.scrub()  # the mark too, which had to stay until the first was done

    async def unfinished(self) -> Sequence[str]:
        rows = await call(self.database.erasures.find({"begun": {"$exists": True}}, {"_id": 1}).to_list(None))
        return [str(row["_id"]) for row in rows]

    async def erased_since(self, user_id: str, moment: datetime) -> bool:
        marks = {"_id": {"$in": [user_id, _hashed(user_id)]}}
        rows = await call(self.database.erasures.find(marks).to_list(None))
        # One under way may have passed by what is being written now, whenever that was begun.
        return any("begun" in row or row["ended"] >= _ms(moment) for row in rows)

    async def _remember(self, user_id: str) -> None:
        now, id_ = self.clock.now(), _hashed(user_id)
        await call(self.database.erasures.delete_one({"_id": id_}))
        with suppress(DuplicateKeyError):  # another erasure of the same person, at the same moment
            row = {"_id": id_, "ended": _ms(now), "expires": now + _REMEMBERED}
            await call(self.database.erasures.insert_one(row))

    async def _readable(self, owned: Owned, user_id: str, row: Mapping[str, Any]) -> dict[str, Any]:
        try:
            opened = await self.vault.opened(user_id, owned.collection, str(row["_id"]), row)
        except Tampered as error:  # the rest is theirs all the same
            opened = {"_id": row["_id"], "unreadable": error.detail}
        return {name: value for name, value in opened.items() if name not in owned.secret}


def _of(owned: Owned, user_id: str) -> dict[str, Any]:
    return {owned.by: {"$in": forms_of(user_id)}}


def _ms(moment: datetime) -> int:
    """As a number: the embedded server keeps a date that an update wrote as text."""
    return round(moment.timestamp() * 1_000)


def _hashed(user_id: str) -> str:
    return hashlib.sha256(f"erased:{user_id}".encode()).hexdigest()
