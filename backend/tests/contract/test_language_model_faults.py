"""LanguageModel: what can go wrong with a vendor, and that it never leaves the adapter raw."""

import asyncio
import traceback
from typing import Any

import aiohttp
import httpx2
import pytest
from pydantic_ai.models import Model as VendorModel
from pydantic_ai.models.function import FunctionModel

from backend.adapters.language_model import VendorLanguageModel, Vendors
from backend.errors import TailorError, UnusableAnswer, VendorUnavailable
from backend.tasks.judge_relevance import JudgeRelevance
from backend.tasks.write_edits import WriteEdits, WriteEditsOutput, WrittenEdit
from backend.tests.contract.vendor_models import KEY, OUTPUTS, ROLES, as_told, reached
from backend.tests.contract.wire import one_answer
from backend.tests.standin import (
    Answer,
    Drop,
    InvalidJson,
    Latency,
    MaxTokens,
    Refusal,
    Stall,
    StandIn,
    Status,
    refused_url,
)


@pytest.mark.parametrize("fault", [Status(429), Status(500), Status(529), Status(401), Status(403), Drop()])
async def test_a_vendor_that_fails_is_unavailable(
    model: VendorLanguageModel, vendor: StandIn, judge: JudgeRelevance, fault: Answer
) -> None:
    vendor.answer(fault)
    with pytest.raises(VendorUnavailable) as raised:
        await model.run(judge)
    assert raised.value.retryable


async def test_an_answer_that_takes_too_long_is_unavailable(
    protocol: str, vendor: StandIn, judge: JudgeRelevance
) -> None:
    vendor.answer(Stall(60))
    async with reached(protocol, vendor.url, patience=0.2) as model:
        with pytest.raises(VendorUnavailable, match="in time"):
            await model.run(judge)


async def test_a_refused_connection_is_unavailable(protocol: str, judge: JudgeRelevance) -> None:
    async with reached(protocol, refused_url()) as model:
        with pytest.raises(VendorUnavailable, match="no connection"):
            await model.run(judge)


@pytest.mark.parametrize(
    "wait", [Status(429, retry_after=7), Status(529, retry_after=7), Status(503, retry_after_ms=7000)]
)
async def test_it_says_when_the_vendor_wants_to_be_asked_again(
    model: VendorLanguageModel, vendor: StandIn, judge: JudgeRelevance, wait: Answer
) -> None:
    vendor.answer(wait)
    with pytest.raises(VendorUnavailable) as raised:
        await model.run(judge)
    assert raised.value.retry_after == 7


UNUSABLE: list[Answer] = [
    InvalidJson(),
    InvalidJson(""),
    InvalidJson("null"),
    InvalidJson('{"score": 70}'),
    InvalidJson('{"score": "high", "issues": []}'),
    InvalidJson('{"score": 70, "issues": [], "verdict": "hire"}'),
    InvalidJson('{"score": 1000, "issues": []}'),  # the schema that Anthropic takes has no maximum
    Refusal(),
    Refusal(""),
    MaxTokens('{"score": 70, "iss'),
    MaxTokens('{"score": 70, "issues": []}'),
    Status(400),
    Status(404),
]


@pytest.mark.parametrize("answer", UNUSABLE)
async def test_an_answer_that_is_none_is_unusable(
    model: VendorLanguageModel, vendor: StandIn, judge: JudgeRelevance, answer: Answer
) -> None:
    vendor.answer(answer)
    with pytest.raises(UnusableAnswer):
        await model.run(judge)


async def test_an_answer_that_keeps_to_the_schema_is_passed_on_however_wrong(
    model: VendorLanguageModel, vendor: StandIn, write: WriteEdits
) -> None:
    nonsense = WriteEditsOutput(edits=[WrittenEdit(target=-3, text="", cites=[999], requirements=["none"])])
    vendor.answer(nonsense.model_dump_json())
    assert (await model.run(write)).output == nonsense


BODIES = [
    b"<html>A proxy.</html>",
    b"{",
    b"\xff\xfe",
    b"",
    b"{}",
    b"null",
    b"[]",
    b'{"id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": []}',
    b'{"id": "x", "type": "message", "role": "assistant", "content": [{"type": "text", "text": "{}"}]}',
]


