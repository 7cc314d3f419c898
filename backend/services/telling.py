"""Telling those who follow a run or a batch."""

import logging

from backend.domain.run_state import RunEvent
from backend.errors import VendorUnavailable
from backend.ports import ProgressBus

log = logging.getLogger("tailor")


async def tell(bus: ProgressBus, user_id: str, log_id: str, event: RunEvent) -> None:
    """As well as can be: a run is none the worse for a log that cannot be reached."""
    try:
        await bus.append(user_id, log_id, event)
    except VendorUnavailable as error:
        log.warning("An event of the run %s was not told: %s", log_id, error.detail)
