"""Anthropic's Message Batches: what is asked together, answered later and in any order.

As the vendor does it: a batch is in progress for a while, its counts move only when all of it has ended, and the results are
lines of JSON that name the request they are of.
"""

import json
import random
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from time import monotonic
from typing import Any

from backend.tests.standin.answers import Answer, RecordedRequest, Responder
from backend.tests.standin.faults import Cut, Drop, Garbled, Hang, Status, Unrun, error_body, reply_to
from backend.tests.standin.messages import message
from backend.tests.standin.prompt_cache import PromptCache, measure

PATH = "/v1/messages/batches"
_CUSTOM_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_ORDER = random.Random(7)
_KINDS = ("succeeded", "errored", "canceled", "expired")


@dataclass
class MadeBatch:
    """A batch as it was created. `requests` are its items, as they were sent."""

    id: str
    requests: list[dict[str, Any]]
    created: datetime
    ends: float
    cancelled: datetime | None = None
    results: list[dict[str, Any]] | None = None

    @property
    def models(self) -> set[str]:
        return {str(request["params"].get("model")) for request in self.requests}


@dataclass
class Batches:
    """`seconds` is how long a batch takes. `refusals` are what the next creations end with, in order; of `lost` creations the
    batch is made, and the answer never comes."""

    seconds: float = 0.0
    refusals: deque[Status | Drop] = field(default_factory=deque)
    lost: int = 0
    made: list[MadeBatch] = field(default_factory=list)
    _numbers: Any = field(default_factory=lambda: count(1))

    def answer(self, method: str, path: str, raw: bytes, responder: Responder, cache: PromptCache) -> Any:
        """A status that says what is wrong, a Drop, a JSON value, or the bytes of the results."""
        name, _, action = path.removeprefix(PATH).strip("/").partition("/")
        if not name:
            return self._create(raw) if method == "POST" else self._list()
        batch = next((made for made in self.made if made.id == name), None)
        if batch is None:
            return Status(404, message=f"There is no batch {name}.")
        if action == "cancel" and method == "POST":
            if batch.cancelled is None and monotonic() < batch.ends:
                batch.cancelled, batch.ends = datetime.now(UTC), min(batch.ends, monotonic() + 0.02)
        elif action == "results":
            if monotonic() < batch.ends:
                return Status(404, message="The batch has not ended.")
            return b"".join(json.dumps(line).encode() + b"\n" for line in self._results(batch, responder, cache))
        if monotonic() >= batch.ends:
            self._results(batch, responder, cache)
        return self._shown(batch)

    def _create(self, raw: bytes) -> Any:
        if self.refusals:
            return self.refusals.popleft()
        try:
            requests = json.loads(raw)["requests"]
        except (ValueError, LookupError):
            return Status(400, message="requests: Field required")
        names = [request.get("custom_id", "") for request in requests]
        if not names or len(set(names)) != len(names) or not all(map(_CUSTOM_ID.fullmatch, names)):
            return Status(400, message="requests: each needs a custom_id of its own, of 1 to 64 of a-zA-Z0-9_-")
        batch = MadeBatch(
            f"msgbatch_{next(self._numbers):024d}", requests, datetime.now(UTC), monotonic() + self.seconds
        )
        self.made.append(batch)
        if self.lost:
            self.lost -= 1
            return Drop()
        return self._shown(batch)

    def _list(self) -> dict[str, Any]:
        shown = [self._shown(batch) for batch in reversed(self.made)]
        ends = {"first_id": shown[0]["id"], "last_id": shown[-1]["id"]} if shown else {}
        return {"data": shown, "has_more": False, "first_id": None, "last_id": None} | ends

    def _results(self, batch: MadeBatch, responder: Responder, cache: PromptCache) -> list[dict[str, Any]]:
        if batch.results is None:
            batch.results = [_result(request, batch, responder, cache) for request in batch.requests]
            _ORDER.shuffle(batch.results)
        return batch.results

    def _shown(self, batch: MadeBatch) -> dict[str, Any]:
        ended = batch.results is not None
        kinds = [line["result"]["type"] for line in batch.results or ()]
        counts = {kind: kinds.count(kind) for kind in _KINDS}
        waiting = "canceling" if batch.cancelled else "in_progress"
        return {
            "id": batch.id,
            "type": "message_batch",
            "processing_status": "ended" if ended else waiting,
            "request_counts": {"processing": 0 if ended else len(batch.requests), **counts},
            "created_at": batch.created.isoformat(),
            "expires_at": (batch.created + timedelta(hours=24)).isoformat(),
            "ended_at": datetime.now(UTC).isoformat() if ended else None,
            "cancel_initiated_at": batch.cancelled.isoformat() if batch.cancelled else None,
            "archived_at": None,
            "results_url": f"{PATH}/{batch.id}/results" if ended else None,
        }


def _result(
    request: dict[str, Any], batch: MadeBatch, responder: Callable[[RecordedRequest], Answer], cache: PromptCache
) -> dict[str, Any]:
    """One line: what the responder says of it, or why it was not answered."""
    asked = RecordedRequest(PATH, request["params"], {})
    answer: Answer = Unrun("canceled") if batch.cancelled else responder(asked)
    if isinstance(answer, Unrun):
        result: dict[str, Any] = {"type": answer.kind}
    elif isinstance(answer, Status):
        result = {"type": "errored", "error": error_body(PATH, answer)}
    elif isinstance(answer, Drop | Hang | Cut | Garbled):
        result = {"type": "errored", "error": error_body(PATH, Status(500))}
    else:
        prompt = measure(asked.body)
        body = message(asked.model, reply_to(answer), cache.usage(prompt))
        cache.remember(prompt)
        body["usage"]["service_tier"] = "batch"
        result = {"type": "succeeded", "message": body}
    return {"custom_id": request["custom_id"], "result": result}
