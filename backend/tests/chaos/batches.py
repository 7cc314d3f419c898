"""Jobs in the economy lane, through message batches: `python -m backend.tests.chaos.batches [JOBS] [BATCH_SECONDS]`.

Two workers; one is killed while the first message batch is under way, and another hired in its place.
"""

import asyncio
import signal
import sys
import time
from collections import Counter

from backend.benchmarks import workload
from backend.domain.tailoring import Options
from backend.services.batches import BatchTerms, JobSent
from backend.tests.chaos.farm import USER, Farm, farm, show

JOBS, SECONDS = 500, 10.0
PATIENCE = {"ECONOMY_POLL": "0.5", "ECONOMY_QUIET": "2", "ECONOMY_LEASE": "5"}
STAGES = 3
"""analyze, write, judge: what a run asks one after the other in one attempt."""


async def measure(jobs: int, seconds: float) -> bool:
    async with farm() as found:
        found.environment |= PATIENCE
        found.vendor.batches.seconds = seconds
        await found.hire(2)
        resume = await found.container.resumes.create(USER, workload.resume())
        sent = [JobSent(text=f"{workload.job().text}\n\nReference {n:06d}") for n in range(jobs)]
        began = time.monotonic()
        await found.container.batches.start(USER, sent, resume.id, Options(max_attempts=1), BatchTerms())
        accepted = time.monotonic() - began
        while not found.vendor.batches.made:  # noqa: ASYNC110 - a list has no event
            await asyncio.sleep(0.05)
        victim = found.workers.pop(0)
        victim.send(signal.SIGKILL)
        await found.hire()
        done = await found.ended(jobs, 120 + 10 * seconds + jobs)
        return await _report(found, jobs, accepted, time.monotonic() - began, done=done)


async def _report(found: Farm, jobs: int, accepted: float, took: float, *, done: bool) -> bool:
    states = await found.states()
    made = found.vendor.batches.made
    asked = Counter(request["custom_id"] for batch in made for request in batch.requests)  # of a run and a question
    again = sum(count - 1 for count in asked.values())
    directly = sum(found.asked.values()) - sum(asked.values())
    lost = jobs - states["succeeded"]
    show(
        f"{jobs} jobs through message batches, one of two workers killed meanwhile",
        [
            ("accepted in, s", f"{accepted:.1f}", ""),
            ("all ended after, s", f"{took:.0f}", ""),
            ("runs lost, stuck or failed", lost, "0"),
            ("message batches made", len(made), f"few: {STAGES} stages"),
            ("questions asked in them", sum(asked.values()), ""),
            ("of them asked twice", again, "0"),
            ("questions asked at the full price", max(0, directly), "0"),
        ],
    )
    return done and not lost and not again


if __name__ == "__main__":
    given = [float(argument) for argument in sys.argv[1:]]
    jobs, seconds = (*given, *(float(JOBS), SECONDS)[len(given) :])
    sys.exit(0 if asyncio.run(measure(int(jobs), seconds)) else 1)
