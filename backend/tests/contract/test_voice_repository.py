"""VoiceRepository, and the replacing of tailorings, on the embedded MongoDB and the real one."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.adapters.mongo import Mongo, MongoVault, MongoVoice
from backend.domain.voice import VoiceEntry
from backend.security.encryption import KeyRing, new_key

ANA, BEN = "64b0000000000000000000aa", "ben@example.com"
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["plain", "sealed"])
def voices(request: pytest.FixtureRequest, mongo: Mongo) -> MongoVoice:
    ring = KeyRing((new_key(),)) if request.param == "sealed" else None
    return MongoVoice(mongo.database, MongoVault(mongo.database, ring))


def entry(number: int, kind: str = "anchor", role: str = "example", **more: Any) -> VoiceEntry:
    values = {"id": f"e{number}", "role": role, "kind": kind, "text": f"Line {number} · 東京", **more}
    return VoiceEntry.model_validate(values | {"created": START + timedelta(seconds=number // 2)})


async def test_an_entry_comes_back_as_it_was_put(voices: MongoVoice) -> None:
    kept = entry(1, "edited", "feedback", replacement="Mine", before="Old", about="A job", reason="So", whole=True)
    await voices.put(ANA, kept)
    assert await voices.get_many(ANA, ["e1", "e2"]) == [kept]
    assert await voices.list(ANA, 10) == [kept]


async def test_putting_again_replaces(voices: MongoVoice) -> None:
    await voices.put(ANA, entry(1, reason="first", tailoring_id="t"))
    await voices.put(ANA, entry(1, "approved"))
    assert await voices.list(ANA, 10) == [entry(1, "approved")]


async def test_a_list_is_walked_newest_first_even_when_some_are_of_one_moment(voices: MongoVoice) -> None:
    entries = [entry(n) for n in range(7)]
    for item in entries:
        await voices.put(ANA, item)
    seen: list[VoiceEntry] = []
    after = None
    while page := await voices.list(ANA, 2, after):
        seen += page
        after = page[-1].id
    assert sorted(e.id for e in seen) == [e.id for e in entries]
    assert [e.created for e in seen] == sorted((e.created for e in entries), reverse=True)


async def test_a_list_keeps_to_roles_and_kinds(voices: MongoVoice) -> None:
    for item in (entry(1), entry(2, "rejected", "feedback"), entry(3, "approved", "feedback"), entry(4, "approved")):
        await voices.put(ANA, item)
    assert [e.id for e in await voices.list(ANA, 10, role="feedback")] == ["e3", "e2"]
    assert [e.id for e in await voices.list(ANA, 10, kinds=("approved",))] == ["e4", "e3"]
    assert (await voices.count(ANA, "feedback"), await voices.count(BEN, "feedback")) == (2, 0)


async def test_nobody_reaches_anothers_entries(voices: MongoVoice) -> None:
    await voices.put(ANA, entry(1))
    assert await voices.get_many(BEN, ["e1"]) == [] == await voices.list(BEN, 10)
    assert list(await voices.list(BEN, 10, "e1")) == []
    assert not await voices.delete(BEN, "e1")
    assert await voices.delete(ANA, "e1")
    assert not await voices.delete(ANA, "e1")
