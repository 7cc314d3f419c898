"""A content library in memory, for one run of the command line."""

from collections.abc import Sequence

from backend.domain.content import Chunk
from backend.ports import ChunkFilter


class MemoryChunks:
    def __init__(self) -> None:
        self._chunks: dict[tuple[str, str], Chunk] = {}

    async def put(self, user_id: str, chunks: Sequence[Chunk]) -> None:
        self._chunks.update({(user_id, chunk.id): chunk for chunk in chunks})

    async def get_many(self, user_id: str, ids: Sequence[str]) -> Sequence[Chunk]:
        return [self._chunks[user_id, id_] for id_ in ids if (user_id, id_) in self._chunks]

    async def all(self, user_id: str) -> Sequence[Chunk]:
        return [chunk for (owner, _), chunk in self._chunks.items() if owner == user_id]

    async def list(self, user_id: str, limit: int, after: str | None, where: ChunkFilter) -> Sequence[Chunk]:
        wanted = {name: value for name, value in where._asdict().items() if value}
        found = sorted(await self.all(user_id), key=lambda chunk: chunk.id, reverse=True)
        below = (chunk for chunk in found if after is None or chunk.id < after)
        return [c for c in below if all(getattr(c, name) == value for name, value in wanted.items())][:limit]

    async def delete(self, user_id: str, ids: Sequence[str]) -> int:
        return sum(self._chunks.pop((user_id, id_), None) is not None for id_ in ids)
