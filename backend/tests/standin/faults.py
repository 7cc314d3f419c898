"""What can go wrong with a call, short of a refused connection (that is `refused_url`)."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Status:
    """An error status with the vendor's own error body. Both waits are sent as they are, and only when set."""

    code: int
    retry_after: float | None = None
    """Seconds, in the `retry-after` header."""
    retry_after_ms: float | None = None
    """Milliseconds, in the `retry-after-ms` header, which the SDKs prefer to `retry-after`."""
    message: str = "The stand-in was told to fail."
    kind: str = ""
    """The vendor's name for the error, where the status has more than one."""


@dataclass(frozen=True)
class Stall:
    """Headers at once, nothing for `seconds`, and then `text` as the answer."""

    seconds: float
    text: str = "{}"


@dataclass(frozen=True)
class Drop:
    """The connection is closed with no answer."""


@dataclass(frozen=True)
class Hang:
    """Not even headers, for `seconds`; then the connection is closed."""

    seconds: float


@dataclass(frozen=True)
class Cut:
    """A good answer that breaks off in the middle of its body: the connection is reset, or closed as if that were all."""

    reset: bool = True


@dataclass(frozen=True)
class Garbled:
    """A whole answer with status 200 that is no answer of the vendor's, such as a proxy's page."""

    body: bytes = b'{"id": "msg_1", "content": [{"type'


@dataclass(frozen=True)
class InvalidJson:
    """An answer that ends as usual but is not JSON. Voyage sends it as the whole body."""

    text: str = 'Here is what you asked for: {"items": ['


@dataclass(frozen=True)
class Refusal:
    """The model declines; with no text the answer has no content at all."""

    text: str = "I cannot help with that."


@dataclass(frozen=True)
class MaxTokens:
    """The answer is cut off where the token budget ended."""

    text: str = '{"items": ["the first one", "the sec'


@dataclass(frozen=True)
class Unrun:
    """In a message batch: the request was never answered. Asked for by itself it is a failure of the vendor's."""

    kind: Literal["expired", "canceled"] = "expired"


VoyageFault = Status | Stall | Drop | InvalidJson | Hang | Cut | Garbled
Fault = VoyageFault | Refusal | MaxTokens | Unrun


@dataclass(frozen=True)
class Reply:
    """What a model said, in no vendor's format."""

    text: str
    stop_reason: str = "end_turn"
    stall: float = 0.0


def reply_to(answer: str | Stall | InvalidJson | Refusal | MaxTokens) -> Reply:
    """The reply an answer amounts to; the other faults amount to none."""
    match answer:
        case Stall(seconds, text):
            return Reply(text, stall=seconds)
        case Refusal(text):
            return Reply(text, "refusal")
        case MaxTokens(text):
            return Reply(text, "max_tokens")
        case InvalidJson(text):
            return Reply(text)
        case str():
            return Reply(answer)


_ANTHROPIC_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    500: "api_error",
    504: "timeout_error",
    529: "overloaded_error",
}


def error_body(path: str, status: Status) -> dict[str, object]:
    """The error body of the vendor whose path it is."""
    if path == "/v1/chat/completions":
        kind = "rate_limit_exceeded" if status.code == 429 else "invalid_request_error"
        kind = status.kind or ("server_error" if status.code >= 500 else kind)
        return {"error": {"message": status.message, "type": kind, "param": None, "code": status.kind or None}}
    if path in {"/v1/embeddings", "/v1/rerank"}:
        return {"detail": status.message}
    kind = "api_error" if status.code >= 500 else "invalid_request_error"
    error = {"type": status.kind or _ANTHROPIC_TYPES.get(status.code, kind), "message": status.message}
    return {"type": "error", "error": error, "request_id": "req_standin"}


def error_headers(status: Status) -> dict[str, str]:
    """The headers that say when to come back, if the status says so."""
    waits = {"retry-after": status.retry_after, "retry-after-ms": status.retry_after_ms}
    return {name: f"{wait:g}" for name, wait in waits.items() if wait is not None}
