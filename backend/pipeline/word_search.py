"""Finding lines by their words alone, in memory: what is left where the embedder or the index is down.

It reads from MongoDB, which is the truth, so it finds all that the index would, and needs no vector.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from backend.domain.bm25 import Bm25, SparseVector, dot
from backend.ports import Hit, Rankings

_AT_ONCE = 50
"""Texts read before others get their turn on the event loop."""


@dataclass(frozen=True)
class WordSearch:
    """`texts` are the lines' vectors by id."""

    bm25: Bm25
    texts: Mapping[str, SparseVector]

    @classmethod
    async def over(cls, bm25: Bm25, texts: Mapping[str, str]) -> "WordSearch":
        """Of these texts, by id."""
        vectors: dict[str, SparseVector] = {}
        for number, (id_, text) in enumerate(texts.items(), 1):
            vectors[id_] = bm25.vector(text)
            if number % _AT_ONCE == 0:
                await asyncio.sleep(0)
        return cls(bm25, vectors)

    def search(self, texts: Sequence[str], limit: int) -> list[Rankings]:
        """As an index answers, without the half that goes by meaning."""
        return [Rankings((), tuple(self._best(self.bm25.vector(text), limit))) for text in texts]

    def _best(self, query: SparseVector, limit: int) -> Iterable[Hit]:
        found = ((dot(query, vector), id_) for id_, vector in self.texts.items())
        best = sorted(((score, id_) for score, id_ in found if score > 0), key=lambda pair: (-pair[0], pair[1]))
        return (Hit(id_, score) for score, id_ in best[:limit])
