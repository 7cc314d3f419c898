"""Embedder: MiniLM in this process, and Voyage by its protocol."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Literal

import numpy as np
import pytest

from backend.adapters.embedded.minilm import MiniLmEmbedder
from backend.adapters.voyage import VoyageEmbedder
from backend.data import TOKENIZER
from backend.errors import VendorUnavailable
from backend.ports import Embedder
from backend.tests.contract.wire import one_answer
from backend.tests.standin import Drop, InvalidJson, Stall, StandIn, Status, VoyageFault, refused_url

KEY = "pa-a-key-that-nobody-may-see"
TEXTS = [
    "Led a team of six nurses",
    "Built services in Python",
    "",
    "émigré 東京 🚢",
    "line one\nline two",
    "word " * 1_000,
]


@asynccontextmanager
async def reached(url: str, retries: int = 0, patience: float = 10) -> AsyncIterator[VoyageEmbedder]:
    embedder = VoyageEmbedder(KEY, url, "voyage-3.5", timeout=patience, retries=retries)
    yield embedder
    await embedder.close()


@pytest.fixture(scope="module")
def minilm() -> Iterator[MiniLmEmbedder]:
    embedder = MiniLmEmbedder(TOKENIZER)
    yield embedder
    embedder.close()


@pytest.fixture
async def voyage(vendor: StandIn) -> AsyncIterator[VoyageEmbedder]:
    async with reached(vendor.v1) as embedder:
        yield embedder


@pytest.fixture(params=["minilm", "voyage"])
def embedder(request: pytest.FixtureRequest, minilm: MiniLmEmbedder, voyage: VoyageEmbedder) -> Embedder:
    return {"minilm": minilm, "voyage": voyage}[request.param]


# Every embedder


async def test_there_is_one_row_for_each_text(embedder: Embedder) -> None:
    vectors = await embedder.embed(TEXTS, "document")
    assert vectors.shape == (len(TEXTS), embedder.size)
    assert vectors.dtype == np.float32


async def test_vectors_have_unit_length(embedder: Embedder) -> None:
    vectors = await embedder.embed(TEXTS, "document")
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


async def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert (await embedder.embed([], "query")).shape == (0, embedder.size)


async def test_the_same_text_has_the_same_vector_whatever_its_neighbours(embedder: Embedder) -> None:
    together = await embedder.embed(TEXTS, "document")
    alone = [(await embedder.embed([text], "document"))[0] for text in reversed(TEXTS)]
    assert np.array_equal(together, np.array(alone[::-1]))


async def test_a_text_that_is_given_twice_has_two_rows(embedder: Embedder) -> None:
    one, two, other = await embedder.embed(["Python", "Python", "Nursing"], "document")
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)


async def test_related_texts_are_nearer_than_the_floor_and_others_are_not(embedder: Embedder) -> None:
    asked, near, far = await embedder.embed(
        ["led a team of nurses", "a team of nurses was led by her", "baked sourdough bread"], "document"
    )
    assert asked @ near > embedder.floor > asked @ far


@pytest.mark.parametrize("kind", ["query", "document"])
async def test_queries_and_documents_share_a_space(embedder: Embedder, kind: Literal["query", "document"]) -> None:
    (one,) = await embedder.embed(["Built services in Python"], kind)
    (other,) = await embedder.embed(["Built services in Python"], "document")
    assert one @ other > 0.9


# MiniLM


async def test_minilm_gives_the_same_after_a_restart(minilm: MiniLmEmbedder) -> None:
    fresh = MiniLmEmbedder(TOKENIZER)
    try:
        assert np.array_equal(await fresh.embed(TEXTS[:2], "query"), await minilm.embed(TEXTS[:2], "query"))
    finally:
        fresh.close()


async def test_minilm_answers_calls_that_make_it_forget_each_others_texts() -> None:
    forgetful = MiniLmEmbedder(TOKENIZER, remembered=2)
    try:
        await forgetful.embed(["Python"], "query")
        found = await asyncio.gather(
            forgetful.embed(["Python", "Go"], "query"), forgetful.embed(["Rust", "Java"], "query")
        )
    finally:
        forgetful.close()
    assert [vectors.shape for vectors in found] == [(2, 384), (2, 384)]


async def test_minilm_leaves_the_event_loop_free(minilm: MiniLmEmbedder) -> None:
    work = asyncio.ensure_future(minilm.embed([f"A sentence that is new, number {n}" for n in range(20)], "document"))
    turns = 0
    while not work.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert turns >= 5
    assert (await work).shape == (20, 384)


# Voyage


@pytest.mark.parametrize("kind", ["query", "document"])
async def test_voyage_is_told_what_the_texts_are(
    voyage: VoyageEmbedder, vendor: StandIn, kind: Literal["query", "document"]
) -> None:
    await voyage.embed(["Python"], kind)
    (request,) = vendor.requests
    assert (request.path, request.model, request.body["input_type"]) == ("/v1/embeddings", "voyage-3.5", kind)


@pytest.mark.parametrize("ending", ["", "/", "/v1", "/v1/"])
async def test_voyages_base_url_may_end_in_v1_or_not(vendor: StandIn, ending: str) -> None:
    async with reached(vendor.url + ending) as voyage:
        await voyage.embed(["Python"], "query")
    assert vendor.requests[0].path == "/v1/embeddings"


async def test_voyage_is_asked_for_at_most_128_texts_at_a_time(voyage: VoyageEmbedder, vendor: StandIn) -> None:
    texts = [f"text {n}" for n in range(300)]
    vectors = await voyage.embed(texts, "document")
    assert [len(request.body["input"]) for request in vendor.requests] == [128, 128, 44]
    assert [text for request in vendor.requests for text in request.body["input"]] == texts
    assert np.array_equal(vectors[299], (await voyage.embed(["text 299"], "document"))[0])


async def test_voyage_is_not_called_for_no_texts(voyage: VoyageEmbedder, vendor: StandIn) -> None:
    await voyage.embed([], "document")
    assert vendor.requests == []


FAULTS: list[VoyageFault] = [Status(code) for code in (400, 401, 403, 404, 422, 429, 500, 502, 503, 520, 529)]
FAULTS += [Drop(), InvalidJson("oops"), InvalidJson("")]


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_vendor_that_fails_is_unavailable(voyage: VoyageEmbedder, vendor: StandIn, fault: VoyageFault) -> None:
    vendor.fail_voyage(fault)
    with pytest.raises(VendorUnavailable):
        await voyage.embed(["Python"], "document")


async def test_an_answer_that_takes_too_long_is_unavailable(vendor: StandIn) -> None:
    vendor.fail_voyage(Stall(60))
    async with reached(vendor.v1, patience=0.2) as voyage:
        with pytest.raises(VendorUnavailable, match="in time"):
            await voyage.embed(["Python"], "document")


async def test_it_works_again_after_a_failure(voyage: VoyageEmbedder, vendor: StandIn) -> None:
    vendor.fail_voyage(Drop())
    with pytest.raises(VendorUnavailable):
        await voyage.embed(["Python"], "document")
    assert (await voyage.embed(["Python"], "document")).shape == (1, voyage.size)


async def test_a_failure_in_a_later_batch_fails_them_all(voyage: VoyageEmbedder, vendor: StandIn) -> None:
    answers = iter([None, Status(500)])
    vendor.voyage = lambda _: next(answers)
    with pytest.raises(VendorUnavailable):
        await voyage.embed(["text"] * 129, "document")


async def test_a_refused_connection_is_unavailable() -> None:
    async with reached(refused_url()) as voyage:
        with pytest.raises(VendorUnavailable, match="no connection"):
            await voyage.embed(["Python"], "document")


async def test_a_retry_makes_good_for_a_failure(vendor: StandIn) -> None:
    vendor.fail_voyage(Status(429))
    async with reached(vendor.v1, retries=1) as voyage:
        assert (await voyage.embed(["Python"], "document")).shape == (1, voyage.size)
    assert len(vendor.requests) == 2


async def test_vectors_of_another_size_are_refused(voyage: VoyageEmbedder, vendor: StandIn) -> None:
    vendor.dimension = 64
    with pytest.raises(VendorUnavailable, match="1024"):
        await voyage.embed(["Python"], "document")


BODIES = [
    b"{}",
    b"null",
    b"[]",
    b"\xff\xfe",
    b'{"data": []}',
    b'{"data": [], "usage": {"total_tokens": 1}}',
    b'{"data": [{"embedding": [1]}, {"embedding": [1, 2]}], "usage": {"total_tokens": 1}}',
    b'{"data": [{"embedding": "x"}, {}], "usage": {"total_tokens": 1}}',
]


@pytest.mark.parametrize("body", BODIES)
async def test_a_server_that_is_not_voyage_is_unavailable(body: bytes) -> None:
    async with one_answer(body) as url, reached(url) as voyage:
        with pytest.raises(VendorUnavailable):
            await voyage.embed(["Python", "Go"], "document")


@pytest.mark.parametrize("fault", [Status(401, message=KEY), Status(403, message=KEY), InvalidJson(KEY), Drop()])
async def test_no_error_tells_the_key(voyage: VoyageEmbedder, vendor: StandIn, fault: VoyageFault) -> None:
    vendor.fail_voyage(fault)
    with pytest.raises(VendorUnavailable) as raised:
        await voyage.embed(["Python"], "document")
    assert KEY not in f"{raised.value!r} {raised.value.detail}"


async def test_a_refused_key_is_called_that(voyage: VoyageEmbedder, vendor: StandIn) -> None:
    vendor.fail_voyage(Status(401))
    with pytest.raises(VendorUnavailable, match="VOYAGE_API_KEY"):
        await voyage.embed(["Python"], "document")
