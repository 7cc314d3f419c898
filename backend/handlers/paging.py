"""Lists, a page at a time."""

from collections.abc import Sequence
from typing import Annotated, TypeVar

from fastapi import Query

T = TypeVar("T")
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=64)]


def paged(found: Sequence[T], limit: int) -> tuple[Sequence[T], T | None]:
    """The page, and its last item if there are more, of a list that was asked for one more than the limit."""
    return found[:limit], found[limit - 1] if len(found) > limit else None
