"""Links to tailored resumes. The token of a link is not kept: it can be told to be ours without."""

from collections.abc import Mapping, Sequence
from typing import Any

from bson import ObjectId
from pymongo import DESCENDING

from backend.adapters.mongo.connection import Database, call, forms_of
from backend.ports import Share


class MongoShares:
    def __init__(self, database: Database) -> None:
        self._shares = database.shares

    async def add(self, user_id: str, share: Share) -> None:
        row = share._asdict() | {"_id": ObjectId(share.id), "user_id": user_id}
        del row["id"]
        await call(self._shares.insert_one(row))

    async def shared(self, share_id: str) -> Share | None:
        row = await call(self._shares.find_one({"_id": {"$in": forms_of(share_id)}}))
        return _share(row) if row else None

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[Share]:
        query: dict[str, Any] = {"user_id": user_id}
        if after:
            query["_id"] = {"$lt": forms_of(after)[-1]}
        rows = await call(self._shares.find(query).sort("_id", DESCENDING).limit(limit).to_list(limit))
        return [_share(row) for row in rows]

    async def delete(self, user_id: str, share_id: str) -> bool:
        query = {"user_id": user_id, "_id": {"$in": forms_of(share_id)}}
        return bool((await call(self._shares.delete_one(query))).deleted_count)


def _share(row: Mapping[str, Any]) -> Share:
    return Share(str(row["_id"]), row["user_id"], row["tailoring_id"], row["created"], row["expires"])
