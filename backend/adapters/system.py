"""The machine's own clock and randomness."""

import secrets
import time
from datetime import UTC, datetime


class SystemClock:
    def now(self) -> datetime:
        """To the millisecond, which is what MongoDB keeps."""
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def monotonic(self) -> float:
        return time.monotonic()


class SystemIds:
    def new_id(self) -> str:
        """Time first, so that ids sort by age: seconds, as in MongoDB's ObjectId, then nanoseconds, then chance."""
        seconds, nanoseconds = divmod(time.time_ns(), 1_000_000_000)
        return f"{seconds:08x}{nanoseconds:08x}{secrets.token_hex(4)}"

    def marker(self) -> str:
        return secrets.token_hex(8)
