"""Runs while MongoDB, Redis and the vendor are reached through wires that fail: `... chaos.proxy [RUNS] [ROUNDS] [SEED]`.

In each round a share of the runs is begun, two in three with POST /tailorings and one in three with POST /tailor, each with
a key of its own and sent again until it is accepted. Meanwhile each wire fails by chance, on its own. Then the faults stop, and
what counts is how long anybody still hears of them. At the end all three are gone at once for a while. All the while we look past the wires at what is really kept.
"""

import asyncio
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

import httpx

from backend.benchmarks import workload
from backend.tests.chaos.farm import USER, Farm, farm, show
from backend.tests.chaos.wires import FAULTS, Wire
from backend.tests.standin import Latency

RUNS, ROUNDS = 300, 5
FAULTY, AT_ONCE, WORKERS = 25.0, 16, 2
ALLOWED, ENDED = 10.0, ("succeeded", "failed", "cancelled")
OUTAGE = 8.0
_STUCK = 120.0
SETTINGS = {"RUNS_RATE_LIMIT": "1000000/minute", "TAILOR_RATE_LIMIT": "1000000/minute"}
LATENCY = {"": Latency(0.4, 0.0)}


@dataclass
class Callers:
    """What those who call hear. An answer is fine, an awaited problem, or wrong."""

    http: httpx.AsyncClient
    headers: dict[str, str]
    heard: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    last_trouble: float = 0.0
    slowest: float = 0.0
    ids: dict[str, str] = field(default_factory=dict)
    """By key."""
    tailored: set[str] = field(default_factory=set)
    outage_ids: set[str] = field(default_factory=set)

    async def ask(self, method: str, path: str, **more: object) -> httpx.Response | None:
        """The answer, if it is one; None if it is a problem that may be tried again."""
        began = time.monotonic()
        answer = await self.http.request(method, path, headers=self.headers | more.pop("headers", {}), **more)  # type: ignore[arg-type, operator]
        self.slowest = max(self.slowest, time.monotonic() - began)
        if answer.status_code < 300:
            self.heard[str(answer.status_code)] += 1
            return answer
        self.last_trouble = time.monotonic()
        kind = answer.headers.get("content-type", "")
        code = answer.json()["code"] if kind == "application/problem+json" else f"no problem but {kind}"
        told = f"{answer.status_code} {code}"
        self.heard[told] += 1
        if answer.status_code not in (503, 504) or kind != "application/problem+json":
            self.wrong[f"{method} {path.split('/')[1]}: {told}"] += 1
        return None

    async def begin(self, path: str, number: int) -> str:
        """The id of what was made, however often it must be sent."""
        key = f"run-{number}"
        body = {"job_description": f"Reference {number:06d}\n{workload.job().text}", "options": {"max_attempts": 1}}
        while True:
            answer = await self.ask("POST", path, json=body, headers={"Idempotency-Key": key})
            if answer is not None:
                self.ids[key] = answer.json()["id"]
                return self.ids[key]
            await asyncio.sleep(random.uniform(0.2, 0.8))

    async def tailor(self, number: int) -> None:
        self.tailored.add(await self.begin("/tailor", number))

    async def run(self, number: int) -> None:
        run_id = await self.begin("/tailorings", number)
        while True:
            answer = await self.ask("GET", f"/tailorings/{run_id}")
            if answer is not None and answer.json()["state"] in ENDED:
                return
            await asyncio.sleep(0.3)

    async def work(self, numbers: list[int]) -> None:
        while numbers:
            number = numbers.pop()
            await (self.tailor(number) if number % 3 == 0 else self.run(number))


async def fail(wire: Wire, chance: random.Random, faults: Counter[str], name: str) -> None:
    """Now well, now ill, until it is cancelled; then well."""
    try:
        while True:
            await asyncio.sleep(chance.uniform(0.5, 4.0))
            wire.fault = chance.choice(FAULTS)
            faults[f"{name} {wire.fault}"] += 1
            await asyncio.sleep(chance.uniform(0.3, 4.0))
            wire.fault = ""
    finally:
        wire.fault = ""


async def round_of(found: Farm, callers: Callers, numbers: list[int], seed: str, faults: Counter[str]) -> float:
    """Seconds after the faults stopped in which anybody still heard of them."""
    chance = random.Random(seed)
    failing = [
        asyncio.create_task(fail(wire, random.Random(chance.random()), faults, name))
        for name, wire in found.wires.items()
    ]
    working = [asyncio.create_task(callers.work(numbers)) for _ in range(AT_ONCE)]
    await asyncio.sleep(FAULTY)
    for task in failing:
        task.cancel()
    await asyncio.gather(*failing, return_exceptions=True)
    stopped = time.monotonic()
    async with asyncio.timeout(_STUCK + FAULTY):
        await asyncio.gather(*working)
    return max(0.0, callers.last_trouble - stopped)


