"""The stand-in, as the real SDKs see it."""

import asyncio
import json
import math
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import anthropic
import httpx2
import openai
import pytest
import voyageai
import voyageai.error
from anthropic.types import Message, TextBlock

from backend.tests.standin import (
    Drop,
    Fault,
    InvalidJson,
    Latency,
    MaxTokens,
    Refusal,
    Script,
    Stall,
    StandIn,
    Status,
    VoyageFault,
    refused_url,
)

ROOT = Path(__file__).parents[4]
HAIKU = "claude-haiku-4-5"
VOYAGE = "voyage-3.5"
SCHEMA = {"title": "Found", "type": "object", "properties": {"items": {"type": "array"}}}


@pytest.fixture
async def vendor() -> AsyncIterator[StandIn]:
    async with StandIn() as stand_in:
        yield stand_in


@pytest.fixture
async def claude(vendor: StandIn) -> AsyncIterator[anthropic.AsyncAnthropic]:
    async with anthropic.AsyncAnthropic(base_url=vendor.url, api_key="test", max_retries=0) as client:
        yield client


@pytest.fixture
async def gpt(vendor: StandIn) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(base_url=vendor.v1, api_key="test", max_retries=0) as client:
        yield client


@pytest.fixture
def voyage(vendor: StandIn) -> voyageai.AsyncClient:
    return voyageai.AsyncClient(api_key="test", base_url=vendor.v1)


async def say(client: anthropic.AsyncAnthropic, text: str = "Hello", **more: Any) -> Message:
    asked: dict[str, Any] = {"model": HAIKU, "max_tokens": 100, **more}
    return await client.messages.create(messages=[{"role": "user", "content": text}], **asked)


def text_of(message: Message) -> str:
    return "".join(block.text for block in message.content if isinstance(block, TextBlock))


def marked(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}


async def test_a_message_is_answered_and_recorded(vendor: StandIn, claude: anthropic.AsyncAnthropic) -> None:
    vendor.answer({"items": [1]})
    system = [{"type": "text", "text": "Be brief."}, {"type": "text", "text": "Be kind."}]
    found = await say(claude, system=system, output_config={"format": {"type": "json_schema", "schema": SCHEMA}})
    assert json.loads(text_of(found)) == {"items": [1]}
    assert (found.stop_reason, found.model) == ("end_turn", HAIKU)
    assert (found.usage.input_tokens, found.usage.output_tokens) == (math.ceil(22 / 4), math.ceil(14 / 4))
    (request,) = vendor.requests
    assert (request.path, request.model) == ("/v1/messages", HAIKU)
    assert (request.system_text, request.user_text) == ("Be brief.\nBe kind.", "Hello")
    assert (request.schema, request.schema_name) == (SCHEMA, "Found")
    assert request.headers["authorization"] == "Bearer test"


async def test_a_message_streams(vendor: StandIn, claude: anthropic.AsyncAnthropic) -> None:
    told = "A long answer, in more pieces than one. " * 5
    vendor.answer(told)
    asked: dict[str, Any] = {"model": HAIKU, "max_tokens": 100, "messages": [{"role": "user", "content": "Hello"}]}
    async with claude.messages.stream(**asked) as stream:
        pieces = [piece async for piece in stream.text_stream]
        final = await stream.get_final_message()
    assert "".join(pieces) == text_of(final) == told
    assert len(pieces) > 1
    assert (final.stop_reason, final.usage.output_tokens) == ("end_turn", 50)


async def test_raw_stream_events_are_complete(vendor: StandIn, claude: anthropic.AsyncAnthropic) -> None:
    vendor.answer("Hi.")
    asked: dict[str, Any] = {"model": HAIKU, "max_tokens": 100, "messages": [{"role": "user", "content": "Hello"}]}
    stream = await claude.messages.create(stream=True, **asked)
    assert [event.type async for event in stream] == [
        "message_start",
        "content_block_start",
        "content_block_delta",
        "content_block_stop",
        "message_delta",
        "message_stop",
    ]


