"""Batches, and the runs of one, in the repositories."""

from datetime import timedelta

import pytest
from bson import ObjectId

from backend.adapters.mongo import Mongo, MongoTailorings, MongoVault
from backend.adapters.mongo.batches import MongoBatches
from backend.adapters.mongo.runs import MongoRuns
from backend.domain.batch import BatchCounts, TailoringBatch
from backend.domain.job import Job
from backend.domain.run_state import InputVersions, Lane, RunProblem, RunRequest, TailoringRun
from backend.domain.tailoring import Options
from backend.security.encryption import KeyRing
from backend.tests.doubles import FixedClock

ANA, BEN = "64b0000000000000000000aa", "64b0000000000000000000bb"
PROBLEM = RunProblem(code="x", title="x", status=500, detail="Alas.")
REQUEST = RunRequest(job=Job(text="A job."), options=Options(), document={"summary": "A canary."}, marker="m")


@pytest.fixture(params=[None, KeyRing((b"k" * 32,))], ids=["plain", "sealed"])
def vault(request: pytest.FixtureRequest, mongo: Mongo) -> MongoVault:
    return MongoVault(mongo.database, request.param)


@pytest.fixture
def runs(mongo: Mongo, vault: MongoVault, clock: FixedClock) -> MongoRuns:
    return MongoRuns(mongo.database, vault, clock)


def run(clock: FixedClock, batch: str = "b", lane: Lane = "usual", user: str = ANA) -> TailoringRun:
    return TailoringRun(
        id=str(ObjectId()),
        user_id=user,
        lane=lane,
        batch_id=batch,
        batch_size=3,
        created=clock.now(),
        deadline=60,
        inputs=InputVersions(resume_id="r", resume_version=1, resume_hash="h"),
    )


async def test_many_are_added_once(runs: MongoRuns, clock: FixedClock) -> None:
    some = [run(clock) for _ in range(45)]
    await runs.add_all(ANA, [(one, REQUEST) for one in some[:30]])
    await runs.add_all(ANA, [(one, REQUEST) for one in some])
    assert await runs.counts(ANA, "b") == BatchCounts(queued=45)
    assert await runs.get(ANA, some[7].id) == some[7]
    assert await runs.request(ANA, some[40].id) == REQUEST


async def test_one_that_failed_before_it_began_is_never_taken_up(runs: MongoRuns, clock: FixedClock) -> None:
    failed = run(clock).model_copy(update={"state": "failed", "problem": PROBLEM, "finished": clock.now()})
    await runs.add_all(ANA, [(failed, REQUEST)])
    assert await runs.get(ANA, failed.id) == failed
    assert await runs.claim(ANA, failed.id, "w", 10) is None
    assert await runs.request(ANA, failed.id) is None
    assert not await runs.cancel(ANA, failed.id)


async def test_each_lane_has_its_own(runs: MongoRuns, mongo: Mongo, clock: FixedClock) -> None:
    usual, economy, earlier = run(clock), run(clock, lane="economy"), run(clock)
    for one in (usual, economy, earlier):
        await runs.add(one, REQUEST)
    await mongo.database.runs.update_one({"_id": ObjectId(earlier.id)}, {"$unset": {"lane": "", "batch_id": ""}})
    assert {one.run_id for one in await runs.waiting(10)} == {usual.id, earlier.id}
    assert {one.run_id for one in await runs.waiting(10, "economy")} == {economy.id}
    for one in (usual, economy):
        assert await runs.claim(ANA, one.id, "w", 5)
    clock.advance(6)
    assert [one.run_id for one in await runs.abandoned(10)] == [usual.id]
    assert [one.run_id for one in await runs.abandoned(10, "economy")] == [economy.id]


async def test_what_was_asked_goes_when_a_run_ends(
    runs: MongoRuns, mongo: Mongo, vault: MongoVault, clock: FixedClock
) -> None:
    settled, cancelled = run(clock), run(clock)
    for one in (settled, cancelled):
        await runs.add(one, REQUEST)
    claimed = await runs.claim(ANA, settled.id, "w", 5)
    assert claimed is not None
    assert claimed.request == REQUEST
    assert await runs.settle(claimed.run, PROBLEM, ())
    assert await runs.finish(ANA, settled.id, MongoTailorings(mongo.database, vault))
    assert await runs.cancel(ANA, cancelled.id)
    assert await mongo.database.run_requests.count_documents({}) == 0


async def test_those_that_ended_come_in_pages_the_latest_first(
    runs: MongoRuns, mongo: Mongo, vault: MongoVault, clock: FixedClock
) -> None:
    ids = []
    for n in range(7):
        one = run(clock)
        await runs.add(one, REQUEST)
        claimed = await runs.claim(ANA, one.id, "w", 5)
        assert claimed is not None
        await runs.settle(claimed.run, PROBLEM, ())
        await runs.finish(ANA, one.id, MongoTailorings(mongo.database, vault))
        ids.append(one.id)
        clock.advance(n % 2)  # two at a time end in the same moment
    await runs.add(run(clock), REQUEST)
    await runs.add(run(clock, batch="another"), REQUEST)
    seen: list[str] = []
    cursor: str | None = None
    while page := await runs.ended(ANA, "b", 2, cursor):
        cursor = page[-1][0]
        seen += [one.id for _, one in page]
    assert sorted(seen) == sorted(ids)
    assert seen[0] in ids[-2:]
    assert len(await runs.unended(ANA, "b")) == 1
    assert await runs.ended(BEN, "b", 10) == []
    assert await runs.counts(BEN, "b") == BatchCounts()


async def test_batches_are_their_owners_and_come_newest_first(mongo: Mongo, clock: FixedClock) -> None:
    batches = MongoBatches(mongo.database)
    made = [
        TailoringBatch(
            id=str(ObjectId()),
            user_id=user,
            created=clock.now() + timedelta(seconds=n),
            resume_id="r",
            economy=bool(n % 2),
            run_ids=("1", "2"),
        )
        for n, user in enumerate((ANA, ANA, BEN))
    ]
    assert [await batches.add(one) for one in (*made, made[0])] == [True, True, True, False]
    assert await batches.get(ANA, made[1].id) == made[1]
    assert await batches.get(ANA, made[2].id) is None
    assert await batches.list(ANA, 10) == [made[1], made[0]]
    assert await batches.list(ANA, 10, made[1].id) == [made[0]]
