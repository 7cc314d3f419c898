"""Examples of how people write, and what they said of lines written for them."""

from collections.abc import Mapping, Sequence
from typing import Any

from pymongo import DESCENDING

from backend.adapters.mongo.connection import Database, call
from backend.adapters.mongo.vault import MongoVault
from backend.domain.voice import VoiceEntry, VoiceKind

_NAME = "voice"
_CLEAR = ("role", "kind")
"""What is stored in the clear, to filter by."""


class MongoVoice:
    def __init__(self, database: Database, vault: MongoVault) -> None:
        self._entries, self._vault = database[_NAME], vault

    async def put(self, user_id: str, entry: VoiceEntry) -> None:
        id_ = _key(user_id, entry.id)
        content = entry.model_dump(mode="json", exclude={*_CLEAR, "id", "created"})
        row = await self._vault.closed(user_id, _NAME, id_, content)
        row |= {"_id": id_, "user_id": user_id, "entry_id": entry.id, "created": entry.created}
        row |= {name: getattr(entry, name) for name in _CLEAR}
        await call(self._entries.replace_one({"_id": id_}, row, upsert=True))

    async def get_many(self, user_id: str, ids: Sequence[str]) -> Sequence[VoiceEntry]:
        query = {"user_id": user_id, "_id": {"$in": [_key(user_id, id_) for id_ in ids]}}
        return [await self._opened(user_id, row) for row in await call(self._entries.find(query).to_list(None))]

    async def list(
        self, user_id: str, limit: int, after: str | None = None, *, role: str = "", kinds: Sequence[VoiceKind] = ()
    ) -> Sequence[VoiceEntry]:
        query: dict[str, Any] = {"user_id": user_id}
        if role:
            query["role"] = role
        if kinds:
            query["kind"] = {"$in": list(kinds)}
        if after and (last := await call(self._entries.find_one({"_id": _key(user_id, after)}, {"created": 1}))):
            older = {"created": last["created"], "_id": {"$lt": last["_id"]}}
            query["$or"] = [{"created": {"$lt": last["created"]}}, older]
        elif after:
            return ()
        newest = [("created", DESCENDING), ("_id", DESCENDING)]
        rows = await call(self._entries.find(query).sort(newest).limit(limit).to_list(limit))
        return [await self._opened(user_id, row) for row in rows]

    async def delete(self, user_id: str, entry_id: str) -> bool:
        query = {"user_id": user_id, "_id": _key(user_id, entry_id)}
        return bool((await call(self._entries.delete_one(query))).deleted_count)

    async def count(self, user_id: str, role: str) -> int:
        return int(await call(self._entries.count_documents({"user_id": user_id, "role": role})))

    async def _opened(self, user_id: str, row: Mapping[str, Any]) -> VoiceEntry:
        content = await self._vault.opened(user_id, _NAME, row["_id"], row)
        known = {name: value for name, value in content.items() if name in VoiceEntry.model_fields}
        return VoiceEntry.model_validate(known | {"id": row["entry_id"]})


def _key(user_id: str, entry_id: str) -> str:
    return f"{user_id}:{entry_id}"
