"""What a run costs, and that it never costs more than it may."""

import asyncio
from typing import Any

import pytest

from backend.domain.job import Job
from backend.domain.spent import Spent
from backend.errors import BudgetSpent, VendorUnavailable
from backend.pipeline.metering import Budget, MeteredModel
from backend.tasks.analyze_job import AnalyzeJob
from backend.tasks.task import Answer, Task
from backend.tests.doubles import FixedClock, Scripted, ScriptedModel
from backend.tests.unit.pipeline.scene import ANALYSIS

TASK = AnalyzeJob(Job(text="Python"), "mark")
WORST = (len(TASK.instructions) + len(TASK.question)) // 3 + TASK.max_tokens


def model_of(*answers: Scripted, **spent: Any) -> ScriptedModel:
    return ScriptedModel({"analyze_job": answers or [ANALYSIS] * 9}, Spent("m", **{"input_tokens": 100, **spent}))


async def test_calls_add_up() -> None:
    clock = FixedClock()

    class Slow(ScriptedModel):
        async def run(self, task: Task[Any], model: str | None = None) -> Answer[Any]:
            clock.advance(0.5)
            return await super().run(task, model)

    spent = Spent("m", input_tokens=100, cached_tokens=40, output_tokens=7, cost=0.25)
    metered = MeteredModel(Slow({"analyze_job": [ANALYSIS] * 2}, spent), Budget(), clock)
    for _ in range(2):
        await metered.run(TASK)
    usage = metered.usage()
    assert (usage.calls, usage.input_tokens, usage.cached_tokens, usage.output_tokens) == (2, 200, 80, 14)
    assert (usage.cost, usage.seconds) == (0.5, 1.0)


async def test_a_price_nobody_knows_is_not_zero() -> None:
    metered = MeteredModel(model_of(cost=None), Budget(), FixedClock())
    await metered.run(TASK)
    assert metered.usage().cost is None


async def test_models_are_counted_apart() -> None:
    class Two:
        async def run(self, task: Task[Any], model: str | None = None) -> Answer[Any]:
            return Answer(ANALYSIS, Spent(model or "default", input_tokens=1))

    metered = MeteredModel(Two(), Budget(), FixedClock())
    for name in (None, "other", "other"):
        await metered.run(TASK, name)
    assert {task.model: task.calls for task in metered.usage().tasks} == {"default": 1, "other": 2}


async def test_a_call_that_could_exceed_the_budget_is_not_made() -> None:
    model = model_of()
    with pytest.raises(BudgetSpent):
        await MeteredModel(model, Budget(tokens=WORST - 1), FixedClock()).run(TASK)
    assert model.tasks == []


async def test_a_call_that_just_fits_is_made() -> None:
    model = model_of()
    await MeteredModel(model, Budget(tokens=WORST), FixedClock()).run(TASK)
    assert len(model.tasks) == 1


async def test_tokens_that_were_used_count() -> None:
    metered = MeteredModel(model_of(input_tokens=WORST), Budget(tokens=2 * WORST - 1), FixedClock())
    await metered.run(TASK)
    with pytest.raises(BudgetSpent):
        await metered.run(TASK)


async def test_calls_in_flight_cannot_exceed_the_budget_together() -> None:
    class Pausing(ScriptedModel):
        async def run(self, task: Task[Any], model: str | None = None) -> Answer[Any]:
            await asyncio.sleep(0)
            return await super().run(task, model)

    model = Pausing({"analyze_job": [ANALYSIS] * 5}, Spent("m", input_tokens=WORST))
    metered = MeteredModel(model, Budget(tokens=2 * WORST), FixedClock())
    results = await asyncio.gather(*(metered.run(TASK) for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(result, BudgetSpent) for result in results) == 3
    assert len(model.tasks) == 2


async def test_a_call_that_fails_gives_its_reservation_back() -> None:
    metered = MeteredModel(model_of(VendorUnavailable("gone"), ANALYSIS), Budget(tokens=WORST), FixedClock())
    with pytest.raises(VendorUnavailable):
        await metered.run(TASK)
    assert (await metered.run(TASK)).output == ANALYSIS


async def test_no_call_is_made_once_the_money_is_gone() -> None:
    metered = MeteredModel(model_of(cost=0.05), Budget(cost=0.1), FixedClock())
    await metered.run(TASK)
    with pytest.raises(BudgetSpent, match="RUN_COST_BUDGET"):
        await metered.run(TASK)


async def test_concurrent_calls_cannot_spend_the_money_together() -> None:
    metered = MeteredModel(model_of(cost=0.05), Budget(cost=0.12), FixedClock())
    results = await asyncio.gather(*(metered.run(TASK) for _ in range(4)), return_exceptions=True)
    assert [isinstance(result, BudgetSpent) for result in results] == [False, False, True, True]
