"""SIGTERM to workers with work in hand: `python -m backend.tests.chaos.stops [ROUNDS]`."""

import asyncio
import signal
import sys
import time
from typing import Any

from backend.tests.chaos.farm import farm, show
from backend.tests.standin import Latency

ROUNDS, AT_ONCE, ALLOWED = 5, 4, 10.0
SLOW = {"": Latency(1.5, 0.0)}  # so that runs outlast what a worker that is told to stop waits for


async def measure(rounds: int) -> bool:
    took: list[float] = []
    handed_back = ended = 0
    async with farm(lease=15.0, at_once=AT_ONCE, latency=SLOW) as found:
        total = rounds * AT_ONCE
        for number in range(rounds):
            await found.hire()
            await found.start_runs(AT_ONCE, first=number * AT_ONCE)
            await _held(found.rows, AT_ONCE)
            worker = found.workers.pop()
            began = time.monotonic()
            worker.send(signal.SIGTERM)
            await worker.process.wait()
            took.append(time.monotonic() - began)
            states = await found.states()
            handed_back += states["queued"] > 0
            ended += states["running"] == 0
        await found.hire()
        done = await found.ended(total, 120 + 5 * total)
        states = await found.states()
    lost = total - states["succeeded"]
    show(
        f"{rounds} times SIGTERM to a worker with {AT_ONCE} runs in hand",
        [
            ("longest until it was gone, s", f"{max(took):.2f}", f"<= {ALLOWED:g}"),
            ("rounds after which nothing was still held", ended, str(rounds)),
            ("rounds that handed something back", handed_back, ""),
            ("runs lost, stuck or failed", lost, "0"),
        ],
    )
    return done and lost == 0 and max(took) <= ALLOWED and ended == rounds


async def _held(rows: Any, count: int) -> None:
    async with asyncio.timeout(30):
        while await rows.count_documents({"state": "running"}) < count:  # noqa: ASYNC110 - it is another process's
            await asyncio.sleep(0.1)


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)) else 1)
