"""Qdrant in a local folder, answered from memory.

Why: the local mode of the client filters and scores sparse vectors in Python loops, 46 ms for 1,000 points; from memory it
is 2 ms. The folder keeps what was embedded, so that a restart embeds nothing again. It has a thread of its own beside the
event loop: importing the client takes 2 s, and each point that is written waits for the disk.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from backend.adapters.embedded.memory_index import MemoryIndex
from backend.domain.content import Lens
from backend.errors import VendorUnavailable
from backend.ports import Point, Query, Rankings

if TYPE_CHECKING:
    from backend.adapters.qdrant import QdrantIndex

T = TypeVar("T")


class LocalIndex:
    """Whoever asks for a write and then goes away leaves folder and memory the same all the same."""

    def __init__(self, open_store: "Callable[[], QdrantIndex]") -> None:
        """`open_store` runs in the thread, at once."""
        self._thread, self._runner = ThreadPoolExecutor(1, "local-index"), asyncio.Runner()
        self._opening = asyncio.ensure_future(asyncio.get_running_loop().run_in_executor(self._thread, open_store))
        self._memory = MemoryIndex()
        self._loaded: set[str] = set()
        self._writing = asyncio.Lock()

    async def put(self, user_id: str, points: Sequence[Point]) -> None:
        async def work() -> None:
            await self._in_folder(lambda store: store.put(user_id, points))
            await self._memory.put(user_id, points)

        await self._write(user_id, work)

    async def missing(self, user_id: str, group: str, ids: Sequence[str]) -> set[str]:
        await self._load(user_id)
        return await self._memory.missing(user_id, group, ids)

    async def search(
        self, user_id: str, queries: Sequence[Query], *, groups: Sequence[str], lens: Lens, limit: int
    ) -> list[Rankings]:
        await self._load(user_id)
        return await self._memory.search(user_id, queries, groups=groups, lens=lens, limit=limit)

    async def drop(self, user_id: str, group: str, keep: Iterable[str] = ()) -> None:
        kept = list(keep)

        async def work() -> None:
            await self._in_folder(lambda store: store.drop(user_id, group, kept))
            await self._memory.drop(user_id, group, kept)

        await self._write(user_id, work)

    async def remove(self, user_id: str, group: str, ids: Sequence[str]) -> None:
        async def work() -> None:
            await self._in_folder(lambda store: store.remove(user_id, group, ids))
            await self._memory.remove(user_id, group, ids)

        await self._write(user_id, work)

    async def forget(self, user_id: str) -> None:
        async def work() -> None:
            await self._in_folder(lambda store: store.forget(user_id))
            await self._memory.forget(user_id)
            self._loaded.discard(user_id)

        await self._write(user_id, work)

    async def check(self) -> None:
        await self._in_folder(lambda store: store.check())

    async def close(self) -> None:
        async with self._writing:
            with suppress(VendorUnavailable):  # never opened: nothing to close
                await self._in_folder(lambda store: store.close())
            await asyncio.get_running_loop().run_in_executor(self._thread, self._runner.close)
            self._thread.shutdown()

    async def _write(self, user_id: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        async def whole() -> None:
            await self._load(user_id)
            async with self._writing:
                await work()

        await asyncio.shield(whole())

    async def _in_folder(self, work: "Callable[[QdrantIndex], Coroutine[Any, Any, T]]") -> T:
        """In the thread, one after another."""
        store = await self._store()
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: self._runner.run(work(store)))

    async def _store(self) -> "QdrantIndex":
        try:
            return await asyncio.shield(self._opening)
        except (OSError, RuntimeError) as error:
            raise VendorUnavailable(
                "The folder of the vector index cannot be opened; another process may be using it. Stop that one, or set "
                "QDRANT_URL to a server that both can use."
            ) from error

    async def _load(self, user_id: str) -> None:
        if user_id in self._loaded:
            return
        async with self._writing:
            if user_id not in self._loaded:
                await self._memory.put(user_id, await self._in_folder(lambda store: store.load(user_id)))
                self._loaded.add(user_id)
