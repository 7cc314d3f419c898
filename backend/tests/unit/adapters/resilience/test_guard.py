"""What is asked again, after how long, and what is not."""

import asyncio
from collections.abc import Callable
from itertools import count

import pytest

from backend.adapters.resilience import Backoff, Guard, Policy
from backend.errors import (
    InvalidInput,
    SpendLimitReached,
    TailorError,
    UnusableAnswer,
    VendorLimits,
    VendorRefuses,
    VendorUnavailable,
)
from backend.tests.doubles import FixedClock

DOWN = VendorUnavailable


class Scene:
    """A guard whose waits are noted, and pass at once. `chance` is always the most."""

    def __init__(self, retries: int = 2, failures: int = 100) -> None:
        self.clock = FixedClock()
        self.waits: list[float] = []
        self.asked = 0
        policy = Policy(retries, Backoff(0.5, 8.0), failures, rest=15.0)
        self.guard = Guard("acme", policy, self.clock, chance=lambda: 1.0, sleep=self._wait)

    async def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.clock.advance(seconds)

    async def ask(self, *faults: TailorError, deadline: float = 60.0, takes: float = 0.0) -> str:
        """Calls that fail with these in turn, and are answered after that."""
        coming = iter(faults)

        async def call() -> str:
            self.asked += 1
            self.clock.advance(takes)
            fault = next(coming, None)
            if fault:
                raise fault
            return "answer"

        return await self.guard.call(call, deadline)


async def test_what_may_pass_is_asked_again() -> None:
    scene = Scene()
    assert await scene.ask(DOWN("down"), DOWN("down")) == "answer"
    assert scene.waits == [0.5, 1.0]


async def test_it_gives_up_after_its_retries() -> None:
    scene = Scene(retries=1)
    with pytest.raises(VendorUnavailable):
        await scene.ask(DOWN("down"), DOWN("down"))
    assert scene.asked == 2


@pytest.mark.parametrize(
    "fault",
    [SpendLimitReached("spent"), VendorRefuses("no key"), UnusableAnswer("no JSON"), InvalidInput("no model")],
    ids=lambda fault: type(fault).__name__,
)
async def test_what_cannot_pass_is_not_asked_again(fault: TailorError) -> None:
    scene = Scene()
    with pytest.raises(type(fault)):
        await scene.ask(fault)
    assert scene.asked == 1


async def test_a_vendor_that_says_how_long_is_left_alone_that_long() -> None:
    scene = Scene()
    assert await scene.ask(VendorLimits("slow down", retry_after=7.0)) == "answer"
    assert scene.waits == [7.5]


async def test_it_does_not_wait_for_what_the_deadline_forbids() -> None:
    scene = Scene()
    with pytest.raises(VendorUnavailable) as raised:
        await scene.ask(VendorLimits("slow down", retry_after=61.0), deadline=60.0)
    assert scene.waits == []
    assert raised.value.retry_after == 61


async def test_attempts_share_one_deadline() -> None:
    scene = Scene(retries=5)
    with pytest.raises(VendorUnavailable):
        await scene.ask(*[DOWN("down")] * 6, deadline=25.0, takes=10.0)
    assert scene.asked == 3


async def test_a_call_that_takes_too_long_is_cut_off_and_counts_as_a_failure() -> None:
    scene = Scene(retries=0, failures=1)
    with pytest.raises(VendorUnavailable, match=r"within 0.01 seconds"):
        await scene.guard.call(lambda: asyncio.sleep(60), 0.01)
    assert scene.guard.breaker.state == "open"


async def test_what_fails_says_in_whole_seconds_when_to_come_back() -> None:
    with pytest.raises(VendorUnavailable) as raised:
        await Scene(retries=0).ask(DOWN("down", retry_after=0.2))
    assert raised.value.retry_after == 1
    with pytest.raises(VendorUnavailable) as raised:
        await Scene(retries=0).ask(DOWN("down"))
    assert raised.value.retry_after == 30


async def test_a_vendor_that_is_left_alone_is_not_asked() -> None:
    scene = Scene(retries=0, failures=1)
    with pytest.raises(VendorUnavailable):
        await scene.ask(DOWN("down"))
    with pytest.raises(VendorUnavailable, match="asked again in 15 seconds"):
        await scene.ask()
    assert scene.asked == 1


async def test_a_retry_stops_when_the_vendor_is_left_alone_meanwhile() -> None:
    scene = Scene(retries=5, failures=2)
    with pytest.raises(VendorUnavailable):
        await scene.ask(*[DOWN("down")] * 6)
    assert scene.asked == 2


@pytest.mark.parametrize(
    "fault", [VendorLimits("slow down"), VendorRefuses("no key"), UnusableAnswer("no JSON")], ids=type
)
async def test_a_vendor_that_answers_anything_is_not_down(fault: TailorError) -> None:
    scene = Scene(retries=0, failures=1)
    with pytest.raises(type(fault)):
        await scene.ask(fault)
    assert scene.guard.breaker.state == "closed"


async def test_a_spent_limit_is_asked_about_once_for_all() -> None:
    scene = Scene()
    for _ in range(5):
        with pytest.raises(SpendLimitReached):
            await scene.ask(SpendLimitReached("spent"))
    assert scene.asked == 1


async def test_a_call_that_is_cancelled_gives_the_trial_back() -> None:
    scene = Scene(retries=0, failures=1)
    with pytest.raises(VendorUnavailable):
        await scene.ask(DOWN("down"))
    scene.clock.advance(15.0)
    trial = asyncio.create_task(scene.guard.call(lambda: asyncio.sleep(60), 60.0))
    await asyncio.sleep(0)
    trial.cancel()
    await asyncio.wait([trial])
    assert await scene.ask() == "answer"


async def test_a_fault_of_ours_passes_unchanged() -> None:
    async def broken() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await Scene().guard.call(broken, 1.0)


async def test_when_all_fail_not_all_are_asked_again() -> None:
    scene = Scene(retries=2, failures=10_000)
    for _ in range(1_000):
        with pytest.raises(VendorUnavailable):
            await scene.ask(*[DOWN("down")] * 3)
    assert 1_240 <= scene.asked <= 1_250


async def test_retries_that_were_used_up_come_back_with_questions_that_are_answered() -> None:
    scene = Scene(retries=2, failures=10_000)
    for _ in range(100):
        with pytest.raises(VendorUnavailable):
            await scene.ask(*[DOWN("down")] * 3)
    for _ in range(10):
        await scene.ask()
    assert await scene.ask(DOWN("down")) == "answer"


async def test_a_question_one_can_do_without_is_asked_once() -> None:
    scene = Scene()
    numbers = count()

    async def down() -> Callable[[], int]:
        next(numbers)
        raise VendorUnavailable("down")

    with pytest.raises(VendorUnavailable):
        await scene.guard.call(down, 60.0, again=False)
    assert next(numbers) == 1
