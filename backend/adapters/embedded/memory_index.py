"""A ChunkIndex in memory: exact cosine on numpy, words by an inverted list. Some 2 ms for 1,000 chunks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from backend.domain.bm25 import SparseVector
from backend.domain.content import Lens
from backend.ports import Hit, Point, Query, Rankings


class _Space:
    """One user's points, as arrays; rebuilt when they change."""

    def __init__(self, points: Iterable[Point]) -> None:
        self.points = sorted(points, key=lambda point: (point.id, point.group))
        self.ids = [point.id for point in self.points]
        self.vectors = np.array([point.vector for point in self.points], dtype=np.float32)
        self.groups = np.array([point.group for point in self.points])
        self.lenses = np.array([point.lens for point in self.points])
        postings: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
        for place, point in enumerate(self.points):
            for term, weight in point.sparse.items():
                postings[term].append((place, weight))
        self.postings = {
            term: (np.array([p for p, _ in pairs]), np.array([w for _, w in pairs], dtype=np.float32))
            for term, pairs in postings.items()
        }

    def dense(self, query: Query, allowed: np.ndarray, limit: int) -> tuple[Hit, ...]:
        return self._best(self.vectors @ query.vector, allowed, limit)

    def sparse(self, query: SparseVector, allowed: np.ndarray, limit: int) -> tuple[Hit, ...]:
        scores = np.zeros(len(self.points), dtype=np.float32)
        for term, weight in query.items():
            if (posting := self.postings.get(term)) is not None:
                scores[posting[0]] += weight * posting[1]
        return self._best(scores, allowed, limit)

    def _best(self, scores: np.ndarray, allowed: np.ndarray, limit: int) -> tuple[Hit, ...]:
        places = np.flatnonzero(allowed & (scores > 0))
        if len(places) > limit:
            places = places[np.argpartition(-scores[places], limit - 1)[:limit]]
        order = places[np.lexsort((places, -scores[places]))]
        return tuple(Hit(self.ids[place], float(scores[place])) for place in order)


class MemoryIndex:
    def __init__(self) -> None:
        self._points: defaultdict[str, dict[tuple[str, str], Point]] = defaultdict(dict)
        self._spaces: dict[str, _Space] = {}

    async def put(self, user_id: str, points: Sequence[Point]) -> None:
        self._points[user_id].update({(point.group, point.id): point for point in points})
        self._spaces.pop(user_id, None)

    async def missing(self, user_id: str, group: str, ids: Sequence[str]) -> set[str]:
        known = self._points.get(user_id, {})
        return {id_ for id_ in ids if (group, id_) not in known}

    async def search(
        self, user_id: str, queries: Sequence[Query], *, groups: Sequence[str], lens: Lens, limit: int
    ) -> list[Rankings]:
        points = self._points.get(user_id)
        if not points:
            return [Rankings((), ()) for _ in queries]
        space = self._spaces.get(user_id)
        if space is None:
            space = self._spaces[user_id] = _Space(points.values())
        allowed = np.isin(space.groups, list(groups)) & (space.lenses == lens)
        return [
            Rankings(space.dense(query, allowed, limit), space.sparse(query.sparse, allowed, limit))
            for query in queries
        ]

    async def drop(self, user_id: str, group: str, keep: Iterable[str] = ()) -> None:
        kept = set(keep)
        points = self._points.get(user_id, {})
        for key in [key for key in points if key[0] == group and key[1] not in kept]:
            del points[key]
        self._spaces.pop(user_id, None)

    async def remove(self, user_id: str, group: str, ids: Sequence[str]) -> None:
        for id_ in ids:
            self._points.get(user_id, {}).pop((group, id_), None)
        self._spaces.pop(user_id, None)

    async def forget(self, user_id: str) -> None:
        self._points.pop(user_id, None)
        self._spaces.pop(user_id, None)
