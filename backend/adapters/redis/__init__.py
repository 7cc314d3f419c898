"""The queue and the log of progress on Redis. The only package that names its client."""

from backend.adapters.redis.connection import RedisConnection
from backend.adapters.redis.progress import RedisProgress
from backend.adapters.redis.queue import RedisQueue

__all__ = ["RedisConnection", "RedisProgress", "RedisQueue"]
