"""Files come back as they were put, to their owner alone, and nothing of them is kept in the clear."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest

from backend.adapters.embedded.local_files import LocalFiles
from backend.adapters.mongo import Mongo, MongoFiles, MongoVault
from backend.errors import Tampered, VendorUnavailable
from backend.ports import FileStore, StoredFile
from backend.security.encryption import KeyRing
from backend.tests.contract.servers import SERVERS
from backend.tests.security.histories import files_of, found_in

ANA, BEN = "64b0000000000000000000aa", "ben@example.com"
ONE, TWO, NONE = "a" * 24, "b" * 24, "c" * 24
PLAIN = StoredFile(ONE, "pdf", b"%PDF-1.7 \x00\xff\n a canary")
Make = Callable[[KeyRing | None], FileStore]


@pytest.fixture(scope="module")
async def connections(uris: dict[str, str]) -> AsyncIterator[dict[str, Mongo]]:
    opened = {server: Mongo(uris[server], f"test-{token_hex(6)}") for server in SERVERS}
    yield opened
    for mongo in opened.values():
        await mongo.database.client.drop_database(mongo.database.name)
        await mongo.close()


@pytest.fixture(params=["folder", *SERVERS])
def place(request: pytest.FixtureRequest) -> str:
    """Where the files are kept; the keys of those in a folder are in the embedded database."""
    return str(request.param)


@pytest.fixture
async def mongo(place: str, connections: dict[str, Mongo]) -> Mongo:
    """Empty, without indexes, which are slow to make."""
    mongo = connections[place if place in connections else "embedded"]
    for name in ("uploads", "keys"):
        await mongo.database[name].delete_many({})
    return mongo


@pytest.fixture
def make(place: str, mongo: Mongo, tmp_path: Path) -> Make:
    """A store on the same files or database, with these keys."""

    def store(ring: KeyRing | None) -> FileStore:
        vault = MongoVault(mongo.database, ring)
        if place == "folder":
            return LocalFiles(tmp_path / "uploads", vault)
        return MongoFiles(mongo.database, vault)

    return store


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing((os.urandom(32),))


def named(folder: Path, name: str) -> Path:
    (path,) = folder.rglob(name)
    return path


@pytest.fixture(params=["plain", "sealed"])
def files(request: pytest.FixtureRequest, make: Make, ring: KeyRing) -> FileStore:
    return make(ring if request.param == "sealed" else None)


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"\x00" * 9, bytes(range(256)) * 20, b"\x01 looks sealed", os.urandom(9_000_000)]
)
async def test_a_file_comes_back_as_it_was_put(files: FileStore, data: bytes) -> None:
    await files.put(ANA, StoredFile(ONE, "docx", data))
    assert await files.get(ANA, ONE) == StoredFile(ONE, "docx", data)


async def test_a_file_takes_the_place_of_the_one_with_its_id(files: FileStore) -> None:
    await files.put(ANA, StoredFile(ONE, "text", os.urandom(9_000_000)))
    await files.put(ANA, PLAIN)
    assert await files.get(ANA, ONE) == PLAIN
    assert list(await files.list(ANA)) == [ONE]


async def test_nobody_gets_lists_or_deletes_anothers(files: FileStore) -> None:
    await files.put(ANA, PLAIN)
    assert await files.get(BEN, ONE) is None
    assert list(await files.list(BEN)) == []
    assert not await files.delete(BEN, ONE)
    await files.forget(BEN)
    assert await files.get(ANA, ONE) == PLAIN


async def test_files_are_listed_by_id(files: FileStore) -> None:
    for id_ in (TWO, ONE):
        await files.put(ANA, StoredFile(id_, "text", b"x"))
    assert list(await files.list(ANA)) == [ONE, TWO]


async def test_a_file_is_deleted_once(files: FileStore) -> None:
    await files.put(ANA, PLAIN)
    assert [await files.delete(ANA, ONE) for _ in range(2)] == [True, False]
    assert await files.get(ANA, ONE) is None
    assert list(await files.list(ANA)) == []


async def test_all_of_a_persons_is_forgotten_and_nobody_elses(files: FileStore) -> None:
    for user in (ANA, BEN):
        await files.put(user, PLAIN._replace(id=ONE if user == ANA else TWO))
        await files.put(user, PLAIN._replace(id="d" * 24 if user == ANA else "e" * 24))
    for _ in range(2):
        await files.forget(ANA)
    assert list(await files.list(ANA)) == []
    assert list(await files.list(BEN)) == [TWO, "e" * 24]


@pytest.mark.parametrize(
    "id_", ["", "nothing", NONE, "../" + ONE, "$ne", "x" * 5_000, "a/b", "\0", ONE.upper(), "uploads"]
)
async def test_an_unknown_id_is_nobodys(files: FileStore, id_: str) -> None:
    await files.put(ANA, PLAIN)
    assert await files.get(ANA, id_) is None
    assert not await files.delete(ANA, id_)


@pytest.mark.parametrize("user", ["../../etc", "a/b", "", "ø\u2028", ".", "x" * 500])
async def test_a_person_may_be_called_anything(files: FileStore, user: str, tmp_path: Path) -> None:
    await files.put(user, PLAIN)
    assert await files.get(user, ONE) == PLAIN
    assert all(Path(name).parts[0] == "uploads" and len(Path(name).parts) == 3 for name in files_of(tmp_path))
    await files.forget(user)
    assert await files.get(user, ONE) is None


async def test_many_at_once_are_all_kept(files: FileStore) -> None:
    await asyncio.gather(*(files.put(ANA, StoredFile(f"{n:024x}", "text", b"%d" % n)) for n in range(20)))
    found = await asyncio.gather(*(files.get(ANA, f"{n:024x}") for n in range(20)))
    assert [file.data for file in found if file] == [b"%d" % n for n in range(20)]


# Sealed


async def stored(mongo: Mongo, tmp_path: Path) -> bytes:
    """Everything that either store keeps."""
    rows = await mongo.database.uploads.find({}).to_list(None)
    return b"".join([*files_of(tmp_path).values(), *(str(row).encode() for row in rows)])


async def test_nothing_of_a_sealed_file_is_in_the_clear(
    make: Make, ring: KeyRing, mongo: Mongo, tmp_path: Path
) -> None:
    await make(ring).put(ANA, PLAIN)
    content = await stored(mongo, tmp_path)
    assert len(content) > len(PLAIN.data)
    assert found_in([content], ["canary", "PDF-1.7"]) == set()
    assert b"pdf" not in content


async def test_what_was_kept_plain_is_read_once_there_is_a_key(make: Make, ring: KeyRing) -> None:
    await make(None).put(ANA, PLAIN)
    assert await make(ring).get(ANA, ONE) == PLAIN


async def test_a_file_is_of_no_use_without_its_key(make: Make, ring: KeyRing, mongo: Mongo) -> None:
    await make(ring).put(ANA, PLAIN)
    with pytest.raises(Tampered):
        await make(None).get(ANA, ONE)
    await MongoVault(mongo.database, ring).forget(ANA)
    for keys in (ring, KeyRing((os.urandom(32),))):
        with pytest.raises(Tampered):
            await make(keys).get(ANA, ONE)
    assert list(await make(ring).list(ANA)) == [ONE], "an erasure must still find it"


async def test_a_new_wrapping_key_leaves_files_as_they_are(make: Make, ring: KeyRing, mongo: Mongo) -> None:
    await make(ring).put(ANA, PLAIN)
    both = KeyRing((os.urandom(32), *ring.keys))
    assert await MongoVault(mongo.database, both).rewrap() == 1
    assert await make(KeyRing(both.keys[:1])).get(ANA, ONE) == PLAIN


async def test_a_file_in_anothers_place_is_refused(ring: KeyRing, mongo: Mongo, tmp_path: Path) -> None:
    folder, vault = tmp_path / "uploads", MongoVault(mongo.database, ring)
    local, remote = LocalFiles(folder, vault), MongoFiles(mongo.database, vault)
    for store in (local, remote):
        for user, id_ in ((ANA, ONE), (ANA, TWO), (BEN, NONE)):
            await store.put(user, StoredFile(id_, "text", f"{user} {id_}".encode()))
    one, two, other = (named(folder, id_) for id_ in (ONE, TWO, NONE))
    rows: dict[str, Any] = {str(row["file_id"]): row for row in await mongo.database.uploads.find({}).to_list(None)}
    for source, path in ((TWO, two), (NONE, other)):
        one.write_bytes(path.read_bytes())
        await mongo.database.uploads.update_one({"_id": f"{ONE}:0"}, {"$set": {"data": rows[source]["data"]}})
        for store in (local, remote):
            with pytest.raises(Tampered):
                await store.get(ANA, ONE)
    assert await local.get(ANA, TWO) == await remote.get(ANA, TWO)


async def test_a_file_with_a_part_missing_or_altered_is_refused(
    make: Make, ring: KeyRing, mongo: Mongo, tmp_path: Path
) -> None:
    store = make(ring)
    await store.put(ANA, StoredFile(ONE, "pdf", os.urandom(9_000_000)))
    if isinstance(store, LocalFiles):
        path = named(tmp_path, ONE)
        path.write_bytes(path.read_bytes()[:-1])
    else:
        await mongo.database.uploads.delete_one({"_id": f"{ONE}:1"})
    with pytest.raises(Tampered):
        await store.get(ANA, ONE)


# The folder


async def test_a_folder_that_cannot_be_written_is_a_problem_of_ours(mongo: Mongo, tmp_path: Path) -> None:
    (tmp_path / "uploads").write_text("not a folder")
    with pytest.raises(VendorUnavailable, match="DATA_DIR"):
        await LocalFiles(tmp_path / "uploads", MongoVault(mongo.database)).put(ANA, PLAIN)


async def test_what_a_crash_left_half_written_is_not_listed_and_is_erased(mongo: Mongo, tmp_path: Path) -> None:
    store = LocalFiles(tmp_path / "uploads", MongoVault(mongo.database))
    await store.put(ANA, PLAIN)
    part = named(tmp_path, ONE)
    part.rename(part.with_name(f"{ONE}.0a1b2c3d.part"))
    assert list(await store.list(ANA)) == []
    await store.forget(ANA)
    assert files_of(tmp_path) == {}


async def test_the_folder_says_neither_who_nor_lets_others_in(mongo: Mongo, tmp_path: Path) -> None:
    await LocalFiles(tmp_path / "uploads", MongoVault(mongo.database)).put(ANA, PLAIN)
    path = named(tmp_path, ONE)
    assert ANA not in str(path)
    assert path.parent.stat().st_mode & 0o077 == 0


async def test_no_document_comes_near_the_servers_limit(mongo: Mongo) -> None:
    await MongoFiles(mongo.database, MongoVault(mongo.database)).put(
        ANA, StoredFile(ONE, "pdf", os.urandom(10_500_000))
    )
    rows = await mongo.database.uploads.find({}).to_list(None)
    assert len(rows) == 3
    assert max(len(row["data"]) for row in rows) < 6_000_000
