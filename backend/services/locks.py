"""One at a time for the same thing, within this process."""

import asyncio
from weakref import WeakValueDictionary


class Locks:
    """A lock for every key that is in use; those that nobody holds are forgotten."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, key: str) -> asyncio.Lock:
        return self._locks.setdefault(key, asyncio.Lock())
