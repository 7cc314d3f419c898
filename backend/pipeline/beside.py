"""Reading what is long beside the event loop, where others wait for their turn."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
LONG = 10_000
"""Characters. Reading so many takes some 10 ms, and an advertisement has 2,000 to 6,000."""


async def beside(characters: int, read: Callable[[], T]) -> T:
    """What `read` gives. It is read in a thread if it is long: that takes no less time, but threads take turns."""
    return await asyncio.to_thread(read) if characters > LONG else read()
