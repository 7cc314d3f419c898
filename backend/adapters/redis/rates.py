"""Rates counted in Redis, for all processes together."""

import time

from limits import RateLimitItemPerSecond
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter

from backend.adapters.redis.connection import PREFIX, RedisConnection, call
from backend.domain.rate import Rate


class RedisRates:
    """Raises VendorUnavailable while Redis does not answer: what cannot be counted is not let through."""

    def __init__(self, redis: RedisConnection) -> None:
        storage = RedisStorage(
            redis.url,
            implementation="redispy",
            key_prefix=f"{PREFIX}:rate",
            connection_pool=redis.client.connection_pool,  # type: ignore[arg-type]  # it goes to the client as it is
        )
        self._limiter = MovingWindowRateLimiter(storage)

    async def hit(self, name: str, who: str, rate: Rate) -> float:
        item = RateLimitItemPerSecond(rate.amount, rate.seconds)
        if await call(self._limiter.hit(item, name, who)):
            return 0.0
        stats = await call(self._limiter.get_window_stats(item, name, who))
        reset: float = stats.reset_time
        return max(0.001, reset - time.time())
