"""Chunks, tailorings, accounts and the server itself, on the embedded MongoDB and the real one."""

import time
from collections.abc import AsyncIterator
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest

from backend.adapters.embedded.memory_chunks import MemoryChunks
from backend.adapters.embedded.mongo_server import EmbeddedMongo
from backend.adapters.mongo import Mongo, MongoAccounts, MongoChunks, MongoResumes, MongoTailorings, MongoVault
from backend.adapters.system import SystemClock, SystemIds
from backend.container import open_pipeline
from backend.domain.content import Chunk, ChunkMetadata
from backend.domain.job import Job
from backend.domain.tailoring import Options, Tailoring
from backend.errors import Conflict, VendorUnavailable
from backend.pipeline.run import TailoringRequest
from backend.ports import ChunkRepository
from backend.settings import Settings
from backend.tests.contract.servers import SERVERS
from backend.tests.doubles import CountingIds, FixedClock

ANA, BEN = "64b0000000000000000000aa", "ben@example.com"


@pytest.fixture
def tailorings(mongo: Mongo) -> MongoTailorings:
    return MongoTailorings(mongo.database, MongoVault(mongo.database))


@pytest.fixture
def accounts(mongo: Mongo) -> MongoAccounts:
    return MongoAccounts(mongo.database, CountingIds())


# Chunks

CHUNKS = [
    Chunk(
        text="Led a team of six · 東京",
        chunk_type="role_summary",
        source="blog",
        metadata=ChunkMetadata(company="Aktiebolaget", role="Lead", start_date="2020", technologies=("Go", "C++")),
    ),
    Chunk(text="I write plainly.", source="opinion", lens="personality"),
    Chunk(text=""),
]


@pytest.fixture(params=["memory", *SERVERS])
async def chunks(request: pytest.FixtureRequest, uris: dict[str, str]) -> AsyncIterator[ChunkRepository]:
    if request.param == "memory":
        yield MemoryChunks()
        return
    connection = Mongo(uris[request.param], f"test-{token_hex(6)}")
    yield MongoChunks(connection.database, MongoVault(connection.database))
    await connection.database.client.drop_database(connection.database.name)
    await connection.close()


def by_id(found: Any) -> dict[str, Chunk]:
    return {chunk.id: chunk for chunk in found}


async def test_chunks_come_back_as_they_were_put(chunks: ChunkRepository) -> None:
    await chunks.put(ANA, CHUNKS)
    found = await chunks.all(ANA)
    assert len(found) == len(CHUNKS)
    assert by_id(found) == by_id(CHUNKS)


async def test_putting_chunks_again_adds_nothing(chunks: ChunkRepository) -> None:
    await chunks.put(ANA, CHUNKS)
    await chunks.put(ANA, [CHUNKS[0], CHUNKS[0]])
    assert len(await chunks.all(ANA)) == len(CHUNKS)


async def test_putting_no_chunks_is_allowed(chunks: ChunkRepository) -> None:
    await chunks.put(ANA, [])
    assert list(await chunks.all(ANA)) == []


async def test_chunks_are_found_by_id(chunks: ChunkRepository) -> None:
    await chunks.put(ANA, CHUNKS)
    found = await chunks.get_many(ANA, [CHUNKS[1].id, "unknown", CHUNKS[0].id])
    assert by_id(found) == by_id(CHUNKS[:2])
    assert list(await chunks.get_many(ANA, [])) == []


async def test_another_users_chunks_are_not_returned(chunks: ChunkRepository) -> None:
    await chunks.put(ANA, CHUNKS[:1])
    await chunks.put(BEN, CHUNKS[1:])
    assert by_id(await chunks.all(ANA)) == by_id(CHUNKS[:1])
    assert list(await chunks.get_many(BEN, [CHUNKS[0].id])) == []


async def test_two_users_can_have_the_same_chunk(chunks: ChunkRepository) -> None:
    await chunks.put(ANA, CHUNKS[:1])
    await chunks.put(BEN, CHUNKS[:1])
    assert list(await chunks.all(ANA)) == list(await chunks.all(BEN)) == CHUNKS[:1]


# Tailorings