async def outage(found: Farm, callers: Callers, first: int) -> float:
    """Seconds until a tailoring and a run succeed, after all three were gone for a while with everybody calling."""
    kept = dict(callers.ids)
    for wire in found.wires.values():
        wire.fault = "refuse"
    working = [asyncio.create_task(callers.tailor(first + n)) for n in range(AT_ONCE)]
    await asyncio.sleep(OUTAGE)
    for wire in found.wires.values():
        wire.fault = ""
    began = time.monotonic()
    async with asyncio.timeout(_STUCK):
        await asyncio.wait(working, return_when=asyncio.FIRST_COMPLETED)
        seconds = time.monotonic() - began
        await asyncio.gather(*working)
    callers.outage_ids = set(callers.ids.values()) - set(kept.values())
    return seconds


async def measure(runs: int, rounds: int, seed: int) -> bool:
    faults: Counter[str] = Counter()
    async with farm(latency=LATENCY, wired=True, at_once=8) as found:
        await found.container.resumes.create(USER, workload.resume())
        await found.hire(WORKERS)
        headers = {"Authorization": f"Bearer {found.container.tokens.access(USER)}"}
        async with (
            found.serving(1, **SETTINGS) as servers,
            httpx.AsyncClient(base_url=servers[0].url, timeout=120) as http,
        ):
            callers, troubled = Callers(http, headers), list[float]()
            for number in range(rounds):
                share = list(range(runs * number // rounds, runs * (number + 1) // rounds))
                troubled.append(await round_of(found, callers, share, f"{seed} {number}", faults))
            back = await outage(found, callers, runs)
            answer = await http.get("/health/ready")
            ready = answer.status_code
            if callers.wrong or ready != 200:
                sys.stdout.write(f"{answer.text}\n{servers[0].failures()}\n")
        return await _report(found, callers, runs, troubled, faults, ready, back)


async def _report(
    found: Farm, callers: Callers, runs: int, troubled: list[float], faults: Counter[str], ready: int, back: float
) -> bool:
    rows = {str(row["_id"]): row for row in await found.rows.find({}).to_list(None)}
    records = await found.container.parts.tailorings.list(USER, 2 * runs + 10)
    filed = Counter(record.id for record in records)
    states = Counter(row["state"] for row in rows.values())
    began = set(callers.ids.values())
    lost = [id_ for id_ in began if id_ not in callers.tailored and rows.get(id_, {}).get("state") not in ENDED]
    succeeded = {id_ for id_, row in rows.items() if row["state"] == "succeeded"}
    twice = len(set(rows) - began) + len(set(filed) - began) + sum(count - 1 for count in filed.values())
    missing = len((succeeded | callers.tailored) - set(filed))
    problems = Counter[str]()
    for id_ in set(rows) - succeeded:
        run = await found.container.parts.runs.repository.get(USER, id_)
        problems[run.problem.code if run and run.problem else "none"] += 1
    untyped = sum(count for code, count in problems.items() if code not in ("vendor_unavailable", "deadline_exceeded"))
    worst = max(troubled)
    show(
        f"{runs} runs in {len(troubled)} rounds, {FAULTY:g} s of faults each, {sum(faults.values())} faults, "
        f"{sum(wire.broken for wire in found.wires.values())} broken connections",
        [
            ("runs accepted, each by its key", len(callers.ids) - len(callers.outage_ids), str(runs)),
            ("answers that are neither good nor a 503 or 504 problem", sum(callers.wrong.values()), "0"),
            ("longest until nobody heard of the faults, s", f"{worst:.1f}", f"<= {ALLOWED:g}"),
            (f"first tailoring after all was gone for {OUTAGE:g} s, s", f"{back:.1f}", f"<= {ALLOWED:g}"),
            ("ready afterwards", ready, "200"),
            ("runs and records written twice", twice, "0"),
            ("runs lost or stuck", len(lost), "0"),
            ("succeeded without a record", missing, "0"),
            ("runs that failed, of them for no vendor's sake", f"{states['failed']}, {untyped}", ", 0"),
            ("slowest answer, s", f"{callers.slowest:.1f}", ""),
        ],
    )
    for name, counted in (
        ("heard", callers.heard),
        ("wrong", callers.wrong),
        ("problems", problems),
        ("faults", faults),
    ):
        sys.stdout.write(f"  {name}: {', '.join(f'{what} {count}' for what, count in counted.most_common())}\n")
    sys.stdout.write(f"  seconds of trouble after each round: {', '.join(f'{found:.1f}' for found in troubled)}\n")
    good = len(callers.ids) - len(callers.outage_ids) == runs and not callers.wrong and ready == 200
    good = good and worst <= ALLOWED and back <= ALLOWED
    return good and not (twice or lost or missing or untyped)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(0 if asyncio.run(measure(*(given + [RUNS, ROUNDS, 1][len(given) :]))) else 1)
