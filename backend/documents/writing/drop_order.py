"""Which highlights a resume could do without, the least relevant first."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from backend.documents.reading.dates import point
from backend.domain.numbers import numbers
from backend.domain.resume import Project, Resume, WorkEntry

RECENT_YEARS = 10
_NEWEST_SHARE, _NUMBER_SHARE = 0.6, 0.4
_STILL = 9999
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Droppable(NamedTuple):
    """A highlight that may go. `score` is its relevance; `why` says in words what speaks against it."""

    path: str
    text: str
    score: float
    why: str


def droppable(resume: Resume, relevance: Mapping[str, float]) -> list[Droppable]:
    """Highlights that may be dropped, in the order in which they should go.

    `relevance` gives a highlight's worth by its path, such as "/work_experience/0/highlights/2": the higher, the longer it
    stays. What it does not mention is judged by itself, from 0 to 1: newer entries count more, and so do highlights with a
    number. The best highlight of the newest entry, and of each that ended in the last ten years, is not in the list.
    """
    entries = list(resume.entries())
    years = {path: _last_year(entry) for path, entry in entries}
    known = [year for _, entry in entries for year in _years(entry)]
    oldest_recent = max(known, default=0) - RECENT_YEARS
    ranks = _ranks([path for path, _ in entries], years)
    found: list[Droppable] = []
    for path, entry in entries:
        lines = [
            _judged(f"{path}/highlights/{number}", text, relevance, ranks[path])
            for number, text in enumerate(entry.highlights)
        ]
        if lines and (ranks[path] == 0 or (years[path] or 0) >= oldest_recent):
            lines.remove(max(lines, key=lambda line: line.score))
        found += lines
    # Of two that are worth the same, the one further down goes first.
    return [line for _, line in sorted(enumerate(found), key=lambda pair: (pair[1].score, -pair[0]))]


def _judged(path: str, text: str, relevance: Mapping[str, float], rank: int) -> Droppable:
    if path in relevance:
        return Droppable(path, text, relevance[path], f"relevance {relevance[path]:.2f}")
    measured = any(not number.year for number in numbers(text))
    score = _NEWEST_SHARE / (1 + rank) + (_NUMBER_SHARE if measured else 0)
    why = " and ".join((["an older entry"] if rank else []) + ([] if measured else ["no number in it"]))
    return Droppable(path, text, score, why or "the newest entry has others")


def _ranks(paths: list[str], years: Mapping[str, int | None]) -> dict[str, int]:
    """0 for the newest entry, and so on; positions come before projects of the same age, what has no date last."""
    order = sorted(range(len(paths)), key=lambda n: (-(years[paths[n]] or 0), n))
    return {paths[n]: rank for rank, n in enumerate(order)}


def _last_year(entry: WorkEntry | Project) -> int | None:
    """The year in which it ended; one that goes on is newer than any. None without a date."""
    if point(entry.end_date) == "Present" or (entry.start_date and not entry.end_date):
        return _STILL
    return max(_years(entry), default=None)


def _years(entry: WorkEntry | Project) -> list[int]:
    return [int(year) for year in _YEAR.findall(f"{entry.start_date} {entry.end_date}")]
