"""Runs whose worker dies, is stopped, loses its lease, takes too long, or has a model that fails."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from backend.adapters.embedded.rule_based import RuleBasedModel
from backend.container import Container, Replace
from backend.domain.job import Job
from backend.domain.lexicon import Lexicon
from backend.domain.run_state import RunProblem, TailoringRun
from backend.domain.tailoring import Options
from backend.errors import SpendLimitReached, UnusableAnswer, VendorRefuses, VendorUnavailable
from backend.services.run_worker import MOST_TAKEOVERS, RunWorker
from backend.services.runs import Terms
from backend.tests.doubles import ScriptedModel
from backend.tests.faults.another import run_services_beside
from backend.tests.http.service import serve, settings_for
from backend.tests.slow_model import SlowModel

JOB = Job(text="Backend engineer. You must have five years of experience with Python and PostgreSQL, and Terraform.")
USER = "64b0000000000000000000aa"
LEASE = 0.5


@asynccontextmanager
async def service(folder: Path, override: Replace, document: Any, **more: Any) -> AsyncIterator[Container]:
    settings = settings_for(folder, run_lease=LEASE, work_in_api=False, drain_seconds=0.1, **more)
    async with serve(settings, override) as opened:
        await opened.container.resumes.create(USER, document)
        yield opened.container


@pytest.fixture
def rules(lexicon: Lexicon) -> RuleBasedModel:
    return RuleBasedModel(lexicon)


def using(model: Any) -> Replace:
    return lambda parts: replace(parts, model=model)


async def start(container: Container, terms: Terms = Terms()) -> str:  # noqa: B008 - immutable
    return (await container.runs.start(USER, JOB, None, Options(), terms=terms)).id


async def until(container: Container, run_id: str, *states: str, seconds: float = 10) -> TailoringRun:
    async with asyncio.timeout(seconds):
        while True:
            run = await container.parts.runs.repository.get(USER, run_id)
            if run is not None and run.state in states:
                return run
            await asyncio.sleep(0.02)


async def asked(model: SlowModel, task: str) -> None:
    async with asyncio.timeout(10):
        while not model.asked[task]:  # noqa: ASYNC110 - a counter has no event
            await asyncio.sleep(0.01)


async def die(worker: RunWorker) -> None:
    """As if the process were killed: nothing is handed back."""
    tasks = [*worker._loops, *worker._under_way]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def states(container: Container, run_id: str) -> list[str]:
    told = await container.parts.runs.bus.since(USER, run_id, "")
    return [logged.event.state for logged in told if logged.event.kind == "state"]


async def test_a_run_whose_worker_died_is_finished_by_another_which_pays_for_nothing_twice(
    tmp_path: Path, rules: RuleBasedModel, small: Any
) -> None:
    model = SlowModel(rules, held=("judge_relevance",))
    async with service(tmp_path, using(model), small) as container:
        first, second = container.run_services.worker, run_services_beside(container).worker
        first.start()
        run_id = await start(container)
        await asked(model, "judge_relevance")
        await die(first)
        answered = model.answered.copy()
        assert answered["analyze_job"] == 1
        assert answered["write_edits"] >= 1
        model.let_go()
        second.start()
        run = await until(container, run_id, "succeeded", "failed", seconds=LEASE + 5)
        await second.drain()
        assert (run.state, run.takeover) == ("succeeded", 2)
        assert model.answered["analyze_job"] == 1
        assert model.answered["write_edits"] == answered["write_edits"]
        record = await container.parts.tailorings.get(USER, run_id)
        assert record is not None
        calls = {task.task: task.calls for task in record.usage.tasks}
        assert calls["analyze_job"] == 1
        assert await container.parts.runs.journal.steps(USER, run_id) == {}


async def test_followers_of_a_run_that_was_taken_over_hear_each_step_once(
    tmp_path: Path, rules: RuleBasedModel, small: Any
) -> None:
    model = SlowModel(rules, held=("judge_relevance",))
    async with service(tmp_path, using(model), small) as container:
        first, second = container.run_services.worker, run_services_beside(container).worker
        first.start()
        run_id = await start(container)
        await asked(model, "judge_relevance")
        await die(first)
        model.let_go()
        second.start()
        await until(container, run_id, "succeeded", seconds=LEASE + 5)
        await second.drain()
        told = [logged.event for logged in await container.parts.runs.bus.since(USER, run_id, "")]
        steps = [(e.stage, e.status, e.attempt, e.stage_percent) for e in told if e.kind == "stage"]
        assert len(steps) == len(set(steps))
        assert [e.state for e in told if e.kind == "state"] == ["queued", "running", "running", "succeeded"]


async def test_a_run_that_the_queue_lost_is_found_while_others_are_worked_on(
    tmp_path: Path, rules: RuleBasedModel, small: Any
) -> None:
    model = SlowModel(rules, held=("write_edits",))
    async with service(tmp_path, using(model), small) as container:
        lost = await start(container)
        delivery = await container.parts.runs.queue.take(1)
        assert delivery is not None  # and is forgotten, as an answer of Redis is that does not arrive
        container.run_services.worker.start()
        await container.runs.start(USER, Job(text=f"{JOB.text} Another."), None, Options(), terms=Terms())
        await asked(model, "write_edits")
        await until(container, lost, "running", seconds=LEASE + 2)
        model.let_go()
        await until(container, lost, "succeeded")
        await container.run_services.worker.drain()


async def test_a_worker_that_lost_its_lease_writes_nothing(tmp_path: Path, rules: RuleBasedModel, small: Any) -> None:
    async with service(tmp_path, using(rules), small) as container:
        runs = container.parts.runs.repository
        run_id = await start(container)
        stale = await runs.claim(USER, run_id, "w1", lease=0.05)
        await asyncio.sleep(0.1)
        fresh = await runs.claim(USER, run_id, "w2", lease=10)
        assert stale is not None
        assert fresh is not None
        problem = RunProblem(code="x", title="x", status=500, detail="x")
        assert not await runs.renew(stale.run, 10, ())
        assert not await runs.settle(stale.run, problem, ())
        assert not await runs.hand_back(stale.run, ())
        run = await runs.get(USER, run_id)
        assert run is not None
        assert (run.state, run.takeover) == ("running", 2)
        assert await runs.settle(fresh.run, problem, ())
        assert not await runs.settle(fresh.run, problem, ())


async def test_one_of_many_workers_gets_a_run(tmp_path: Path, rules: RuleBasedModel, small: Any) -> None:
    async with service(tmp_path, using(rules), small) as container:
        runs = container.parts.runs.repository
        run_id = await start(container)
        claims = await asyncio.gather(*(runs.claim(USER, run_id, f"w{n}", lease=10) for n in range(20)))
        assert sum(claim is not None for claim in claims) == 1


async def test_a_worker_that_is_stopped_hands_back_what_it_cannot_finish(
    tmp_path: Path, rules: RuleBasedModel, small: Any
) -> None:
    model = SlowModel(rules, held=("write_edits",))
    async with service(tmp_path, using(model), small) as container:
        first, second = container.run_services.worker, run_services_beside(container).worker
        first.start()
        run_id = await start(container)
        await asked(model, "write_edits")
        loop = asyncio.get_running_loop()
        began = loop.time()
        await first.drain(0.2)
        assert loop.time() - began < 2
        assert (await until(container, run_id, "queued")).takeover == 1
        model.let_go()
        second.start()
        run = await until(container, run_id, "succeeded", seconds=2)  # it need not wait for a lease
        await second.drain()
        assert run.takeover == 2
        assert model.answered["analyze_job"] == 1


async def test_a_worker_that_is_stopped_lets_end_what_ends_in_time(
    tmp_path: Path, rules: RuleBasedModel, small: Any
) -> None:
    model = SlowModel(rules, seconds=0.1)
    async with service(tmp_path, using(model), small) as container:
        worker = container.run_services.worker
        worker.start()
        run_id = await start(container)
        await asked(model, "analyze_job")
        await worker.drain(5)
        assert (await until(container, run_id, "succeeded")).takeover == 1


async def test_what_a_process_left_behind_is_done_by_the_next(
    tmp_path: Path, rules: RuleBasedModel, small: Any
) -> None:
    model = SlowModel(rules, held=("analyze_job",))
    async with service(tmp_path, using(model), small) as container:
        under_way, waiting = await start(container), ""
        container.run_services.worker.start()
        await asked(model, "analyze_job")
        await die(container.run_services.worker)
        waiting = await start(container)
    async with service(tmp_path, using(rules), small) as container:  # another process: its queue is empty
        container.run_services.worker.start()
        for run_id in (under_way, waiting):
            assert (await until(container, run_id, "succeeded", "failed", seconds=LEASE + 5)).state == "succeeded"
        await container.run_services.worker.drain()


async def test_a_result_that_was_settled_but_not_filed_is_filed_by_another(
    tmp_path: Path, rules: RuleBasedModel, small: Any
) -> None:
    async with service(tmp_path, using(rules), small) as container:
        runs, executor = container.parts.runs.repository, container.run_services.executor
        run_id = await start(container)
        claimed = await runs.claim(USER, run_id, "w1", lease=0.05)
        assert claimed is not None
        reporter = await executor.reporter(claimed)
        assert await runs.settle(claimed.run, await executor.outcome(claimed, reporter), reporter.timings)
        assert await container.parts.tailorings.get(USER, run_id) is None
        container.run_services.worker.start()
        await until(container, run_id, "succeeded", seconds=5)
        await container.run_services.worker.drain()
        assert (await container.runs.get(USER, run_id)).tailoring is not None
        assert (await states(container, run_id))[-1] == "succeeded"


async def test_a_run_over_its_deadline_fails_and_says_so(tmp_path: Path, rules: RuleBasedModel, small: Any) -> None:
    model = SlowModel(rules, held=("write_edits",))
    async with service(tmp_path, using(model), small) as container:
        container.run_services.worker.start()
        run_id = await start(container, Terms(deadline=0.3))
        run = await until(container, run_id, "failed")
        await container.run_services.worker.drain()
        assert run.problem is not None
        assert (run.problem.code, run.problem.status, run.problem.retryable) == ("deadline_exceeded", 504, True)


async def test_a_run_that_is_cancelled_under_way_stops_at_once(
    tmp_path: Path, rules: RuleBasedModel, small: Any
) -> None:
    model = SlowModel(rules, held=("write_edits",))
    async with service(tmp_path, using(model), small) as container:
        worker = container.run_services.worker
        worker.start()
        run_id = await start(container)
        await asked(model, "write_edits")
        await container.runs.cancel(USER, run_id)
        async with asyncio.timeout(0.4):
            while worker._under_way:  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.01)
        await worker.drain()
        assert await states(container, run_id) == ["queued", "running", "cancelled"]
        assert await container.parts.tailorings.get(USER, run_id) is None


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (VendorUnavailable("The vendor is down for hours.", retry_after=10_000), "vendor_unavailable"),
        (VendorRefuses("The vendor refuses our key.", retry_after=1), "vendor_unavailable"),
        (SpendLimitReached("What may be spent is spent.", retry_after=1), "vendor_spend_limit"),
        (UnusableAnswer("Nothing of use."), "unusable_answer"),
        (ValueError("here: a secret"), "internal"),
    ],
)
async def test_a_run_whose_model_fails_says_why(
    tmp_path: Path, small: Any, error: Exception, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    model = ScriptedModel({"analyze_job": [error]})
    async with service(tmp_path, using(model), small) as container:
        container.run_services.worker.start()
        run_id = await start(container)
        run = await until(container, run_id, "failed")
        await container.run_services.worker.drain()
        assert run.problem is not None
        assert run.problem.code == code
        assert (await states(container, run_id))[-1] == "failed"
        assert "here: a secret" not in run.problem.detail


async def test_a_run_waits_for_a_vendor_that_is_away_and_pays_for_nothing_twice(
    tmp_path: Path, rules: RuleBasedModel, small: Any
) -> None:
    model = SlowModel(rules, away={"write_edits": 3})
    async with service(tmp_path, using(model), small) as container:
        container.run_services.worker.start()
        run_id = await start(container)
        run = await until(container, run_id, "succeeded", "failed")
        await container.run_services.worker.drain()
        assert (run.state, run.takeover) == ("succeeded", 1)
        assert model.answered["analyze_job"] == 1
        (record,) = await container.usages.list(USER, 10, None)
        assert record.tailoring_id == run_id
        told = [logged.event for logged in await container.parts.runs.bus.since(USER, run_id, "")]
        assert [e.sentence for e in told if "goes on by itself" in e.sentence]
        steps = [(e.stage, e.status, e.attempt, e.path, e.stage_percent) for e in told if e.kind != "state"]
        assert len(steps) == len(set(steps))


async def test_a_run_that_kills_every_worker_is_given_up(tmp_path: Path, rules: RuleBasedModel, small: Any) -> None:
    async with service(tmp_path, using(rules), small) as container:
        runs = container.parts.runs.repository
        run_id = await start(container)
        for _ in range(MOST_TAKEOVERS):
            claimed = await runs.claim(USER, run_id, "w", lease=10)
            assert claimed is not None
            assert await runs.hand_back(claimed.run, ())
        container.run_services.worker.start()
        run = await until(container, run_id, "failed")
        await container.run_services.worker.drain()
        assert run.problem is not None
        assert run.problem.code == "internal"


async def test_what_is_kept_of_a_run_is_sealed(tmp_path: Path, rules: RuleBasedModel, small: Any) -> None:
    key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
    async with service(tmp_path, using(rules), small, encryption_key=key) as container:
        run_id = await start(container)
        runs: Any = container.parts.runs.repository
        row = await runs._runs.find_one({"user_id": USER})
        assert "Terraform" not in str(row)
        assert "Kvitto" not in str(row)
        container.run_services.worker.start()
        run = await until(container, run_id, "succeeded")
        await container.run_services.worker.drain()
        assert run.inputs.resume_version == 1
