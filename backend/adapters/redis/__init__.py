"""The queue, the log of progress and the counted rates on Redis. The only package that names its client."""

from backend.adapters.redis.connection import RedisConnection
from backend.adapters.redis.progress import RedisProgress
from backend.adapters.redis.queue import RedisQueue
from backend.adapters.redis.rates import RedisRates

__all__ = ["RedisConnection", "RedisProgress", "RedisQueue", "RedisRates"]