@pytest.mark.parametrize(
    ("body", "content_type"), [(body, "application/json") for body in BODIES] + [(BODIES[0], "text/html")]
)
async def test_a_server_that_is_no_model_is_one_of_our_errors(
    protocol: str, judge: JudgeRelevance, body: bytes, content_type: str
) -> None:
    async with one_answer(body, content_type) as url, reached(protocol, url) as model:
        with pytest.raises((VendorUnavailable, UnusableAnswer)):
            await model.run(judge)


class Failing(Vendors):
    """Whose models fail with an error that no library has wrapped."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        object.__setattr__(self, "error", error)  # the base is frozen

    def model(self, name: str) -> VendorModel[Any]:
        def fail(*_: Any) -> Any:
            raise self.error  # type: ignore[attr-defined]

        return FunctionModel(fail)


@pytest.mark.parametrize(
    "error",
    [
        httpx2.ReadTimeout("too slow"),
        httpx2.ConnectError("refused"),
        httpx2.RemoteProtocolError("garbled"),
        aiohttp.ClientConnectionError("gone"),
        aiohttp.ServerDisconnectedError(),
        aiohttp.ServerTimeoutError(),
        TimeoutError(),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_an_error_of_the_http_library_is_unavailable(judge: JudgeRelevance, error: Exception) -> None:
    with pytest.raises(VendorUnavailable):
        await VendorLanguageModel(Failing(error), ROLES["anthropic"]).run(judge)


@pytest.mark.parametrize("fault", [Status(429, retry_after_ms=1), Status(529, retry_after_ms=1), Drop()])
async def test_a_retry_makes_good_for_a_failure(
    protocol: str, vendor: StandIn, judge: JudgeRelevance, fault: Answer
) -> None:
    vendor.answer(fault, OUTPUTS["judge_relevance"].model_dump())
    async with reached(protocol, vendor.url, retries=1) as model:
        assert (await model.run(judge)).output == OUTPUTS["judge_relevance"]
    assert len(vendor.requests) == 2


async def test_it_gives_up_after_its_retries(protocol: str, vendor: StandIn, judge: JudgeRelevance) -> None:
    vendor.responder = lambda _: Status(429, retry_after_ms=1)
    async with reached(protocol, vendor.url, retries=2) as model:
        with pytest.raises(VendorUnavailable):
            await model.run(judge)
    assert len(vendor.requests) == 3


async def test_an_unusable_answer_is_not_asked_for_again(protocol: str, vendor: StandIn, judge: JudgeRelevance) -> None:
    vendor.answer(InvalidJson())
    async with reached(protocol, vendor.url, retries=2) as model:
        with pytest.raises(UnusableAnswer):
            await model.run(judge)
    assert len(vendor.requests) == 1


LEAKY: list[Answer] = [
    Status(401, message=f"{KEY} is no key."),
    Status(400, message=f"{KEY} is no key."),
    Status(500, message=KEY),
    InvalidJson(KEY),
    Refusal(KEY),
    Drop(),
]


@pytest.mark.parametrize("fault", LEAKY)
async def test_no_error_tells_the_key_even_when_the_vendor_does(
    model: VendorLanguageModel, vendor: StandIn, judge: JudgeRelevance, fault: Answer
) -> None:
    vendor.answer(fault)
    with pytest.raises(TailorError) as raised:
        await model.run(judge)
    assert KEY not in f"{raised.value} {raised.value!r} {raised.value.detail}"


@pytest.mark.parametrize("fault", [Status(401), Status(500), Drop(), Refusal()])
async def test_a_logged_traceback_does_not_tell_the_key(
    model: VendorLanguageModel, vendor: StandIn, judge: JudgeRelevance, fault: Answer
) -> None:
    vendor.answer(fault)
    with pytest.raises(TailorError) as raised:
        await model.run(judge)
    assert KEY not in "".join(traceback.format_exception(raised.value))


async def test_calls_at_the_same_time_do_not_wait_for_each_other(vendor: StandIn, judge: JudgeRelevance) -> None:
    vendor.responder = as_told
    vendor.latency = {"": Latency(first_byte=0.5)}
    async with reached("anthropic", vendor.url) as model:
        loop = asyncio.get_running_loop()
        started = loop.time()
        await asyncio.gather(*(model.run(judge) for _ in range(8)))
        assert loop.time() - started < 2.5
