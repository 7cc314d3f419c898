"""A circuit breaker: a vendor that fails again and again is left alone for a while, then asked once to see.

closed (all pass) → open (none passes) → half open (one passes, others wait to hear what came of it) → closed or open.
"""

import asyncio
from collections.abc import Callable
from typing import Literal

from backend.errors import SpendLimitReached, VendorUnavailable
from backend.ports import Clock

State = Literal["closed", "open", "half_open"]
Told = Callable[[State], None]


class Resting(VendorUnavailable):
    """The vendor was not asked, because it failed so often just now."""


class Breaker:
    """Opens after `failures` in a row, for `rest` seconds. Whoever passes gets a ticket and says with it what came of the
    call; a ticket from before the last change of state says nothing any more."""

    def __init__(
        self, vendor: str, clock: Clock, *, failures: int = 10, rest: float = 15.0, told: Told = lambda _: None
    ) -> None:
        self.state: State = "closed"
        self._vendor, self._clock, self._told = vendor, clock, told
        self._most, self._rest = failures, rest
        self._failed, self._era, self._until = 0, 0, 0.0
        self._spent = False
        self._heard = asyncio.Event()

    async def enter(self, patience: float) -> int:
        """A ticket. Raises Resting, or SpendLimitReached if that was why it opened. Waits at most `patience` seconds to hear
        what comes of another's trial."""
        if self.state == "open" and self._clock.monotonic() >= self._until:
            self._become("half_open")
            return self._era
        if self.state == "half_open":
            try:
                async with asyncio.timeout(patience):
                    await self._heard.wait()
            except TimeoutError:
                raise Resting(f"{self._vendor} is being tried again. Try in a few seconds.", retry_after=1.0) from None
            return await self.enter(patience)
        if self.state == "open":
            raise self._refusal()
        return self._era

    def answered(self, ticket: int) -> None:
        if ticket == self._era:
            self._failed = 0
            if self.state == "half_open":
                self._become("closed")

    def failed(self, ticket: int) -> None:
        if ticket != self._era:
            return
        self._failed += 1
        if self.state == "half_open" or self._failed >= self._most:
            self._open(self._rest, spent=False)

    def spent(self, ticket: int, rest: float = 60.0) -> None:
        """The vendor's limit of spending is reached: asking more would only be refused."""
        if ticket == self._era:
            self._open(rest, spent=True)

    def let_go(self, ticket: int) -> None:
        """The call was given up, and says nothing about the vendor: somebody else may try."""
        if ticket == self._era and self.state == "half_open":
            self._until = self._clock.monotonic()
            self._become("open")

    def _open(self, seconds: float, *, spent: bool) -> None:
        self._until, self._spent, self._failed = self._clock.monotonic() + seconds, spent, 0
        self._become("open")

    def _become(self, state: State) -> None:
        self.state = state
        self._era += 1
        self._told(state)
        if state == "half_open":
            self._heard.clear()
        else:
            self._heard.set()

    def _refusal(self) -> VendorUnavailable:
        left = max(0.0, self._until - self._clock.monotonic())
        if self._spent:
            return SpendLimitReached(
                f"What may be spent at {self._vendor} is spent. Raise its limit.", retry_after=left
            )
        return Resting(
            f"{self._vendor} failed repeatedly and is asked again in {left:.0f} seconds. Try then.", retry_after=left
        )
