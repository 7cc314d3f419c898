"""Resumes: the portfolio's documents as it keeps them, `user_id` and `_id` as text or ObjectId, soft deletes by `deleted`."""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bson import ObjectId
from pymongo import DESCENDING

from backend.adapters.mongo.connection import Database, call, forms_of, refused
from backend.adapters.mongo.vault import SEALED, MongoVault
from backend.domain.stored_shape import BOOKKEEPING
from backend.ports import Clock, Ids, ResumeVersion, StoredResume

_NAME, _VERSIONS = "resumes", "resume_versions"
_KEPT = ("_id", "user_id", "createdDate", "deleted")
_VERSION_OWN = ("_id", "user_id", "resume_id", "number", "saved")


class MongoResumes:
    def __init__(self, database: Database, clock: Clock, ids: Ids, vault: MongoVault) -> None:
        self._resumes, self._versions, self._people = database.resumes, database.resume_versions, database.people
        self._chunks, self._clock, self._ids, self._vault = database.chunks, clock, ids, vault

    async def add(self, user_id: str, document: Mapping[str, Any]) -> StoredResume:
        now, id_ = self._clock.now(), ObjectId(self._ids.new_id())
        ours = {"_id": id_, "user_id": user_id, "createdDate": now, "updatedDate": now, "deleted": False}
        own = _own(document)
        await call(self._resumes.insert_one(await self._vault.closed(user_id, _NAME, str(id_), own) | ours))
        return _stored(own | ours)

    async def get(self, user_id: str, resume_id: str) -> StoredResume | None:
        row = await call(self._resumes.find_one(_of(user_id) | {"_id": {"$in": forms_of(resume_id)}}))
        return await self._opened(user_id, row) if row else None

    async def latest(self, user_id: str) -> StoredResume | None:
        rows = await self.list(user_id, 1)
        return rows[0] if rows else None

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[StoredResume]:
        query = _of(user_id)
        if after:
            query |= await self._after(user_id, after)
        rows = await call(self._resumes.find(query).sort("_id", DESCENDING).limit(limit).to_list(limit))
        return [await self._opened(user_id, row) for row in rows]

    async def replace(self, user_id: str, resume_id: str, document: Mapping[str, Any]) -> StoredResume | None:
        query: dict[str, Any] = _of(user_id) | {"_id": {"$in": forms_of(resume_id)}}
        own = _own(document)
        while known := await call(self._resumes.find_one(query)):
            number = known.get("version", 1)
            await self._keep_version(user_id, known, number)
            kept: dict[str, Any] = {name: known[name] for name in _KEPT if name in known}
            ours = kept | {"updatedDate": self._clock.now(), "version": number + 1}
            row = await self._vault.closed(user_id, _NAME, str(known["_id"]), own) | ours
            # Only over what was read: what somebody else wrote meanwhile becomes a version of its own first.
            result = await call(self._resumes.replace_one(query | {"version": known.get("version")}, row))
            if result.matched_count:
                return _stored(own | ours)
        return None

    async def delete(self, user_id: str, resume_id: str) -> bool:
        change = {"$set": {"deleted": True, "updatedDate": self._clock.now()}}
        query = _of(user_id) | {"_id": {"$in": forms_of(resume_id)}}
        result = await call(self._resumes.update_one(query, change))
        return bool(result.matched_count)

    async def versions(self, user_id: str, resume_id: str) -> Sequence[ResumeVersion]:
        query = {"user_id": user_id, "resume_id": resume_id}
        rows = await call(self._versions.find(query).sort("number", DESCENDING).to_list(None))
        opened = [(row, await self._vault.opened(user_id, _VERSIONS, str(row["_id"]), row)) for row in rows]
        return [ResumeVersion(row["number"], row["saved"], _plain(_without(o, _VERSION_OWN))) for row, o in opened]

    async def master(self, user_id: str) -> str | None:
        row = await call(self._people.find_one({"_id": user_id}))
        return row.get("master") if row else None

    async def set_master(self, user_id: str, resume_id: str) -> None:
        await call(self._people.update_one({"_id": user_id}, {"$set": {"master": resume_id}}, upsert=True))

    async def _keep_version(self, user_id: str, known: Mapping[str, Any], number: int) -> None:
        resume_id = str(known["_id"])
        id_ = f"{resume_id}:{number}"
        opened = await self._vault.opened(user_id, _NAME, resume_id, known)
        content = _without(opened, (*_KEPT, "updatedDate", "version"))
        row = await self._vault.closed(user_id, _VERSIONS, id_, _plain(content))
        row |= {"_id": id_, "user_id": user_id, "resume_id": resume_id, "number": number}
        row["saved"] = _plain(known.get("updatedDate") or known.get("createdDate") or self._clock.now())
        await call(self._versions.replace_one({"_id": id_, "user_id": user_id}, row, upsert=True))

    async def _opened(self, user_id: str, row: Mapping[str, Any]) -> StoredResume:
        return _stored(await self._vault.opened(user_id, _NAME, str(row["_id"]), row))

    async def users(self) -> Sequence[str]:
        kept = self._resumes.find(
            {"deleted": {"$ne": True}}, {"user_id": 1}
        )  # the embedded server's distinct loses some
        rows = await call(kept.to_list(None)) + await call(self._chunks.find({}, {"user_id": 1}).to_list(None))
        return sorted({str(row["user_id"]) for row in rows if row.get("user_id")})

    async def _after(self, user_id: str, id_: str) -> dict[str, Any]:
        """What is sorted below this id: MongoDB's order is ObjectIds, then text."""
        owner = {"user_id": {"$in": forms_of(user_id)}}
        row = await call(self._resumes.find_one(owner | {"_id": {"$in": forms_of(id_)}}, {"_id": 1}))
        last = row["_id"] if row else forms_of(id_)[-1]
        if isinstance(last, str):
            return {"_id": {"$lt": last}}
        return {"$or": [{"_id": {"$lt": last}}, {"_id": {"$type": "string"}}]}


def _of(user_id: str) -> dict[str, Any]:
    """The one place where a query of resumes is scoped to its user; portfolios write the id as text or as an ObjectId."""
    return {"user_id": {"$in": forms_of(user_id)}, "deleted": {"$ne": True}}


def _own(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document without the fields that are ours to write. What could not be sent back as JSON is not taken."""
    ours = (*BOOKKEEPING, "_id", "id", "version", SEALED)
    own = {str(key): value for key, value in document.items() if key not in ours}
    try:
        json.dumps(own, allow_nan=False, default=str)
    except (ValueError, TypeError, RecursionError) as error:
        raise refused() from error
    return own


def _without(row: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _stored(row: Mapping[str, Any]) -> StoredResume:
    document = {key: _plain(value) for key, value in row.items() if key not in ("_id", "version")}
    return StoredResume(str(row["_id"]), document, row.get("version", 1))


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
