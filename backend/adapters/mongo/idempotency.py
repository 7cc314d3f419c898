"""Idempotency keys and what the first request with each was answered. A row is claimed by inserting it; its id is a hash of
the person, the route and the key."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from backend.adapters.mongo.connection import Database, call
from backend.adapters.mongo.vault import MongoVault
from backend.ports import Clock, KeptAnswer, KeyClaim

_NAME = "idempotency"
_KEPT = timedelta(hours=24)


class MongoIdempotency:
    def __init__(self, database: Database, vault: MongoVault, clock: Clock) -> None:
        self._keys, self._vault, self._clock = database.idempotency, vault, clock

    async def claim(self, user_id: str, key: str, fingerprint: str, made: str, lease: float) -> KeyClaim:
        now = self._clock.now()
        row: dict[str, Any] = {
            "_id": key,
            "user_id": user_id,
            "fingerprint": fingerprint,
            "made": made,
            "holder": made,
            "answered": False,
            "lease": _ms(now) + round(lease * 1_000),
            "until": _ms(now + _KEPT),
            "expires": now + _KEPT,
        }
        while True:
            with suppress(DuplicateKeyError):
                await call(self._keys.insert_one(row))
                return KeyClaim(mine=True, fingerprint=fingerprint, made=made)
            known = await call(self._keys.find_one({"_id": key, "user_id": user_id}))
            if known is None:
                continue  # forgotten between the two
            if known["until"] < _ms(now):
                await call(self._keys.delete_one({"_id": key, "user_id": user_id, "until": known["until"]}))
                continue
            return await self._known(user_id, key, known, row, _ms(now))

    async def renew(self, user_id: str, key: str, lease: float) -> None:
        until = _ms(self._clock.now()) + round(lease * 1_000)
        await call(self._keys.update_one({"_id": key, "user_id": user_id}, {"$set": {"lease": until}}))

    async def answer(self, user_id: str, key: str, answer: KeptAnswer) -> None:
        content = await self._vault.closed(user_id, _NAME, key, {"answer": answer._asdict()})
        change = {"$set": content | {"answered": True}}
        await call(self._keys.update_one({"_id": key, "user_id": user_id}, change))

    async def release(self, user_id: str, key: str, offered: str) -> None:
        query = {"_id": key, "user_id": user_id, "holder": offered, "answered": False}
        await call(self._keys.update_one(query, {"$set": {"lease": 0}}))

    async def _known(self, user_id: str, key: str, row: dict[str, Any], ours: dict[str, Any], now: int) -> KeyClaim:
        known = KeyClaim(mine=False, fingerprint=row["fingerprint"], made=row["made"])
        if row.get("answered"):
            content = await self._vault.opened(user_id, _NAME, key, row)
            return known._replace(answer=KeptAnswer(**content["answer"]))
        if row["lease"] < now:
            query = {"_id": key, "user_id": user_id, "lease": row["lease"], "answered": False}
            change = {"$set": {"lease": ours["lease"], "holder": ours["holder"]}}
            taken = await call(self._keys.find_one_and_update(query, change, return_document=ReturnDocument.AFTER))
            return known._replace(mine=taken is not None)
        return known


def _ms(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
