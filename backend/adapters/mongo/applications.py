"""Applications: sealed, but for what they are filtered by."""

from collections.abc import Mapping, Sequence
from typing import Any

from bson import ObjectId
from pymongo import DESCENDING

from backend.adapters.mongo.connection import Database, call, forms_of
from backend.adapters.mongo.vault import MongoVault
from backend.domain.application import Application, ApplicationStatus

_NAME = "applications"
_LABELS = ("status", "revision")
"""What is stored in the clear."""


class MongoApplications:
    def __init__(self, database: Database, vault: MongoVault) -> None:
        self._applications, self._vault = database.applications, vault

    async def add(self, user_id: str, application: Application) -> None:
        row = await self._closed(user_id, application)
        await call(self._applications.insert_one(row | {"_id": ObjectId(application.id)}))

    async def get(self, user_id: str, application_id: str) -> Application | None:
        row = await call(self._applications.find_one(_one(user_id, application_id)))
        return await self._opened(user_id, row) if row else None

    async def list(
        self, user_id: str, limit: int, after: str | None = None, status: ApplicationStatus | None = None
    ) -> Sequence[Application]:
        query: dict[str, Any] = {"user_id": user_id}
        if status:
            query["status"] = status
        if after:
            query["_id"] = {"$lt": forms_of(after)[-1]}
        rows = await call(self._applications.find(query).sort("_id", DESCENDING).limit(limit).to_list(limit))
        return [await self._opened(user_id, row) for row in rows]

    async def replace(self, user_id: str, application: Application, revision: int) -> bool:
        query = _one(user_id, application.id) | {"revision": revision}
        result = await call(self._applications.replace_one(query, await self._closed(user_id, application)))
        return bool(result.matched_count)

    async def delete(self, user_id: str, application_id: str) -> bool:
        return bool((await call(self._applications.delete_one(_one(user_id, application_id)))).deleted_count)

    async def _closed(self, user_id: str, application: Application) -> dict[str, Any]:
        content = application.model_dump(mode="json", exclude=set(_LABELS))
        row = await self._vault.closed(user_id, _NAME, application.id, content)
        return row | {name: getattr(application, name) for name in _LABELS} | {"user_id": user_id}

    async def _opened(self, user_id: str, row: Mapping[str, Any]) -> Application:
        content = await self._vault.opened(user_id, _NAME, str(row["_id"]), row)
        return Application.model_validate({name: content[name] for name in Application.model_fields if name in content})


def _one(user_id: str, application_id: str) -> dict[str, Any]:
    return {"user_id": user_id, "_id": {"$in": forms_of(application_id)}}
