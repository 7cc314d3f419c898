"""What is asked of the stand-in, and what it is told to answer."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from backend.tests.standin.faults import Fault, Status


@dataclass(frozen=True)
class RecordedRequest:
    """A request as it came in. What is read out of the body is read on first use: a benchmark may never ask."""

    path: str
    body: dict[str, Any]
    headers: dict[str, str]

    @cached_property
    def model(self) -> str:
        """The model asked for."""
        return str(self.body.get("model") or "")

    @cached_property
    def system_text(self) -> str:
        """All system text: Anthropic's `system`, OpenAI's system and developer messages."""
        roles = ("system", "developer")
        return "\n".join([*_texts(self.body.get("system")), *self._said_by(*roles)])

    @cached_property
    def user_text(self) -> str:
        """All text of user messages; for Voyage, the texts to embed or the query and the documents to rank."""
        given = [*_texts(self.body.get("input")), *_texts(self.body.get("query"))]
        return "\n".join([*given, *_texts(self.body.get("documents")), *self._said_by("user")])

    @cached_property
    def schema(self) -> dict[str, Any] | None:
        """The JSON schema the answer has to follow."""
        answer_format = (self.body.get("output_config") or {}).get("format") or self.body.get("response_format")
        if not answer_format or answer_format.get("type") != "json_schema":
            return None
        found = answer_format.get("json_schema", answer_format).get("schema")
        return found if isinstance(found, dict) else None

    @cached_property
    def schema_name(self) -> str | None:
        """OpenAI's name for the schema, else its title: Anthropic's format has no name."""
        named = (self.body.get("response_format") or {}).get("json_schema") or {}
        return named.get("name") or (self.schema or {}).get("title")

    def _said_by(self, *roles: str) -> Iterator[str]:
        for message in self.body.get("messages") or []:
            if message.get("role") in roles:
                yield from _texts(message.get("content"))


def _texts(content: object) -> Iterator[str]:
    """The texts in a content field: a string, or a list of strings and blocks."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, list):
        for block in content:
            if isinstance(block, str):
                yield block
            elif isinstance(block, dict) and isinstance(block.get("text"), str):
                yield block["text"]


Answer = str | Fault
"""The text a model answers with, or what goes wrong."""

Responder = Callable[[RecordedRequest], Answer]
"""Decides the answer to each call of a language model. It runs on the event loop, so it must not block."""


class Script:
    """Answers in order, each used once. When none is left, the call fails with 418, which no SDK retries."""

    def __init__(self, *answers: Answer) -> None:
        self._queues: dict[str, deque[Answer]] = {"": deque(answers)}

    def add(self, *answers: Answer, system: str = "") -> Self:
        """Append answers; with `system`, to the answers for calls whose system text contains it, and only those."""
        self._queues.setdefault(system, deque()).extend(answers)
        return self

    @property
    def left(self) -> int:
        """How many answers have not been used."""
        return sum(map(len, self._queues.values()))

    def __call__(self, request: RecordedRequest) -> Answer:
        matching = (key for key in self._queues if key and key in request.system_text)
        key = next(matching, "")
        queue = self._queues[key]
        if queue:
            return queue.popleft()
        which = f"calls with {key!r} in the system text" if key else f"system text {request.system_text[:80]!r}"
        return Status(418, message=f"The script has no answer left for {which} ({request.model}).")
