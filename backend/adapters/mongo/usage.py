"""What runs cost, and the ledger of a month. Numbers alone, so in the clear: they are summed and compared here."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from bson import ObjectId
from pymongo import ASCENDING, DESCENDING
from pymongo.errors import DuplicateKeyError

from backend.adapters.mongo.connection import Database, call, forms_of
from backend.domain.usage import MICRO, UsageRecord, micro
from backend.ports import Clock, Spending


class MongoUsage:
    def __init__(self, database: Database) -> None:
        self._usage = database.usage

    async def add(self, user_id: str, record: UsageRecord) -> None:
        row = record.model_dump(exclude={"id"}) | {"_id": ObjectId(record.id), "user_id": user_id}
        await call(self._usage.insert_one(row))

    async def between(self, user_id: str, start: datetime, end: datetime) -> Sequence[UsageRecord]:
        query = {"user_id": user_id, "at": {"$gte": start, "$lt": end}}
        return [_record(row) for row in await call(self._usage.find(query).sort("_id", ASCENDING).to_list(None))]

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[UsageRecord]:
        query: dict[str, Any] = {"user_id": user_id}
        if after:
            query["_id"] = {"$lt": forms_of(after)[-1]}
        rows = await call(self._usage.find(query).sort("_id", DESCENDING).limit(limit).to_list(limit))
        return [_record(row) for row in rows]


class MongoLedger:
    """One row for each person and month. `used` is what is spent and held together, in micro-dollars; each step is one write
    of one row, which MongoDB makes whole, so no two runs can be let in by the same dollar."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._ledger, self._clock = database.ledger, clock

    async def hold(
        self, user_id: str, month: str, run_id: str, amount: float, budget: float | None, lasts: float = 3600.0
    ) -> bool:
        one = _one(user_id, month)
        await self._open(user_id, month)
        await self._give_back(one)
        held = {"amount": micro(amount), "until": self._now() + lasts}
        query = one if budget is None else one | {"used": {"$lt": micro(budget)}}
        change = {"$inc": {"used": held["amount"]}, "$set": {f"holds.{run_id}": held}}
        return bool((await call(self._ledger.update_one(query, change))).matched_count)

    async def settle(self, user_id: str, month: str, run_id: str, spent: float) -> None:
        await self._open(user_id, month)
        row = await call(self._ledger.find_one(_one(user_id, month))) or {}
        held = row.get("holds", {}).get(run_id)
        cost = micro(spent)
        if held is not None and await self._release(_one(user_id, month), run_id, held["amount"], cost):
            return
        await call(self._ledger.update_one(_one(user_id, month), {"$inc": {"used": cost, "spent": cost}}))

    async def of(self, user_id: str, month: str) -> Spending:
        await self._give_back(_one(user_id, month))
        row = await call(self._ledger.find_one(_one(user_id, month))) or {}
        spent = row.get("spent", 0)
        return Spending(spent / MICRO, (row.get("used", 0) - spent) / MICRO)

    def _now(self) -> int:
        """In whole seconds: the embedded server keeps a date that an update wrote as text."""
        return round(self._clock.now().timestamp())

    async def _open(self, user_id: str, month: str) -> None:
        if await call(self._ledger.find_one(_one(user_id, month), {"_id": 1})) is None:
            fresh = {
                "_id": f"{user_id}:{month}",
                "user_id": user_id,
                "month": month,
                "used": 0,
                "spent": 0,
                "holds": {},
            }
            with suppress(DuplicateKeyError):  # opened by another request at the same moment
                await call(self._ledger.insert_one(fresh))

    async def _give_back(self, one: Mapping[str, Any]) -> None:
        row = await call(self._ledger.find_one(one)) or {}
        now = self._now()
        for run_id, held in row.get("holds", {}).items():
            if held["until"] < now:
                await self._release(one, run_id, held["amount"], 0)

    async def _release(self, one: Mapping[str, Any], run_id: str, amount: int, cost: int) -> bool:
        """Whether the hold was still there; it is given back once."""
        change = {"$unset": {f"holds.{run_id}": ""}, "$inc": {"used": cost - amount, "spent": cost}}
        query = {**one, f"holds.{run_id}.amount": amount}
        return bool((await call(self._ledger.update_one(query, change))).matched_count)


def _one(user_id: str, month: str) -> dict[str, Any]:
    return {"_id": f"{user_id}:{month}", "user_id": user_id}


def _record(row: Mapping[str, Any]) -> UsageRecord:
    known = {name: row[name] for name in UsageRecord.model_fields if name in row}
    return UsageRecord.model_validate(known | {"id": str(row["_id"])})
