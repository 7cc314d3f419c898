"""A search finds what is the searcher's: 200 people with 50 chunks each, 10,000 searches, the same words and meanings."""

import os
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np
import pytest
from qdrant_client import AsyncQdrantClient

from backend.adapters.embedded.local_index import LocalIndex
from backend.adapters.embedded.memory_index import MemoryIndex
from backend.adapters.qdrant import QdrantIndex
from backend.domain.content import Lens
from backend.ports import ChunkIndex, Point, Query

SIZE, USERS, CHUNKS, SEARCHES, TERMS = 32, 200, 50, 10_000, 200
GROUPS: tuple[str, ...] = ("library", "voice", "resume")
LENSES: tuple[Lens, ...] = ("facts", "personality", "strategy")
REAL = os.environ.get("TEST_QDRANT_URL")
IN_MEMORY = (12, 96)
"""People and searches where Qdrant's client answers by itself, which looks at every point in Python for every search."""


def unit(rng: np.random.Generator, count: int) -> np.ndarray:
    vectors = rng.normal(size=(count, SIZE)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class Crowd:
    """Everybody's chunks lie around the same few meanings and are made of the same few words, so that what others have is
    always as near as one's own. An id says whose it is, but for one that all of them share."""

    def __init__(self, seed: int = 7) -> None:
        self.rng = np.random.default_rng(seed)
        self.topics = unit(self.rng, 10)
        self.users = [f"{number:024x}" for number in range(USERS - 4)]
        self.users += ["", "*", "0" * 24 + " ", "user_id"]  # odd names are names like any

    def words(self) -> dict[int, float]:
        return {int(term): 0.5 for term in self.rng.choice(TERMS, 12, replace=False)}

    def near_topic(self, count: int) -> np.ndarray:
        chosen = self.topics[self.rng.integers(len(self.topics), size=count)]
        return (chosen + 0.05 * self.rng.normal(size=(count, SIZE))).astype(np.float32)

    def points(self, user: str) -> list[Point]:
        vectors = self.near_topic(CHUNKS)
        places = [(GROUPS[n % 3], LENSES[n // 3 % 3]) for n in range(CHUNKS)]
        ids = [f"{user}/{n}" for n in range(CHUNKS)]
        return [Point(i, g, lens, v, self.words()) for i, (g, lens), v in zip(ids, places, vectors, strict=True)]

    def queries(self, count: int) -> list[Query]:
        return [Query(vector, self.words()) for vector in self.near_topic(count)]


async def fill(index: ChunkIndex, crowd: Crowd) -> None:
    for user in crowd.users:
        await index.put(user, crowd.points(user))


async def found_by(index: ChunkIndex, crowd: Crowd, users: Sequence[str], searches: int) -> tuple[int, int, list[str]]:
    """Searches made, chunks found, and the foreign ones among them."""
    made, found, foreign = 0, 0, []
    each = searches // len(users)
    for number, user in enumerate(users):
        lens = LENSES[number % 3]
        answers = await index.search(user, crowd.queries(each), groups=GROUPS, lens=lens, limit=20)
        for rankings in answers:
            made += 1
            hits = [hit.id for ranking in rankings for hit in ranking]
            found += len(hits)
            foreign += [id_ for id_ in hits if id_.rpartition("/")[0] != user]
    return made, found, foreign


@pytest.fixture
async def qdrant() -> AsyncIterator[QdrantIndex]:
    index = QdrantIndex(AsyncQdrantClient(":memory:"), "tenancy", "test", SIZE, local=True)
    yield index
    await index.close()


async def test_no_search_of_the_embedded_index_finds_what_is_anothers() -> None:
    crowd, index = Crowd(), MemoryIndex()
    await fill(index, crowd)
    made, found, foreign = await found_by(index, crowd, crowd.users, SEARCHES)
    assert foreign == []
    assert made == SEARCHES
    assert found > 10 * SEARCHES


async def test_no_search_of_qdrants_own_filter_finds_what_is_anothers(qdrant: QdrantIndex) -> None:
    crowd, (people, searches) = Crowd(), IN_MEMORY
    users = crowd.users[-people:]
    for user in users:
        await qdrant.put(user, crowd.points(user))
    made, found, foreign = await found_by(qdrant, crowd, users, searches)
    assert foreign == []
    assert made == searches
    assert found > 10 * searches


@pytest.mark.skipif(REAL is None, reason="TEST_QDRANT_URL is not set")
async def test_no_search_of_a_qdrant_server_finds_what_is_anothers() -> None:
    crowd, client = Crowd(), AsyncQdrantClient(url=REAL, check_compatibility=False)
    index = QdrantIndex(client, f"tenancy-{token_hex(4)}", "test", SIZE)
    await fill(index, crowd)
    made, found, foreign = await found_by(index, crowd, crowd.users, SEARCHES)
    await client.delete_collection(index._collection)
    await index.close()
    assert foreign == []
    assert made == SEARCHES
    assert found > 10 * SEARCHES


async def test_the_folder_loads_for_each_what_is_theirs(tmp_path: Path) -> None:
    crowd, folder = Crowd(), str(tmp_path)

    def store() -> QdrantIndex:
        return QdrantIndex(AsyncQdrantClient(path=folder), "tenancy", "test", SIZE, local=True)

    first, users = LocalIndex(store), crowd.users[:8]
    for user in users:
        await first.put(user, crowd.points(user))
    await first.close()
    again = LocalIndex(store)  # as after a restart
    made, found, foreign = await found_by(again, crowd, users, 400)
    assert foreign == []
    assert (made, found > 4_000) == (400, True)
    assert await again.search("somebody new", crowd.queries(1), groups=GROUPS, lens="facts", limit=20) == [((), ())]
    await again.close()


@pytest.mark.parametrize("kind", ["embedded", "qdrant"])
async def test_what_is_dropped_is_ones_own(kind: str, qdrant: QdrantIndex) -> None:
    index: Any = MemoryIndex() if kind == "embedded" else qdrant
    crowd = Crowd()
    first, second = crowd.users[:2]
    theirs, shared = crowd.points(second), Point("shared", "library", "facts", crowd.near_topic(1)[0], {1: 1.0})
    await index.put(first, [*crowd.points(first), shared])
    await index.put(second, [*theirs, shared])
    for group in GROUPS:
        await index.drop(first, group)
    assert await index.missing(second, "library", ["shared"]) == set()
    assert await index.missing(first, "library", ["shared"]) == {"shared"}
    assert len(await index.missing(first, "library", [p.id for p in theirs])) == len(theirs)
    answers = await index.search(first, crowd.queries(10), groups=GROUPS, lens="facts", limit=20)
    assert all(not ranking for rankings in answers for ranking in rankings)
