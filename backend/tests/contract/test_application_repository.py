"""Applications, shares and the log of changes on MongoDB, embedded and real; sealed and not."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from backend.adapters.mongo import Mongo, MongoApplications, MongoChanges, MongoShares, MongoVault
from backend.domain.application import Application, StatusChange, moved
from backend.ports import Change, Share
from backend.security.encryption import KeyRing

ANA, BEN = "64b0000000000000000000aa", "ben@example.com"
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def application(number: int, title: str = "Engineer · 東京") -> Application:
    history = (StatusChange(status="saved", at=NOW),)
    return Application(id=f"{number:024x}", created=NOW, updated=NOW, title=title, status="saved", history=history)


@pytest.fixture(params=["plain", "sealed"])
def applications(request: pytest.FixtureRequest, mongo: Mongo) -> MongoApplications:
    ring = KeyRing((os.urandom(32),)) if request.param == "sealed" else None
    return MongoApplications(mongo.database, MongoVault(mongo.database, ring))


async def test_an_application_comes_back_as_it_was(applications: MongoApplications) -> None:
    await applications.add(ANA, application(1))
    assert await applications.get(ANA, application(1).id) == application(1)


async def test_another_persons_application_is_not_there(applications: MongoApplications) -> None:
    known = application(1)
    await applications.add(ANA, known)
    assert await applications.get(BEN, known.id) is None
    assert list(await applications.list(BEN, 10)) == []
    assert not await applications.replace(BEN, known, 1)
    assert not await applications.delete(BEN, known.id)
    assert await applications.get(ANA, known.id) == known


async def test_a_list_is_newest_first_by_page_and_by_status(applications: MongoApplications) -> None:
    known = [application(n) for n in range(1, 5)]
    for item in known:
        await applications.add(ANA, item)
    change = moved(known[1], "applied", NOW)
    assert await applications.replace(ANA, change, 1)
    assert [item.id for item in await applications.list(ANA, 2)] == [known[3].id, known[2].id]
    assert [item.id for item in await applications.list(ANA, 9, known[2].id)] == [known[1].id, known[0].id]
    assert list(await applications.list(ANA, 9, status="applied")) == [change]
    assert [item.id for item in await applications.list(ANA, 9, known[3].id, "saved")] == [known[2].id, known[0].id]


async def test_a_change_of_what_has_changed_meanwhile_is_not_written(applications: MongoApplications) -> None:
    await applications.add(ANA, application(1))
    first = application(1, "first").model_copy(update={"revision": 2})
    assert await applications.replace(ANA, first, 1)
    assert not await applications.replace(ANA, application(1, "second"), 1)
    assert await applications.get(ANA, first.id) == first


async def test_what_is_sealed_cannot_be_read_in_the_database(mongo: Mongo) -> None:
    vault = MongoVault(mongo.database, KeyRing((os.urandom(32),)))
    await MongoApplications(mongo.database, vault).add(ANA, application(1, "a canary"))
    rows = await mongo.database.applications.find({}).to_list(None)
    assert "canary" not in str(rows)
    assert rows[0]["status"] == "saved"


async def test_a_share_is_found_by_its_id_alone_and_deleted_by_its_owner(mongo: Mongo) -> None:
    shares = MongoShares(mongo.database)
    share = Share("0" * 23 + "1", ANA, "t1", NOW, datetime.now(UTC).replace(microsecond=0) + timedelta(days=1))
    await shares.add(ANA, share)
    assert await shares.shared(share.id) == share
    assert list(await shares.list(BEN, 9)) == []
    assert list(await shares.list(ANA, 9)) == [share]
    assert not await shares.delete(BEN, share.id)
    assert await shares.delete(ANA, share.id)
    assert await shares.shared(share.id) is None


async def test_changes_are_listed_newest_first_and_only_ones_own(mongo: Mongo) -> None:
    log = MongoChanges(mongo.database)
    changes = [Change(f"{n:024x}", NOW, ANA, "resume", "r1", "changed") for n in range(1, 4)]
    await log.add(ANA, changes)
    await log.add(ANA, [])
    await log.add(BEN, [Change(f"{9:024x}", NOW, BEN, "job", "j1", "deleted")])
    assert list(await log.list(ANA, 2)) == changes[:0:-1]
    assert list(await log.list(ANA, 9, changes[1].id)) == changes[:1]
