"""kill -9 of a worker at random moments: `python -m backend.tests.chaos.kills [RUNS] [KILLS] [SEED]`."""

import asyncio
import random
import signal
import sys
import time
from typing import Any

from backend.tests.chaos.farm import USER, Farm, farm, show

RUNS, KILLS, LEASE, WORKERS = 100, 20, 3.0, 3


async def measure(runs: int, kills: int, seed: int) -> bool:
    chance = random.Random(seed)
    reclaimed: list[float] = []
    watching: set[asyncio.Task[None]] = set()
    async with farm(LEASE) as found:
        await found.hire(WORKERS)
        began, ids = time.monotonic(), list[str]()
        for number in range(kills):
            share = runs * (number + 1) // kills - len(ids)
            ids += await found.start_runs(share, first=len(ids))
            await asyncio.sleep(chance.uniform(0.1, 2.0))
            while len(found.workers) < 2:  # noqa: ASYNC110 - hired beside this
                await asyncio.sleep(0.1)
            victim = chance.choice(found.workers)
            found.workers.remove(victim)
            held = await found.rows.find({"state": "running", "worker": victim.name}).to_list(None)
            victim.send(signal.SIGKILL)
            await victim.process.wait()
            for task in (found.hire(), *(_watch(found, row, reclaimed) for row in held)):
                watching.add(asyncio.create_task(task))
        done = await found.ended(runs, 120 + runs)
        await asyncio.gather(*watching)
        return await _report(found, ids, kills, reclaimed, time.monotonic() - began, done=done)


async def _watch(found: Farm, row: dict[str, Any], reclaimed: list[float]) -> None:
    """How long until somebody else holds the run, if it did not end at the very moment."""
    began = time.monotonic()
    async with asyncio.timeout(60):
        while True:
            now = await found.rows.find_one({"_id": row["_id"]})
            if now["takeover"] != row["takeover"]:
                reclaimed.append(time.monotonic() - began)
                return
            if now["state"] != "running":
                return
            await asyncio.sleep(0.1)


async def _report(
    found: Farm, ids: list[str], killed: int, reclaimed: list[float], seconds: float, *, done: bool
) -> bool:
    states = await found.states()
    rows = await found.rows.find({}).to_list(None)
    records = await found.container.parts.tailorings.list(USER, len(ids) + 10)
    filed = sorted(record.id for record in records)
    stale = sum(row.get("settled_by") != row["takeover"] for row in rows)
    asked, distinct = sum(found.asked.values()), len(found.asked)
    worst = max(reclaimed, default=0.0)
    lost = len(ids) - states["succeeded"]
    show(
        f"{killed} kills of a worker over {len(ids)} runs, lease {LEASE:g} s, {WORKERS} workers, {seconds:.0f} s",
        [
            ("runs accepted", len(ids), ""),
            ("runs lost, stuck or failed", lost, "0"),
            ("records: each run's, once", filed == sorted(ids), "True"),
            ("results written by a stale worker", stale, "0"),
            ("runs held by a worker when it was killed", len(reclaimed), ""),
            ("longest until another held it, s", f"{worst:.2f}", f"<= {LEASE + 5:g} (lease + 5)"),
            ("questions asked of the vendors", asked, ""),
            ("of them asked before (in flight at a kill)", asked - distinct, ""),
        ],
    )
    return done and lost == 0 and stale == 0 and filed == sorted(ids) and worst <= LEASE + 5


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    runs, kills, seed = (given + [RUNS, KILLS, 1][len(given) :])[:3]
    sys.exit(0 if asyncio.run(measure(runs, kills, seed)) else 1)


if __name__ == "__main__":
    main()
