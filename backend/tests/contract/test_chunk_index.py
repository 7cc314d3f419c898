"""ChunkIndex: in memory, in a local folder, and on Qdrant (the client's own, or the server at TEST_QDRANT_URL)."""

import os
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack
from pathlib import Path
from secrets import token_hex

import numpy as np
import pytest
from qdrant_client import AsyncQdrantClient

from backend.adapters.embedded.local_index import LocalIndex
from backend.adapters.embedded.memory_index import MemoryIndex
from backend.adapters.qdrant import QdrantIndex
from backend.domain.bm25 import SparseVector
from backend.domain.content import Lens
from backend.errors import VendorUnavailable
from backend.ports import ChunkIndex, Hit, Point, Query, Rankings
from backend.tests.contract.wire import one_answer
from backend.tests.standin import refused_url

SERVER = os.environ.get("TEST_QDRANT_URL")
KINDS = ["memory", "local", "qdrant", *(["qdrant-server"] if SERVER else [])]
SIZE = 8
ANA, BEN = "64b000000000000000000001", "ben@example.com"
EAST = np.eye(SIZE, dtype=np.float32)[0]
"""The query that `at` measures its angle from."""


def at(cosine: float) -> np.ndarray:
    """A unit vector with this cosine to EAST."""
    vector = np.zeros(SIZE, dtype=np.float32)
    vector[:2] = cosine, np.sqrt(1 - cosine**2)
    return vector


def point(
    id_: str, cosine: float = 1.0, sparse: SparseVector | None = None, *, group: str = "library", lens: Lens = "facts"
) -> Point:
    return Point(id_, group, lens, at(cosine), sparse or {})


def on_disk(folder: Path) -> LocalIndex:
    return LocalIndex(
        lambda: QdrantIndex(AsyncQdrantClient(path=str(folder)), "test", "random/embedder", SIZE, local=True)
    )


async def opened(kind: str, folder: Path, stack: AsyncExitStack) -> ChunkIndex:
    if kind == "memory":
        return MemoryIndex()
    if kind == "local":
        local = on_disk(folder)
        stack.push_async_callback(local.close)
        return local
    client = AsyncQdrantClient(SERVER, timeout=10) if kind == "qdrant-server" else AsyncQdrantClient(":memory:")
    name = f"test-{token_hex(4)}"
    stack.push_async_callback(client.close)
    stack.push_async_callback(client.delete_collection, f"{name}-random")
    return QdrantIndex(client, name, "random", SIZE, local=kind == "qdrant")


