"""Idempotency keys, on the embedded MongoDB and the real one."""

import asyncio
from datetime import UTC, datetime

import pytest

from backend.adapters.mongo import Mongo, MongoVault
from backend.adapters.mongo.idempotency import MongoIdempotency
from backend.ports import KeptAnswer
from backend.tests.doubles import FixedClock

ANA, BEN = "64b0000000000000000000aa", "ben@example.com"
ANSWER = KeptAnswer(202, '{"id": "r1", "name": "東京"}', "application/json", {"location": "/tailorings/r1"})
DAY = 24 * 3600


@pytest.fixture
def clock() -> FixedClock:
    """In a far future: the servers themselves delete what has expired by the real time."""
    return FixedClock(datetime(2100, 1, 2, tzinfo=UTC))


@pytest.fixture
def keys(mongo: Mongo, clock: FixedClock) -> MongoIdempotency:
    return MongoIdempotency(mongo.database, MongoVault(mongo.database), clock)


async def test_of_many_at_once_one_gets_the_key(keys: MongoIdempotency) -> None:
    claims = await asyncio.gather(*(keys.claim(ANA, "k", "f", f"m{n}", 30) for n in range(30)))
    assert sum(claim.mine for claim in claims) == 1
    assert len({claim.made for claim in claims}) == 1


async def test_an_answer_is_heard_by_all_who_come_later(keys: MongoIdempotency) -> None:
    await keys.claim(ANA, "k", "f", "m1", 30)
    await keys.answer(ANA, "k", ANSWER)
    claim = await keys.claim(ANA, "k", "f", "m2", 30)
    assert (claim.mine, claim.answer, claim.made) == (False, ANSWER, "m1")


async def test_a_key_that_was_let_go_is_free_for_one_other_who_makes_the_same(keys: MongoIdempotency) -> None:
    await keys.claim(ANA, "k", "f", "m1", 30)
    await keys.release(ANA, "k", "m1")
    claims = await asyncio.gather(*(keys.claim(ANA, "k", "f", "m2", 30) for _ in range(10)))
    assert sum(claim.mine for claim in claims) == 1
    assert {claim.made for claim in claims} == {"m1"}


async def test_one_who_took_a_key_over_lets_it_go_and_not_the_one_before(
    keys: MongoIdempotency, clock: FixedClock
) -> None:
    await keys.claim(ANA, "k", "f", "m1", 30)
    clock.advance(31)
    assert (await keys.claim(ANA, "k", "f", "m2", 30)).mine
    await keys.release(ANA, "k", "m1")
    assert not (await keys.claim(ANA, "k", "f", "m3", 30)).mine
    await keys.release(ANA, "k", "m2")
    assert (await keys.claim(ANA, "k", "f", "m3", 30)).mine


async def test_a_key_that_another_holds_is_not_let_go(keys: MongoIdempotency) -> None:
    await keys.claim(ANA, "k", "f", "m1", 30)
    await keys.release(ANA, "k", "m2")
    assert not (await keys.claim(ANA, "k", "f", "m2", 30)).mine


async def test_an_answered_key_is_not_let_go(keys: MongoIdempotency) -> None:
    await keys.claim(ANA, "k", "f", "m1", 30)
    await keys.answer(ANA, "k", ANSWER)
    await keys.release(ANA, "k", "m1")
    assert (await keys.claim(ANA, "k", "f", "m2", 30)).answer == ANSWER


async def test_a_holder_that_says_nothing_is_followed_by_one_other_who_makes_the_same(
    keys: MongoIdempotency, clock: FixedClock
) -> None:
    await keys.claim(ANA, "k", "f", "m1", 30)
    clock.advance(29)
    assert not (await keys.claim(ANA, "k", "f", "m2", 30)).mine
    clock.advance(2)
    claims = await asyncio.gather(*(keys.claim(ANA, "k", "f", "m2", 30) for _ in range(10)))
    assert sum(claim.mine for claim in claims) == 1
    assert {claim.made for claim in claims} == {"m1"}


async def test_a_holder_that_renews_keeps_it(keys: MongoIdempotency, clock: FixedClock) -> None:
    await keys.claim(ANA, "k", "f", "m1", 30)
    clock.advance(20)
    await keys.renew(ANA, "k", 30)
    clock.advance(20)
    assert not (await keys.claim(ANA, "k", "f", "m2", 30)).mine


async def test_after_a_day_a_key_is_new(keys: MongoIdempotency, clock: FixedClock) -> None:
    await keys.claim(ANA, "k", "f", "m1", 30)
    await keys.answer(ANA, "k", ANSWER)
    clock.advance(DAY - 1)
    assert (await keys.claim(ANA, "k", "f", "m2", 30)).answer == ANSWER
    clock.advance(2)
    claim = await keys.claim(ANA, "k", "g", "m3", 30)
    assert (claim.mine, claim.made, claim.fingerprint) == (True, "m3", "g")
