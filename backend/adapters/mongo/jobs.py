"""Job advertisements that people keep."""

from collections.abc import Mapping, Sequence
from typing import Any

from bson import ObjectId
from pymongo import DESCENDING

from backend.adapters.mongo.connection import Database, call, forms_of
from backend.adapters.mongo.vault import MongoVault
from backend.domain.posting import Posting
from backend.ports import Clock, Ids, StoredJob

_NAME = "jobs"


class MongoJobs:
    def __init__(self, database: Database, clock: Clock, ids: Ids, vault: MongoVault) -> None:
        self._jobs, self._clock, self._ids, self._vault = database.jobs, clock, ids, vault

    async def add(self, user_id: str, posting: Posting) -> StoredJob:
        now, id_ = self._clock.now().isoformat(), self._ids.new_id()
        row = await self._closed(user_id, id_, posting)
        await call(
            self._jobs.insert_one(row | {"_id": ObjectId(id_), "user_id": user_id, "created": now, "updated": now})
        )
        return StoredJob(id_, now, now, posting)

    async def get(self, user_id: str, job_id: str) -> StoredJob | None:
        row = await call(self._jobs.find_one(_one(user_id, job_id)))
        return await self._opened(user_id, row) if row else None

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[StoredJob]:
        query: dict[str, Any] = {"user_id": user_id}
        if after:
            query["_id"] = {"$lt": forms_of(after)[-1]}
        rows = await call(self._jobs.find(query).sort("_id", DESCENDING).limit(limit).to_list(limit))
        return [await self._opened(user_id, row) for row in rows]

    async def replace(self, user_id: str, job_id: str, posting: Posting) -> StoredJob | None:
        known = await call(self._jobs.find_one(_one(user_id, job_id), {"created": 1}))
        if known is None:
            return None
        id_, updated = str(known["_id"]), self._clock.now().isoformat()
        row = await self._closed(user_id, id_, posting)
        row |= {"user_id": user_id, "created": known["created"], "updated": updated}
        result = await call(self._jobs.replace_one({"user_id": user_id, "_id": known["_id"]}, row))
        return StoredJob(id_, known["created"], updated, posting) if result.matched_count else None

    async def delete(self, user_id: str, job_id: str) -> bool:
        return bool((await call(self._jobs.delete_one(_one(user_id, job_id)))).deleted_count)

    async def _closed(self, user_id: str, id_: str, posting: Posting) -> dict[str, Any]:
        return await self._vault.closed(user_id, _NAME, id_, posting.model_dump(mode="json"))

    async def _opened(self, user_id: str, row: Mapping[str, Any]) -> StoredJob:
        content = await self._vault.opened(user_id, _NAME, str(row["_id"]), row)
        posting = Posting.model_validate(
            {name: value for name, value in content.items() if name in Posting.model_fields}
        )
        return StoredJob(str(row["_id"]), row["created"], row["updated"], posting)


def _one(user_id: str, job_id: str) -> dict[str, Any]:
    return {"user_id": user_id, "_id": {"$in": forms_of(job_id)}}
