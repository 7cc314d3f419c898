"""Runs in the background.

Their state, their times and who holds them are in the clear, all else is sealed. Times are whole milliseconds: the embedded
server compares dates that an update wrote as text. Every write of a worker names the takeover it holds, so one that has
lost its lease writes nothing. What a run came to is settled in one write; filing it where it belongs comes after that, and
may be repeated by anybody.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from bson import ObjectId
from pymongo import ASCENDING, DESCENDING, ReturnDocument
from pymongo.errors import DuplicateKeyError

from backend.adapters.mongo.connection import Database, call, forms_of
from backend.adapters.mongo.vault import SEALED, MongoVault
from backend.domain.run_state import (
    Claimed,
    PlanResult,
    RunProblem,
    RunRequest,
    RunState,
    StageTiming,
    TailoringRun,
)
from backend.domain.tailoring import Tailoring
from backend.ports import Clock, TailoringRepository, Waiting

_NAME = "runs"
_CLEAR = ("kind", "state", "priority", "deadline", "takeover")
_SEALED = ("title", "inputs", "problem", "plan_result")


class MongoRuns:
    def __init__(self, database: Database, vault: MongoVault, clock: Clock) -> None:
        self._runs, self._vault, self._clock = database.runs, vault, clock

    async def add(self, run: TailoringRun, request: RunRequest) -> bool:
        content = run.model_dump(mode="json", include=set(_SEALED)) | {"request": request.model_dump(mode="json")}
        row = await self._vault.closed(run.user_id, _NAME, run.id, content)
        row |= run.model_dump(include=set(_CLEAR))
        row |= {"_id": ObjectId(run.id), "user_id": run.user_id, "created": _ms(run.created), "stages": []}
        row["settled"] = False
        try:
            await call(self._runs.insert_one(row))
        except DuplicateKeyError:
            return False
        return True

    async def get(self, user_id: str, run_id: str) -> TailoringRun | None:
        row = await call(self._runs.find_one(_one(user_id, run_id)))
        return await self._opened(row) if row else None

    async def request(self, user_id: str, run_id: str) -> RunRequest | None:
        row = await call(self._runs.find_one(_one(user_id, run_id)))
        asked = (await self._content(row)).get("request") if row else None
        return RunRequest.model_validate(asked) if asked else None

    async def list(
        self, user_id: str, limit: int, after: str | None = None, states: Sequence[RunState] = ()
    ) -> Sequence[TailoringRun]:
        query: dict[str, Any] = {"user_id": user_id}
        if states:
            query["state"] = {"$in": list(states)}
        if after:
            query["_id"] = {"$lt": forms_of(after)[-1]}
        rows = await call(self._runs.find(query).sort("_id", DESCENDING).limit(limit).to_list(limit))
        return [await self._opened(row) for row in rows]

    async def claim(self, user_id: str, run_id: str, worker: str, lease: float) -> Claimed | None:
        now = _ms(self._clock.now())
        free = {"$or": [{"state": "queued"}, {"state": "running", "lease": {"$lt": now}}]}
        query = _one(user_id, run_id) | {"settled": False} | free
        change: dict[str, Any] = {"$set": {"state": "running", "lease": now + _milli(lease), "worker": worker}}
        change["$inc"] = {"takeover": 1}
        row = await call(self._runs.find_one_and_update(query, change, return_document=ReturnDocument.AFTER))
        if row is None:
            return None
        if row.get("started") is None:
            await call(self._runs.update_one(_held(row), {"$set": {"started": now}}))
            row["started"] = now
        content = await self._content(row)
        return Claimed(run=_run(row, content), request=RunRequest.model_validate(content["request"]))

    async def renew(self, run: TailoringRun, lease: float, stages: Sequence[StageTiming]) -> bool:
        until = _ms(self._clock.now()) + _milli(lease)
        return await self._change(run, {"$set": {"lease": until, "stages": _plain(stages)}})

    async def hand_back(self, run: TailoringRun, stages: Sequence[StageTiming]) -> bool:
        change = {"$set": {"state": "queued", "stages": _plain(stages)}, "$unset": {"lease": "", "worker": ""}}
        return await self._change(run, change)

    async def settle(
        self, run: TailoringRun, outcome: Tailoring | PlanResult | RunProblem, stages: Sequence[StageTiming]
    ) -> bool:
        content = run.model_dump(mode="json", include=set(_SEALED))
        found = outcome.model_dump(mode="json")
        if isinstance(outcome, Tailoring):
            content["result"] = found
        elif isinstance(outcome, RunProblem):
            content["problem"] = found
        else:
            request = await self.request(run.user_id, run.id)
            content |= {"plan_result": found, "request": request.model_dump(mode="json") if request else None}
        row = await self._vault.closed(run.user_id, _NAME, run.id, content)
        row["settled_by"] = run.takeover
        row["becomes"] = "failed" if isinstance(outcome, RunProblem) else "succeeded"
        row |= {"settled": True, "stages": _plain(stages), "finished": _ms(self._clock.now())}
        change: dict[str, Any] = {"$set": row}
        if SEALED not in row and "request" not in row:
            change["$unset"] = {"request": ""}
        return await self._change(run, change)

    async def finish(self, user_id: str, run_id: str, records: TailoringRepository) -> TailoringRun | None:
        query = _one(user_id, run_id) | {"state": "running", "settled": True}
        row = await call(self._runs.find_one(query))
        if row is None:
            return None
        content = await self._content(row)
        result = content.pop("result", None)
        if result is not None:
            with suppress(DuplicateKeyError):  # filed before, by somebody who got no further
                await records.add(Tailoring.model_validate(result))
        kept = {name: content[name] for name in (*_SEALED, "request") if name in content}
        closed = await self._vault.closed(user_id, _NAME, run_id, kept)
        let_go = {"lease": "", "worker": ""} | ({} if SEALED in closed else {"result": ""})
        change = {"$set": closed | {"state": row["becomes"]}, "$unset": let_go}
        if not (await call(self._runs.update_one(query, change))).matched_count:
            return None
        return _run(row | {"state": row["becomes"]}, content)

    async def cancel(self, user_id: str, run_id: str) -> bool:
        query = _one(user_id, run_id) | {"state": {"$in": ["queued", "running"]}, "settled": False}
        change = {
            "$set": {"state": "cancelled", "finished": _ms(self._clock.now())},
            "$inc": {"takeover": 1},
            "$unset": {"lease": "", "worker": ""},
        }
        return bool((await call(self._runs.update_one(query, change))).matched_count)

    async def abandoned(self, limit: int) -> Sequence[Waiting]:
        return await self._named({"state": "running", "lease": {"$lt": _ms(self._clock.now())}}, limit)

    async def waiting(self, limit: int) -> Sequence[Waiting]:
        return await self._named({"state": "queued"}, limit)

    async def _named(self, query: Mapping[str, Any], limit: int) -> Sequence[Waiting]:
        rows = await call(
            self._runs.find(query, {"user_id": 1, "priority": 1}).sort("_id", ASCENDING).limit(limit).to_list(limit)
        )
        return [Waiting(row["user_id"], str(row["_id"]), row["priority"]) for row in rows]

    async def _change(self, run: TailoringRun, change: Mapping[str, Any]) -> bool:
        row = {"_id": ObjectId(run.id), "user_id": run.user_id, "takeover": run.takeover}
        return bool((await call(self._runs.update_one(_held(row), change))).matched_count)

    async def _content(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return await self._vault.opened(row["user_id"], _NAME, str(row["_id"]), row)

    async def _opened(self, row: Mapping[str, Any]) -> TailoringRun:
        return _run(row, await self._content(row))


def _run(row: Mapping[str, Any], content: Mapping[str, Any]) -> TailoringRun:
    values = {name: row[name] for name in (*_CLEAR, "user_id", "stages")}
    values |= {name: _moment(row.get(name)) for name in ("created", "started", "finished")}
    values |= {name: content[name] for name in _SEALED if name in content}
    if row["state"] != "succeeded":
        values.pop("plan_result", None)
    if row["state"] != "failed":
        values.pop("problem", None)
    return TailoringRun.model_validate(values | {"id": str(row["_id"])})


def _one(user_id: str, run_id: str) -> dict[str, Any]:
    return {"user_id": user_id, "_id": {"$in": forms_of(run_id)}}


def _held(row: Mapping[str, Any]) -> dict[str, Any]:
    """The run while it is held by this very takeover, and nothing has come of it yet."""
    return {
        "_id": row["_id"],
        "user_id": row["user_id"],
        "state": "running",
        "takeover": row["takeover"],
        "settled": False,
    }


def _plain(stages: Sequence[StageTiming]) -> list[dict[str, Any]]:
    return [stage.model_dump() for stage in stages]


def _milli(seconds: float) -> int:
    return round(seconds * 1_000)


def _ms(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
