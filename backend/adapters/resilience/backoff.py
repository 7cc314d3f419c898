"""How long to wait before asking again."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Backoff:
    """Full jitter: anything from nothing to `base` · 2ⁿ seconds, which is at most `most`. Callers that failed together do
    not come back together."""

    base: float = 0.5
    most: float = 8.0

    def delay(self, retry: int, chance: float, asked: float | None = None) -> float:
        """Seconds before retry number `retry`, counted from 0. `chance` is from 0 to 1. A vendor that says how long to wait
        (`asked`) is waited for that long, and a little more by chance."""
        jitter = chance * min(self.most, self.base * 2.0**retry)
        return jitter if asked is None else asked + min(jitter, self.base)
