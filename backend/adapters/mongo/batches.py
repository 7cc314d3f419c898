"""Batches of runs. Ids and numbers alone, so in the clear; what each run is about is with the run."""

from collections.abc import Mapping, Sequence
from typing import Any

from bson import ObjectId
from pymongo import DESCENDING
from pymongo.errors import DuplicateKeyError

from backend.adapters.mongo.connection import Database, call, forms_of
from backend.domain.batch import TailoringBatch


class MongoBatches:
    def __init__(self, database: Database) -> None:
        self._batches = database.batches

    async def add(self, batch: TailoringBatch) -> bool:
        row = batch.model_dump(exclude={"id"}) | {"_id": ObjectId(batch.id), "run_ids": list(batch.run_ids)}
        try:
            await call(self._batches.insert_one(row))
        except DuplicateKeyError:
            return False
        return True

    async def get(self, user_id: str, batch_id: str) -> TailoringBatch | None:
        row = await call(self._batches.find_one({"user_id": user_id, "_id": {"$in": forms_of(batch_id)}}))
        return _batch(row) if row else None

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[TailoringBatch]:
        query: dict[str, Any] = {"user_id": user_id}
        if after:
            query["_id"] = {"$lt": forms_of(after)[-1]}
        rows = await call(self._batches.find(query).sort("_id", DESCENDING).limit(limit).to_list(limit))
        return [_batch(row) for row in rows]


def _batch(row: Mapping[str, Any]) -> TailoringBatch:
    known = {name: row[name] for name in TailoringBatch.model_fields if name in row}
    return TailoringBatch.model_validate(known | {"id": str(row["_id"])})
