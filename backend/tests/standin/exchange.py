"""One HTTP request and its answer, over ASGI."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class ClientGoneError(Exception):
    """The client, or the connection, is gone: there is nobody left to answer."""


class Exchange:
    """Reads the request and writes the answer; every wait ends early, with `ClientGoneError`, when the client goes."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.path: str = scope["path"]
        self.method: str = scope["method"]
        self._scope = scope
        self._receive = receive
        self._send = send

    @property
    def headers(self) -> dict[str, str]:
        """The request's headers, names in lower case."""
        return {name.decode("latin-1"): value.decode("latin-1") for name, value in self._scope["headers"]}

    async def body(self) -> bytes:
        """The whole request body."""
        parts: list[bytes] = []
        while True:
            event = await self._receive()
            if event["type"] == "http.disconnect":
                raise ClientGoneError
            parts.append(event["body"])
            if not event["more_body"]:
                return b"".join(parts)

    async def pause(self, seconds: float) -> None:
        """Let time pass."""
        if seconds <= 0:
            return
        try:
            async with asyncio.timeout(seconds):
                await self._gone()
        except TimeoutError:
            return
        raise ClientGoneError

    async def drop(self) -> None:
        """Close the connection as it is."""
        self._scope["extensions"]["standin.drop"]["now"]()
        await self._gone()

    async def cut(self, data: bytes, *, reset: bool) -> None:
        """Begin an answer of twice this length, send this, and end the connection."""
        await self._start(200, {"content-type": "application/json", "content-length": str(2 * len(data))})
        await self._send({"type": "http.response.body", "body": data, "more_body": True})
        await self.pause(0.005)  # what was written leaves before the connection does
        self._scope["extensions"]["standin.drop"]["now" if reset else "end"]()
        await self._gone()

    async def begin(self, content_type: str = "application/json") -> None:
        """Send headers, of an answer whose length is not known yet."""
        await self._start(200, {"content-type": content_type})

    async def end(self, data: bytes) -> None:
        """Send the rest of a begun answer."""
        await self._send({"type": "http.response.body", "body": data})

    async def answer(
        self, body: object, status: int = 200, headers: dict[str, str] | None = None, *, stall: float = 0.0
    ) -> None:
        """Send a whole answer: an object as JSON, or bytes as they are. The body follows `stall` seconds later."""
        data = body if isinstance(body, bytes) else json.dumps(body, separators=(",", ":")).encode()
        given = {"content-type": "application/json", "content-length": str(len(data)), **(headers or {})}
        await self._start(status, given)
        await self.pause(stall)
        await self.end(data)

    async def stream(self, events: Iterable[tuple[int, bytes]], per_token: float) -> None:
        """Send events, each no sooner than its tokens are generated. Those that are due together go out together."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        due = b""
        for tokens, event in events:
            wait = started + tokens * per_token - loop.time()
            if wait > 0:
                if due:
                    await self._send({"type": "http.response.body", "body": due, "more_body": True})
                due = b""
                await self.pause(wait)
            due += event
        await self.end(due)

    async def _start(self, status: int, headers: dict[str, str]) -> None:
        pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
        await self._send({"type": "http.response.start", "status": status, "headers": pairs})

    async def _gone(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