async def test_the_script_runs_out_with_an_error(vendor: StandIn, claude: anthropic.AsyncAnthropic) -> None:
    vendor.responder = Script("first").add("for the judge", system="judge")
    assert text_of(await say(claude, system="You judge.")) == "for the judge"
    assert text_of(await say(claude)) == "first"
    for system in ("You judge.", "You write."):
        with pytest.raises(anthropic.APIStatusError, match="no answer left") as error:
            await say(claude, system=system)
        assert error.value.status_code == 418


async def test_a_function_can_answer(vendor: StandIn, claude: anthropic.AsyncAnthropic) -> None:
    vendor.responder = lambda request: request.user_text.upper()
    assert text_of(await say(claude, "hello")) == "HELLO"
    vendor.answer("now a script")
    assert text_of(await say(claude)) == "now a script"


async def test_a_prefix_seen_before_is_read_from_the_cache(vendor: StandIn, claude: anthropic.AsyncAnthropic) -> None:
    vendor.responder = lambda _: "ok"

    async def usage(*system: dict[str, Any], **more: Any) -> tuple[int, int | None, int | None]:
        used = (await say(claude, "1234", system=[*system], **more)).usage
        return used.input_tokens, used.cache_creation_input_tokens, used.cache_read_input_tokens

    rules, job = marked("r" * 400), marked("j" * 200)
    assert await usage(rules) == (1, 100, 0)
    assert await usage(rules) == (1, 0, 100)
    assert await usage(rules, job) == (1, 50, 100)
    assert await usage(rules, job) == (1, 0, 150)
    assert await usage(job) == (1, 50, 0)
    assert await usage(rules, model="claude-sonnet-4-6") == (1, 100, 0)
    assert await usage(rules, cache_control={"type": "ephemeral"}) == (0, 1, 100)


async def test_calls_at_the_same_time_do_not_share_a_prefix(vendor: StandIn, claude: anthropic.AsyncAnthropic) -> None:
    vendor.responder = lambda _: "ok"
    vendor.latency = {"haiku": Latency(first_byte=0.1)}
    found = await asyncio.gather(*(say(claude, system=[marked("r" * 400)]) for _ in range(3)))
    assert [message.usage.cache_read_input_tokens for message in found] == [0, 0, 0]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Status(400), anthropic.BadRequestError),
        (Status(401), anthropic.AuthenticationError),
        (Status(429), anthropic.RateLimitError),
        (Status(500), anthropic.InternalServerError),
        (Status(529), anthropic.APIStatusError),
        (Drop(), anthropic.APIConnectionError),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
async def test_a_fault_is_the_sdks_own_error(
    vendor: StandIn, claude: anthropic.AsyncAnthropic, fault: Fault, error: type[Exception], stream: bool
) -> None:
    vendor.answer(fault)
    with pytest.raises(error) as raised:
        await say(claude, stream=stream)
    if isinstance(fault, Status) and isinstance(raised.value, anthropic.APIStatusError):
        assert raised.value.status_code == fault.code
    if fault == Status(529) and isinstance(raised.value, anthropic.APIStatusError):
        assert raised.value.type == "overloaded_error"


async def test_the_sdk_waits_as_long_as_it_is_told(vendor: StandIn, claude: anthropic.AsyncAnthropic) -> None:
    vendor.answer(Status(429, retry_after=30, retry_after_ms=20), Status(429, retry_after=0.02), "at last")
    started = time.perf_counter()
    assert text_of(await say(claude.with_options(max_retries=2))) == "at last"
    assert 0.04 <= time.perf_counter() - started < 5
    assert len(vendor.requests) == 3


