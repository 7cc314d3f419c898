"""The log of changes: written once, never changed, and gone with the person."""

from collections.abc import Mapping, Sequence
from typing import Any

from bson import ObjectId
from pymongo import DESCENDING

from backend.adapters.mongo.connection import Database, call, forms_of
from backend.ports import Change


class MongoChanges:
    def __init__(self, database: Database) -> None:
        self._changes = database.changes

    async def add(self, user_id: str, changes: Sequence[Change]) -> None:
        rows = [change._asdict() | {"_id": ObjectId(change.id), "user_id": user_id} for change in changes]
        for row in rows:
            del row["id"]
        if rows:
            await call(self._changes.insert_many(rows))

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[Change]:
        query: dict[str, Any] = {"user_id": user_id}
        if after:
            query["_id"] = {"$lt": forms_of(after)[-1]}
        rows = await call(self._changes.find(query).sort("_id", DESCENDING).limit(limit).to_list(limit))
        return [_change(row) for row in rows]


def _change(row: Mapping[str, Any]) -> Change:
    return Change(str(row["_id"]), row["at"], row["by"], row["kind"], row["subject"], row["action"])
