"""One vendor's calls: each within a deadline, asked again when that may help, and not asked while the vendor is down."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar

from backend.adapters.resilience.backoff import Backoff
from backend.adapters.resilience.breaker import Breaker, Resting
from backend.errors import (
    SpendLimitReached,
    TailorError,
    UnusableAnswer,
    VendorLimits,
    VendorRefuses,
    VendorUnavailable,
)
from backend.observability.signals import UNOBSERVED, Telemetry
from backend.ports import Clock

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]
Chance = Callable[[], float]
_COME_BACK = 30.0
"""Seconds after which a caller may try again, where nothing better is known."""


@dataclass(frozen=True)
class Policy:
    """`retries` after the first attempt; the breaker opens after `failures` in a row, for `rest` seconds, and for
    `spent_rest` when a limit of spending is reached."""

    retries: int = 2
    backoff: Backoff = field(default_factory=Backoff)
    failures: int = 10
    rest: float = 15.0
    spent_rest: float = 60.0
    retry_share: float = 0.2
    """Retries for each question asked, in the long run: a vendor that fails for all is not asked three times by all."""
    retry_credit: float = 50.0
    """Retries that may come on top of that, at once."""


class Guard:
    """`chance` gives a fraction from 0 to 1; `sleep` lets seconds pass."""

    def __init__(
        self,
        vendor: str,
        policy: Policy,
        clock: Clock,
        *,
        chance: Chance,
        sleep: Sleep = asyncio.sleep,
        telemetry: Telemetry = UNOBSERVED,
    ) -> None:
        self.vendor = vendor
        self._policy, self._clock, self._chance, self._sleep = policy, clock, chance, sleep
        self._telemetry = telemetry
        self._credit = policy.retry_credit
        telemetry.breaker(vendor, "closed")
        self.breaker = Breaker(
            vendor,
            clock,
            failures=policy.failures,
            rest=policy.rest,
            told=lambda state: telemetry.breaker(vendor, state),
        )

    async def call(self, ask: Callable[[], Awaitable[T]], deadline: float, *, again: bool = True) -> T:
        """The answer, within `deadline` seconds over all attempts; with `again` false there is one. Raises VendorUnavailable, with how long to wait before
        trying again; whatever else `ask` raises is passed on, and not asked again."""
        until = self._clock.monotonic() + deadline
        self._credit = min(self._policy.retry_credit, self._credit + self._policy.retry_share)
        for retry in count():
            try:
                return await self._once(ask, until, deadline)
            except VendorUnavailable as error:
                wait = self._wait(error, retry, until) if again else None
                if wait is None:
                    error.retry_after = math.ceil(error.retry_after or _COME_BACK)
                    raise
            await self._sleep(wait)
        raise AssertionError  # for the type checker: count() does not end

    def _wait(self, error: VendorUnavailable, retry: int, until: float) -> float | None:
        """Seconds to wait before asking again; None if that cannot help or would take too long."""
        if retry >= self._policy.retries or isinstance(error, VendorRefuses | Resting):
            return None
        wait = self._policy.backoff.delay(retry, self._chance(), error.retry_after)
        if self._credit < 1 or self._clock.monotonic() + wait >= until:
            return None
        self._credit -= 1
        return wait

    async def _once(self, ask: Callable[[], Awaitable[T]], until: float, deadline: float) -> T:
        started = self._clock.monotonic()
        ticket = await self.breaker.enter(max(0.0, until - started))
        outcome = "cancelled"
        started = self._clock.monotonic()
        try:
            async with asyncio.timeout(max(0.0, until - started)) as limit:
                answer = await ask()
            outcome = "ok"
        except TimeoutError as error:
            if not limit.expired():
                raise
            outcome = "deadline"
            raise VendorUnavailable(
                f"{self.vendor} did not answer within {deadline:g} seconds. Try again in a minute."
            ) from error
        except TailorError as error:
            outcome = _outcome(error)
            raise
        finally:
            self._note(ticket, outcome, self._clock.monotonic() - started)
        return answer

    def _note(self, ticket: int, outcome: str, seconds: float) -> None:
        if outcome == "spend_limit":
            self.breaker.spent(ticket, self._policy.spent_rest)
        elif outcome in ("unavailable", "deadline"):
            self.breaker.failed(ticket)
        elif outcome in ("ok", "unusable", "refused", "limited"):
            self.breaker.answered(ticket)
        else:
            self.breaker.let_go(ticket)
        self._telemetry.vendor_call(self.vendor, outcome, seconds)


def _outcome(error: TailorError) -> str:
    """What an error says about the vendor. One that limits our rate, or has none of our keys, is not down."""
    if isinstance(error, SpendLimitReached):
        return "spend_limit"
    if isinstance(error, VendorRefuses):
        return "refused"
    if isinstance(error, VendorUnavailable):
        return "limited" if isinstance(error, VendorLimits) else "unavailable"
    return "unusable" if isinstance(error, UnusableAnswer) else "other"
