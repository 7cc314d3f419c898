"""Counts requests, by the route as it is declared: what somebody put in a path is neither measured nor logged."""

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.observability.context import REQUEST_ID, within
from backend.observability.signals import UNOBSERVED, Telemetry

log = logging.getLogger("tailor.requests")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_UNTOLD = frozenset({"/health", "/health/ready", "/metrics"})
"""Asked for every few seconds; a log of that hides the rest."""


class Metrics:
    """Inside of what gives the request its id. The id is in the context of all that the request sets off."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, started = 500, time.perf_counter()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with within(REQUEST_ID, scope.get("state", {}).get("request_id", "")):
            try:
                await self._app(scope, receive, noted)
            finally:
                self._tell(scope, status, time.perf_counter() - started)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = str(getattr(scope.get("route"), "path", "none"))
        _telemetry(scope).request(method, route, status, seconds)
        if route not in _UNTOLD:
            told = {"method": method, "route": route, "status": status, "seconds": round(seconds, 4)}
            log.info("%s %s %d", method, route, status, extra={"fields": told})


def _telemetry(scope: Scope) -> Telemetry:
    container = getattr(scope["app"].state, "container", None)
    return container.parts.telemetry if container else UNOBSERVED
