"""What somebody's runs cost, and whether the month's budget lets another one start.

Of many starts at once each sets aside what it may cost (`domain.usage.estimate`) in the same write that lets it in. So what is
spent can pass the budget by no more than one estimate, and by what runs under way cost above theirs.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from backend.domain.usage import BudgetState, UsageRecord, estimate, month_of
from backend.errors import BudgetExhausted, InvalidInput, TailorError
from backend.pipeline.metering import Budget, MeteredModel
from backend.ports import Clock, Ids, LanguageModel, LedgerRepository, UsageRepository

MOST_DAYS = 366
_RECENT = 20  # runs
_UNBOUNDED = Budget(tokens=2**62, cost=float("inf"))
"""The run has a budget of its own; here it is only measured."""


@dataclass
class Meter:
    """A run's model, measured. Say `tailoring_id` once there is one."""

    model: MeteredModel
    tailoring_id: str = field(default="", init=False)


@dataclass(frozen=True)
class Usages:
    repository: UsageRepository
    ledger: LedgerRepository
    clock: Clock
    ids: Ids
    monthly_budget: float | None = None
    run_budget: float = 1.0
    """US dollars, both; the second is the most that one run may cost."""

    @asynccontextmanager
    async def run(
        self, user_id: str, model: LanguageModel, kind: str = "tailoring", lasts: float = 3600.0
    ) -> AsyncIterator[Meter]:
        """A run of at most `lasts` seconds within the month's budget: measured, and recorded when it ends, however it ends.
        Raises BudgetExhausted."""
        run_id, month = self.ids.new_id(), month_of(self.clock.now()).name
        await self._admit(user_id, month, run_id, lasts)
        meter = Meter(MeteredModel(model, _UNBOUNDED, self.clock))
        try:
            yield meter
        except BaseException:
            with suppress(TailorError):  # why the run failed is what its caller should hear
                await self._record(user_id, month, run_id, kind, meter, "failed")
            raise
        await self._record(user_id, month, run_id, kind, meter, "done")

    async def budget(self, user_id: str) -> BudgetState:
        month = month_of(self.clock.now())
        spent, held = await self.ledger.of(user_id, month.name)
        return BudgetState(month=month.name, spent=spent, held=held, budget=self.monthly_budget, renews=month.renews)

    async def between(self, user_id: str, first: date | None, last: date | None) -> Sequence[UsageRecord]:
        """Of these days, both included; the last 30 days if none is said."""
        last = last or self.clock.now().date()
        first = first or last - timedelta(days=29)
        if not timedelta(0) <= last - first < timedelta(days=MOST_DAYS):
            raise InvalidInput(f"`from` must be a day before `to`, and not more than {MOST_DAYS} days before it.")
        return await self.repository.between(user_id, _midnight(first), _midnight(last) + timedelta(days=1))

    async def list(self, user_id: str, limit: int, after: str | None) -> Sequence[UsageRecord]:
        return await self.repository.list(user_id, limit, after)

    async def _admit(self, user_id: str, month: str, run_id: str, lasts: float) -> None:
        if self.monthly_budget is None:
            return
        recent = await self.repository.list(user_id, _RECENT)
        amount = estimate(recent, self.run_budget)
        if not await self.ledger.hold(user_id, month, run_id, amount, self.monthly_budget, lasts):
            raise BudgetExhausted(_refusal(await self.budget(user_id)))

    async def _record(
        self, user_id: str, month: str, run_id: str, kind: str, meter: Meter, outcome: Literal["done", "failed"]
    ) -> None:
        usage = meter.model.usage()
        await self.ledger.settle(user_id, month, run_id, usage.cost or 0.0)
        if outcome == "failed" and not usage.calls:
            return  # it came to nothing, at no cost
        record = UsageRecord(
            id=run_id,
            at=self.clock.now(),
            kind=kind,
            outcome=outcome,
            tailoring_id=meter.tailoring_id,
            **usage.model_dump(exclude={"tasks"}),
        )
        await self.repository.add(user_id, record)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _refusal(state: BudgetState) -> str:
    held = f" and ${state.held:.2f} is set aside for runs under way" if state.held else ""
    return (
        f"You have spent ${state.spent:.2f} of the ${state.budget or 0:.2f} that you may spend in {state.month}{held}. "
        f"The budget renews on {state.renews:%Y-%m-%d} at 00:00 UTC."
    )
