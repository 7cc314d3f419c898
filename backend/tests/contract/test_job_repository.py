"""Kept job advertisements, on the embedded MongoDB and the real one, sealed and plain."""

import pytest

from backend.adapters.mongo import Mongo, MongoJobs, MongoVault
from backend.domain.posting import Posting
from backend.errors import VendorUnavailable
from backend.security.encryption import KeyRing, new_key
from backend.tests.doubles import CountingIds, FixedClock

ANA, BEN = "64b0000000000000000000aa", "ben@example.com"
JOB = Posting(title="Cook · 東京", text="We cook.\n- Soup", salary="¥1", source="json_ld", warnings=("Check it.",))


@pytest.fixture(params=["plain", "sealed"])
def jobs(request: pytest.FixtureRequest, mongo: Mongo, clock: FixedClock) -> MongoJobs:
    ring = KeyRing((new_key(),)) if request.param == "sealed" else None
    return MongoJobs(mongo.database, clock, CountingIds(), MongoVault(mongo.database, ring))


async def test_a_job_comes_back_as_it_was_kept(jobs: MongoJobs, clock: FixedClock) -> None:
    kept = await jobs.add(ANA, JOB)
    assert (kept.posting, kept.created, kept.updated) == (JOB, clock.now().isoformat(), clock.now().isoformat())
    assert await jobs.get(ANA, kept.id) == kept


async def test_a_job_is_replaced_whole_and_keeps_when_it_was_made(jobs: MongoJobs, clock: FixedClock) -> None:
    kept = await jobs.add(ANA, JOB)
    clock.advance(60)
    replaced = await jobs.replace(ANA, kept.id, Posting(text="We bake."))
    assert replaced is not None
    assert (replaced.id, replaced.created, replaced.updated) == (kept.id, kept.created, clock.now().isoformat())
    assert await jobs.get(ANA, kept.id) == replaced
    assert replaced.posting == Posting(text="We bake.")


async def test_a_deleted_job_is_gone(jobs: MongoJobs) -> None:
    kept = await jobs.add(ANA, JOB)
    assert await jobs.delete(ANA, kept.id)
    assert await jobs.get(ANA, kept.id) is None
    assert not await jobs.delete(ANA, kept.id)


async def test_another_users_job_is_not_there(jobs: MongoJobs) -> None:
    kept = await jobs.add(ANA, JOB)
    assert await jobs.get(BEN, kept.id) is None
    assert await jobs.replace(BEN, kept.id, Posting(text="Mine.")) is None
    assert not await jobs.delete(BEN, kept.id)
    assert list(await jobs.list(BEN, 10)) == []
    assert await jobs.get(ANA, kept.id) == kept


async def test_jobs_are_listed_newest_first_and_page_by_page(jobs: MongoJobs) -> None:
    kept = [await jobs.add(ANA, Posting(text=f"Job {n}")) for n in range(5)]
    await jobs.add(BEN, JOB)
    first = await jobs.list(ANA, 3)
    assert list(first) == kept[:1:-1]
    assert list(await jobs.list(ANA, 3, first[-1].id)) == kept[1::-1]


@pytest.mark.parametrize("id_", ["", "nothing", "0" * 24, "\0", "$ne"])
async def test_an_unknown_id_is_no_job(jobs: MongoJobs, id_: str) -> None:
    await jobs.add(ANA, JOB)
    assert await jobs.get(ANA, id_) is None
    assert not await jobs.delete(ANA, id_)
    assert await jobs.replace(ANA, id_, JOB) is None


async def test_what_is_sealed_does_not_stand_in_the_database(mongo: Mongo, clock: FixedClock) -> None:
    vault = MongoVault(mongo.database, KeyRing((new_key(),)))
    await MongoJobs(mongo.database, clock, CountingIds(), vault).add(ANA, JOB)
    row = await mongo.database.jobs.find_one({})
    assert row is not None
    assert set(row) == {"_id", "user_id", "created", "updated", "sealed"}
    assert "cook" not in str(row).lower()


async def test_a_server_that_is_down_is_unavailable() -> None:
    connection = Mongo("mongodb://127.0.0.1:1", "test", timeout=0.05)
    with pytest.raises(VendorUnavailable):
        await MongoJobs(connection.database, FixedClock(), CountingIds(), MongoVault(connection.database)).list(ANA, 1)
    await connection.close()
