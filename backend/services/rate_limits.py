"""How often somebody may do what costs money or can be abused."""

import math
from collections.abc import Mapping

from backend.domain.rate import Rate, RateName
from backend.errors import TooManyRequests, VendorUnavailable
from backend.ports import RateCounter

_COSTS_MONEY = ("tailor", "runs", "batches")


class RateLimits:
    """`shared` counts for all processes. Where it does not answer, logging in goes on, counted by `own` in this process alone;
    what costs money does not."""

    def __init__(self, shared: RateCounter, own: RateCounter, rates: Mapping[RateName, Rate]) -> None:
        self._shared = shared
        self._own = own
        self._rates = rates

    async def count(self, name: RateName, *who: str) -> None:
        """One more by somebody, given by what they do and who they are. Raises TooManyRequests, with when to come back; VendorUnavailable where it cannot be counted and must be."""
        rate, key = self._rates[name], " ".join(who)
        try:
            wait = await self._shared.hit(name, key, rate)
        except VendorUnavailable:
            if name in _COSTS_MONEY:
                raise
            wait = await self._own.hit(name, key, rate)
        if wait:
            seconds = math.ceil(wait)
            raise TooManyRequests(f"The limit is {rate.written}. Try again in {seconds} seconds.", retry_after=seconds)
