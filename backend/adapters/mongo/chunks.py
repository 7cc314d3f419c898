"""The content library."""

from collections.abc import Mapping, Sequence
from typing import Any

from pymongo import ASCENDING, DESCENDING, UpdateOne

from backend.adapters.mongo.connection import Database, call
from backend.adapters.mongo.vault import MongoVault
from backend.domain.content import Chunk
from backend.ports import ChunkFilter

_NAME = "chunks"
_LABELS = ("lens", "chunk_type", "source")
"""What is stored in the clear, to filter by."""


class MongoChunks:
    def __init__(self, database: Database, vault: MongoVault) -> None:
        self._chunks, self._vault = database.chunks, vault

    async def put(self, user_id: str, chunks: Sequence[Chunk]) -> None:
        writes = [
            UpdateOne({"_id": row["_id"]}, {"$set": row}, upsert=True) for row in await self._rows(user_id, chunks)
        ]
        if writes:
            await call(self._chunks.bulk_write(writes, ordered=False))

    async def get_many(self, user_id: str, ids: Sequence[str]) -> Sequence[Chunk]:
        rows = await call(self._chunks.find({"user_id": user_id, "chunk_id": {"$in": list(ids)}}).to_list(None))
        return [await self._opened(user_id, row) for row in rows]

    async def all(self, user_id: str) -> Sequence[Chunk]:
        rows = await call(self._chunks.find({"user_id": user_id}).sort("_id", ASCENDING).to_list(None))
        return [await self._opened(user_id, row) for row in rows]

    async def list(self, user_id: str, limit: int, after: str | None, where: ChunkFilter) -> Sequence[Chunk]:
        query: dict[str, Any] = {"user_id": user_id}
        query |= {name: value for name, value in where._asdict().items() if value}
        if after:
            query["chunk_id"] = {"$lt": after}
        rows = await call(self._chunks.find(query).sort("chunk_id", DESCENDING).limit(limit).to_list(limit))
        return [await self._opened(user_id, row) for row in rows]

    async def delete(self, user_id: str, ids: Sequence[str]) -> int:
        query = {"user_id": user_id, "chunk_id": {"$in": list(ids)}}
        return int((await call(self._chunks.delete_many(query))).deleted_count)

    async def _rows(self, user_id: str, chunks: Sequence[Chunk]) -> Sequence[dict[str, Any]]:
        rows = []
        for chunk in chunks:
            id_ = f"{user_id}:{chunk.id}"
            content = chunk.model_dump(mode="json", exclude=set(_LABELS))
            row = await self._vault.closed(user_id, _NAME, id_, content)
            labels = {name: getattr(chunk, name) for name in _LABELS}
            # The id first: the embedded server looks for it there.
            rows.append({"_id": id_, "user_id": user_id, "chunk_id": chunk.id, **labels, **row})
        return rows

    async def _opened(self, user_id: str, row: Mapping[str, Any]) -> Chunk:
        content = await self._vault.opened(user_id, _NAME, row["_id"], row)
        return Chunk.model_validate({name: value for name, value in content.items() if name in Chunk.model_fields})
