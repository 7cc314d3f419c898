"""Resumes on MongoDB: the embedded server, and the real one at TEST_MONGODB_URI."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from bson import Decimal128, Int64, ObjectId

from backend.adapters.mongo import Mongo, MongoChunks, MongoResumes, MongoVault
from backend.adapters.system import SystemClock, SystemIds
from backend.domain.content import Chunk
from backend.errors import InvalidInput
from backend.tests.contract.servers import SERVERS
from backend.tests.doubles import CountingIds, FixedClock

needs_mongodb = pytest.mark.parametrize("mongo", SERVERS[1:], indirect=True)
"""For what only a portfolio's own server can hold: the embedded one refuses some types, and sorts all ids as text."""
ANA, BEN = "64b0000000000000000000aa", "ben@example.com"
OURS = {"user_id", "createdDate", "updatedDate", "deleted"}
DOCUMENT: dict[str, Any] = {
    "summary": "Ingénieure · 東京 🚢",
    "work_experience": [{"company": "Aktiebolaget", "description": "- One\r\n- Two\n\n", "colour": "#f00"}],
    "customField": {"deep": [1, 2.5, -0.0, True, None, "", [], {}, {"a.b": "c", "": "empty"}]},
    "largest": 2**63 - 1,
    "text": "a NUL \0 and a line separator \u2028",
    "skills": [],
}


@pytest.fixture
def resumes(mongo: Mongo, clock: FixedClock) -> MongoResumes:
    return MongoResumes(mongo.database, clock, CountingIds(), MongoVault(mongo.database))


def own(document: Any) -> dict[str, Any]:
    """What the person sent."""
    return {key: value for key, value in document.items() if key not in OURS}


async def insert(mongo: Mongo, **fields: Any) -> str:
    """A resume as a portfolio writes it: ids as ObjectIds, dates as dates, no `deleted`."""
    row = {"_id": ObjectId(), "user_id": ObjectId(ANA), "createdDate": datetime(2020, 5, 1, 12, tzinfo=UTC)} | fields
    await mongo.database.resumes.insert_one(row)
    return str(row["_id"])


# Resumes: what goes in comes out


async def test_a_resume_comes_back_as_it_was_sent(resumes: MongoResumes) -> None:
    stored = await resumes.add(ANA, DOCUMENT)
    found = await resumes.get(ANA, stored.id)
    assert found is not None
    assert own(found.document) == DOCUMENT
    assert list(own(found.document)) == list(DOCUMENT)


async def test_what_adding_returns_is_what_is_stored(resumes: MongoResumes) -> None:
    stored = await resumes.add(ANA, DOCUMENT)
    assert stored == await resumes.get(ANA, stored.id)


async def test_adding_leaves_the_given_document_alone(resumes: MongoResumes) -> None:
    given = {"summary": "Mine"}
    await resumes.add(ANA, given)
    assert given == {"summary": "Mine"}


async def test_a_resume_says_whose_it_is_and_when_it_was_made(resumes: MongoResumes, clock: FixedClock) -> None:
    stored = await resumes.add(ANA, {"summary": "Mine"})
    now = clock.now().isoformat()
    assert {key: stored.document[key] for key in OURS} == {
        "user_id": ANA,
        "createdDate": now,
        "updatedDate": now,
        "deleted": False,
    }


@pytest.mark.parametrize(
    "forged", [{"user_id": BEN}, {"_id": "mine"}, {"id": "mine"}, {"deleted": True}, {"createdDate": "1999"}]
)
async def test_the_fields_that_are_ours_cannot_be_sent(resumes: MongoResumes, forged: dict[str, Any]) -> None:
    stored = await resumes.add(ANA, {"summary": "Mine", **forged})
    found = await resumes.get(ANA, stored.id)
    assert found is not None
    assert found.document["user_id"] == ANA
    assert found.document["createdDate"] != "1999"
    assert await resumes.list(BEN, 10) == []


def nested(levels: int) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for _ in range(levels):
        document = {"more": document}
    return document


UNSTORABLE: dict[str, dict[str, Any]] = {
    "over 64 bits": {"n": 2**63},
    "under 64 bits": {"n": -(2**63) - 1},
    "nan": {"n": [float("nan")]},
    "infinity": {"n": {"m": float("inf")}},
    "lone surrogate": {"text": "\ud800"},
    "lone surrogate in a name": {"\udfff": 1},
    "NUL in a name": {"a\0b": 1},
    "a name that is no text": {"deep": {1: 2}},
    "a set": {"deep": {1, 2}},
    "an object": {"deep": object()},
    "endless nesting": nested(5_000),
    "over 16 MB": {"text": "x" * 17_000_000},
}


