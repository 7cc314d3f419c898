"""Whether the service runs, and whether what it needs answers. Public."""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from backend.container import Dependency
from backend.errors import TailorError
from backend.handlers.schemas.health import Health, Readiness, ReadinessItem

router = APIRouter(tags=["health"])


@router.get("/health")
async def health() -> Health:
    """Answers as long as the process does."""
    return Health(status="ok")


@router.get("/health/ready", responses={503: {"model": Readiness, "description": "Something needed is missing"}})
async def ready(request: Request) -> JSONResponse:
    """Each dependency: its vendor, whether it is the embedded twin, and whether it answers."""
    container = request.app.state.container
    if container is None:
        body = Readiness(status="not_configured", missing=request.app.state.missing, dependencies=[])
    else:
        items = await asyncio.gather(*(_item(dependency) for dependency in container.dependencies))
        good = all(item.status == "ok" for item in items)
        body = Readiness(status="ok" if good else "unavailable", missing=[], dependencies=list(items))
    return JSONResponse(body.model_dump(), 200 if body.status == "ok" else 503)


async def _item(dependency: Dependency) -> ReadinessItem:
    status, detail = "ok", ""
    if dependency.check:
        try:
            await dependency.check()
        except TailorError as error:
            status, detail = "unavailable", error.detail
    return ReadinessItem(
        name=dependency.name, vendor=dependency.vendor, embedded=dependency.embedded, status=status, detail=detail
    )
