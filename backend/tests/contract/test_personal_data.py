"""Everything that is kept of a person is on one list."""

import ast
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

import backend.adapters.mongo as package
from backend.adapters.mongo import Mongo, MongoPersonalData, MongoVault
from backend.adapters.mongo.erasure import NOT_PERSONAL, PERSONAL
from backend.errors import VendorUnavailable
from backend.security.encryption import KeyRing
from backend.tests.doubles import FixedClock

ANA, BEN = "64b0000000000000000000aa", "ben@example.com"
LISTED = {owned.collection for owned in PERSONAL} | set(NOT_PERSONAL)


def named_in(path: Path) -> set[str]:
    """The collections that a module reaches: `database.x`, `database["x"]`, `database[NAME]`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = set()
    for node in ast.walk(tree):
        reached = getattr(node, "value", None)
        if not (isinstance(reached, ast.Name | ast.Attribute) and ast.unparse(reached).endswith("database")):
            continue
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Subscript):
            key = node.slice
            found.add(key.value if isinstance(key, ast.Constant) else constants.get(ast.unparse(key), ""))
    return {str(name) for name in found} - {"", "command", "client", "name", "list_collection_names"}


def test_every_collection_that_the_code_names_is_on_the_list() -> None:
    folder = Path(str(package.__file__)).parent
    named = {name: path.name for path in folder.rglob("*.py") for name in named_in(path)}
    assert {"resumes", "voice", "accounts", "keys"} <= named.keys()
    unlisted = {name: where for name, where in named.items() if name not in LISTED}
    assert unlisted == {}, "add it to PERSONAL or to NOT_PERSONAL in adapters/mongo/erasure.py"


def test_a_collection_is_listed_once_and_each_has_a_file_of_its_own() -> None:
    assert len(LISTED) == len(PERSONAL) + len(NOT_PERSONAL)
    files = [owned.file for owned in PERSONAL if owned.file]
    assert len(files) == len(set(files))


async def test_every_collection_in_the_database_is_on_the_list(mongo: Mongo) -> None:
    assert set(await mongo.database.list_collection_names()) <= LISTED


async def fill(mongo: Mongo) -> None:
    for owned in PERSONAL:
        for number, user in enumerate((ANA, BEN)):
            row = {"_id": f"{owned.collection}{number}", "user_id": user, "email": f"{number}@x.se", "said": "a canary"}
            await mongo.database[owned.collection].insert_one(row | {owned.by: user})


async def left(mongo: Mongo, user: str) -> list[str]:
    return [
        owned.collection
        for owned in PERSONAL
        if await mongo.database[owned.collection].count_documents({owned.by: user})
    ]


async def test_an_erasure_leaves_nothing_of_a_person_and_all_of_the_others(mongo: Mongo, clock: FixedClock) -> None:
    data = MongoPersonalData(mongo.database, MongoVault(mongo.database), clock)
    await fill(mongo)
    await data.begin_erasure(ANA)
    await data.erase(ANA)
    assert await left(mongo, ANA) == []
    assert await left(mongo, BEN) == [owned.collection for owned in PERSONAL]
    assert ANA not in str(await mongo.database.erasures.find({}).to_list(None))


async def test_an_erasure_that_is_cut_short_is_found_again_and_finished(mongo: Mongo, clock: FixedClock) -> None:
    async def full() -> None:
        raise VendorUnavailable("The disk is full.")

    vault = MongoVault(mongo.database)
    await fill(mongo)
    broken = MongoPersonalData(mongo.database, vault, clock, full)
    await broken.begin_erasure(ANA)
    with pytest.raises(VendorUnavailable):
        await broken.erase(ANA)
    data = MongoPersonalData(mongo.database, vault, clock)
    assert list(await data.unfinished()) == [ANA]
    for _ in range(2):
        await data.erase(ANA)
    assert list(await data.unfinished()) == []


async def test_who_was_erased_is_known_for_what_began_before(mongo: Mongo) -> None:
    clock = FixedClock(datetime.now(UTC).replace(microsecond=0))  # the server forgets marks by its own clock
    data = MongoPersonalData(mongo.database, MongoVault(mongo.database), clock)
    before = clock.now()
    assert not await data.erased_since(ANA, before)
    clock.advance(10)
    await data.begin_erasure(ANA)
    clock.advance(10)
    assert await data.erased_since(ANA, clock.now()), "one under way counts, whenever something else was begun"
    await data.erase(ANA)
    assert await data.erased_since(ANA, before)
    clock.advance(10)
    assert not await data.erased_since(ANA, clock.now())
    assert not await data.erased_since(BEN, before)


async def test_a_copy_is_readable_and_has_no_secrets(mongo: Mongo, clock: FixedClock) -> None:
    vault = MongoVault(mongo.database, KeyRing((os.urandom(32),)))
    row = await vault.closed(ANA, "jobs", "j1", {"text": "a canary"}) | {"_id": "j1", "user_id": ANA}
    await mongo.database.jobs.insert_one(row)
    await mongo.database.jobs.insert_one({**row, "_id": "moved"})
    await mongo.database.accounts.insert_one({"_id": ANA, "email": "ana@x.se", "password_hash": "a hash"})
    data = MongoPersonalData(mongo.database, vault, clock)
    jobs = [found async for rows in data.rows(ANA, "jobs.json") for found in rows]
    assert {"_id": "j1", "user_id": ANA, "text": "a canary"} in jobs
    assert next(found for found in jobs if found["_id"] == "moved")["unreadable"]
    accounts = [found async for rows in data.rows(ANA, "account.json") for found in rows]
    assert accounts == [{"_id": ANA, "email": "ana@x.se"}]
