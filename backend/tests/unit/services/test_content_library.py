"""The library over an index and a store in memory: what is written when, and what is embedded."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from backend.adapters.embedded.memory_chunks import MemoryChunks
from backend.adapters.embedded.memory_index import MemoryIndex
from backend.domain.content import Chunk
from backend.domain.lexicon import Lexicon
from backend.errors import InvalidInput, VendorUnavailable
from backend.pipeline.evidence_retriever import EvidenceRetriever
from backend.ports import ChunkFilter, Vectors
from backend.services.content_library import MAX_AT_ONCE, MAX_CHUNKS, ContentLibrary, cleaned
from backend.tests.unit.pipeline.scene import WordEmbedder

ADA = "ada"
MENTOR = Chunk(text="Mentored two junior engineers through weekly code reviews")
LEDGER = Chunk(text="Moved the ledger from nightly batch files to Kafka")


@dataclass
class World:
    """What outlives a process, and a library that does not."""

    lexicon: Lexicon
    embedder: WordEmbedder = field(default_factory=WordEmbedder)
    index: MemoryIndex = field(default_factory=MemoryIndex)
    chunks: MemoryChunks = field(default_factory=MemoryChunks)

    def library(self, limit: int = MAX_CHUNKS, **other: Any) -> ContentLibrary:
        """As a new process has it."""
        parts = {"embedder": self.embedder, "index": self.index, "chunks": self.chunks} | other
        resumes: Any = None
        return ContentLibrary(EvidenceRetriever(lexicon=self.lexicon, **parts), resumes, limit)

    def embedded(self) -> list[str]:
        """What was embedded as a document since this was last asked."""
        found = [text for kind, text in self.embedder.embedded if kind == "document"]
        self.embedder.embedded.clear()
        return found

    async def found(self, chunk: Chunk) -> bool:
        results = await self.library().search(ADA, chunk.text, ChunkFilter(), 5)
        return any(result.chunk == chunk for result in results)


@pytest.fixture
def world(lexicon: Lexicon) -> World:
    return World(lexicon)


class NoEmbedder(WordEmbedder):
    async def embed(self, texts: Sequence[str], kind: Any) -> Vectors:
        raise VendorUnavailable("gone")


class NoIndex(MemoryIndex):
    async def put(self, user_id: str, points: Any) -> None:
        raise VendorUnavailable("gone")


async def test_only_what_changed_is_embedded(world: World) -> None:
    library = world.library()
    await library.add(ADA, [MENTOR, LEDGER])
    assert sorted(world.embedded()) == sorted([MENTOR.text, LEDGER.text])
    other = Chunk(text="Grew tomatoes on the roof of the office")
    await library.add(ADA, [MENTOR, LEDGER, other])
    assert world.embedded() == [other.text]
    await library.replace(ADA, other.id, MENTOR)
    assert world.embedded() == []


async def test_an_embedder_that_is_gone_leaves_no_trace(world: World) -> None:
    with pytest.raises(VendorUnavailable):
        await world.library(embedder=NoEmbedder()).add(ADA, [MENTOR])
    assert await world.chunks.all(ADA) == []


async def test_what_an_index_that_is_gone_missed_the_next_write_puts_in(world: World) -> None:
    await world.library().add(ADA, [MENTOR])
    broken = world.library(index=NoIndex())
    with pytest.raises(VendorUnavailable):
        await broken.add(ADA, [LEDGER])
    with pytest.raises(VendorUnavailable):
        await world.library(index=NoIndex()).add(ADA, [LEDGER])
    await world.chunks.put(ADA, [LEDGER])  # as a process leaves it that ended after MongoDB
    assert not await world.found(LEDGER)
    await world.library().add(ADA, [Chunk(text="Grew tomatoes")])
    assert await world.found(LEDGER) and await world.found(MENTOR)


async def test_the_same_process_repairs_what_it_failed_at(world: World) -> None:
    class Flaky(MemoryIndex):
        down = False

        async def put(self, user_id: str, points: Any) -> None:
            if self.down:
                raise VendorUnavailable("gone")
            await super().put(user_id, points)

    world.index = index = Flaky()
    library = world.library()
    await library.add(ADA, [MENTOR])
    index.down = True
    with pytest.raises(VendorUnavailable):
        await library.add(ADA, [LEDGER])
    index.down = False
    await library.add(ADA, [Chunk(text="Grew tomatoes")])
    assert await world.found(LEDGER)


async def test_what_the_index_has_too_much_of_is_not_found_and_reindex_drops_it(world: World) -> None:
    library = world.library()
    await library.add(ADA, [MENTOR, LEDGER])
    await world.chunks.delete(ADA, [LEDGER.id])  # as a process leaves it that ended after MongoDB
    assert not await world.found(LEDGER)
    assert (await library.reindex(ADA)).chunks == 1
    assert await world.index.missing(ADA, "library", [MENTOR.id, LEDGER.id]) == {LEDGER.id}


async def test_a_deleted_chunk_leaves_the_index_at_once(world: World) -> None:
    library = world.library()
    await library.add(ADA, [MENTOR, LEDGER])
    await library.delete(ADA, LEDGER.id)
    assert await world.index.missing(ADA, "library", [MENTOR.id, LEDGER.id]) == {LEDGER.id}


async def test_a_library_has_so_many_chunks_and_no_more(world: World) -> None:
    await world.chunks.put(ADA, [Chunk(text=f"Did thing {n}") for n in range(4)])
    library = world.library(limit=5)
    await library.add(ADA, [MENTOR])
    with pytest.raises(InvalidInput, match="would have 6 chunks; 5 is the most"):
        await library.add(ADA, [LEDGER])
    assert len((await library.add(ADA, [MENTOR])).unchanged) == 1
    await library.delete(ADA, MENTOR.id)
    assert len((await library.add(ADA, [LEDGER])).chunks) == 1


def test_the_most_is_ten_thousand(world: World) -> None:
    assert world.library().limit == 10_000


async def test_no_more_than_a_thousand_at_once(world: World) -> None:
    with pytest.raises(InvalidInput, match="at most 1,000"):
        await world.library().add(ADA, [Chunk(text=f"Did thing {n}") for n in range(MAX_AT_ONCE + 1)])


async def test_near_duplicates_among_the_new_ones_are_told_with_the_later(world: World) -> None:
    later = Chunk(text=MENTOR.text.replace("two", "three"))
    added = await world.library().add(ADA, [MENTOR, later, LEDGER])
    assert {id_: [near.chunk for near in found] for id_, found in added.near.items()} == {later.id: [MENTOR]}


async def test_the_same_words_in_another_order_are_near_in_meaning(world: World) -> None:
    library = world.library()
    await library.add(ADA, [LEDGER])
    turned = Chunk(text=" ".join(reversed(LEDGER.text.split())))
    (near,) = (await library.add(ADA, [turned])).near[turned.id]
    assert (near.chunk, near.by, near.value) == (LEDGER, "meaning", pytest.approx(1))


async def test_two_writes_at_once_lose_nothing(world: World) -> None:
    library = world.library()
    await library.add(ADA, [MENTOR])
    others = [Chunk(text=f"Ran shop {n} in spring") for n in range(20)]
    await asyncio.gather(*(library.add(ADA, [chunk]) for chunk in others), library.delete(ADA, MENTOR.id))
    ids = [chunk.id for chunk in others]
    assert await world.index.missing(ADA, "library", [*ids, MENTOR.id]) == {MENTOR.id}
    assert {chunk.id for chunk in await world.chunks.all(ADA)} == set(ids)


async def test_a_filter_is_looked_for_as_deep_as_it_takes(world: World) -> None:
    many = [Chunk(text=f"Moved ledger {n} to Kafka") for n in range(300)]
    rare = Chunk(text="Saw a ledger in a museum that somebody had moved to another room of it", source="opinion")
    await world.library().add(ADA, [*many, rare])
    results = await world.library().search(ADA, "moved ledger Kafka", ChunkFilter(source="opinion"), 3)
    assert [result.chunk for result in results] == [rare]


def test_a_chunk_is_kept_without_what_cannot_be_seen() -> None:
    assert cleaned(Chunk(text=" Did\u200b it\r\n\x00 ")).text == "Did it"


@pytest.mark.parametrize("text", ["", " ", "\u200b", "🎉", "x" * 8_001])
def test_what_is_no_chunk_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        cleaned(Chunk(text=text))
