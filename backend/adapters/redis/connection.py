"""The connection, how a request is made, and what its failures mean."""

from collections.abc import Awaitable
from typing import Any, TypeVar

from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.errors import VendorUnavailable

T = TypeVar("T")
PREFIX = "tailor"
_TIMEOUT, _CONNECT_TIMEOUT = 5.0, 2.0  # seconds


class RedisConnection:
    """A pool of connections. `url` is redis://, rediss:// or unix://."""

    def __init__(self, url: str) -> None:
        self.client: Redis = Redis.from_url(
            url,
            protocol=2,
            socket_timeout=_TIMEOUT,
            socket_connect_timeout=_CONNECT_TIMEOUT,
            health_check_interval=15,
        )

    async def check(self) -> None:
        await call(self.client.ping())

    async def close(self) -> None:
        await self.client.aclose()


async def call(request: Awaitable[T] | Any) -> Any:
    try:
        return await request
    except (TimeoutError, RedisError, OSError) as error:
        raise VendorUnavailable("Redis is not available. Try again in a minute.") from error
