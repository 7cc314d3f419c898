"""A ChunkIndex whose vendor is guarded. Every operation may be repeated: points are named by what they hold."""

from collections.abc import Iterable, Sequence

from backend.adapters.resilience.guard import Guard
from backend.domain.content import Lens
from backend.ports import ChunkIndex, Point, Query, Rankings


class GuardedIndex:
    """`deadline` is in seconds, over all attempts at one call."""

    def __init__(self, index: ChunkIndex, guard: Guard, deadline: float) -> None:
        self._index, self._guard, self._deadline = index, guard, deadline

    async def put(self, user_id: str, points: Sequence[Point]) -> None:
        await self._guard.call(lambda: self._index.put(user_id, points), self._deadline)

    async def missing(self, user_id: str, group: str, ids: Sequence[str]) -> set[str]:
        return await self._guard.call(lambda: self._index.missing(user_id, group, ids), self._deadline)

    async def search(
        self, user_id: str, queries: Sequence[Query], *, groups: Sequence[str], lens: Lens, limit: int
    ) -> list[Rankings]:
        return await self._guard.call(
            lambda: self._index.search(user_id, queries, groups=groups, lens=lens, limit=limit), self._deadline
        )

    async def drop(self, user_id: str, group: str, keep: Iterable[str] = ()) -> None:
        kept = list(keep)
        await self._guard.call(lambda: self._index.drop(user_id, group, kept), self._deadline)

    async def remove(self, user_id: str, group: str, ids: Sequence[str]) -> None:
        await self._guard.call(lambda: self._index.remove(user_id, group, ids), self._deadline)

    async def forget(self, user_id: str) -> None:
        await self._guard.call(lambda: self._index.forget(user_id), self._deadline)