@pytest.mark.parametrize("document", UNSTORABLE.values(), ids=UNSTORABLE.keys())
async def test_a_value_that_cannot_be_stored_is_invalid_input(resumes: MongoResumes, document: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        await resumes.add(ANA, document)
    assert await resumes.list(ANA, 10) == []


@pytest.mark.parametrize("document", [{"n": 2**64}, {"n": float("nan")}, {"t": "\ud800"}, {"$set": {"user_id": BEN}}])
async def test_a_replacement_that_cannot_be_stored_is_invalid_input(
    resumes: MongoResumes, document: dict[str, Any]
) -> None:
    stored = await resumes.add(ANA, {"summary": "Old"})
    with pytest.raises(InvalidInput):
        await resumes.replace(ANA, stored.id, document)
    assert await resumes.get(ANA, stored.id) == stored


# Resumes: the portfolio's


async def test_a_portfolios_resume_is_found(resumes: MongoResumes, mongo: Mongo) -> None:
    id_ = await insert(mongo, summary="From the portfolio")
    found = await resumes.get(ANA, id_)
    assert found is not None
    assert (found.id, found.document["summary"]) == (id_, "From the portfolio")
    assert await resumes.latest(ANA) == found
    assert await resumes.list(ANA, 10) == [found]


async def test_a_portfolios_own_types_become_text(resumes: MongoResumes, mongo: Mongo) -> None:
    other = ObjectId()
    when = datetime(2021, 2, 3, 4, 5, 6, 789_000, tzinfo=UTC)
    id_ = await insert(mongo, entries=[{"ref": other, "since": when}])
    found = await resumes.get(ANA, id_)
    assert found is not None
    assert found.document["entries"] == [{"ref": str(other), "since": "2021-02-03T04:05:06.789000+00:00"}]
    assert found.document["user_id"] == ANA
    assert found.document["createdDate"] == "2020-05-01T12:00:00+00:00"


@pytest.mark.parametrize("owner", [ANA, ObjectId(ANA)], ids=["text", "ObjectId"])
@pytest.mark.parametrize("id_", ["64b000000000000000000001", "my-resume", ObjectId()], ids=["hex", "text", "ObjectId"])
async def test_ids_may_be_text_or_objectids(resumes: MongoResumes, mongo: Mongo, owner: Any, id_: Any) -> None:
    await insert(mongo, _id=id_, user_id=owner)
    found = await resumes.get(ANA, str(id_))
    assert found is not None
    assert found.id == str(id_)


@needs_mongodb
@pytest.mark.parametrize(
    ("value", "text"), [(Decimal128("12.50"), "12.50"), (float("nan"), None), (Int64(5), 5), (True, True)]
)
async def test_every_value_of_a_portfolio_can_be_sent_as_json(
    resumes: MongoResumes, mongo: Mongo, value: Any, text: Any
) -> None:
    id_ = await insert(mongo, entries=[{"value": value}])
    found = await resumes.get(ANA, id_)
    assert found is not None
    assert found.document["entries"] == [{"value": text}]
    assert json.dumps(dict(found.document), allow_nan=False)


async def test_a_portfolios_deleted_resume_is_not_returned(resumes: MongoResumes, mongo: Mongo) -> None:
    id_ = await insert(mongo, deleted=True)
    assert await resumes.get(ANA, id_) is None
    assert await resumes.latest(ANA) is None


async def test_replacing_a_portfolios_resume_keeps_its_owner_as_it_was(resumes: MongoResumes, mongo: Mongo) -> None:
    id_ = await insert(mongo, summary="Old")
    await resumes.replace(ANA, id_, {"summary": "New"})
    row = await mongo.database.resumes.find_one({"_id": ObjectId(id_)})
    assert row is not None
    assert (row["user_id"], row["summary"]) == (ObjectId(ANA), "New")
    assert row["createdDate"] == datetime(2020, 5, 1, 12, tzinfo=UTC)
    assert "deleted" not in row


async def test_a_portfolios_resume_can_be_deleted(resumes: MongoResumes, mongo: Mongo) -> None:
    id_ = await insert(mongo)
    assert await resumes.delete(ANA, id_)
    assert await resumes.get(ANA, id_) is None


# Resumes: whose they are


async def test_another_users_resume_is_not_returned(resumes: MongoResumes) -> None:
    stored = await resumes.add(ANA, {"summary": "Mine"})
    assert await resumes.get(BEN, stored.id) is None
    assert await resumes.latest(BEN) is None
    assert await resumes.list(BEN, 10) == []


async def test_another_users_resume_is_not_replaced(resumes: MongoResumes) -> None:
    stored = await resumes.add(ANA, {"summary": "Mine"})
    assert await resumes.replace(BEN, stored.id, {"summary": "Stolen"}) is None
    assert await resumes.get(ANA, stored.id) == stored


async def test_another_users_resume_is_not_deleted(resumes: MongoResumes) -> None:
    stored = await resumes.add(ANA, {"summary": "Mine"})
    assert not await resumes.delete(BEN, stored.id)
    assert await resumes.get(ANA, stored.id) == stored


async def test_another_users_resume_is_no_cursor_into_ones_own(resumes: MongoResumes) -> None:
    mine = await resumes.add(BEN, {})
    theirs = await resumes.add(ANA, {})
    assert await resumes.list(BEN, 10, after=theirs.id) == [mine]


@pytest.mark.parametrize("id_", ["", "nothing", "0" * 24, "$ne", "x" * 10_000])
async def test_an_unknown_id_is_nobodys(resumes: MongoResumes, id_: str) -> None:
    await resumes.add(ANA, {})
    assert await resumes.get(ANA, id_) is None
    assert await resumes.replace(ANA, id_, {}) is None
    assert not await resumes.delete(ANA, id_)


# Resumes: in order


async def test_the_newest_comes_first(resumes: MongoResumes) -> None:
    added = [await resumes.add(ANA, {"n": n}) for n in range(5)]
    assert await resumes.list(ANA, 10) == added[::-1]
    assert await resumes.latest(ANA) == added[-1]


async def test_the_newest_comes_first_even_within_a_second(mongo: Mongo) -> None:
    resumes = MongoResumes(mongo.database, SystemClock(), SystemIds(), MongoVault(mongo.database))
    added = [await resumes.add(ANA, {"n": n}) for n in range(10)]
    assert await resumes.list(ANA, 10) == added[::-1]


async def test_a_list_goes_on_after_its_last(resumes: MongoResumes) -> None:
    added = [(await resumes.add(ANA, {"n": n})).id for n in range(5)]
    pages, after = [], None
    while page := await resumes.list(ANA, 2, after):
        pages.append([stored.id for stored in page])
        after = page[-1].id
    assert pages == [[added[4], added[3]], [added[2], added[1]], [added[0]]]


async def test_a_list_goes_on_after_one_that_was_deleted(resumes: MongoResumes) -> None:
    added = [(await resumes.add(ANA, {"n": n})).id for n in range(3)]
    await resumes.delete(ANA, added[1])
    assert [stored.id for stored in await resumes.list(ANA, 10, after=added[1])] == [added[0]]


async def test_a_list_goes_on_after_an_id_that_is_text(resumes: MongoResumes, mongo: Mongo) -> None:
    ids = ["64b000000000000000000003", "64b000000000000000000002", "64b000000000000000000001"]
    for id_ in ids:
        await insert(mongo, _id=id_)
    assert [stored.id for stored in await resumes.list(ANA, 10, after=ids[0])] == ids[1:]


@needs_mongodb
async def test_a_list_goes_on_from_objectids_to_text(resumes: MongoResumes, mongo: Mongo) -> None:
    await insert(mongo, _id="my-resume")
    ours = await resumes.add(ANA, {})
    assert [stored.id for stored in await resumes.list(ANA, 10, after=ours.id)] == ["my-resume"]


# Resumes: how they change


async def test_replacing_keeps_when_it_was_made(resumes: MongoResumes, clock: FixedClock) -> None:
    stored = await resumes.add(ANA, {"summary": "Old", "extra": 1})
    clock.advance(60)
    new = await resumes.replace(ANA, stored.id, {"summary": "New"})
    assert new is not None
    assert new == await resumes.get(ANA, stored.id)
    assert own(new.document) == {"summary": "New"}
    assert new.document["createdDate"] == stored.document["createdDate"]
    assert new.document["updatedDate"] == clock.now().isoformat() > stored.document["updatedDate"]


async def test_a_resume_that_is_sent_back_as_it_came_stays_the_same(resumes: MongoResumes) -> None:
    stored = await resumes.add(ANA, DOCUMENT)
    again = await resumes.replace(ANA, stored.id, stored.document)
    assert again is not None
    assert (again.document, again.version) == (stored.document, 2)


@pytest.mark.parametrize("forged", [{"user_id": BEN}, {"_id": "other"}, {"deleted": True}])
async def test_a_replacement_cannot_move_a_resume(resumes: MongoResumes, forged: dict[str, Any]) -> None:
    stored = await resumes.add(ANA, {})
    new = await resumes.replace(ANA, stored.id, forged)
    assert new is not None
    assert (new.id, new.document["user_id"], new.document["deleted"]) == (stored.id, ANA, False)
    assert await resumes.get(ANA, stored.id) == new


async def test_a_deleted_resume_is_never_returned(resumes: MongoResumes) -> None:
    stored = await resumes.add(ANA, {})
    assert await resumes.delete(ANA, stored.id)
    assert await resumes.get(ANA, stored.id) is None
    assert await resumes.latest(ANA) is None
    assert await resumes.list(ANA, 10) == []
    assert await resumes.replace(ANA, stored.id, {}) is None


async def test_a_resume_is_deleted_once(resumes: MongoResumes) -> None:
    stored = await resumes.add(ANA, {})
    assert [await resumes.delete(ANA, stored.id) for _ in range(2)] == [True, False]


async def test_everybody_with_a_resume_or_a_chunk_is_a_user(resumes: MongoResumes, mongo: Mongo) -> None:
    await insert(mongo)
    await insert(mongo, user_id="carl", deleted=None)
    await resumes.add(ANA, {})
    await resumes.delete("dora", (await resumes.add("dora", {})).id)
    await MongoChunks(mongo.database, MongoVault(mongo.database)).put(BEN, [Chunk(text="Led a team")])
    assert await resumes.users() == [ANA, BEN, "carl"]
