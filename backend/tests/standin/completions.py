"""OpenAI's chat completions format, not streamed."""

from typing import Any

from backend.tests.standin.answers import RecordedRequest
from backend.tests.standin.faults import Reply
from backend.tests.standin.prompt_cache import tokens_in


def completion(request: RecordedRequest, reply: Reply) -> dict[str, Any]:
    """The body of an answer. OpenAI puts a refusal beside the content and gives it no finish reason of its own."""
    refused = reply.stop_reason == "refusal"
    said: dict[str, Any] = {
        "role": "assistant",
        "content": None if refused else reply.text,
        "refusal": reply.text if refused else None,
        "annotations": [],
    }
    finish = "length" if reply.stop_reason == "max_tokens" else "stop"
    asked = tokens_in(len(request.system_text) + len(request.user_text))
    answered = tokens_in(len(reply.text))
    return {
        "id": "chatcmpl-standin",
        "object": "chat.completion",
        "created": 0,
        "model": request.model,
        "choices": [{"index": 0, "message": said, "logprobs": None, "finish_reason": finish}],
        "usage": {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered},
    }
