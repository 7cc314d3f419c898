"""With a key set, nothing that a person wrote is in the database, and all of it comes back."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from backend.adapters.embedded.mongo_server import EmbeddedMongo
from backend.adapters.mongo import Mongo, MongoChunks, MongoResumes, MongoVault
from backend.domain.content import Chunk
from backend.errors import Tampered
from backend.security.encryption import KeyRing
from backend.tests.doubles import CountingIds, FixedClock

ANA, BEN = "64b0000000000000000000aa", "ben@example.com"
FIRST, SECOND = bytes(range(32)), bytes(range(32, 64))
RESUME = {"summary": "Canary-9431 in the summary", "contact": {"name": "Ana"}, "more": [1, {"deep": "Canary-9431"}]}


@pytest.fixture
async def mongo(tmp_path: Path) -> AsyncIterator[Mongo]:
    server = EmbeddedMongo(tmp_path)
    connection = Mongo(await server.open(), "sealed")
    yield connection
    await connection.close()
    await server.close()


def resumes_with(mongo: Mongo, *keys: bytes) -> MongoResumes:
    ring = KeyRing(keys) if keys else None
    return MongoResumes(mongo.database, FixedClock(), CountingIds(), MongoVault(mongo.database, ring))


async def rows(mongo: Mongo) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name in await mongo.database.list_collection_names():
        found += await mongo.database[name].find({}).to_list(None)
    return found


async def test_nothing_of_a_resume_is_stored_in_the_clear(mongo: Mongo) -> None:
    resumes = resumes_with(mongo, FIRST)
    stored = await resumes.add(ANA, RESUME)
    await resumes.replace(ANA, stored.id, RESUME | {"summary": "Canary-9431 changed"})
    assert "Canary" not in repr(await rows(mongo))
    found = await resumes.get(ANA, stored.id)
    assert found is not None
    assert found.document["summary"] == "Canary-9431 changed"
    assert found.document["more"] == RESUME["more"]
    [version] = await resumes.versions(ANA, stored.id)
    assert version.document == RESUME


async def test_a_librarys_text_is_sealed_and_its_labels_are_not(mongo: Mongo) -> None:
    chunks = MongoChunks(mongo.database, MongoVault(mongo.database, KeyRing((FIRST,))))
    chunk = Chunk(text="Canary-9431 led a team", source="blog")
    await chunks.put(ANA, [chunk])
    assert "Canary" not in repr(await rows(mongo))
    assert list(await chunks.all(ANA)) == [chunk]


async def test_what_was_plain_is_read_and_sealed_when_next_written(mongo: Mongo) -> None:
    stored = await resumes_with(mongo).add(ANA, RESUME)
    assert "Canary" in repr(await rows(mongo))
    resumes = resumes_with(mongo, FIRST)
    found = await resumes.get(ANA, stored.id)
    assert found is not None
    assert found.document["summary"] == RESUME["summary"]
    await resumes.replace(ANA, stored.id, RESUME)
    assert "Canary" not in repr(await rows(mongo))


async def test_a_ciphertext_put_in_anothers_place_is_refused(mongo: Mongo) -> None:
    resumes = resumes_with(mongo, FIRST)
    mine, other = await resumes.add(ANA, RESUME), await resumes.add(ANA, {"summary": "Another."})
    theirs = await resumes.add(BEN, {"summary": "Ben's."})
    sealed = {row["_id"]: row["sealed"] for row in await mongo.database.resumes.find({}).to_list(None)}
    by_text = {str(id_): value for id_, value in sealed.items()}
    for target, source, owner in ((other.id, mine.id, ANA), (theirs.id, mine.id, BEN)):
        id_ = next(key for key in sealed if str(key) == target)
        await mongo.database.resumes.update_one({"_id": id_}, {"$set": {"sealed": by_text[source]}})
        with pytest.raises(Tampered):
            await resumes.get(owner, target)


async def test_a_new_key_takes_over_and_the_old_one_can_go(mongo: Mongo) -> None:
    stored = await resumes_with(mongo, FIRST).add(ANA, RESUME)
    assert await MongoVault(mongo.database, KeyRing((SECOND, FIRST))).rewrap() == 1
    assert await MongoVault(mongo.database, KeyRing((SECOND, FIRST))).rewrap() == 0
    found = await resumes_with(mongo, SECOND).get(ANA, stored.id)
    assert found is not None
    assert found.document["summary"] == RESUME["summary"]
    with pytest.raises(Tampered):
        await resumes_with(mongo, FIRST).get(ANA, stored.id)


async def test_a_forgotten_key_opens_nothing(mongo: Mongo) -> None:
    vault = MongoVault(mongo.database, KeyRing((FIRST,)))
    resumes = MongoResumes(mongo.database, FixedClock(), CountingIds(), vault)
    stored = await resumes.add(ANA, RESUME)
    await vault.forget(ANA)
    with pytest.raises(Tampered):
        await resumes.get(ANA, stored.id)
    await resumes.add(ANA, RESUME)  # a new key
    with pytest.raises(Tampered):
        await resumes.get(ANA, stored.id)


async def test_without_the_key_what_is_sealed_is_not_mistaken_for_empty(mongo: Mongo) -> None:
    stored = await resumes_with(mongo, FIRST).add(ANA, RESUME)
    with pytest.raises(Tampered, match="ENCRYPTION"):
        await resumes_with(mongo).get(ANA, stored.id)
