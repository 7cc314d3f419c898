"""Runs in the economy lane: their questions go to the vendor together, and to nobody twice."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from backend.benchmarks import workload
from backend.container import Container, as_they_are
from backend.container.guards import Guards
from backend.container.runs import with_economy
from backend.container.vendors import economy_models
from backend.domain.batch import BatchCounts
from backend.domain.job import Job
from backend.domain.tailoring import Options
from backend.services.batches import BatchTerms, JobSent
from backend.services.run_worker import RunWorker
from backend.tests.faults.another import run_services_beside
from backend.tests.faults.test_run_faults import USER, die, service
from backend.tests.standin import Answer, RecordedRequest, StandIn, Status, Unrun
from backend.tests.standin.batches import PATH

TEXT = "Backend engineer. You must have five years of experience with Python and PostgreSQL, and Terraform."
ONCE = Options(max_attempts=1)
STAGES = 3
"""analyze, write, judge: what a run asks one after the other in one attempt."""


@asynccontextmanager
async def economy(folder: Path, vendor: StandIn, document: Any, **more: Any) -> AsyncIterator[Container]:
    known: dict[str, Any] = {
        "anthropic_api_key": "a-key-for-tests",
        "anthropic_base_url": vendor.url,
        "economy_poll": 0.05,
        "economy_quiet": 0.15,
        "economy_lease": 0.5,
        "retry_base": 0.01,
        "retry_most": 0.02,
    }
    async with service(folder, as_they_are, document, **(known | more)) as container:
        yield container


@pytest.fixture
async def claude(vendor: StandIn) -> StandIn:
    vendor.responder = workload.answer
    vendor.batches.seconds = 0.1
    return vendor


async def start(container: Container, count: int, **terms: Any) -> str:
    jobs = [JobSent(text=f"{TEXT} Reference {n}.") for n in range(count)]
    options = terms.pop("options", ONCE)
    return (await container.batches.start(USER, jobs, None, options, BatchTerms(**terms))).batch.id


async def over(container: Container, batch: str, seconds: float = 30) -> BatchCounts:
    async with asyncio.timeout(seconds):
        while True:
            counts = (await container.batches.get(USER, batch)).counts
            if counts.over:
                return counts
            await asyncio.sleep(0.05)


async def worked_off(container: Container, count: int, **terms: Any) -> tuple[str, BatchCounts]:
    """A batch of so many jobs from its start to its end, with a worker for the economy lane, which is stopped then."""
    container.run_services.economy_worker.start()
    batch = await start(container, count, **terms)
    counts = await over(container, batch)
    await container.run_services.economy_worker.drain()
    return batch, counts


async def problems(container: Container, batch: str) -> list[str]:
    ended = await container.batches.ended(USER, batch, 100, None)
    return [one.run.problem.code for one in ended if one.run.problem]


async def created(vendor: StandIn, count: int) -> None:
    """Until the vendor has made so many batches."""
    async with asyncio.timeout(15):
        while len(vendor.batches.made) < count:  # noqa: ASYNC110 - a list has no event
            await asyncio.sleep(0.01)


def at_first(*answers: Answer, otherwise: Callable[[RecordedRequest], Answer]) -> Callable[[RecordedRequest], Answer]:
    """Answers what is asked in a batch with these, in order, and everything else as usual."""
    left = list(answers)
    return lambda request: left.pop(0) if left and request.path == PATH else otherwise(request)


@asynccontextmanager
async def another(container: Container) -> AsyncIterator[RunWorker]:
    """A worker for the economy lane as another process would have it: nothing is known to it but what is stored."""
    async with AsyncExitStack() as stack:
        guards = Guards(container.settings)
        parts = with_economy(
            container.parts.runs,
            lambda ended: economy_models(container.settings, container.pipeline.model, guards, ended, stack),
        )
        services = run_services_beside(container, parts)
        services.economy_worker.start()
        yield services.economy_worker
        await services.economy_worker.drain(0)


async def test_a_batch_is_asked_stage_by_stage_whatever_its_size(tmp_path: Path, claude: StandIn, small: Any) -> None:
    async with economy(tmp_path, claude, small) as container:
        _, counts = await worked_off(container, 8)
        assert counts.succeeded == 8
        assert len(claude.batches.made) == STAGES
        assert all(len(made.requests) >= 8 for made in claude.batches.made)
        assert claude.requests == []  # nothing at the full price


async def test_an_answer_of_a_batch_costs_half(tmp_path: Path, claude: StandIn, small: Any) -> None:
    async with economy(tmp_path, claude, small) as container:
        container.run_services.worker.start()
        container.run_services.economy_worker.start()
        analyses = []
        for wanted in (True, False):
            batch = await start(container, 1, economy=wanted)
            await over(container, batch)
            (ended,) = await container.batches.ended(USER, batch, 10, None)
            assert ended.tailoring is not None
            claude.cache._seen.clear()
            analyses.append(next(task for task in ended.tailoring.usage.tasks if task.task == "judge_relevance"))
        await asyncio.gather(container.run_services.economy_worker.drain(), container.run_services.worker.drain())
        half, full = analyses
        fresh = [one.input_tokens - one.cached_tokens for one in analyses]
        assert fresh[0] == pytest.approx(fresh[1], rel=0.01)
        assert half.cost == pytest.approx((full.cost or 0) / 2, rel=0.01)
        assert (full.cost or 0) > 0


@pytest.mark.parametrize("answer", [Status(500), Status(529), Unrun("expired"), Unrun("canceled")])
async def test_what_a_batch_leaves_without_an_answer_is_asked_directly_once(
    tmp_path: Path, claude: StandIn, small: Any, answer: Answer
) -> None:
    claude.responder = at_first(answer, answer, otherwise=workload.answer)
    async with economy(tmp_path, claude, small) as container:
        _, counts = await worked_off(container, 5)
        assert counts.succeeded == 5
        assert len(claude.requests) == 2
        assert len(claude.batches.made) <= STAGES + 2


async def test_a_spending_limit_fails_the_run_and_is_not_asked_again(
    tmp_path: Path, claude: StandIn, small: Any
) -> None:
    spent = Status(400, message="Your credit balance is too low to access the API.")
    claude.responder = at_first(spent, otherwise=workload.answer)
    async with economy(tmp_path, claude, small) as container:
        batch, counts = await worked_off(container, 4)
        assert (counts.succeeded, counts.failed) == (3, 1)
        assert await problems(container, batch) == ["vendor_spend_limit"]
        assert claude.requests == []


async def test_an_answer_of_no_use_fails_its_run_alone(tmp_path: Path, claude: StandIn, small: Any) -> None:
    claude.responder = at_first("no JSON", otherwise=workload.answer)
    async with economy(tmp_path, claude, small) as container:
        batch, counts = await worked_off(container, 3)
        assert (counts.succeeded, counts.failed) == (2, 1)
        assert await problems(container, batch) == ["unusable_answer"]


@pytest.mark.parametrize("stage", [1, 2])
async def test_a_worker_killed_while_a_batch_is_at_work_is_followed_by_one_that_asks_for_nothing_again(
    tmp_path: Path, claude: StandIn, small: Any, stage: int
) -> None:
    claude.batches.seconds = 0.8
    async with economy(tmp_path, claude, small) as container:
        first = container.run_services.economy_worker
        first.start()
        batch = await start(container, 5)
        await created(claude, stage)
        await asyncio.sleep(0.3)  # it is noted
        await die(first)
        async with another(container):
            counts = await over(container, batch)
        assert counts.succeeded == 5
        asked = [request["custom_id"] for made in claude.batches.made for request in made.requests]
        assert len(asked) == len(set(asked))
        assert len(claude.batches.made) == STAGES
        assert claude.requests == []


async def test_a_worker_killed_before_it_noted_the_batch_is_followed_by_one_that_finds_it(
    tmp_path: Path, claude: StandIn, small: Any
) -> None:
    claude.batches.seconds = 0.8
    async with economy(tmp_path, claude, small) as container:
        first = container.run_services.economy_worker
        first.start()
        batch = await start(container, 5)
        await created(claude, 1)
        await asyncio.sleep(0.3)
        await die(first)
        steps: Any = container.parts.runs.journal
        forgotten = await steps._steps.delete_many({"key": {"$regex": "^batch:"}})
        assert forgotten.deleted_count == 5
        async with another(container):
            counts = await over(container, batch)
        assert counts.succeeded == 5
        assert len(claude.batches.made) == STAGES


async def test_a_batch_whose_creation_was_not_answered_is_not_created_again(
    tmp_path: Path, claude: StandIn, small: Any
) -> None:
    claude.batches.lost = 1
    async with economy(tmp_path, claude, small) as container:
        _, counts = await worked_off(container, 4)
        assert counts.succeeded == 4
        assert len(claude.batches.made) == STAGES


async def test_a_vendor_that_takes_no_batch_for_a_while_is_waited_for(
    tmp_path: Path, claude: StandIn, small: Any
) -> None:
    claude.batches.refusals.extend([Status(529)] * 5)
    async with economy(tmp_path, claude, small) as container:
        _, counts = await worked_off(container, 3)
        assert counts.succeeded == 3
        assert len(claude.batches.made) == STAGES


async def test_a_vendor_where_our_money_is_spent_is_asked_for_a_batch_once(
    tmp_path: Path, claude: StandIn, small: Any
) -> None:
    spent = Status(400, message="Your credit balance is too low to access the API.")
    claude.batches.refusals.extend([spent] * 20)
    async with economy(tmp_path, claude, small) as container:
        batch, counts = await worked_off(container, 3)
        assert counts.failed == 3
        assert await problems(container, batch) == ["vendor_spend_limit"] * 3
        assert len(claude.batches.refusals) == 19


async def test_a_batch_that_is_cancelled_is_cancelled_at_the_vendors(
    tmp_path: Path, claude: StandIn, small: Any
) -> None:
    claude.batches.seconds = 30
    async with economy(tmp_path, claude, small) as container:
        container.run_services.economy_worker.start()
        batch = await start(container, 4)
        await created(claude, 1)
        counts = (await container.batches.cancel(USER, batch)).counts
        assert counts.cancelled == 4
        async with asyncio.timeout(5):
            while claude.batches.made[0].cancelled is None:  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.02)
        await container.run_services.economy_worker.drain()
        assert len(claude.batches.made) == 1


async def test_runs_that_wait_for_the_vendor_hold_up_no_others(tmp_path: Path, claude: StandIn, small: Any) -> None:
    claude.batches.seconds = 30
    async with economy(tmp_path, claude, small, runs_at_once=1) as container:
        services = container.run_services
        services.worker.start()
        services.economy_worker.start()
        batch = await start(container, 4)
        await created(claude, 1)
        run = await container.runs.start(USER, Job(text=TEXT), None, ONCE)
        async with asyncio.timeout(15):
            while (await container.runs.get(USER, run.id)).tailoring is None:  # noqa: ASYNC110 - as a caller would
                await asyncio.sleep(0.02)
        assert (await container.batches.get(USER, batch)).counts.running == 4
        await asyncio.gather(services.worker.drain(), services.economy_worker.drain(0))


async def test_a_process_that_ends_hands_back_what_waits_at_once_and_cancels_nothing(
    tmp_path: Path, claude: StandIn, small: Any
) -> None:
    claude.batches.seconds = 1.0
    async with economy(tmp_path, claude, small) as container:
        worker = container.run_services.economy_worker
        worker.start()
        batch = await start(container, 4)
        await created(claude, 1)
        await asyncio.sleep(0.2)
        loop = asyncio.get_running_loop()
        began = loop.time()
        await worker.drain(0)
        assert loop.time() - began < 1
        assert (await container.batches.get(USER, batch)).counts.queued == 4
        async with another(container):
            counts = await over(container, batch)
        assert counts.succeeded == 4
        assert len(claude.batches.made) == STAGES
        assert all(made.cancelled is None for made in claude.batches.made)


async def test_a_run_that_waits_too_long_fails_and_says_so(tmp_path: Path, claude: StandIn, small: Any) -> None:
    claude.batches.seconds = 30
    async with economy(tmp_path, claude, small) as container:
        batch, counts = await worked_off(container, 2, deadline=1.0)
        assert counts.failed == 2
        assert await problems(container, batch) == ["deadline_exceeded"] * 2


async def test_who_asks_for_speed_is_answered_directly(tmp_path: Path, claude: StandIn, small: Any) -> None:
    async with economy(tmp_path, claude, small) as container:
        container.run_services.worker.start()
        counts = await over(container, await start(container, 2, economy=False))
        await container.run_services.worker.drain()
        assert counts.succeeded == 2
        assert claude.batches.made == []


async def test_the_setting_holds_for_who_does_not_say(tmp_path: Path, claude: StandIn, small: Any) -> None:
    found = []
    async with economy(tmp_path, claude, small) as container:
        for usual, asked in ((True, None), (False, None), (False, True)):
            batches = replace(container.batches, economize=usual)
            started = await batches.start(USER, [JobSent(text=TEXT)], None, ONCE, BatchTerms(asked))
            found.append(started.batch.economy)
    assert found == [True, False, True]


async def test_without_claude_there_is_no_economy(tmp_path: Path, small: Any) -> None:
    async with service(tmp_path, as_they_are, small) as container:
        batch = await start(container, 1, economy=True)
        assert (await container.batches.get(USER, batch)).batch.economy is False