@pytest.fixture(params=KINDS)
async def index(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[ChunkIndex]:
    async with AsyncExitStack() as stack:
        yield await opened(request.param, tmp_path, stack)


async def ask(
    index: ChunkIndex,
    sparse: SparseVector | None = None,
    *,
    user: str = ANA,
    groups: Iterable[str] = ("library",),
    lens: Lens = "facts",
    limit: int = 10,
) -> Rankings:
    (found,) = await index.search(user, [Query(EAST, sparse or {})], groups=list(groups), lens=lens, limit=limit)
    return found


def ids(hits: Iterable[Hit]) -> list[str]:
    return [hit.id for hit in hits]


# Putting


async def test_what_was_put_is_found(index: ChunkIndex) -> None:
    await index.put(ANA, [point("a", 0.5, {7: 1.0})])
    found = await ask(index, {7: 0.5})
    assert found.dense == (Hit("a", pytest.approx(0.5, abs=1e-4)),)
    assert found.sparse == (Hit("a", pytest.approx(0.5, abs=1e-4)),)


async def test_putting_nothing_is_allowed(index: ChunkIndex) -> None:
    await index.put(ANA, [])
    assert await ask(index) == Rankings((), ())


async def test_putting_twice_is_the_same_as_once(index: ChunkIndex) -> None:
    for _ in range(2):
        await index.put(ANA, [point("a", 0.5, {7: 1.0}), point("b", 0.4)])
    found = await ask(index, {7: 1.0})
    assert (ids(found.dense), ids(found.sparse)) == (["a", "b"], ["a"])


async def test_putting_again_replaces(index: ChunkIndex) -> None:
    await index.put(ANA, [point("a", 0.5, {7: 1.0}, lens="personality")])
    await index.put(ANA, [point("a", 0.9, {8: 1.0})])
    assert (await ask(index)).dense == (Hit("a", pytest.approx(0.9, abs=1e-4)),)
    assert (await ask(index, {7: 1.0})).sparse == ()
    assert (await ask(index, lens="personality")).dense == ()


async def test_more_points_than_a_page_are_all_there(index: ChunkIndex) -> None:
    await index.put(ANA, [point(f"p{n:03}", 0.9) for n in range(600)])
    assert len((await ask(index, limit=1_000)).dense) == 600


async def test_the_largest_term_number_is_kept(index: ChunkIndex) -> None:
    await index.put(ANA, [point("a", 0.5, {2**32 - 1: 1.0, 0: 0.5})])
    assert ids((await ask(index, {2**32 - 1: 1.0})).sparse) == ["a"]


# What is missing


async def test_everything_is_missing_from_an_empty_index(index: ChunkIndex) -> None:
    assert await index.missing(ANA, "library", ["a", "b"]) == {"a", "b"}


async def test_only_what_was_not_put_is_missing(index: ChunkIndex) -> None:
    await index.put(ANA, [point("a")])
    assert await index.missing(ANA, "library", ["a", "b"]) == {"b"}


async def test_of_no_ids_none_is_missing(index: ChunkIndex) -> None:
    assert await index.missing(ANA, "library", []) == set()


async def test_it_is_missing_from_every_other_group_and_user(index: ChunkIndex) -> None:
    await index.put(ANA, [point("a")])
    assert await index.missing(ANA, "resume-1", ["a"]) == {"a"}
    assert await index.missing(BEN, "library", ["a"]) == {"a"}


# Whose it is


async def test_another_users_points_are_never_returned(index: ChunkIndex) -> None:
    await index.put(ANA, [point("a", 0.5, {7: 1.0})])
    await index.put(BEN, [point("b", 1.0, {7: 1.0})])
    found = await ask(index, {7: 1.0})
    assert (ids(found.dense), ids(found.sparse)) == (["a"], ["a"])


async def test_two_users_can_have_a_point_of_the_same_id(index: ChunkIndex) -> None:
    await index.put(ANA, [point("a", 0.5)])
    await index.put(BEN, [point("a", 0.9)])
    assert (await ask(index)).dense[0].score == pytest.approx(0.5, abs=1e-4)
    assert (await ask(index, user=BEN)).dense[0].score == pytest.approx(0.9, abs=1e-4)


async def test_a_user_without_points_finds_none(index: ChunkIndex) -> None:
    await index.put(ANA, [point("a", 0.5, {7: 1.0})])
    assert await ask(index, {7: 1.0}, user="nobody") == Rankings((), ())


async def test_only_the_groups_asked_for_are_searched(index: ChunkIndex) -> None:
    await index.put(ANA, [point("a", 0.9, {7: 1.0}), point("b", 0.8, {7: 0.9}, group="r1")])
    await index.put(ANA, [point("c", 0.7, {7: 0.8}, group="r2")])
    found = await ask(index, {7: 1.0}, groups=["library", "r2"])
    assert (ids(found.dense), ids(found.sparse)) == (["a", "c"], ["a", "c"])


async def test_no_groups_hold_nothing(index: ChunkIndex) -> None:
    await index.put(ANA, [point("a", 0.9, {7: 1.0})])
    assert await ask(index, {7: 1.0}, groups=[]) == Rankings((), ())


async def test_the_same_text_is_a_point_of_each_of_its_groups(index: ChunkIndex) -> None:
    await index.put(ANA, [point("a", group="r1"), point("a", group="r2")])
    await index.drop(ANA, "r1")
    assert ids((await ask(index, groups=["r2"])).dense) == ["a"]
    assert ids((await ask(index, groups=["r1"])).dense) == []


async def test_only_the_lens_asked_for_is_searched(index: ChunkIndex) -> None:
    await index.put(ANA, [point("f", 0.5, {7: 1.0}), point("p", 0.9, {7: 1.0}, lens="personality")])
    assert [ids(ranking) for ranking in await ask(index, {7: 1.0})] == [["f"], ["f"]]
    assert [ids(ranking) for ranking in await ask(index, {7: 1.0}, lens="personality")] == [["p"], ["p"]]
    assert [ids(ranking) for ranking in await ask(index, {7: 1.0}, lens="strategy")] == [[], []]


# Ranking


async def test_both_rankings_have_the_best_first(index: ChunkIndex) -> None:
    await index.put(ANA, [point("a", 0.1, {7: 0.9}), point("b", 0.9, {7: 0.1}), point("c", 0.5, {7: 0.5})])
    found = await ask(index, {7: 1.0})
    assert (ids(found.dense), ids(found.sparse)) == (["b", "c", "a"], ["a", "c", "b"])


async def test_what_scores_nothing_is_in_no_ranking(index: ChunkIndex) -> None:
    await index.put(ANA, [point("a", 0.0, {8: 1.0}), point("b", -0.5), point("c", 0.5, {7: 1.0})])
    found = await ask(index, {7: 1.0})
    assert (ids(found.dense), ids(found.sparse)) == (["c"], ["c"])


async def test_a_ranking_is_no_longer_than_the_limit(index: ChunkIndex) -> None:
    await index.put(ANA, [point(f"p{n}", n / 10, {7: n / 10}) for n in range(1, 9)])
    found = await ask(index, {7: 1.0}, limit=3)
    assert (ids(found.dense), ids(found.sparse)) == (["p8", "p7", "p6"], ["p8", "p7", "p6"])


async def test_each_query_has_its_rankings_in_order(index: ChunkIndex) -> None:
    await index.put(ANA, [point("a", 1.0, {7: 1.0}), point("b", 0.0, {8: 1.0})])
    queries = [Query(at(1.0), {8: 1.0}), Query(at(0.0), {7: 1.0}), Query(at(1.0), {})]
    found = await index.search(ANA, queries, groups=["library"], lens="facts", limit=5)
    assert [(ids(r.dense), ids(r.sparse)) for r in found] == [(["a"], ["b"]), (["b"], ["a"]), (["a"], [])]


async def test_no_queries_have_no_rankings(index: ChunkIndex) -> None:
    assert await index.search(ANA, [], groups=["library"], lens="facts", limit=5) == []


@pytest.mark.parametrize("seed", range(4))
async def test_every_index_ranks_the_same_points_alike(seed: int, tmp_path: Path) -> None:
    random = np.random.default_rng(seed)
    lenses: list[Lens] = ["facts", "personality", "strategy"]

    def vector() -> np.ndarray:
        found = random.normal(size=SIZE).astype(np.float32)
        return (found / np.linalg.norm(found)).astype(np.float32)

    def sparse() -> SparseVector:
        terms = random.choice(40, size=random.integers(0, 8), replace=False)
        return {int(term): float(weight) for term, weight in zip(terms, random.uniform(0.01, 1, 8), strict=False)}

    points = [
        Point(f"p{n}", f"g{random.integers(3)}", lenses[random.integers(3)], vector(), sparse()) for n in range(150)
    ]
    queries = [Query(vector(), sparse()) for _ in range(10)]
    async with AsyncExitStack() as stack:
        answers = []
        for kind in KINDS:
            index = await opened(kind, tmp_path, stack)
            await index.put(ANA, points[:100])
            await index.put(BEN, points[:100])
            await index.put(ANA, points[100:])
            await index.drop(ANA, "g2", keep=[p.id for p in points[::2]])
            answers.append(await index.search(ANA, queries, groups=["g0", "g2"], lens="facts", limit=12))
    first = answers[0]
    assert sum(len(ranking) for rankings in first for ranking in rankings) > 40
    for other in answers[1:]:
        for mine, theirs in zip(first, other, strict=True):
            for one, two in zip(mine, theirs, strict=True):
                assert ids(one) == ids(two)
                assert [hit.score for hit in one] == pytest.approx([hit.score for hit in two], abs=1e-4)


# Dropping


async def test_a_dropped_group_is_gone(index: ChunkIndex) -> None:
    await index.put(ANA, [point("a", sparse={7: 1.0}), point("b")])
    await index.drop(ANA, "library")
    assert await ask(index, {7: 1.0}) == Rankings((), ())
    assert await index.missing(ANA, "library", ["a", "b"]) == {"a", "b"}


async def test_dropping_keeps_what_it_is_told_to(index: ChunkIndex) -> None:
    await index.put(ANA, [point(id_) for id_ in "abcd"])
    await index.drop(ANA, "library", keep=iter(["b", "d", "unknown"]))
    assert sorted(ids((await ask(index)).dense)) == ["b", "d"]
    assert await index.missing(ANA, "library", ["a", "b", "c", "d"]) == {"a", "c"}


async def test_dropping_leaves_other_groups_and_users_alone(index: ChunkIndex) -> None:
    await index.put(ANA, [point("a"), point("b", group="r1")])
    await index.put(BEN, [point("c")])
    await index.drop(ANA, "library")
    assert ids((await ask(index, groups=["r1"])).dense) == ["b"]
    assert ids((await ask(index, user=BEN)).dense) == ["c"]


async def test_dropping_a_group_that_is_not_there_is_allowed(index: ChunkIndex) -> None:
    await index.drop(ANA, "never-put")
    assert await ask(index) == Rankings((), ())


async def test_what_was_dropped_can_be_put_again(index: ChunkIndex) -> None:
    await index.put(ANA, [point("a")])
    await index.drop(ANA, "library")
    await index.put(ANA, [point("a")])
    assert ids((await ask(index)).dense) == ["a"]


# The local folder


async def test_a_folder_keeps_its_points(tmp_path: Path) -> None:
    first = on_disk(tmp_path)
    await first.put(ANA, [point("a", 0.6, {7: 0.5, 9: 0.25}), point("b", 0.5, lens="strategy")])
    await first.put(BEN, [point("c", group="r1")])
    before = await ask(first, {7: 1.0})
    await first.close()
    again = on_disk(tmp_path)
    after = await ask(again, {7: 1.0})
    strategy, other = await ask(again, lens="strategy"), await ask(again, user=BEN, groups=["r1"])
    await again.close()
    assert [ids(ranking) for ranking in after] == [ids(ranking) for ranking in before] == [["a"], ["a"]]
    assert after.dense[0].score == pytest.approx(before.dense[0].score)
    assert (ids(strategy.dense), ids(other.dense)) == (["b"], ["c"])


async def test_a_folder_forgets_what_was_dropped(tmp_path: Path) -> None:
    first = on_disk(tmp_path)
    await first.put(ANA, [point("a"), point("b")])
    await first.drop(ANA, "library", keep=["b"])
    await first.close()
    again = on_disk(tmp_path)
    missing = await again.missing(ANA, "library", ["a", "b"])
    await again.close()
    assert missing == {"a"}


@pytest.mark.parametrize("error", [RuntimeError("already accessed by another instance"), PermissionError("denied")])
async def test_a_folder_that_cannot_be_opened_is_unavailable(error: Exception) -> None:
    def in_use() -> QdrantIndex:
        raise error  # as the client does; it would also leave its lock file open, which is an error here

    index = LocalIndex(in_use)
    with pytest.raises(VendorUnavailable, match="another process"):
        await index.put(ANA, [point("a")])
    await index.close()


# Qdrant


async def test_vectors_of_two_embedders_are_kept_apart() -> None:
    client = AsyncQdrantClient(":memory:")
    one = QdrantIndex(client, "test", "voyage/3", SIZE, local=True)
    other = QdrantIndex(client, "test", "minilm", SIZE, local=True)
    await one.put(ANA, [point("a")])
    assert await other.missing(ANA, "library", ["a"]) == {"a"}
    assert await ask(other) == Rankings((), ())
    await client.close()


@pytest.fixture
async def unreachable() -> AsyncIterator[QdrantIndex]:
    client = AsyncQdrantClient(url=refused_url(), timeout=10, check_compatibility=False)
    yield QdrantIndex(client, "test", "random", SIZE)
    await client.close()


async def test_a_qdrant_that_is_down_is_unavailable(unreachable: QdrantIndex) -> None:
    calls = [
        unreachable.put(ANA, [point("a")]),
        unreachable.missing(ANA, "library", ["a"]),
        unreachable.search(ANA, [Query(EAST, {})], groups=["library"], lens="facts", limit=5),
        unreachable.drop(ANA, "library"),
        unreachable.load(ANA),
        unreachable.check(),
    ]
    for call in calls:
        with pytest.raises(VendorUnavailable, match="no connection"):
            await call


@pytest.mark.parametrize(("body", "status"), [(b"{}", 500), (b"no", 401), (b"{}", 429), (b"<html>", 200), (b"{}", 200)])
async def test_a_qdrant_that_fails_is_unavailable(body: bytes, status: int) -> None:
    async with one_answer(body, status=status) as url:
        client = AsyncQdrantClient(url=url, timeout=10, check_compatibility=False)
        with pytest.raises(VendorUnavailable):
            await QdrantIndex(client, "test", "random", SIZE).put(ANA, [point("a")])
        await client.close()
