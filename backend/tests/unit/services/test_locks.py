import asyncio
import gc

from backend.services.locks import Locks


async def test_the_same_key_is_one_at_a_time_and_others_are_not() -> None:
    locks = Locks()
    order: list[str] = []

    async def one(key: str, name: str) -> None:
        async with locks.of(key):
            order.append(f"{name} in")
            await asyncio.sleep(0)
            order.append(f"{name} out")

    await asyncio.gather(one("a", "1"), one("a", "2"), one("b", "3"))
    assert order.index("1 out") < order.index("2 in")
    assert order.index("3 in") < order.index("1 out")


async def test_a_lock_that_nobody_holds_is_forgotten() -> None:
    locks = Locks()
    async with locks.of("a"):
        pass
    gc.collect()
    assert len(locks._locks) == 0
