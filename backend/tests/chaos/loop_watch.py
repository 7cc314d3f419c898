"""A pytest plugin: how long each turn of the event loop keeps the loop from everything else, and what it did meanwhile.

What counts is the time in which the loop's thread was on a core, or waited for something: the time in which it was ready to
run and the machine did something else is taken off (the kernel's schedstat tells), and so is the garbage collector's. Turns
hold the code of tests beside the code under test, as both live on one loop; so a thread of its own looks at the stack every
few milliseconds, and a turn's time is ours by the share of these looks that had product code on the stack.
"""

import asyncio
import gc
import json
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

LIMIT = 0.050
_EVERY = 0.003
_OURS, _TESTS = str(Path(__file__).parents[2]), str(Path(__file__).parents[1])
_START_UP = ("open_container", "lifespan", "create_app", "_open_parts")
_SHOWN = 14  # frames


@dataclass
class Turn:
    began: float = 0.0
    looks: Counter[tuple[str, ...]] = field(default_factory=Counter)


class Watch:
    """Wraps what the loop calls. `report` is where the turns over the limit go, as lines of JSON."""

    def __init__(self, report: Path) -> None:
        self._report = report
        self.test = ""
        self._turn: Turn | None = None
        self._collecting, self._collected = 0.0, 0.0
        self._thread = threading.get_ident()
        self._stat = os.open(f"/proc/self/task/{threading.get_native_id()}/schedstat", os.O_RDONLY)
        self._over = threading.Event()
        self._looker = threading.Thread(target=self._look, daemon=True)
        self.turns = self.worst = 0

    @contextmanager
    def on(self) -> Iterator[None]:
        run = asyncio.events.Handle._run
        watch = self

        def watched(handle: Any) -> None:
            if threading.get_ident() != watch._thread:
                run(handle)
                return
            watch._turned(run, handle)

        asyncio.events.Handle._run = watched  # type: ignore[method-assign]
        gc.callbacks.append(self._collects)
        self._looker.start()
        try:
            yield
        finally:
            asyncio.events.Handle._run = run  # type: ignore[method-assign]
            gc.callbacks.remove(self._collects)
            self._over.set()
            self._looker.join()
            os.close(self._stat)

    def _turned(self, run: Any, handle: Any) -> None:
        waited, collected = self._waited(), self._collected
        turn = self._turn = Turn(time.perf_counter())
        try:
            run(handle)
        finally:
            took = time.perf_counter() - turn.began
            self._turn = None
            self.turns += 1
            if took > LIMIT:
                self._note(turn, took - (self._waited() - waited) - (self._collected - collected))

    def _note(self, turn: Turn, took: float) -> None:
        looks = sum(turn.looks.values())
        if took <= LIMIT or not looks:
            return
        ours = {stack: count for stack, count in turn.looks.items() if stack}
        blocked = took * sum(ours.values()) / looks
        stack = max(ours, key=lambda known: ours[known]) if ours else ()
        line = {"test": self.test, "turn": round(took, 4), "ours": round(blocked, 4), "stack": stack}
        with self._report.open("a") as report:
            report.write(json.dumps(line) + "\n")

    def _waited(self) -> float:
        """Seconds that the thread was ready to run and did not."""
        return int(os.pread(self._stat, 100, 0).split()[1]) / 1e9

    def _collects(self, phase: str, _: dict[str, int]) -> None:
        if threading.get_ident() != self._thread:
            return
        if phase == "start":
            self._collecting = time.perf_counter()
        else:
            self._collected += time.perf_counter() - self._collecting
            self._collecting = 0.0

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            turn = self._turn
            if turn is None or self._collecting or time.perf_counter() - turn.began < _EVERY:
                continue
            frame = sys._current_frames().get(self._thread)
            if frame is not None:
                turn.looks[_ours(frame)] += 1


def _ours(frame: FrameType | None) -> tuple[str, ...]:
    """The innermost frames, if they are the service's doing. They are not if a test called the code itself, rather than the
    service that it runs, and not if the service is starting up."""
    told, found, served = list[str](), False, False
    while frame is not None:
        code = frame.f_code
        name = code.co_filename
        if code.co_name in _START_UP:
            return ()
        if name.startswith(_TESTS):
            if "loop_watch" not in name and not served:
                return ()
        elif name.startswith(_OURS):
            found = True
        served = served or "/fastapi/" in name or "/starlette/" in name
        if len(told) < _SHOWN:
            told.append(f"{_short(name)}:{frame.f_lineno} {code.co_name}")
        frame = frame.f_back
    return tuple(told) if found else ()


def _short(path: str) -> str:
    if path.startswith(_OURS):
        return f"backend{path.removeprefix(_OURS)}"
    return path.rpartition("site-packages/")[2].rpartition("python3.11/")[2]


class Plugin:
    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        self._watch.test = item.nodeid
        return (yield)


def pytest_configure(config: pytest.Config) -> None:
    report = os.environ.get("LOOP_WATCH_REPORT")
    if report is None:
        return
    watching = Watch(Path(report))
    held = watching.on()
    held.__enter__()
    config.pluginmanager.register(Plugin(watching))
    config.add_cleanup(lambda: held.__exit__(None, None, None))
    config.add_cleanup(lambda: Path(f"{report}.turns").write_text(str(watching.turns)) and None)
