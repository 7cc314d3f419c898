"""Every operation of the API with right and wrong requests: `python -m backend.tests.fuzz.api [COUNT] [SECONDS] [SEED]`.

The service runs on loopback with its embedded parts. No request may end in a server error, nor in an answer that OpenAPI
does not describe (status, media type, headers, body), nor get in where a token is needed. Exit code 1 otherwise, and when
there were fewer than COUNT cases.
"""

import asyncio
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import schemathesis
import uvicorn
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure
from schemathesis.engine import Status, events, from_schema

from backend.adapters.system import SystemClock
from backend.app import create_app
from backend.container import Parts
from backend.errors import InvalidInput
from backend.ports import Page
from backend.security.tokens import Tokens
from backend.tests.http.service import MANY, SECRET, settings_for

COUNT, SECONDS, SEED = 5_000, 600, 1
USER = "64b0000000000000000000aa"
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
    "ignored_auth",
    "unsupported_method",
)
LIMITS = ("extract_rate_limit", "runs_rate_limit")


class NoPages:
    """No page is fetched: the requests of a fuzzer are nobody else's business."""

    async def fetch(self, url: str) -> Page:
        raise InvalidInput(f"There is no page at {url[:50]!r}.")


def without_pages(parts: Parts) -> Parts:
    return replace(parts, pages=NoPages())


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The service in a thread of its own; its address."""
    settings = settings_for(folder, stream_lifetime=1.0, **dict.fromkeys(LIMITS, MANY.replace("1000", "1000000")))
    settings = settings.model_copy(update=dict.fromkeys(("auth_rate_limit", "tailor_rate_limit"), "1000000/minute"))
    app = create_app(settings, without_pages)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
        if not thread.is_alive():
            raise RuntimeError("The service did not start.")
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)


def config_for(count: int, seconds: int, seed: int, operations: int) -> SchemathesisConfig:
    tokens = Tokens((SECRET,), timedelta(days=1), timedelta(days=1), SystemClock())
    checks: dict[str, Any] = {"enabled": False} | {name: {"enabled": True} for name in CHECKS}
    return SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "max-time": seconds,
            "continue-on-failure": True,
            "request-timeout": 30,
            "max-stream-events": 5,
            "headers": {"Authorization": f"Bearer {tokens.access(USER)}"},
            "checks": checks,
            "generation": {"mode": "all", "max-examples": max(5, count // operations), "no-shrink": True},
            "phases": {"stateful": {"enabled": True, "generation": {"max-examples": max(5, count // 100)}}},
        }
    )


_UNREAD = b"Invalid HTTP request received."
"""Said by uvicorn of what it cannot read."""


@dataclass
class Tally:
    cases: Counter[str] = field(default_factory=Counter)
    phases: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    failures: dict[str, tuple[int, str]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    stopped: str = ""

    def add(self, event: events.EngineEvent) -> None:
        if isinstance(event, events.ScenarioFinished):
            self._add_scenario(event)
        elif isinstance(event, events.NonFatalError):
            self.errors.append(f"{event.label}: {event.value!r:.300}")
        elif isinstance(event, events.FatalError):
            self.errors.append(f"{event.exception!r:.300}")
        elif isinstance(event, events.EngineFinished):
            self.stopped = str(event.stop_reason)

    def _add_scenario(self, event: events.ScenarioFinished) -> None:
        for id_, interaction in event.recorder.interactions.items():
            if interaction.response is None:
                self.errors.append(f"{event.recorder.label}: no answer to {interaction.request.uri[:200]}")
                continue
            case = event.recorder.cases[id_].value
            self.cases[case.operation.label] += 1
            self.phases[event.phase.name] += 1
            self.statuses[interaction.response.status_code] += 1
        for id_, checks in event.recorder.checks.items():
            for check in checks:
                if check.status == Status.FAILURE and check.failure_info is not None and _is_its_own(event, id_):
                    self._add_failure(event, id_, check.name, check.failure_info.failure)

    def _add_failure(self, event: events.ScenarioFinished, id_: str, check: str, failure: Failure) -> None:
        asked = event.recorder.cases[id_].value
        name = f"{check}: {asked.method} {asked.path}: {failure.title}: {failure.message[:300]}"
        count, example = self.failures.get(name, (0, ""))
        if not example and (interaction := event.recorder.interactions.get(id_)) and interaction.response:
            sent = interaction.request
            body = (interaction.response.content or b"")[:300]
            example = f"{sent.method} {sent.uri[:300]} {(sent.body or b'')[:300]!r} -> {interaction.response.status_code} {body!r}"
        self.failures[name] = (count + 1, example)

    def show(self, seconds: float) -> None:
        total = sum(self.cases.values())
        print(f"\n{total:,} cases on {len(self.cases)} operations in {seconds:.0f} s ({self.stopped})")
        print("by phase   " + "  ".join(f"{name.lower()} {number:,}" for name, number in self.phases.most_common()))
        print("by status  " + "  ".join(f"{status}: {number:,}" for status, number in sorted(self.statuses.items())))
        print("fewest     " + "  ".join(f"{name} {number}" for name, number in self.cases.most_common()[:-6:-1]))
        for name, (number, example) in self.failures.items():
            print(f"\nFAILED {number} times: {name}\n  {example}")
        for error in self.errors:
            print(f"ERROR {error}")
        print(f"\n{len(self.failures)} kinds of failure, {len(self.errors)} errors")


def _is_its_own(event: events.ScenarioFinished, id_: str) -> bool:
    """Whether a request came to the operation it was made for: an id that is empty, or ".", leads to another, and a header that is
    none never comes to us."""
    case, interaction = event.recorder.cases[id_].value, event.recorder.interactions.get(id_)
    if interaction is None:
        return True
    if interaction.response and interaction.response.content == _UNREAD:
        return False
    pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(case.operation.path))
    return re.fullmatch(pattern, urlsplit(interaction.request.uri).path) is not None


def main(count: int = COUNT, seconds: int = SECONDS, seed: int = SEED) -> int:
    """0 when nothing was found in at least `count` cases on every operation."""
    started, tally = time.perf_counter(), Tally()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as url:
        plain = schemathesis.openapi.from_url(f"{url}/openapi.json", config=SchemathesisConfig.from_dict({}))
        labels = {found.ok().label for found in plain.get_all_operations()}
        config = config_for(count, seconds, seed, len(labels))
        schema = schemathesis.openapi.from_url(f"{url}/openapi.json", config=config)
        for event in from_schema(schema).execute():
            tally.add(event)
    tally.show(time.perf_counter() - started)
    missed = labels - set(tally.cases)
    if missed:
        print(f"never asked: {', '.join(sorted(missed))}")
    few = sum(tally.cases.values()) < count
    return 1 if tally.failures or tally.errors or missed or few else 0


if __name__ == "__main__":
    sys.exit(main(*(int(given) for given in sys.argv[1:4])))
