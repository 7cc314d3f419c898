"""The index of texts that retrieval searches."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from backend.domain.bm25 import SparseVector
from backend.domain.content import Lens


class Point(NamedTuple):
    """A text as it is indexed. `id` derives from its content. `group` is "library", or the id of the resume it is in."""

    id: str
    group: str
    lens: Lens
    vector: NDArray[np.float32]
    sparse: SparseVector


class Query(NamedTuple):
    vector: NDArray[np.float32]
    sparse: SparseVector


class Hit(NamedTuple):
    id: str
    score: float


class Rankings(NamedTuple):
    """The same query answered by meaning and by words, best first; scores are cosines."""

    dense: tuple[Hit, ...]
    sparse: tuple[Hit, ...]


class ChunkIndex(Protocol):
    """An index of texts, rebuilt at will: it holds ids and vectors, never the texts."""

    async def put(self, user_id: str, points: Sequence[Point]) -> None: ...

    async def missing(self, user_id: str, group: str, ids: Sequence[str]) -> set[str]:
        """Which of the ids are not in this group yet."""
        ...

    async def search(
        self, user_id: str, queries: Sequence[Query], *, groups: Sequence[str], lens: Lens, limit: int
    ) -> list[Rankings]: ...

    async def drop(self, user_id: str, group: str, keep: Iterable[str] = ()) -> None:
        """Remove a group, all but the ids to keep."""
        ...

    async def remove(self, user_id: str, group: str, ids: Sequence[str]) -> None:
        """Remove some of a group."""
        ...

    async def forget(self, user_id: str) -> None:
        """Remove all that is a person's."""
        ...
