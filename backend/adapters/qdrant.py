"""The chunk index on Qdrant. Every point carries its user, and every filter names the user first."""

from collections.abc import Awaitable, Iterable, Sequence
from json import JSONDecodeError
from typing import TypeVar
from uuid import UUID, uuid5

import numpy as np
from qdrant_client import AsyncQdrantClient, models
from qdrant_client.common.client_exceptions import QdrantException
from qdrant_client.http.exceptions import ApiException, UnexpectedResponse

from backend.domain.content import Lens
from backend.errors import VendorUnavailable
from backend.ports import Hit, Point, Query, Rankings

T = TypeVar("T")
_NAMESPACE = UUID("6f1c1f5e-3f0e-4f0a-9d57-2b8f6d1a7c11")
_PAGE = 256
# The last two are what the client raises when a 200 is no answer of Qdrant's, such as a proxy's page.
_FAILURES = (ApiException, UnexpectedResponse, QdrantException, OSError, AssertionError, JSONDecodeError)


class QdrantIndex:
    """One collection for everybody, with `user_id` as its tenant. `embedder` is part of the collection's name: vectors of
    two models do not compare."""

    def __init__(
        self, client: AsyncQdrantClient, collection: str, embedder: str, size: int, *, local: bool = False
    ) -> None:
        """`local` is for a client that keeps a folder: it has no payload indexes."""
        self._client, self._size, self._local = client, size, local
        self._collection = f"{collection}-{embedder}".replace("/", "-")
        self._ready = False

    async def put(self, user_id: str, points: Sequence[Point]) -> None:
        await self._prepare()
        for start in range(0, len(points), _PAGE):
            batch = [_struct(user_id, point) for point in points[start : start + _PAGE]]
            await self._call(self._client.upsert(self._collection, batch))

    async def missing(self, user_id: str, group: str, ids: Sequence[str]) -> set[str]:
        await self._prepare()
        wanted = {_uuid(user_id, group, id_): id_ for id_ in ids}
        records = await self._call(
            self._client.retrieve(self._collection, list(wanted), with_payload=False, with_vectors=False)
        )
        return set(ids) - {wanted[str(record.id)] for record in records}

    async def search(
        self, user_id: str, queries: Sequence[Query], *, groups: Sequence[str], lens: Lens, limit: int
    ) -> list[Rankings]:
        """All queries in one request, each by meaning and by words."""
        await self._prepare()
        among = _filter(
            user_id,
            models.FieldCondition(key="group", match=models.MatchAny(any=list(groups))),
            models.FieldCondition(key="lens", match=models.MatchValue(value=lens)),
        )
        requests = [
            models.QueryRequest(query=vector, using=using, filter=among, limit=limit, with_payload=["id"])
            for query in queries
            for using, vector in (("dense", query.vector.tolist()), ("sparse", _sparse(query.sparse)))
        ]
        if not requests:
            return []
        answers = await self._call(self._client.query_batch_points(self._collection, requests))
        hits = [tuple(Hit(str((p.payload or {})["id"]), p.score) for p in a.points if p.score > 0) for a in answers]
        return [Rankings(dense, sparse) for dense, sparse in zip(hits[::2], hits[1::2], strict=True)]

    async def drop(self, user_id: str, group: str, keep: Iterable[str] = ()) -> None:
        await self._prepare()
        among = _filter(user_id, models.FieldCondition(key="group", match=models.MatchValue(value=group)))
        if kept := [_uuid(user_id, group, id_) for id_ in keep]:
            among.must_not = [models.HasIdCondition(has_id=list(kept))]
        await self._call(self._client.delete(self._collection, models.FilterSelector(filter=among)))

    async def remove(self, user_id: str, group: str, ids: Sequence[str]) -> None:
        await self._prepare()
        points = models.PointIdsList(points=[_uuid(user_id, group, id_) for id_ in ids])
        await self._call(self._client.delete(self._collection, points))

    async def forget(self, user_id: str) -> None:
        await self._prepare()
        await self._call(self._client.delete(self._collection, models.FilterSelector(filter=_filter(user_id))))

    async def load(self, user_id: str) -> list[Point]:
        """Every point of a user, for an index that answers from memory."""
        await self._prepare()
        points: list[Point] = []
        offset = None
        while True:
            records, offset = await self._call(
                self._client.scroll(self._collection, _filter(user_id), limit=_PAGE, offset=offset, with_vectors=True)
            )
            points += [_point(record) for record in records]
            if offset is None:
                return points

    async def check(self) -> None:
        await self._call(self._client.get_collections())

    async def close(self) -> None:
        await self._client.close()

    async def _prepare(self) -> None:
        if self._ready:
            return
        if not await self._call(self._client.collection_exists(self._collection)):
            await self._create()
        if not self._local:
            await self._index_payload()
        self._ready = True

    async def _create(self) -> None:
        try:
            await self._client.create_collection(
                self._collection,
                vectors_config={"dense": models.VectorParams(size=self._size, distance=models.Distance.COSINE)},
                sparse_vectors_config={"sparse": models.SparseVectorParams()},
            )
        except _FAILURES as error:
            if not (isinstance(error, UnexpectedResponse) and error.status_code == 409):  # another worker was faster
                raise _unavailable(error) from error

    async def _index_payload(self) -> None:
        """Safe to repeat: whoever made the collection may not have come this far."""
        tenant = models.KeywordIndexParams(type=models.KeywordIndexType.KEYWORD, is_tenant=True)
        await self._call(self._client.create_payload_index(self._collection, "user_id", tenant))
        for name in ("group", "lens"):
            schema = models.PayloadSchemaType.KEYWORD
            await self._call(self._client.create_payload_index(self._collection, name, schema))

    async def _call(self, request: Awaitable[T]) -> T:
        try:
            return await request
        except _FAILURES as error:
            raise _unavailable(error) from error


def _unavailable(error: BaseException) -> VendorUnavailable:
    status = error.status_code if isinstance(error, UnexpectedResponse) else None
    why = f"HTTP {status}" if status else "no connection or no answer in time"
    return VendorUnavailable(f"Qdrant is not available ({why}). Try again in a minute.")


def _filter(user_id: str, *conditions: models.FieldCondition) -> models.Filter:
    """The one place where a query is scoped to its user."""
    owner = models.FieldCondition(key="user_id", match=models.MatchValue(value=user_id))
    return models.Filter(must=[owner, *conditions])


def _uuid(user_id: str, group: str, id_: str) -> str:
    return str(uuid5(_NAMESPACE, f"{user_id}\0{group}\0{id_}"))


def _struct(user_id: str, point: Point) -> models.PointStruct:
    return models.PointStruct(
        id=_uuid(user_id, point.group, point.id),
        vector={"dense": point.vector.tolist(), "sparse": _sparse(point.sparse)},
        payload={"user_id": user_id, "group": point.group, "lens": point.lens, "id": point.id},
    )


def _point(record: models.Record) -> Point:
    payload = record.payload or {}
    vectors = record.vector if isinstance(record.vector, dict) else {}
    dense, sparse = vectors.get("dense"), vectors.get("sparse")
    weights = dict(zip(sparse.indices, sparse.values, strict=True)) if isinstance(sparse, models.SparseVector) else {}
    return Point(payload["id"], payload["group"], payload["lens"], np.array(dense, dtype=np.float32), weights)


def _sparse(weights: dict[int, float]) -> models.SparseVector:
    terms = sorted(weights)
    return models.SparseVector(indices=terms, values=[weights[term] for term in terms])
