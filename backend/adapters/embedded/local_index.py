"""Qdrant in a local folder, answered from memory.

Why: the local mode of the client filters and scores sparse vectors in Python loops, 46 ms for 1,000 points; from memory it
is 2 ms. The folder keeps what was embedded, so that a restart embeds nothing again. It is opened beside the event loop,
because importing the client takes 2 s that the first answer of the service should not wait for.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from backend.adapters.embedded.memory_index import MemoryIndex
from backend.domain.content import Lens
from backend.errors import VendorUnavailable
from backend.ports import Point, Query, Rankings

if TYPE_CHECKING:
    from backend.adapters.qdrant import QdrantIndex


class LocalIndex:
    def __init__(self, open_store: "Callable[[], QdrantIndex]") -> None:
        """`open_store` runs in a thread, at once."""
        self._opening = asyncio.ensure_future(asyncio.to_thread(open_store))
        self._memory = MemoryIndex()
        self._loaded: set[str] = set()

    async def put(self, user_id: str, points: Sequence[Point]) -> None:
        await self._load(user_id)
        await (await self._store()).put(user_id, points)
        await self._memory.put(user_id, points)

    async def missing(self, user_id: str, group: str, ids: Sequence[str]) -> set[str]:
        await self._load(user_id)
        return await self._memory.missing(user_id, group, ids)

    async def search(
        self, user_id: str, queries: Sequence[Query], *, groups: Sequence[str], lens: Lens, limit: int
    ) -> list[Rankings]:
        await self._load(user_id)
        return await self._memory.search(user_id, queries, groups=groups, lens=lens, limit=limit)

    async def drop(self, user_id: str, group: str, keep: Iterable[str] = ()) -> None:
        keep = list(keep)
        await self._load(user_id)
        await (await self._store()).drop(user_id, group, keep)
        await self._memory.drop(user_id, group, keep)

    async def remove(self, user_id: str, group: str, ids: Sequence[str]) -> None:
        await self._load(user_id)
        await (await self._store()).remove(user_id, group, ids)
        await self._memory.remove(user_id, group, ids)

    async def forget(self, user_id: str) -> None:
        await (await self._store()).forget(user_id)
        await self._memory.forget(user_id)
        self._loaded.discard(user_id)

    async def check(self) -> None:
        await (await self._store()).check()

    async def close(self) -> None:
        with suppress(VendorUnavailable):  # never opened: nothing to close
            await (await self._store()).close()

    async def _store(self) -> "QdrantIndex":
        try:
            return await asyncio.shield(self._opening)
        except (OSError, RuntimeError) as error:
            raise VendorUnavailable(
                "The folder of the vector index cannot be opened; another process may be using it. Stop that one, or set "
                "QDRANT_URL to a server that both can use."
            ) from error

    async def _load(self, user_id: str) -> None:
        if user_id not in self._loaded:
            await self._memory.put(user_id, await (await self._store()).load(user_id))
            self._loaded.add(user_id)