async def test_a_stall_runs_into_the_timeout(vendor: StandIn, claude: anthropic.AsyncAnthropic) -> None:
    vendor.answer(Stall(5), Stall(5))
    with pytest.raises(anthropic.APITimeoutError):
        await say(claude, timeout=0.1)
    # Once a stream has begun, the SDK lets the error of its HTTP client through.
    stream: Any = await say(claude, timeout=0.1, stream=True)
    with pytest.raises(httpx2.ReadTimeout):
        await anext(aiter(stream))


async def test_a_stall_ends_in_its_answer(vendor: StandIn, claude: anthropic.AsyncAnthropic) -> None:
    vendor.answer(Stall(0.05, "late"))
    started = time.perf_counter()
    assert text_of(await say(claude)) == "late"
    assert time.perf_counter() - started >= 0.05


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("fault", "reason", "text"),
    [
        (InvalidJson("{oops"), "end_turn", "{oops"),
        (Refusal("No."), "refusal", "No."),
        (Refusal(""), "refusal", ""),
        (MaxTokens('{"a": "b'), "max_tokens", '{"a": "b'),
    ],
)
async def test_a_bad_answer_is_still_an_answer(
    vendor: StandIn, claude: anthropic.AsyncAnthropic, fault: Fault, reason: str, text: str, stream: bool
) -> None:
    vendor.answer(fault)
    if stream:
        asked: dict[str, Any] = {"model": HAIKU, "max_tokens": 9, "messages": [{"role": "user", "content": "Hi"}]}
        async with claude.messages.stream(**asked) as answer:
            found: Message = await answer.get_final_message()
    else:
        found = await say(claude)
    assert (found.stop_reason, text_of(found)) == (reason, text)
    assert (found.stop_details is not None) == (reason == "refusal")


async def test_a_refused_connection() -> None:
    async with anthropic.AsyncAnthropic(base_url=refused_url(), api_key="test", max_retries=0) as client:
        with pytest.raises(anthropic.APIConnectionError):
            await say(client)
    with pytest.raises(voyageai.error.APIConnectionError):
        await voyageai.AsyncClient(api_key="test", base_url=refused_url()).embed(["text"], model=VOYAGE)


@pytest.mark.parametrize("stream", [False, True])
async def test_an_answer_takes_its_time(vendor: StandIn, claude: anthropic.AsyncAnthropic, stream: bool) -> None:
    vendor.latency = {"sonnet": Latency(9, 9), "haiku": Latency(0.1, 0.002)}
    vendor.answer("x" * 400)
    started = time.perf_counter()
    answer: Any = await say(claude, stream=stream)
    if stream:
        begun = time.perf_counter() - started
        assert begun >= 0.1
        arrivals = [time.perf_counter() - started async for event in answer if event.type == "content_block_delta"]
        assert arrivals[0] < arrivals[-1] - 0.1
    assert 0.3 <= time.perf_counter() - started < 5


async def test_leaving_ends_every_wait_at_once() -> None:
    async with (
        StandIn(Script(Stall(60))) as stand_in,
        anthropic.AsyncAnthropic(base_url=stand_in.url, api_key="test", max_retries=0) as client,
    ):
        waiting = asyncio.create_task(say(client))
        while not stand_in.requests:  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.01)
        started = time.perf_counter()
        await stand_in.__aexit__(None, None, None)
        assert time.perf_counter() - started < 1
        with pytest.raises(anthropic.APIConnectionError):
            await waiting


async def test_nothing_is_recorded_when_not_asked_to() -> None:
    async with (
        StandIn(lambda _: "ok", record=False) as stand_in,
        anthropic.AsyncAnthropic(base_url=stand_in.url, api_key="test", max_retries=0) as client,
    ):
        found = await asyncio.gather(*(say(client) for _ in range(50)))
        assert {text_of(message) for message in found} == {"ok"}
        assert stand_in.requests == []


