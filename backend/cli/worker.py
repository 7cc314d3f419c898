"""`tailor worker`: works on runs until it is told to stop, then hands back what it cannot finish in time."""

import asyncio
import logging
import signal
from typing import TYPE_CHECKING

from backend.cli.common import fail, settings_or_fail

if TYPE_CHECKING:
    from backend.settings import Settings


def worker() -> None:
    """Work on tailorings in the background. Needs REDIS_URL and MONGODB_URI, which it shares with the API."""
    from backend.errors import TailorError
    from backend.observability.logs import configure

    settings = settings_or_fail(work_in_api=True)
    wanted = {"REDIS_URL": settings.redis_url, "MONGODB_URI": settings.mongodb_uri}
    missing = [name for name, value in wanted.items() if value is None]
    missing += settings.missing() if settings.is_production else []
    if missing:
        fail(f"A worker needs {' and '.join(dict.fromkeys(missing))}: what it shares with the API.")
    configure(settings.logs)
    try:
        asyncio.run(_work(settings))
    except TailorError as error:
        fail(error.detail)


async def _work(settings: "Settings") -> None:
    from backend.container import open_container

    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with open_container(settings) as container:
        log = logging.getLogger("tailor")
        at_once = settings.runs_at_once, settings.economy_at_once
        log.info("%s takes up runs, %d at once, and holds %d of batches", container.run_services.worker.name, *at_once)
        await stopped.wait()
        log.info("Told to stop: what is under way has %g seconds to end", settings.drain_seconds)
