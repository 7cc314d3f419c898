"""The stand-in's message batches, as the real SDK sees them."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import anthropic
import pytest

from backend.tests.standin import RecordedRequest, StandIn, Status, Unrun

HAIKU = "claude-haiku-4-5"


@pytest.fixture
async def claude(vendor: StandIn) -> AsyncIterator[anthropic.AsyncAnthropic]:
    async with anthropic.AsyncAnthropic(base_url=vendor.url, api_key="test", max_retries=0) as client:
        yield client


def asks(*names: str) -> Any:
    return [
        {
            "custom_id": name,
            "params": {"model": HAIKU, "max_tokens": 10, "messages": [{"role": "user", "content": name}]},
        }
        for name in names
    ]


async def results(claude: anthropic.AsyncAnthropic, batch: str) -> dict[str, Any]:
    return {line.custom_id: line.result async for line in await claude.messages.batches.results(batch)}


async def test_a_batch_is_in_progress_for_a_while_and_then_has_ended(
    vendor: StandIn, claude: anthropic.AsyncAnthropic
) -> None:
    vendor.responder, vendor.batches.seconds = lambda _: "Yes.", 0.1
    made = await claude.messages.batches.create(requests=asks("a", "b"))
    assert (made.processing_status, made.request_counts.processing, made.results_url) == ("in_progress", 2, None)
    with pytest.raises(anthropic.AnthropicError, match="finished processing"):
        await claude.messages.batches.results(made.id)
    await asyncio.sleep(0.12)
    found = await claude.messages.batches.retrieve(made.id)
    assert (found.processing_status, found.request_counts.succeeded) == ("ended", 2)
    assert found.ended_at is not None


async def test_each_line_is_of_one_of_four_kinds_and_in_any_order(
    vendor: StandIn, claude: anthropic.AsyncAnthropic
) -> None:
    answers = {"s": "Yes.", "e": Status(529), "x": Unrun("expired"), "c": Unrun("canceled")}

    def responder(request: RecordedRequest) -> Any:
        return answers[request.user_text[0]]

    vendor.responder = responder
    names = [f"{kind}{n}" for n in range(5) for kind in answers]
    made = await claude.messages.batches.create(requests=asks(*names))
    found = await results(claude, made.id)
    assert list(found) != names
    assert sorted(found) == sorted(names)
    kinds = {"s": "succeeded", "e": "errored", "x": "expired", "c": "canceled"}
    assert all(result.type == kinds[name[0]] for name, result in found.items())
    assert found["s0"].message.content[0].text == "Yes."
    assert found["s0"].message.usage.service_tier == "batch"
    assert found["e0"].error.error.type == "overloaded_error"


async def test_a_cancelled_batch_ends_without_answers(vendor: StandIn, claude: anthropic.AsyncAnthropic) -> None:
    vendor.batches.seconds = 30
    made = await claude.messages.batches.create(requests=asks("a"))
    assert (await claude.messages.batches.cancel(made.id)).processing_status == "canceling"
    await asyncio.sleep(0.05)
    assert (await claude.messages.batches.retrieve(made.id)).processing_status == "ended"
    assert [result.type for result in (await results(claude, made.id)).values()] == ["canceled"]


@pytest.mark.parametrize("names", [(), ("a", "a"), ("",), ("a.b",), ("x" * 65,)])
async def test_what_the_vendor_would_refuse_is_refused(
    claude: anthropic.AsyncAnthropic, names: tuple[str, ...]
) -> None:
    with pytest.raises(anthropic.BadRequestError):
        await claude.messages.batches.create(requests=asks(*names))


async def test_a_creation_whose_answer_is_lost_has_made_a_batch(
    vendor: StandIn, claude: anthropic.AsyncAnthropic
) -> None:
    vendor.batches.lost = 1
    with pytest.raises(anthropic.APIConnectionError):
        await claude.messages.batches.create(requests=asks("a"))
    listed = [batch.id async for batch in claude.messages.batches.list()]
    assert listed == [vendor.batches.made[0].id]
    with pytest.raises(anthropic.NotFoundError):
        await claude.messages.batches.retrieve("msgbatch_none")
