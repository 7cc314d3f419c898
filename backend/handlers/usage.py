"""What a person's runs cost."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from backend.domain.usage import by_day, summed
from backend.handlers.context import Deps, User
from backend.handlers.paging import Cursor, Limit, paged
from backend.handlers.problems import problems
from backend.handlers.schemas.usage import UsageOut, UsagePage

router = APIRouter(prefix="/usage", tags=["usage"])


@router.get("", responses=problems(401, 422, 503))
async def get_usage(
    user: User,
    container: Deps,
    first: Annotated[date | None, Query(alias="from", description="The first day (UTC)")] = None,
    last: Annotated[date | None, Query(alias="to", description="The last day (UTC); today if none is said")] = None,
) -> UsageOut:
    """Day by day, and where this month's budget stands. The last 30 days unless you say which."""
    records = await container.usages.between(user, first, last)
    budget = await container.usages.budget(user)
    return UsageOut(days=list(by_day(records)), total=summed(records), budget=budget)


@router.get("/tailorings", responses=problems(401, 422, 503))
async def list_usage(
    user: User,
    container: Deps,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> UsagePage:
    """Run by run, newest first; those that failed too."""
    found = await container.usages.list(user, limit + 1, cursor)
    page, more = paged(found, limit)
    return UsagePage(items=list(page), next_cursor=more.id if more else None)
