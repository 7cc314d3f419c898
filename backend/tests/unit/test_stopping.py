import asyncio

from backend.stopping import stopped


async def test_a_task_that_swallows_being_cancelled_is_ended_all_the_same() -> None:
    swallowed = 0

    async def deaf() -> None:
        nonlocal swallowed
        while True:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                swallowed += 1
                if swallowed > 2:
                    raise

    task = asyncio.create_task(deaf())
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        (outcome,) = await stopped(task, again=0.01)
    assert isinstance(outcome, asyncio.CancelledError)
    assert swallowed == 3


async def test_what_has_ended_says_how() -> None:
    async def gives() -> int:
        return 1

    async def fails() -> None:
        raise ValueError("no")

    tasks = asyncio.create_task(gives()), asyncio.create_task(fails())
    await asyncio.wait(tasks)
    one, error = await stopped(*tasks)
    assert one == 1
    assert isinstance(error, ValueError)
