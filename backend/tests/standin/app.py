"""The vendors as one ASGI application."""

import json
from collections.abc import Callable
from typing import Any

from backend.tests.standin.answers import RecordedRequest, Responder, Script
from backend.tests.standin.batches import PATH as BATCHES
from backend.tests.standin.batches import Batches
from backend.tests.standin.completions import completion
from backend.tests.standin.exchange import ClientGoneError, Exchange, Receive, Scope, Send
from backend.tests.standin.faults import (
    Cut,
    Drop,
    Garbled,
    Hang,
    InvalidJson,
    Stall,
    Status,
    Unrun,
    VoyageFault,
    error_body,
    error_headers,
    reply_to,
)
from backend.tests.standin.latency import Latencies, latency_of
from backend.tests.standin.messages import events, message
from backend.tests.standin.prompt_cache import PromptCache, measure
from backend.tests.standin.vectors import embeddings, ranking

Failure = Status | Drop | Hang | Cut | Garbled
"""What a call of any vendor can end with in place of an answer."""
_HALF = b'{"id": "msg_standin", "type": "message", "role": "assistant", "content": [{"type": "text", "text": "{'
VoyageResponder = Callable[[RecordedRequest], VoyageFault | None]
"""Decides what goes wrong with an embeddings or a rerank call; with None, it is answered from its texts."""


class App:
    """Answers every vendor's calls. All attributes may be set at any time; the next call goes by them."""

    def __init__(
        self,
        responder: Responder | None = None,
        latency: Latencies | None = None,
        *,
        dimension: int = 1024,
        record: bool = True,
    ) -> None:
        self.responder: Responder = responder or Script()
        self.voyage: VoyageResponder = lambda _: None
        self.latency: Latencies = latency or {}
        self.dimension = dimension
        self.record = record
        self.requests: list[RecordedRequest] = []
        self.cache = PromptCache()
        self.batches = Batches()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = Exchange(scope, receive, send)
        try:
            await self._handle(exchange)
        except ClientGoneError:
            return

    async def _handle(self, exchange: Exchange) -> None:
        raw = await exchange.body()
        if exchange.path.startswith(BATCHES):
            await self._batch(exchange, raw)
            return
        handlers = {
            "/v1/messages": self._messages,
            "/v1/chat/completions": self._completions,
            "/v1/embeddings": self._vectors,
            "/v1/rerank": self._vectors,
        }
        handler = handlers.get(exchange.path)
        if handler is None:
            await _fail(exchange, Status(404, message=f"The stand-in does not serve {exchange.path}."))
            return
        try:
            body: dict[str, Any] = json.loads(raw)
        except ValueError:
            await _fail(exchange, Status(400, message="The request body is not JSON."))
            return
        request = RecordedRequest(exchange.path, body, exchange.headers)
        if self.record:
            self.requests.append(request)
        await handler(exchange, request)

    async def _batch(self, exchange: Exchange, raw: bytes) -> None:
        found = self.batches.answer(exchange.method, exchange.path, raw, self.responder, self.cache)
        if isinstance(found, Failure):
            await _fail(exchange, found)
        else:
            await exchange.answer(found)

    async def _messages(self, exchange: Exchange, request: RecordedRequest) -> None:
        answer = self.responder(request)
        latency = latency_of(request.model, self.latency)
        prompt = measure(request.body)
        usage = self.cache.usage(prompt)
        await exchange.pause(latency.first_byte)
        answer = Status(500) if isinstance(answer, Unrun) else answer
        if isinstance(answer, Failure):
            await _fail(exchange, answer)
            return
        self.cache.remember(prompt)
        reply = reply_to(answer)
        if request.body.get("stream"):
            await exchange.begin("text/event-stream; charset=utf-8")
            await exchange.pause(reply.stall)
            await exchange.stream(events(request.model, reply, usage), latency.per_output_token)
        else:
            body = message(request.model, reply, usage)
            await exchange.pause(body["usage"]["output_tokens"] * latency.per_output_token)
            await exchange.answer(body, stall=reply.stall)

    async def _completions(self, exchange: Exchange, request: RecordedRequest) -> None:
        if request.body.get("stream"):
            await _fail(exchange, Status(400, message="The stand-in does not stream chat completions."))
            return
        answer = self.responder(request)
        latency = latency_of(request.model, self.latency)
        await exchange.pause(latency.first_byte)
        answer = Status(500) if isinstance(answer, Unrun) else answer
        if isinstance(answer, Failure):
            await _fail(exchange, answer)
            return
        reply = reply_to(answer)
        body = completion(request, reply)
        await exchange.pause(body["usage"]["completion_tokens"] * latency.per_output_token)
        await exchange.answer(body, stall=reply.stall)

    async def _vectors(self, exchange: Exchange, request: RecordedRequest) -> None:
        fault = self.voyage(request)
        await exchange.pause(latency_of(request.model, self.latency).first_byte)
        if request.body.get("output_dtype") not in {None, "float"}:
            fault = Status(400, message="The stand-in embeds in output_dtype float only.")
        if isinstance(fault, Failure):
            await _fail(exchange, fault)
            return
        if isinstance(fault, InvalidJson):
            await exchange.answer(fault.text.encode())
            return
        answer = embeddings if request.path == "/v1/embeddings" else ranking
        stall = fault.seconds if isinstance(fault, Stall) else 0.0
        await exchange.answer(answer(request, self.dimension), stall=stall)


async def _fail(exchange: Exchange, fault: Failure) -> None:
    match fault:
        case Drop():
            await exchange.drop()
        case Hang(seconds):
            await exchange.pause(seconds)
            await exchange.drop()
        case Cut(reset):
            await exchange.cut(_HALF, reset=reset)
        case Garbled(body):
            await exchange.answer(body)
        case Status():
            await exchange.answer(error_body(exchange.path, fault), fault.code, error_headers(fault))
