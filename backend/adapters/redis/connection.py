"""The connection, how a request is made, and what its failures mean."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from redis.asyncio import BlockingConnectionPool, Redis
from redis.exceptions import ConnectionError as ConnectionLostError
from redis.exceptions import RedisError

from backend.errors import StoreUnavailable

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
        kind = pool.connection_class
        pool.connection_class = type(kind.__name__, (_Mended, kind), {})
        self.client: Redis = Redis.from_pool(pool)

    async def check(self) -> None:
        await call(self.client.ping())

    async def close(self) -> None:
        await self.client.aclose()


class _Mended:
    """Over the client's connections: uvloop calls a connection that the other side has closed a RuntimeError, which the client
    takes for no failure of the connection. Nothing was sent then, so it may be sent again."""

    async def send_packed_command(self, command: Any, check_health: bool = True) -> None:
        sending: Any = super()
        try:
            await sending.send_packed_command(command, check_health)
        except RuntimeError:
            await self._send_again(sending, command)

    async def _send_again(self, sending: Any, command: Any) -> None:
        """It connects anew."""
        try:
            await sending.send_packed_command(command, False)
        except RuntimeError as error:
            raise ConnectionLostError(f"The connection is closed: {error}") from error


async def call(request: Awaitable[T] | Any) -> Any:
    """Within `_TIMEOUT` seconds, over all that the client tries."""
    try:
        async with asyncio.timeout(_TIMEOUT):
            return await request
    except (TimeoutError, RedisError, OSError) as error:
        raise StoreUnavailable("Redis is not available. Try again in a minute.") from error