async def test_texts_that_share_words_are_nearer(vendor: StandIn, voyage: voyageai.AsyncClient) -> None:
    texts = ["Led a team of nurses", "A team of nurses was led by her", "Baked sourdough bread", ""]
    found = await voyage.embed(texts, model=VOYAGE, input_type="document", output_dimension=256)
    again = await voyage.embed(texts, model=VOYAGE, output_dimension=256)
    one, two, three, empty = found.embeddings
    assert found.embeddings == again.embeddings
    assert len(one) == 256
    assert all(math.isclose(math.hypot(*vector), 1, abs_tol=1e-5) for vector in (one, two, three, empty))
    assert dot(one, two) > 0.5 > 0.3 > dot(one, three)
    assert found.total_tokens == sum(math.ceil(len(text) / 4) for text in texts)
    assert vendor.requests[0].user_text == "\n".join(texts)
    vendor.dimension = 64
    assert len((await voyage.embed(texts, model=VOYAGE)).embeddings[0]) == 64


def dot(one: list[float] | list[int], other: list[float] | list[int]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


async def test_a_rerank_puts_the_nearest_first(voyage: voyageai.AsyncClient) -> None:
    documents = ["Baked bread", "Managed nurses", "Managed a ward of nurses"]
    found = await voyage.rerank("managed a ward", documents, model="rerank-2.5", top_k=2)
    assert [result.index for result in found.results] == [2, 1]
    assert 1 >= found.results[0].relevance_score > found.results[1].relevance_score >= 0
    assert found.total_tokens > 0


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Status(400), voyageai.error.InvalidRequestError),
        (Status(401), voyageai.error.AuthenticationError),
        (Status(429, retry_after=1), voyageai.error.RateLimitError),
        (Status(500), voyageai.error.ServerError),
        (Status(503), voyageai.error.ServiceUnavailableError),
        (Stall(5), voyageai.error.Timeout),
        (Drop(), voyageai.error.APIConnectionError),
        (InvalidJson("oops"), voyageai.error.APIError),
    ],
)
async def test_a_voyage_fault_is_its_sdks_own_error(
    vendor: StandIn, fault: VoyageFault, error: type[Exception]
) -> None:
    client = voyageai.AsyncClient(api_key="test", base_url=vendor.v1, timeout=0.1)
    vendor.fail_voyage(fault)
    with pytest.raises(error):
        await client.embed(["text"], model=VOYAGE)
    assert len((await client.embed(["text"], model=VOYAGE)).embeddings) == 1


async def test_openai_completes(vendor: StandIn, gpt: openai.AsyncOpenAI) -> None:
    vendor.answer({"items": []}, Refusal("No."), MaxTokens("{"), Status(429), Drop())
    asked: dict[str, Any] = {
        "model": "gpt-5-mini",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}],
        "response_format": {"type": "json_schema", "json_schema": {"name": "found", "schema": SCHEMA}},
    }
    first, refused, cut = [await gpt.chat.completions.create(**asked) for _ in range(3)]
    assert first.choices[0].message.content == '{"items": []}'
    assert first.usage is not None
    assert (first.usage.prompt_tokens, first.usage.completion_tokens) == (4, 4)
    assert (refused.choices[0].message.content, refused.choices[0].message.refusal) == (None, "No.")
    assert cut.choices[0].finish_reason == "length"
    with pytest.raises(openai.RateLimitError):
        await gpt.chat.completions.create(**asked)
    with pytest.raises(openai.APIConnectionError):
        await gpt.chat.completions.create(**asked)
    request = vendor.requests[0]
    assert (request.system_text, request.user_text) == ("Be brief.", "Hello")
    assert (request.schema_name, request.schema) == ("found", SCHEMA)


async def test_it_serves_as_a_process() -> None:
    code = "from backend.tests.standin import serve_forever; serve_forever(responder=lambda _: 'from afar')"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    port = int(await process.stdout.readline())
    async with anthropic.AsyncAnthropic(base_url=f"http://127.0.0.1:{port}", api_key="test") as client:
        assert text_of(await say(client)) == "from afar"
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 5) == 0
