"""How often something may be done."""

import re
from typing import Literal, NamedTuple

RateName = Literal["tailor", "runs", "batches", "auth", "extract"]

_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_WRITTEN = re.compile(r"(\d{1,9})\s*(?:/|per)\s*(?:(\d{1,6})\s*)?(second|minute|hour|day)s?", re.IGNORECASE)


class Rate(NamedTuple):
    """At most so many in any stretch of so many seconds. It reads as it is written: 5/minute, 100/2 hours."""

    amount: int
    seconds: int
    written: str = ""

    @classmethod
    def of(cls, written: str) -> "Rate":
        """Raises ValueError for what is not a rate."""
        match = _WRITTEN.fullmatch(written.strip())
        if match is None or not int(match[1]) or match[2] == "0":
            raise ValueError(f"{written!r} is not a rate such as 5/minute or 100/2 hours")
        every = f"{match[2]} {match[3]}s" if match[2] else match[3]
        return cls(int(match[1]), int(match[2] or 1) * _UNITS[match[3].lower()], f"{int(match[1])} per {every.lower()}")
