"""An Embedder whose vendor is guarded."""

from collections.abc import Sequence
from typing import Literal

from backend.adapters.resilience.guard import Guard
from backend.ports import Embedder, Vectors


class GuardedEmbedder:
    """`deadline` is in seconds, over all attempts at one call."""

    def __init__(self, embedder: Embedder, guard: Guard, deadline: float) -> None:
        self.name, self.size, self.floor = embedder.name, embedder.size, embedder.floor
        self._embedder, self._guard, self._deadline = embedder, guard, deadline

    async def embed(self, texts: Sequence[str], kind: Literal["query", "document"]) -> Vectors:
        return await self._guard.call(lambda: self._embedder.embed(texts, kind), self._deadline)
