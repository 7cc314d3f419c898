"""The connection, how a request is made, and what its failures mean."""

from collections.abc import Awaitable
from typing import Any, TypeVar

from redis.asyncio import BlockingConnectionPool, Redis
from redis.exceptions import RedisError

from backend.errors import VendorUnavailable

T = TypeVar("T")
PREFIX = "tailor"
_TIMEOUT, _CONNECT_TIMEOUT = 5.0, 2.0  # seconds
_CONNECTIONS = 64


class RedisConnection:
    """A pool of connections; who finds none free waits. `url` is redis://, rediss:// or unix://."""

    def __init__(self, url: str) -> None:
        self.url = url
        pool: Any = BlockingConnectionPool.from_url(
            url,
            protocol=2,
            max_connections=_CONNECTIONS,
            timeout=_TIMEOUT,
            socket_timeout=_TIMEOUT,
            socket_connect_timeout=_CONNECT_TIMEOUT,
            health_check_interval=15,
        )
        self.client: Redis = Redis.from_pool(pool)

    async def check(self) -> None:
        await call(self.client.ping())

    async def close(self) -> None:
        await self.client.aclose()


async def call(request: Awaitable[T] | Any) -> Any:
    try:
        return await request
    except (TimeoutError, RedisError, OSError) as error:
        raise VendorUnavailable("Redis is not available. Try again in a minute.") from error
