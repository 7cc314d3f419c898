"""Runs in the background.

Their state, their times and who holds them are in the clear, all else is sealed. Times are whole milliseconds: the embedded
server compares dates that an update wrote as text. What was asked, which holds a whole resume, is a row of its own: lists
and counts of runs need not read it. Every write of a worker names the takeover it holds, so one that has
lost its lease writes nothing. What a run came to is settled in one write; filing it where it belongs comes after that, and
may be repeated by anybody.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from bson import ObjectId
from pymongo import ASCENDING, DESCENDING
from pymongo.errors import DuplicateKeyError

from backend.adapters.mongo.connection import Database, call, forms_of
from backend.adapters.mongo.vault import SEALED, MongoVault
from backend.domain.batch import BatchCounts
from backend.domain.run_state import (
    ENDED,
    Claimed,
    Lane,
    PlanResult,
    RunProblem,
    RunRequest,
    RunState,
    StageTiming,
    TailoringRun,
)
from backend.domain.tailoring import Tailoring
from backend.ports import Clock, TailoringRepository, Waiting

_NAME, _ASKED = "runs", "run_requests"
_CLEAR = ("kind", "state", "priority", "lane", "batch_id", "batch_size", "deadline", "takeover")
_LATER = {"lane": "usual", "batch_id": "", "batch_size": 0}
"""Fields that rows of an earlier version have not."""
_SEALED = ("title", "inputs", "problem", "plan_result")
_AT_ONCE = 20  # rows


class MongoRuns:
    def __init__(self, database: Database, vault: MongoVault, clock: Clock) -> None:
        self._runs, self._requests = database.runs, database.run_requests
        self._vault, self._clock = vault, clock

    async def add(self, run: TailoringRun, request: RunRequest) -> bool:
        row = await self._row(run)
        with suppress(DuplicateKeyError):  # a request that was cut short before it had kept the run
            await call(self._requests.insert_one(await self._request_row(run, request)))
        try:
            await call(self._runs.insert_one(row))
        except DuplicateKeyError:
            return False
        return True

    async def add_all(self, user_id: str, runs: Sequence[tuple[TailoringRun, RunRequest]]) -> None:
        for start in range(0, len(runs), _AT_ONCE):
            some = runs[start : start + _AT_ONCE]
            query = {"user_id": user_id, "_id": {"$in": [ObjectId(run.id) for run, _ in some]}}
            found = await call(self._runs.find(query, {"_id": 1}).to_list(None))
            known = {str(row["_id"]) for row in found}
            fresh = [(run, request) for run, request in some if run.id not in known]
            asked = [await self._request_row(run, request) for run, request in fresh if not run.ended]
            if asked:
                await call(
                    self._requests.delete_many({"user_id": user_id, "_id": {"$in": [row["_id"] for row in asked]}})
                )
                await call(self._requests.insert_many(asked))
            if fresh:
                await call(self._runs.insert_many([await self._row(run) for run, _ in fresh]))

    async def _request_row(self, run: TailoringRun, request: RunRequest) -> dict[str, Any]:
        row = await self._vault.closed(run.user_id, _ASKED, run.id, {"request": request.model_dump(mode="json")})
        return row | {"_id": run.id, "user_id": run.user_id}

    async def _row(self, run: TailoringRun) -> dict[str, Any]:
        content = run.model_dump(mode="json", include=set(_SEALED))
        row = await self._vault.closed(run.user_id, _NAME, run.id, content)
        row |= run.model_dump(include=set(_CLEAR))
        row |= {"_id": ObjectId(run.id), "user_id": run.user_id, "created": _ms(run.created), "stages": []}
        row["settled"] = run.ended
        if run.finished:
            row["finished"] = _ms(run.finished)
        return row

    async def get(self, user_id: str, run_id: str) -> TailoringRun | None:
        row = await call(self._runs.find_one(_one(user_id, run_id)))
        return await self._opened(row) if row else None

    async def request(self, user_id: str, run_id: str) -> RunRequest | None:
        asked = await call(self._requests.find_one({"_id": run_id, "user_id": user_id}))
        if asked is not None:
            content = await self._vault.opened(user_id, _ASKED, run_id, asked)
            return RunRequest.model_validate(content["request"])
        row = await call(self._runs.find_one(_one(user_id, run_id)))
        found = (await self._content(row)).get("request") if row else None  # as an earlier version kept it
        return RunRequest.model_validate(found) if found else None

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
        row = await call(self._runs.find_one(_one(user_id, run_id)))
        now = _ms(self._clock.now())
        if row is None or row["settled"] or not (row["state"] == "queued" or _abandoned(row, now)):
            return None
        request = await self.request(user_id, run_id)
        if request is None:
            return None
        # As it was seen: whoever else takes it up, renews or cancels it at the same moment changes one of these.
        seen = _held(row) | {"state": row["state"]} | ({"lease": row["lease"]} if "lease" in row else {})
        taken = {"state": "running", "lease": now + _milli(lease), "worker": worker}
        taken |= {"takeover": row["takeover"] + 1, "started": row.get("started") or now}
        if not (await call(self._runs.update_one(seen, {"$set": taken}))).matched_count:
            return None
        row |= taken
        return Claimed(run=_run(row, await self._content(row)), request=request)

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
            content["plan_result"] = found
        row = await self._vault.closed(run.user_id, _NAME, run.id, content)
        row["settled_by"] = run.takeover
        row["becomes"] = "failed" if isinstance(outcome, RunProblem) else "succeeded"
        row |= {"settled": True, "stages": _plain(stages), "finished": _ms(self._clock.now())}
        change: dict[str, Any] = {"$set": row}
        if not isinstance(outcome, PlanResult) and SEALED not in row:
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
            await records.add(Tailoring.model_validate(result))  # or filed before, by somebody who got no further
        kept = {name: content[name] for name in (*_SEALED, "request") if name in content}
        closed = await self._vault.closed(user_id, _NAME, run_id, kept)
        let_go = {"lease": "", "worker": ""} | ({} if SEALED in closed else {"result": ""})
        change = {"$set": closed | {"state": row["becomes"]}, "$unset": let_go}
        if not content.get("plan_result"):
            await self._forget(user_id, run_id)
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
        cancelled = bool((await call(self._runs.update_one(query, change))).matched_count)
        if cancelled:
            await self._forget(user_id, run_id)
        return cancelled

    async def _forget(self, user_id: str, run_id: str) -> None:
        """What was asked of a run that has ended."""
        await call(self._requests.delete_one({"_id": run_id, "user_id": user_id}))

    async def abandoned(self, limit: int, lane: Lane = "usual") -> Sequence[Waiting]:
        late = {"state": "running", "lease": {"$lt": _ms(self._clock.now())}}
        return await self._named(late | _in(lane), limit)

    async def waiting(self, limit: int, lane: Lane = "usual") -> Sequence[Waiting]:
        return await self._named({"state": "queued"} | _in(lane), limit)

    async def counts(self, user_id: str, batch_id: str) -> BatchCounts:
        cursor = self._runs.find({"user_id": user_id, "batch_id": batch_id}, {"state": 1})
        return BatchCounts.model_validate(Counter(row["state"] for row in await call(cursor.to_list(None))))

    async def ended(
        self, user_id: str, batch_id: str, limit: int, after: str | None = None
    ) -> Sequence[tuple[str, TailoringRun]]:
        query: dict[str, Any] = {"user_id": user_id, "batch_id": batch_id, "state": {"$in": list(ENDED)}}
        moment, _, last = (after or "").partition("-")
        if moment.isdecimal() and ObjectId.is_valid(last):
            same = {"finished": int(moment), "_id": {"$lt": ObjectId(last)}}
            query["$or"] = [{"finished": {"$lt": int(moment)}}, same]
        order = [("finished", DESCENDING), ("_id", DESCENDING)]
        rows = await call(self._runs.find(query).sort(order).limit(limit).to_list(limit))
        return [(f"{row['finished']}-{row['_id']}", await self._opened(row)) for row in rows]

    async def unended(self, user_id: str, batch_id: str) -> Sequence[str]:
        query = {"user_id": user_id, "batch_id": batch_id, "state": {"$nin": list(ENDED)}}
        rows = await call(self._runs.find(query, {"_id": 1}).to_list(None))
        return [str(row["_id"]) for row in rows]

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
    values = _LATER | {name: row[name] for name in (*_CLEAR, "user_id", "stages") if name in row}
    values |= {name: _moment(row.get(name)) for name in ("created", "started", "finished")}
    values |= {name: content[name] for name in _SEALED if name in content}
    if row["state"] != "succeeded":
        values.pop("plan_result", None)
    if row["state"] != "failed":
        values.pop("problem", None)
    return TailoringRun.model_validate(values | {"id": str(row["_id"])})


def _one(user_id: str, run_id: str) -> dict[str, Any]:
    return {"user_id": user_id, "_id": {"$in": forms_of(run_id)}}


def _in(lane: Lane) -> dict[str, Any]:
    return {"lane": lane} if lane != "usual" else {"lane": {"$in": ["usual", None]}}


def _abandoned(row: Mapping[str, Any], now: int) -> bool:
    return bool(row["state"] == "running" and row.get("lease", now) < now)


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
