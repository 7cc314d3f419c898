"""Measures for Prometheus. They hold nothing of anybody's, but are nobody else's business either."""

import hmac
import logging

from fastapi import APIRouter, Request, Response

from backend.errors import NotFound, VendorUnavailable
from backend.handlers.context import Deps

log = logging.getLogger("tailor")
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
router = APIRouter(tags=["health"])


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request, container: Deps) -> Response:
    """With METRICS_TOKEN set, for those who send it as bearer token; without it, outside of production alone."""
    settings = container.settings
    token = settings.metrics_token.get_secret_value() if settings.metrics_token else None
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    allowed = hmac.compare_digest(given.encode(), token.encode()) if token else not settings.is_production
    if not allowed:
        raise NotFound("There is nothing here. Measures are shown to those who send METRICS_TOKEN.")
    telemetry = container.parts.telemetry
    try:
        queues = container.parts.runs.queue, container.parts.runs.economy_queue
        telemetry.queue(sum([await queue.waiting() for queue in queues]))
    except VendorUnavailable as error:  # what is known of the rest is of all the more use
        log.warning("The depth of the queue is not known: %s", error.detail)
    return Response(telemetry.exposition(), media_type=MEDIA_TYPE)
