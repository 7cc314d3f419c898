"""When a vendor is left alone, and when it is asked again, by an exact clock."""

import asyncio

import pytest

from backend.adapters.resilience import Breaker, Resting
from backend.errors import SpendLimitReached
from backend.tests.doubles import FixedClock


class Scene:
    """A breaker that opens after three failures, for ten seconds."""

    def __init__(self) -> None:
        self.clock = FixedClock()
        self.states: list[str] = []
        self.breaker = Breaker("Acme", self.clock, failures=3, rest=10.0, told=self.states.append)

    async def fail(self, times: int) -> None:
        for _ in range(times):
            self.breaker.failed(await self.breaker.enter(1.0))

    async def opened(self) -> "Scene":
        await self.fail(3)
        return self


async def test_it_opens_with_the_failure_that_makes_it_full() -> None:
    scene = Scene()
    await scene.fail(2)
    assert scene.breaker.state == "closed"
    await scene.fail(1)
    assert scene.breaker.state == "open"


async def test_an_answer_in_between_starts_the_count_anew() -> None:
    scene = Scene()
    await scene.fail(2)
    scene.breaker.answered(await scene.breaker.enter(1.0))
    await scene.fail(2)
    assert scene.breaker.state == "closed"


async def test_while_it_is_open_none_passes_and_each_hears_how_long_it_takes() -> None:
    scene = await Scene().opened()
    scene.clock.advance(9.5)
    with pytest.raises(Resting) as raised:
        await scene.breaker.enter(1.0)
    assert raised.value.retry_after == 0.5


async def test_after_its_rest_one_passes() -> None:
    scene = await Scene().opened()
    scene.clock.advance(10.0)
    await scene.breaker.enter(1.0)
    assert scene.breaker.state == "half_open"


async def test_an_answer_to_the_trial_closes_it() -> None:
    scene = await Scene().opened()
    scene.clock.advance(10.0)
    scene.breaker.answered(await scene.breaker.enter(1.0))
    assert scene.breaker.state == "closed"
    assert scene.states == ["open", "half_open", "closed"]


async def test_a_trial_that_fails_opens_it_for_another_rest() -> None:
    scene = await Scene().opened()
    scene.clock.advance(10.0)
    await scene.fail(1)
    scene.clock.advance(9.9)
    with pytest.raises(Resting):
        await scene.breaker.enter(1.0)
    scene.clock.advance(0.1)
    await scene.breaker.enter(1.0)


async def test_others_wait_for_what_comes_of_the_trial() -> None:
    scene = await Scene().opened()
    scene.clock.advance(10.0)
    trial = await scene.breaker.enter(1.0)
    waiting = [asyncio.create_task(scene.breaker.enter(5.0)) for _ in range(3)]
    await asyncio.sleep(0)
    assert not any(task.done() for task in waiting)
    scene.breaker.answered(trial)
    assert len(set(await asyncio.gather(*waiting))) == 1


async def test_others_are_refused_when_the_trial_fails() -> None:
    scene = await Scene().opened()
    scene.clock.advance(10.0)
    trial = await scene.breaker.enter(1.0)
    waiting = asyncio.create_task(scene.breaker.enter(5.0))
    await asyncio.sleep(0)
    scene.breaker.failed(trial)
    with pytest.raises(Resting):
        await waiting


async def test_nobody_waits_for_a_trial_longer_than_their_patience() -> None:
    scene = await Scene().opened()
    scene.clock.advance(10.0)
    await scene.breaker.enter(1.0)
    with pytest.raises(Resting, match="tried again"):
        await scene.breaker.enter(0.01)


async def test_a_trial_that_is_given_up_leaves_the_next_to_somebody_else() -> None:
    scene = await Scene().opened()
    scene.clock.advance(10.0)
    scene.breaker.let_go(await scene.breaker.enter(1.0))
    scene.breaker.answered(await scene.breaker.enter(1.0))
    assert scene.breaker.state == "closed"


async def test_a_call_from_before_it_opened_does_not_close_it() -> None:
    scene = Scene()
    late = await scene.breaker.enter(1.0)
    await scene.fail(3)
    scene.breaker.answered(late)
    assert scene.breaker.state == "open"


async def test_a_failure_from_before_the_trial_does_not_end_the_trial() -> None:
    scene = Scene()
    late = await scene.breaker.enter(1.0)
    await scene.fail(3)
    scene.clock.advance(10.0)
    trial = await scene.breaker.enter(1.0)
    scene.breaker.failed(late)
    scene.breaker.answered(trial)
    assert scene.breaker.state == "closed"


async def test_a_limit_of_spending_opens_it_at_once_and_for_longer() -> None:
    scene = Scene()
    scene.breaker.spent(await scene.breaker.enter(1.0))
    scene.clock.advance(59.0)
    with pytest.raises(SpendLimitReached) as raised:
        await scene.breaker.enter(1.0)
    assert raised.value.retry_after == 1.0
    scene.clock.advance(1.0)
    await scene.breaker.enter(1.0)
