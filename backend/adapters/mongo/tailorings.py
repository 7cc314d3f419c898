"""Records of runs."""

from collections.abc import Mapping, Sequence
from typing import Any

from bson import ObjectId
from pymongo import DESCENDING
from pymongo.errors import DuplicateKeyError

from backend.adapters.mongo.connection import Database, call, forms_of
from backend.adapters.mongo.vault import MongoVault
from backend.domain.tailoring import Tailoring

_NAME = "tailorings"


class MongoTailorings:
    """A record is written once, whole, at the end of its run: there is never half of one."""

    def __init__(self, database: Database, vault: MongoVault) -> None:
        self._tailorings, self._vault = database.tailorings, vault

    async def add(self, tailoring: Tailoring) -> bool:
        row = await self._vault.closed(tailoring.user_id, _NAME, tailoring.id, tailoring.model_dump(mode="json"))
        row |= {"_id": ObjectId(tailoring.id), "user_id": tailoring.user_id, "created": tailoring.created}
        try:
            await call(self._tailorings.insert_one(row))
        except DuplicateKeyError:
            return False
        return True

    async def get(self, user_id: str, tailoring_id: str) -> Tailoring | None:
        row = await call(self._tailorings.find_one({"user_id": user_id, "_id": {"$in": forms_of(tailoring_id)}}))
        return await self._opened(user_id, row) if row else None

    async def replace(self, tailoring: Tailoring) -> bool:
        row = await self._vault.closed(tailoring.user_id, _NAME, tailoring.id, tailoring.model_dump(mode="json"))
        row |= {"user_id": tailoring.user_id, "created": tailoring.created}
        query = {"user_id": tailoring.user_id, "_id": {"$in": forms_of(tailoring.id)}}
        return bool((await call(self._tailorings.replace_one(query, row))).matched_count)

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[Tailoring]:
        query: dict[str, Any] = {"user_id": user_id}
        if after:
            query["_id"] = {"$lt": forms_of(after)[-1]}
        rows = await call(self._tailorings.find(query).sort("_id", DESCENDING).limit(limit).to_list(limit))
        return [await self._opened(user_id, row) for row in rows]

    async def _opened(self, user_id: str, row: Mapping[str, Any]) -> Tailoring:
        content = await self._vault.opened(user_id, _NAME, str(row["_id"]), row)
        return Tailoring.model_validate({name: value for name, value in content.items() if name != "_id"})
