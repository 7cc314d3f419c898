"""Runs per second with 1, 2 and 4 workers: `python -m backend.tests.chaos.scaling [ROUNDS] [MILLISECONDS]`.

The vendor takes as long for every call, long enough that workers mostly wait. Each worker gets the same number of runs to
do, as many rounds of what it works on at once, after a round to warm up.
"""

import asyncio
import sys
from typing import NamedTuple

from backend.tests.chaos.farm import Farm, farm, show
from backend.tests.chaos.servers import machine_time, processor_time
from backend.tests.standin import Latency

ROUNDS, MILLISECONDS = 5, 2_000
WORKERS, AT_ONCE = (1, 2, 4), 4
LEAST = 0.9


class Speed(NamedTuple):
    """`ours` is CPU seconds a run; the shares are of the whole machine's CPU."""

    rate: float
    ours: float
    workers: float
    machine: float


async def measure(rounds: int, milliseconds: int) -> bool:
    found = {count: await _speed(count, rounds, milliseconds / 1_000) for count in WORKERS}
    one = found[WORKERS[0]].rate
    rows: list[tuple[str, object, str]] = []
    good = True
    for count, speed in found.items():
        share = speed.rate / (one * count)
        wanted = f">= {LEAST:g}" if count > 1 else ""
        good = good and share >= LEAST
        rows += [
            (f"{count} workers: runs per second", f"{speed.rate:.3f}", ""),
            (f"{count} workers: of linear", f"{share:.3f}", wanted),
            (f"{count} workers: CPU of a run, ms", f"{1_000 * speed.ours:.0f}", ""),
            (f"{count} workers: share of the machine's CPU, workers", f"{speed.workers:.0%}", ""),
            (
                f"{count} workers: share of the machine's CPU, all on it",
                f"{speed.machine:.0%}",
                "< 90%, else no measure",
            ),
        ]
    show(f"{rounds} rounds of {AT_ONCE} runs a worker, {milliseconds} ms a call of the vendor", rows)
    return good


async def _speed(workers: int, rounds: int, latency: float) -> Speed:
    async with farm(lease=15.0, at_once=AT_ONCE, latency={"": Latency(latency, 0.0)}) as found:
        await found.hire(workers)
        warm = workers * AT_ONCE
        await found.start_runs(warm)
        await _done(found, warm)
        pids = [worker.process.pid for worker in found.workers]
        ours, (busy, there) = sum(map(processor_time, pids)), machine_time()
        count = workers * AT_ONCE * rounds
        await found.start_runs(count, first=warm)
        await _done(found, warm + count)
        ours, (busy_after, there_after) = sum(map(processor_time, pids)) - ours, machine_time()
        rows = await found.rows.find({}).sort("_id", 1).to_list(None)
        begun = min(row["started"] for row in rows[warm:])
        over = max(row["finished"] for row in rows[warm:])
        there = there_after - there
        return Speed(1_000 * count / (over - begun), ours / count, ours / there, (busy_after - busy) / there)


async def _done(found: Farm, count: int) -> None:
    if not await found.ended(count, 900):
        raise TimeoutError(f"{await found.states()}: not ended in 15 minutes")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(0 if asyncio.run(measure(*(given + [ROUNDS, MILLISECONDS][len(given) :]))) else 1)
