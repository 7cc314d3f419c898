"""Finding chunks of the library: by what is asked, and by what is nearly the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from backend.domain.content import Chunk, Lens
from backend.domain.near_duplicates import NEAR, likeness, near_pairs
from backend.domain.ranking import fuse
from backend.pipeline.evidence_retriever import LIBRARY, SPARSE_FLOOR, EvidenceRetriever
from backend.ports import ChunkFilter, Hit, Point, Query, Rankings

SAME_MEANING = 0.9
"""The cosine from which two chunks are near-duplicates whatever their words."""
_LENSES: tuple[Lens, ...] = get_args(Lens)
_NEIGHBOURS = 5
_BATCH = 100
_FIRST, _ALL = 50, 10_000


@dataclass(frozen=True)
class Found:
    """`score` is that of both rankings fused; `dense` and `sparse` are cosines, None where that ranking has not got it."""

    chunk: Chunk
    score: float
    dense: float | None
    sparse: float | None


@dataclass(frozen=True)
class Near:
    """A chunk that says nearly the same as another: in meaning (`value` is a cosine) or in words (a share of them)."""

    chunk: Chunk
    by: Literal["meaning", "words"]
    value: float


@dataclass(frozen=True)
class LibrarySearch:
    retriever: EvidenceRetriever

    async def search(self, user_id: str, text: str, where: ChunkFilter, limit: int) -> list[Found]:
        """Both rankings fused as for a job. Labels that the index does not know are looked up after, in as many hits as it
        takes."""
        (vector,) = await self.retriever.embedder.embed([text], "query")
        query = Query(vector, self.retriever.lexicon.bm25.vector(text))
        depth = max(_FIRST, limit)
        while True:
            ranking, more = await self._ranked(user_id, query, where, depth)
            found = await self._opened(user_id, ranking, where)
            if len(found) >= limit or not more or depth >= _ALL:
                return found[:limit]
            depth *= 4

    async def near(
        self, user_id: str, chunks: Mapping[str, Chunk], points: Sequence[Point], without: str = ""
    ) -> dict[str, tuple[Near, ...]]:
        """For each of the new chunks, by id, those that say nearly the same: of the library and of one another. `without`
        is the id of one that does not count."""
        hits: dict[str, dict[str, float]] = {point.id: {} for point in points}
        for start in range(0, len(points), _BATCH):
            batch = points[start : start + _BATCH]
            for lens in _LENSES:
                for point, ranking in zip(batch, await self._neighbours(user_id, batch, lens), strict=True):
                    hits[point.id] |= {hit.id: 0.0 for hit in ranking.sparse} | {h.id: h.score for h in ranking.dense}
        wanted = {id_ for found in hits.values() for id_ in found} - {without, *chunks}
        stored = {c.id: c for c in await self.retriever.chunks.get_many(user_id, sorted(wanted))} if wanted else {}
        found: dict[str, list[Near]] = {id_: [] for id_ in chunks}
        for id_, others in hits.items():
            pairs = ((stored[other], cosine) for other, cosine in others.items() if other in stored)
            found[id_] += [near for other, cosine in pairs if (near := _near(chunks[id_], other, cosine))]
        for id_, near in _among(chunks, points):
            found[id_].append(near)
        return {id_: tuple(sorted(near, key=lambda n: -n.value)) for id_, near in found.items() if near}

    async def _ranked(self, user_id: str, query: Query, where: ChunkFilter, depth: int) -> tuple[Rankings, bool]:
        dense: list[Hit] = []
        sparse: list[Hit] = []
        more = False
        for lens in (lens for lens in _LENSES if where.lens in (None, lens)):
            (found,) = await self.retriever.index.search(user_id, [query], groups=(LIBRARY,), lens=lens, limit=depth)
            dense += [hit for hit in found.dense if hit.score >= self.retriever.embedder.floor]
            sparse += [hit for hit in found.sparse if hit.score >= SPARSE_FLOOR]
            more = more or len(found.dense) >= depth or len(found.sparse) >= depth
        return Rankings(_best(dense), _best(sparse)), more

    async def _opened(self, user_id: str, ranking: Rankings, where: ChunkFilter) -> list[Found]:
        scores = fuse([[hit.id for hit in ranking.dense], [hit.id for hit in ranking.sparse]])
        dense, sparse = dict(ranking.dense), dict(ranking.sparse)
        chunks = await self.retriever.chunks.get_many(user_id, sorted(scores)) if scores else ()
        found = [
            Found(chunk, round(scores[chunk.id], 4), dense.get(chunk.id), sparse.get(chunk.id))
            for chunk in chunks
            if where.source in (None, chunk.source) and where.chunk_type in (None, chunk.chunk_type)
        ]
        return sorted(found, key=lambda item: (-item.score, item.chunk.id))

    async def _neighbours(self, user_id: str, points: Sequence[Point], lens: Lens) -> list[Rankings]:
        queries = [Query(point.vector, point.sparse) for point in points]
        return await self.retriever.index.search(user_id, queries, groups=(LIBRARY,), lens=lens, limit=_NEIGHBOURS)


def _best(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.id)))


def _near(chunk: Chunk, other: Chunk, cosine: float) -> Near | None:
    if (alike := likeness(chunk.text, other.text)) >= NEAR:
        return Near(other, "words", round(alike, 4))
    return Near(other, "meaning", round(cosine, 4)) if cosine >= SAME_MEANING else None


def _among(chunks: Mapping[str, Chunk], points: Sequence[Point]) -> list[tuple[str, Near]]:
    """Near-duplicates among the new ones, each told with the later of the two."""
    places = {id_: place for place, id_ in enumerate(chunks)}
    found: dict[tuple[str, str], Near] = {}
    if len(points) > 1:
        vectors = np.array([point.vector for point in points])
        for row, column in np.argwhere(np.triu(vectors @ vectors.T >= SAME_MEANING, 1)):
            early, late = sorted((points[row].id, points[column].id), key=places.__getitem__)
            cosine = float(points[row].vector @ points[column].vector)
            found[late, early] = Near(chunks[early], "meaning", round(cosine, 4))
    for pair in near_pairs({id_: chunk.text for id_, chunk in chunks.items()}):
        early, late = sorted((pair.first, pair.second), key=places.__getitem__)
        found[late, early] = Near(chunks[early], "words", pair.value)
    return [(late, near) for (late, _), near in found.items()]
