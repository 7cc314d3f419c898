"""Time, chance and the open web."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple, Protocol

from backend.domain.progress import ProgressEvent
from backend.domain.rate import Rate


class Clock(Protocol):
    def now(self) -> datetime:
        """The time, in UTC."""
        ...

    def monotonic(self) -> float: ...


class Ids(Protocol):
    """Where new names and unguessable marks come from."""

    def new_id(self) -> str:
        """24 hexadecimal digits, as MongoDB's."""
        ...

    def marker(self) -> str: ...


Progress = Callable[[ProgressEvent], Awaitable[None]]


class Page(NamedTuple):
    """A fetched page. `url` is where it was in the end; `content_type` is as sent, with its charset."""

    url: str
    content_type: str
    body: bytes


class PageFetcher(Protocol):
    """Pages of the open web. Never reaches an address that is not public."""

    async def fetch(self, url: str) -> Page:
        """Raises InvalidInput, with what to do instead."""
        ...


class RateCounter(Protocol):
    """Counts what people do, so that nobody does it too often."""

    async def hit(self, name: str, who: str, rate: Rate) -> float:
        """Counts one, and gives 0; or, where that would be more than the rate, counts nothing and gives the seconds until it
        would not be."""
        ...
