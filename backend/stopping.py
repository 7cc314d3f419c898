"""Ending tasks for certain."""

import asyncio
from typing import Any

_AGAIN = 3.0
"""Seconds after which a task that was cancelled and goes on is cancelled again; longer than what it may have to put in order."""


async def stopped(*tasks: "asyncio.Task[Any]", again: float = _AGAIN) -> list[Any]:
    """Cancel tasks, wait until they have ended, and say how: their results, or errors, in order.

    Why more than once: a client whose answer comes at the very moment in which its task is cancelled may swallow that. The task
    then goes on for ever, and so does whoever waits for it.
    """
    left = {task for task in tasks if not task.done()}
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=again)
    return await asyncio.gather(*tasks, return_exceptions=True)
