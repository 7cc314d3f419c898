"""Refuses bodies over the limit: by Content-Length at once, else as they arrive."""

import json
from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    def __init__(self, app: ASGIApp, limit: int, uploads: int, paths: Mapping[str, int] | None = None) -> None:
        """`uploads` is the limit where files are sent, which come as multipart/form-data; `paths` have limits of their own."""
        self._app, self._plain, self._uploads, self._paths = app, limit, uploads, paths or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        uploads = headers.get(b"content-type", b"").startswith(b"multipart/")
        limit = self._paths.get(scope["path"], self._uploads if uploads else self._plain)
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and int(length) > limit:
            await self._refuse(send, scope, limit)
            return
        taken, answered = 0, False

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise _TooMuch
            return message

        async def noted(message: Message) -> None:
            nonlocal answered
            answered = answered or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, counted, noted)
        except _TooMuch:
            if not answered:
                await self._refuse(send, scope, limit)

    async def _refuse(self, send: Send, scope: Scope, limit: int) -> None:
        problem = {
            "type": "about:blank",
            "title": "The request is too large",
            "status": 413,
            "code": "too_large",
            "detail": f"The body is over {limit:,} bytes. Send less.",
            "request_id": scope.get("state", {}).get("request_id", ""),
        }
        headers = [(b"content-type", b"application/problem+json"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 413, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(problem).encode()})


class _TooMuch(BaseException):
    """Passes through the application's own handlers of errors, which would make it a 400 or a 500."""
