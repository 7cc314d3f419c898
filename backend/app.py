"""create_app(settings): opens the container, mounts the routers. Nothing else."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from starlette.routing import Route

from backend.container import Replace, as_they_are, open_container
from backend.handlers import (
    applications,
    auth,
    batches,
    content,
    documents,
    health,
    jobs,
    metrics,
    privacy,
    problems,
    progress,
    requirements,
    resumes,
    runs,
    shares,
    tailor,
    tailoring_edits,
    usage,
    verify,
    voice,
)
from backend.middleware.body_limit import BodyLimit
from backend.middleware.headers import Headers
from backend.middleware.metrics import Metrics
from backend.security.links import hide_links
from backend.settings import Settings

log = logging.getLogger("tailor")
_HANDLERS = (
    health,
    metrics,
    auth,
    privacy,
    applications,
    content,
    documents,
    jobs,
    progress,
    requirements,
    resumes,
    batches,
    runs,
    shares,
    tailor,
    tailoring_edits,
    usage,
    verify,
    voice,
)


def create_app(settings: Settings, override: Replace = as_they_are) -> FastAPI:
    """The API. `override` may put other parts in place of those the settings choose; tests do."""

    app = FastAPI(
        title="Tailor",
        version="0.1.0",
        summary="Tailors a resume to a job with nothing but what the person wrote.",
        lifespan=_lifespan(settings, override),
    )
    problems.install(app)
    _describe_off_the_loop(app)
    for handler in _HANDLERS:
        app.include_router(handler.router)
    own_limits = {"/tailorings/batch": settings.batch_limit}
    app.add_middleware(BodyLimit, limit=settings.body_limit, uploads=settings.upload_limit, paths=own_limits)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["*"],
            allow_headers=["Authorization", "Content-Type", "X-Request-ID", "Idempotency-Key", "Last-Event-ID"],
            expose_headers=["Location", "Idempotency-Replayed", "Retry-After", "X-Request-ID"],
        )
    app.add_middleware(Metrics)
    app.add_middleware(Headers)
    return app


def _lifespan(settings: Settings, override: Replace) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.missing = settings.missing() if settings.is_production else []
        if app.state.missing:
            log.error("Not configured: %s must be set. Every request gets 503.", ", ".join(app.state.missing))
            app.state.container = None
            yield
            return
        async with open_container(settings, override) as container:
            for dependency in container.dependencies:
                if dependency.embedded:
                    log.warning(
                        "%s: no setting names one, so the embedded %s is used", dependency.name, dependency.vendor
                    )
            if settings.jwt_secret is None:
                log.warning("JWT_SECRET is not set: tokens are signed with a secret that ends with this process")
            app.state.container = container
            hide_links()
            _make_routes(app)
            # The vocabulary and the SDKs are hundreds of thousands of objects that live as long as we do: the garbage
            # collector need not walk over them, which halves the slowest answers under load.
            gc.freeze()
            yield
            gc.unfreeze()  # what this application was made of may go

    return lifespan


def _describe_off_the_loop(app: FastAPI) -> None:
    """The description of the API takes half a second to make, the first time: in a thread, so that nobody else waits for it."""

    async def openapi(_: Request) -> JSONResponse:
        return JSONResponse(await asyncio.to_thread(app.openapi))

    url = str(app.openapi_url)
    place = next(n for n, route in enumerate(app.router.routes) if getattr(route, "path", "") == url)
    app.router.routes[place] = Route(url, openapi, include_in_schema=False)


def _make_routes(app: FastAPI) -> None:
    """FastAPI makes the routes of a router when it first looks through it, which takes a while: now, and in nobody's request."""
    nowhere = {"type": "http", "method": "GET", "path": "/", "root_path": "", "headers": []}
    for route in app.routes:
        route.matches(nowhere)
