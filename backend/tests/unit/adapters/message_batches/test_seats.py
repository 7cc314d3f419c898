"""Who works and who waits in the economy lane."""

import asyncio
from random import Random

from backend.adapters.message_batches.seats import Seats


async def test_no_more_work_at_once_than_there_are_seats_however_many_wait() -> None:
    seats, working, most, waiting_most = Seats(3), 0, 0, 0
    chance = Random(4)

    async def work() -> None:
        nonlocal working, most
        working += 1
        most = max(most, working)
        await asyncio.sleep(chance.random() / 500)
        working -= 1

    async def run() -> None:
        nonlocal waiting_most
        async with seats.one() as seat:
            for _ in range(4):
                await work()
                async with seat.waiting():
                    waiting_most = max(waiting_most, seats.waiting)
                    await asyncio.sleep(chance.random() / 100)

    await asyncio.gather(*(run() for _ in range(30)))
    assert most == 3
    assert waiting_most > 3
    assert (seats.busy, seats._free._value) == (0, 3)


async def test_a_run_with_several_questions_waits_until_it_has_the_last_answer() -> None:
    seats = Seats(1)
    async with seats.one() as seat:
        assert seats.busy == 1
        first, second = seat.waiting(), seat.waiting()
        await first.__aenter__()
        await second.__aenter__()
        await first.__aexit__(None, None, None)
        assert seats.busy == 0
        await second.__aexit__(None, None, None)
        assert seats.busy == 1
    assert (seats.busy, seats._free._value) == (0, 1)


async def test_a_run_that_is_given_up_while_it_waits_leaves_its_seat() -> None:
    seats = Seats(1)

    async def run() -> None:
        async with seats.one() as seat, seat.waiting():
            await asyncio.sleep(30)

    tasks = [asyncio.create_task(run()) for _ in range(5)]
    await asyncio.sleep(0.01)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert (seats.busy, seats.waiting, seats._free._value) == (0, 0, 1)
