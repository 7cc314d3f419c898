"""Runs over HTTP while vendors fail in every way there is: `python -m backend.tests.chaos.vendor_faults [COUNT] [SEED]`.

Each run has a fault of one kind, at a question of its own by chance, that passes or stays. Everything is ours but the
vendors, whose real SDKs talk to a stand-in. It prints a table, and ends with 1 if what is promised did not hold.
"""

import asyncio
import logging
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import httpx

from backend.adapters.resilience import Resting
from backend.benchmarks import workload
from backend.container import Parts
from backend.errors import SpendLimitReached
from backend.ports import Embedder, LanguageModel, Vectors
from backend.tests.faults.vendors.kinds import KINDS, LOW_CREDIT, Kind, Refused, of_voyage
from backend.tests.http.service import Person, serve, settings_for
from backend.tests.standin import Answer, InvalidJson, RecordedRequest, StandIn, Status
from backend.tests.standin.faults import VoyageFault

COUNT, MOST, AT_ONCE = 200, 1_000, 6
STUCK = 30.0  # seconds
STAYS = 99
TYPED = frozenset({"vendor_unavailable", "vendor_spend_limit", "unusable_answer", "deadline_exceeded"})
_MARK, _REFERENCE = re.compile(r"<\w+ ([0-9a-f]{16})>"), re.compile(r"Reference (\d{6})")


@dataclass
class Plan:
    """What goes wrong in one run: from its question number `at` on, `times` times."""

    number: int
    name: str
    kind: Kind
    where: Literal["model", "voyage"]
    at: int
    times: int
    rules: bool
    asked: int = 0

    def next(self) -> Kind | None:
        self.asked += 1
        return self.kind if self.at < self.asked <= self.at + self.times else None


@dataclass
class Vendor:
    """The stand-in's side: which run a request is of, what goes wrong with it, and what has been answered and charged."""

    plans: dict[int, Plan] = field(default_factory=dict)
    runs: dict[str, Plan] = field(default_factory=dict)
    charged: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    """Of each run's mark."""
    spent: Counter[str] = field(default_factory=Counter)

    def model(self, request: RecordedRequest) -> Answer:
        mark = _MARK.search(request.user_text)
        if mark and (told := _REFERENCE.search(request.user_text)):
            self.runs[mark[1]] = self.plans[int(told[1])]
        plan = self.runs.get(mark[1]) if mark else None
        body = sha256(repr(request.body).encode()).hexdigest()
        fault = plan.next() if plan and plan.where == "model" else None
        if fault is None or isinstance(fault, Refused | InvalidJson):
            self.charged[body] += 1
            self.answers[mark[1] if mark else ""] += 1
            return fault if isinstance(fault, InvalidJson) else workload.answer(request)
        if isinstance(fault, Status) and fault.message == LOW_CREDIT:
            self.spent[body] += 1
        return fault

    def answered(self, plan: Plan) -> int:
        return sum(self.answers[mark] for mark, known in self.runs.items() if known is plan)

    def voyage(self, request: RecordedRequest) -> VoyageFault | None:
        told = _REFERENCE.search(request.user_text)
        plan = self.plans[int(told[1])] if told else None
        fault = plan.next() if plan and plan.where == "voyage" else None
        failure = of_voyage(fault) if fault else None
        if failure == Status(402):
            self.spent[sha256(repr(request.body).encode()).hexdigest()] += 1
        return failure


@dataclass
class Asked:
    """Questions as the pipeline asks them, before anything is done about faults."""

    questions: int = 0
    unasked: int = 0
    spent: int = 0

    def note(self, error: Exception) -> None:
        self.unasked += isinstance(error, Resting)
        self.spent += isinstance(error, SpendLimitReached)


class AskedModel:
    def __init__(self, model: LanguageModel, asked: Asked) -> None:
        self._model, self._asked = model, asked

    async def run(self, task: Any, model: str | None = None) -> Any:
        self._asked.questions += 1
        try:
            return await self._model.run(task, model)
        except Exception as error:
            self._asked.note(error)
            raise


class AskedEmbedder:
    def __init__(self, embedder: Embedder, asked: Asked) -> None:
        self.name, self.size, self.floor = embedder.name, embedder.size, embedder.floor
        self._embedder, self._asked = embedder, asked

    async def embed(self, texts: Sequence[str], kind: Literal["query", "document"]) -> Vectors:
        self._asked.questions += 1
        try:
            return await self._embedder.embed(texts, kind)
        except Exception as error:
            self._asked.note(error)
            raise


@dataclass
class Result:
    plan: Plan
    status: int
    code: str
    calls: int = 0
    degraded: tuple[str, ...] = ()


