"""The content library: what a person says of their work beside their resume. Each person curates their own.

MongoDB is the truth and the index follows it: a chunk is stored first and indexed then, and is deleted there first too. Of a
process that ends in between, the next write of another process of ours finds what is missing and indexes it, as `reindex`
does. What the index has too much of is never shown: texts come from MongoDB alone.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from backend.domain.content import Chunk, ChunkMetadata
from backend.domain.injection import instructs
from backend.domain.near_duplicates import Likeness, near_pairs
from backend.domain.note_chunks import MAX_CHARACTERS, note_chunks
from backend.domain.note_labels import InvalidNote
from backend.domain.resume_chunks import resume_chunks
from backend.domain.stored_shape import read
from backend.domain.text import clean, words
from backend.errors import InvalidInput, NotFound
from backend.pipeline.evidence_retriever import LIBRARY, EvidenceRetriever
from backend.pipeline.intake import library_warnings
from backend.ports import ChunkFilter, ChunkRepository, Point
from backend.services.library_search import Found, LibrarySearch, Near
from backend.services.locks import Locks
from backend.services.resumes import Resumes

MAX_CHUNKS = 10_000
MAX_AT_ONCE = 1_000
MAX_NOTE = 200_000  # characters
_PAGE = 500
_REMEMBERED = 10_000  # people


@dataclass(frozen=True)
class Added:
    """What a write came to: chunks that are new, those that were there already, and for each new one, by id, others that say
    nearly the same. `left_out` counts what of the notes is no prose."""

    chunks: tuple[Chunk, ...]
    unchanged: tuple[Chunk, ...] = ()
    near: dict[str, tuple[Near, ...]] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reindexed:
    chunks: int
    embedded: int


@dataclass(frozen=True)
class ContentLibrary:
    retriever: EvidenceRetriever
    resumes: Resumes
    limit: int = MAX_CHUNKS
    _sizes: OrderedDict[str, int] = field(default_factory=OrderedDict, repr=False)
    """How many chunks those have whose index is known to be whole; other processes' writes since are not counted."""
    _locks: Locks = field(default_factory=Locks, repr=False)

    @property
    def repository(self) -> ChunkRepository:
        return self.retriever.chunks

    @property
    def _search(self) -> LibrarySearch:
        return LibrarySearch(self.retriever)

    async def add(self, user_id: str, chunks: Sequence[Chunk]) -> Added:
        """Store and index what is not there yet."""
        wanted = {chunk.id: chunk for chunk in map(cleaned, chunks)}
        if len(wanted) > MAX_AT_ONCE:
            raise InvalidInput(f"That is {len(wanted):,} chunks; send at most {MAX_AT_ONCE:,} at once.")
        async with self._locks.of(user_id):
            size = await self._settled(user_id)
            known = {chunk.id: chunk for chunk in await self.repository.get_many(user_id, list(wanted))}
            fresh = {id_: chunk for id_, chunk in wanted.items() if id_ not in known}
            if size + len(fresh) > self.limit:
                self._sizes.pop(user_id, None)  # counted anew next time: another process may have deleted some
                raise InvalidInput(
                    f"The library would have {size + len(fresh):,} chunks; {self.limit:,} is the most. Delete some first."
                )
            near = await self._write(user_id, tuple(wanted.values()), fresh.keys())
        orders = library_warnings([chunk.text for chunk in fresh.values() if instructs(chunk.text)])
        return Added(tuple(fresh.values()), tuple(known.values()), near, warnings=tuple(orders))

    async def get(self, user_id: str, chunk_id: str) -> Chunk:
        found = await self.repository.get_many(user_id, [chunk_id])
        if not found:
            raise NotFound(f"The library has no chunk {chunk_id!r}.")
        return found[0]

    async def list(self, user_id: str, limit: int, after: str | None, where: ChunkFilter) -> Sequence[Chunk]:
        return await self.repository.list(user_id, limit, after, where)

    async def replace(self, user_id: str, chunk_id: str, chunk: Chunk) -> Added:
        """Put another in its place. Its id derives from its content, so it is a new one: it is stored before the old one is
        deleted, and whoever was interrupted may ask again."""
        chunk = cleaned(chunk)
        async with self._locks.of(user_id):
            await self.get(user_id, chunk_id)
            await self._settled(user_id)
            if chunk.id == chunk_id:
                return Added((), (chunk,))
            near = await self._write(user_id, (chunk,), {chunk.id}, chunk_id)
            await self._forget(user_id, chunk_id)
        orders = library_warnings([chunk.text] if instructs(chunk.text) else [])
        return Added((chunk,), (), near, warnings=tuple(orders))

    async def delete(self, user_id: str, chunk_id: str) -> None:
        async with self._locks.of(user_id):
            await self.get(user_id, chunk_id)
            await self._forget(user_id, chunk_id)

    async def search(self, user_id: str, query: str, where: ChunkFilter, limit: int) -> Sequence[Found]:
        """The chunks that bear on the query, best first."""
        if not words(query):
            raise InvalidInput("The query has no words. Say what to look for.")
        return await self._search.search(user_id, query, where, limit)

    async def seed(self, user_id: str, resume_id: str) -> Added:
        """Make chunks of a stored resume."""
        stored = await self.resumes.get(user_id, resume_id)
        found = [chunk for chunk in resume_chunks(read(stored.document)) if words(chunk.text)]
        return await self.add(user_id, [_shortened(chunk) for chunk in found])

    async def take_notes(self, user_id: str, notes: Sequence[tuple[str, str]], defaults: Chunk) -> Added:
        """Chunks of Markdown notes, each a name and a text. All of them or, if one cannot be read, none."""
        chunks: list[Chunk] = []
        left_out: dict[str, int] = {}
        for name, text in notes:
            if len(text) > MAX_NOTE:
                raise InvalidInput(f"{name} has {len(text):,} characters; {MAX_NOTE:,} is the most a note may have.")
            try:
                found = await asyncio.to_thread(note_chunks, text, defaults)
            except InvalidNote as error:
                raise InvalidInput(f"{name}: a label of its front matter cannot be used. {error}.") from error
            chunks += found.chunks
            for what, count in found.left_out.items():
                left_out[what] = left_out.get(what, 0) + count
        if not chunks:
            raise InvalidInput("No prose was found in the notes. Send Markdown with paragraphs or lists.")
        added = await self.add(user_id, chunks)
        return Added(added.chunks, added.unchanged, added.near, left_out, added.warnings)

    async def reindex(self, user_id: str) -> Reindexed:
        """Make the index hold this person's chunks and no others."""
        async with self._locks.of(user_id):
            ids, embedded = await self._index_all(user_id)
            await self.retriever.index.drop(user_id, LIBRARY, keep=ids)
        return Reindexed(len(ids), embedded)

    async def duplicates(self, user_id: str) -> Sequence[tuple[Chunk, Chunk, Likeness]]:
        """All pairs of chunks that say nearly the same in nearly the same words, the most alike first, at most 1,000."""
        chunks = {chunk.id: chunk async for page in self._pages(user_id) for chunk in page}
        pairs = await asyncio.to_thread(near_pairs, {id_: chunk.text for id_, chunk in chunks.items()})
        return [(chunks[pair.first], chunks[pair.second], pair) for pair in pairs]

    async def _write(
        self, user_id: str, chunks: Sequence[Chunk], new: AbstractSet[str], instead_of: str = ""
    ) -> dict[str, tuple[Near, ...]]:
        """What can fail without a trace comes first (embedding, looking for others like it), then MongoDB, then the index.
        `new` are the ids of those that are not stored yet."""
        missing = await self.retriever.index.missing(user_id, LIBRARY, [chunk.id for chunk in chunks])
        points = await self._points([chunk for chunk in chunks if chunk.id in missing])
        fresh = {chunk.id: chunk for chunk in chunks if chunk.id in new}
        near = await self._search.near(user_id, fresh, [point for point in points if point.id in new], instead_of)
        size = self._sizes.pop(user_id)  # should we not come to the end, the next write makes the index whole
        await self.repository.put(user_id, list(fresh.values()))
        if points:
            await self.retriever.index.put(user_id, points)
        self._sizes[user_id] = size + len(fresh)
        return near

    async def _points(self, chunks: Sequence[Chunk]) -> Sequence[Point]:
        if not chunks:
            return []
        vectors = await self.retriever.embedder.embed([chunk.text for chunk in chunks], "document")
        bm25 = self.retriever.lexicon.bm25
        return [
            Point(chunk.id, LIBRARY, chunk.lens, vector, bm25.vector(chunk.text))
            for chunk, vector in zip(chunks, vectors, strict=True)
        ]

    async def _forget(self, user_id: str, chunk_id: str) -> None:
        removed = await self.repository.delete(user_id, [chunk_id])
        if user_id in self._sizes:
            self._sizes[user_id] -= removed
        await self.retriever.index.remove(user_id, LIBRARY, [chunk_id])

    async def _settled(self, user_id: str) -> int:
        """How many chunks there are. The first time that this process writes for somebody, it makes sure that all of them
        are in the index: another may have ended between the two."""
        if user_id not in self._sizes:
            await self._index_all(user_id)
        self._sizes.move_to_end(user_id)
        if len(self._sizes) > _REMEMBERED:
            self._sizes.popitem(last=False)
        return self._sizes[user_id]

    async def _index_all(self, user_id: str) -> tuple[Sequence[str], int]:
        ids: list[str] = []
        embedded = 0
        async for page in self._pages(user_id):
            embedded += await self.retriever.index_chunks(user_id, page)
            ids += [chunk.id for chunk in page]
        self._sizes[user_id] = len(ids)
        return ids, embedded

    async def _pages(self, user_id: str) -> AsyncIterator[Sequence[Chunk]]:
        after: str | None = None
        while page := await self.repository.list(user_id, _PAGE, after, ChunkFilter()):
            yield page
            after = page[-1].id


def cleaned(chunk: Chunk) -> Chunk:
    """A chunk as it is kept. InvalidInput if it has no words or too many characters."""
    text = clean(chunk.text)
    if not words(text):
        raise InvalidInput("The chunk has no words. Write what you did, in a sentence.")
    if len(text) > MAX_CHARACTERS:
        raise InvalidInput(f"The chunk has {len(text):,} characters; {MAX_CHARACTERS:,} is the most. Split it.")
    about = chunk.metadata
    metadata = ChunkMetadata(
        company=clean(about.company),
        role=clean(about.role),
        start_date=clean(about.start_date),
        end_date=clean(about.end_date),
        technologies=tuple(name for name in map(clean, about.technologies) if name),
    )
    return chunk.model_copy(update={"text": text, "metadata": metadata})


def _shortened(chunk: Chunk) -> Chunk:
    """A list of skills may be longer than a chunk can be."""
    return chunk.model_copy(update={"text": chunk.text[:MAX_CHARACTERS].strip()})