@pytest.fixture(scope="module")
async def tailoring(sample_document: dict[str, Any], sample_job: Job) -> Tailoring:
    keys = dict.fromkeys(["anthropic_api_key", "openai_api_key", "openai_base_url", "voyage_api_key"])
    async with open_pipeline(Settings(_env_file=None, **keys)) as pipeline:  # type: ignore[arg-type, call-arg]
        return await pipeline.run(TailoringRequest(ANA, "resume-1", sample_document, sample_job, Options()))


async def test_a_tailoring_comes_back_as_it_was(tailorings: MongoTailorings, tailoring: Tailoring) -> None:
    await tailorings.add(tailoring)
    found = await tailorings.get(ANA, tailoring.id)
    assert found == tailoring
    assert found.model_dump_json() == tailoring.model_dump_json()


async def test_another_users_tailoring_is_not_returned(tailorings: MongoTailorings, tailoring: Tailoring) -> None:
    await tailorings.add(tailoring)
    assert await tailorings.get(BEN, tailoring.id) is None


@pytest.mark.parametrize("id_", ["", "nothing", "0" * 24])
async def test_an_unknown_tailoring_is_none(tailorings: MongoTailorings, id_: str) -> None:
    assert await tailorings.get(ANA, id_) is None


# Accounts


async def test_an_account_is_found_by_its_address(accounts: MongoAccounts) -> None:
    account = await accounts.add("ana@example.com", "hash")
    assert await accounts.by_email("ana@example.com") == account
    assert account[1:] == ("ana@example.com", "hash")


async def test_an_unknown_address_has_no_account(accounts: MongoAccounts) -> None:
    await accounts.add("ana@example.com", "hash")
    assert await accounts.by_email("ben@example.com") is None


async def test_an_address_has_one_account(accounts: MongoAccounts) -> None:
    account = await accounts.add("ana@example.com", "hash")
    with pytest.raises(Conflict):
        await accounts.add("ana@example.com", "other")
    assert await accounts.by_email("ana@example.com") == account


async def test_the_indexes_can_be_made_again(mongo: Mongo, accounts: MongoAccounts) -> None:
    await accounts.add("ana@example.com", "hash")
    await mongo.prepare()
    with pytest.raises(Conflict):
        await accounts.add("ana@example.com", "other")


# The server


async def test_a_server_that_answers_passes_its_check(mongo: Mongo) -> None:
    await mongo.check()


async def test_a_server_that_is_down_is_unavailable_soon(tailoring: Tailoring) -> None:
    connection = Mongo("mongodb://127.0.0.1:1", "test", timeout=0.05)
    database = connection.database
    resumes = MongoResumes(database, FixedClock(), CountingIds(), MongoVault(database))
    calls = [
        connection.check(),
        resumes.list(ANA, 1),
        MongoChunks(database, MongoVault(database)).put(ANA, CHUNKS),
        MongoTailorings(database, MongoVault(database)).add(tailoring),
        MongoAccounts(database, CountingIds()).add("ana@example.com", "hash"),
    ]
    for call in calls:
        started = time.perf_counter()
        with pytest.raises(VendorUnavailable):
            await call
        assert time.perf_counter() - started < 2
    await connection.close()


async def test_an_embedded_server_keeps_its_folder(tmp_path: Path) -> None:
    found = []
    for number in range(2):
        server = EmbeddedMongo(tmp_path)
        connection = Mongo(await server.open(), "test")
        await connection.prepare()
        resumes = MongoResumes(connection.database, SystemClock(), SystemIds(), MongoVault(connection.database))
        await resumes.add(ANA, {"n": number})
        found.append([stored.document["n"] for stored in await resumes.list(ANA, 10)])
        await connection.close()
        await server.close()
    assert found == [[0], [1, 0]]


async def test_two_servers_in_memory_share_nothing() -> None:
    found = []
    for _ in range(2):
        server = EmbeddedMongo(None)
        connection = Mongo(await server.open(), "test")
        accounts = MongoAccounts(connection.database, CountingIds())
        found.append(await accounts.by_email("ana@example.com"))
        await accounts.add("ana@example.com", "hash")
        await connection.close()
        await server.close()
    assert found == [None, None]