def plans(count: int, seed: int) -> list[Plan]:
    """As many of each kind, in turn; half of the faults pass, the others stay."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        name = list(KINDS)[number % len(KINDS)]
        voyage = chance.random() < 0.25 and of_voyage(KINDS[name]) is not None
        times = 1 if chance.random() < 0.5 else STAYS
        at = 0 if voyage else chance.randrange(8)
        made.append(Plan(number, name, KINDS[name], "voyage" if voyage else "model", at, times, chance.random() < 0.3))
    return sorted(made, key=lambda plan: isinstance(plan.kind, Refused))


async def run(person: Person, vendor: StandIn, plan: Plan) -> Result:
    job = f"Reference {plan.number:06d}\n{workload.job().text}"
    going: asyncio.Future[httpx.Response] = asyncio.ensure_future(
        person.tailor(job, options={"max_attempts": 2, "allow_rule_based": plan.rules})
    )
    if isinstance(plan.kind, Refused):
        await asyncio.sleep(0.02 * plan.at)
        await vendor.away(0.1 if plan.times == 1 else 1.0)
    try:
        async with asyncio.timeout(STUCK):
            answer = await going
    except TimeoutError:
        return Result(plan, 0, "stuck")
    body = answer.json()
    if answer.status_code != 200:
        return Result(plan, answer.status_code, body["code"])
    paid = sum(task["calls"] for task in body["usage"]["tasks"] if task["model"] != "rule-based")
    return Result(plan, 200, "", paid, tuple(body["degraded"]))


async def measure(count: int, seed: int) -> tuple[list[Result], Vendor, Asked, int, int]:
    """Results, what the vendor and the pipeline saw, the attempts made, and the records kept."""
    side, asked = Vendor(), Asked()

    def counted(parts: Parts) -> Parts:
        return replace(parts, model=AskedModel(parts.model, asked), embedder=AskedEmbedder(parts.embedder, asked))

    async with StandIn(side.model, record=False) as vendor:
        vendor.voyage = side.voyage
        with tempfile.TemporaryDirectory() as folder:
            settings = settings_for(
                Path(folder),
                anthropic_api_key="sk-test",
                anthropic_base_url=vendor.url,
                voyage_api_key="pa-test",
                voyage_base_url=vendor.url,
                tailor_rate_limit="1000000/minute",
                model_timeout=1.5,
                retry_base=0.05,
                retry_most=0.2,
                breaker_rest=0.3,
                breaker_spent_rest=0.3,
                analyze_deadline=6,
                write_deadline=6,
                judge_deadline=6,
                embed_deadline=6,
            )
            async with serve(settings, counted) as service:
                person = service.person()
                await person.keep(workload.resume())
                results: list[Result] = []
                waiting = plans(count, seed)
                side.plans = {plan.number: plan for plan in waiting}

                async def work(some: list[Plan]) -> None:
                    while some:
                        plan = some.pop(0)
                        results.append(await run(person, vendor, plan))
                        if plan.name == "spend limit":
                            await asyncio.sleep(settings.breaker_spent_rest)  # somebody pays the bill

                refused = [plan for plan in waiting if isinstance(plan.kind, Refused)]
                spending = [plan for plan in waiting if plan.name == "spend limit"]
                others = [plan for plan in waiting if plan not in refused and plan not in spending]
                await asyncio.gather(*(work(others) for _ in range(AT_ONCE)))
                await work(refused)  # one at a time: the vendor is gone for all, and so is what they would say
                await work(spending)
                attempts = _attempts(service.container.parts.telemetry.exposition().decode())
                return results, side, asked, attempts, await person.tailorings()


def _attempts(exposition: str) -> int:
    found = re.findall(r"^tailor_vendor_calls_total\{[^}]*\} ([\d.e+]+)$", exposition, re.MULTILINE)
    return int(sum(float(number) for number in found))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def table(results: list[Result]) -> None:
    say(f"{'fault':<24}{'runs':>6}{'200':>6}{'of it degraded':>16}{'503':>6}  codes")
    for name in KINDS:
        mine = [r for r in results if r.plan.name == name]
        good = [r for r in mine if r.status == 200]
        codes = Counter(r.code for r in mine if r.status != 200)
        told = ", ".join(f"{code} {n}" for code, n in codes.most_common())
        bad = sum(r.status == 503 for r in mine)
        say(f"{name:<24}{len(mine):>6}{len(good):>6}{sum(bool(r.degraded) for r in good):>16}{bad:>6}  {told}")


def main() -> int:
    logging.disable(logging.CRITICAL)
    count = min(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT, MOST)
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    started = time.perf_counter()
    results, vendor, asked, attempts, kept = asyncio.run(measure(count, seed))
    table(results)
    good = sum(r.status == 200 for r in results)
    needed = asked.questions - asked.unasked - (asked.spent - sum(vendor.spent.values()))
    measures = {
        "runs that got no answer, or none in time": (count - sum(bool(r.status) for r in results), 0),
        "answers that are neither a tailoring nor a typed 503": (
            sum(r.status != 200 and (r.status != 503 or r.code not in TYPED) for r in results),
            0,
        ),
        "records kept that were not answered, or the other way round": (abs(kept - good), 0),
        "questions answered, and so charged, twice": (sum(n > 1 for n in vendor.charged.values()), 0),
        "runs that report more calls than were answered": (
            # One whose analysis was never sent, since the vendor was left alone, cannot be told by what it sent.
            sum(r.calls > vendor.answered(r.plan) for r in results if r.plan in vendor.runs.values()),
            0,
        ),
        "calls reported by all runs, over those answered": (
            max(0, sum(r.calls for r in results) - sum(vendor.answers.values())),
            0,
        ),
        "questions asked again after a spend limit": (sum(n - 1 for n in vendor.spent.values()), 0),
        "attempts per question asked": (round(attempts / max(1, needed), 3), 1.3),
    }
    say(f"\n{'measure':<62}{'found':>8}{'at most':>9}")
    for name, (found, most) in measures.items():
        say(f"{name:<62}{found:>8}{most:>9}{'' if found <= most else '  NOT MET'}")
    say(
        f"\n{count} runs, {attempts} attempts at {needed} questions, {time.perf_counter() - started:.0f} s, seed {seed}"
    )
    return int(any(found > most for found, most in measures.values()))


if __name__ == "__main__":
    sys.exit(main())
