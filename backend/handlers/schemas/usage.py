from pydantic import BaseModel

from backend.domain.usage import BudgetState, DayUsage, UsageRecord, UsageSum


class UsageOut(BaseModel):
    """`days` are those on which something ran. Money is in US dollars, `seconds` are those that models took."""

    days: list[DayUsage]
    total: UsageSum
    budget: BudgetState


class UsagePage(BaseModel):
    items: list[UsageRecord]
    next_cursor: str | None = None
