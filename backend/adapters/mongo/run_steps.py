"""The answers that runs have paid for, each a row of its own, so that keeping one never waits for another."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from pymongo.errors import DuplicateKeyError

from backend.adapters.mongo.connection import Database, call
from backend.adapters.mongo.vault import MongoVault
from backend.ports import Clock

_NAME = "run_steps"
_KEPT = timedelta(days=7)
"""For a run that nobody takes up again; those of runs that end are dropped with them."""


class MongoRunSteps:
    def __init__(self, database: Database, vault: MongoVault, clock: Clock) -> None:
        self._steps, self._vault, self._clock = database.run_steps, vault, clock

    async def steps(self, user_id: str, run_id: str) -> Mapping[str, Mapping[str, Any]]:
        rows = await call(self._steps.find({"user_id": user_id, "run_id": run_id}).to_list(None))
        found = {}
        for row in rows:
            content = await self._vault.opened(user_id, _NAME, row["_id"], row)
            found[row["key"]] = content["step"]
        return found

    async def keep(self, user_id: str, run_id: str, key: str, step: Mapping[str, Any]) -> None:
        id_ = f"{run_id}:{key}"
        row = await self._vault.closed(user_id, _NAME, id_, {"step": dict(step)})
        row |= {"_id": id_, "user_id": user_id, "run_id": run_id, "key": key, "expires": self._clock.now() + _KEPT}
        with suppress(DuplicateKeyError):
            await call(self._steps.insert_one(row))

    async def drop(self, user_id: str, run_id: str) -> None:
        await call(self._steps.delete_many({"user_id": user_id, "run_id": run_id}))
