"""Anthropic's Messages format."""

import json
from collections.abc import Iterator
from typing import Any

from backend.tests.standin.faults import Reply
from backend.tests.standin.prompt_cache import tokens_in

PIECE = 40
"""Characters in a delta: few enough to look like a stream, enough for hundreds of streams at once."""


def message(model: str, reply: Reply, usage: dict[str, int]) -> dict[str, Any]:
    """The body of an answer that is not streamed."""
    content = [{"type": "text", "text": reply.text, "citations": None}] if reply.text else []
    used = {**usage, "output_tokens": tokens_in(len(reply.text))}
    return {**_opening(model, used), "content": content, **_ending(reply)}


def events(model: str, reply: Reply, usage: dict[str, int]) -> Iterator[tuple[int, bytes]]:
    """The events of a streamed answer, each with how many output tokens have to be generated before it is sent."""
    yield 0, _event("message_start", message=_opening(model, {**usage, "output_tokens": 1}))
    yield 0, _event("ping")
    total = tokens_in(len(reply.text))
    if reply.text:
        block = {"type": "text", "text": "", "citations": None}
        yield 0, _event("content_block_start", index=0, content_block=block)
        for start in range(0, len(reply.text), PIECE):
            piece = reply.text[start : start + PIECE]
            delta = {"type": "text_delta", "text": piece}
            yield tokens_in(start + len(piece)), _event("content_block_delta", index=0, delta=delta)
        yield total, _event("content_block_stop", index=0)
    yield total, _event("message_delta", delta=_ending(reply), usage={**usage, "output_tokens": total})
    yield total, _event("message_stop")


def _opening(model: str, usage: dict[str, int]) -> dict[str, Any]:
    return {
        "id": "msg_standin",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "stop_details": None,
        "usage": {**usage, "service_tier": "standard"},
    }


def _ending(reply: Reply) -> dict[str, Any]:
    refused = {"type": "refusal", "category": None, "explanation": None}
    details = refused if reply.stop_reason == "refusal" else None
    return {"stop_reason": reply.stop_reason, "stop_sequence": None, "stop_details": details}


def _event(kind: str, **fields: object) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n".encode()
