"""The API on a port of its own, in the test's event loop: for what a test client that waits for whole answers cannot see."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import uvicorn

from backend.app import create_app
from backend.container import Replace, as_they_are
from backend.settings import Settings
from backend.tests.http.service import Service

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Live:
    service: Service
    port: int

    @property
    def ws(self) -> str:
        return f"ws://{HOST}:{self.port}"


@asynccontextmanager
async def live(settings: Settings, override: Replace = as_they_are) -> AsyncIterator[Live]:
    app = create_app(settings, override)
    config = uvicorn.Config(app, HOST, 0, log_config=None, access_log=False, timeout_graceful_shutdown=2)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        async with httpx.AsyncClient(base_url=f"http://{HOST}:{port}", timeout=30) as http:
            yield Live(Service(app, http), port)
    finally:
        await server.shutdown()
