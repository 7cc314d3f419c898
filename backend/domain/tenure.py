"""Dates as people write them, and how long somebody has worked."""

import re
from collections.abc import Iterable
from datetime import date

from backend.domain.resume import WorkEntry

_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(?:((?:19|20)\d\d)[-/.](\d{1,2})|(\d{1,2})[-/.]((?:19|20)\d\d))(?!\d)")
_NAMED = re.compile(r"\b(" + "|".join(_MONTHS) + r")[a-z]*\.?\s", re.IGNORECASE)
_NOW = re.compile(r"\b(?:present|current|now|ongoing|today|to date)\b", re.IGNORECASE)


def month_number(text: str, *, end: bool = False, today: date) -> int | None:
    """Months since year 0 of a date such as "2021-03", "Mar 2021", "03/2021", "2021" or "Present"; None if unreadable.
    A bare year is its first month, or as an end its last."""
    if _NOW.search(text):
        return today.year * 12 + today.month - 1
    if numeric := _NUMERIC.search(text):
        year, month = int(numeric[1] or numeric[4]), int(numeric[2] or numeric[3])
    elif year_found := _YEAR.search(text):
        named = _NAMED.search(text)
        year, month = int(year_found[1]), _MONTHS[named[1].lower()] if named else (12 if end else 1)
    else:
        return None
    return year * 12 + month - 1 if 1 <= month <= 12 else None


def span(start: str, end: str, today: date) -> tuple[int, int] | None:
    """First and last month, both inclusive; an empty end is the present. None when the start or end cannot be read or the
    end comes before the start."""
    first = month_number(start, today=today)
    last = month_number(end or "present", end=True, today=today)
    return (first, last) if first is not None and last is not None and first <= last else None


def years_of(spans: Iterable[tuple[int, int] | None]) -> float:
    """Years covered by the spans together, time that overlaps counted once."""
    months = 0
    reached = -1
    for first, last in sorted(s for s in spans if s):
        months += max(0, last - max(first - 1, reached))
        reached = max(reached, last)
    return months / 12


def years_of_work(entries: Iterable[WorkEntry], today: date) -> float:
    return years_of(span(entry.start_date, entry.end_date, today) for entry in entries)
