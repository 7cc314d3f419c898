"""A request id, from the caller or new, and the headers that browsers should hear."""

import re
import secrets

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_GOOD_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_SECURITY = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]
# The pages of the API documentation load a script and a style sheet.
_PAGES = frozenset({"/docs", "/redoc", "/docs/oauth2-redirect"})


class Headers:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"x-request-id", b"")
        request_id = given if _GOOD_ID.fullmatch(given) else secrets.token_hex(8).encode()
        scope.setdefault("state", {})["request_id"] = request_id.decode()
        ours = headers_for(scope["path"], request_id)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = message.get("headers", [])
                named = {name for name, _ in own}
                message["headers"] = [*own, *(row for row in ours if row[0] not in named)]
            await send(message)

        await self._app(scope, receive, with_headers)


PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
"""For a page of ours that carries its own style and nothing else."""


def headers_for(path: str, request_id: bytes) -> list[tuple[bytes, bytes]]:
    """What every answer carries."""
    security = _SECURITY[:-1] if path in _PAGES else _SECURITY
    return [*security, (b"x-request-id", request_id)]
