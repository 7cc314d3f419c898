"""From issues to a score.

    score = 100 - Σ over areas of min(cap, points lost)

Points lost in an area are the sum over its issues of (points of the severity) × (weight of the rule), where a code counts
at most three times:

| mode | error | warning | hint |
|---|---|---|---|
| strict | 15 | 5 | 2 |
| lenient | 10 | 3 | 0 |

Caps: file and structure none (100), consistency 10, content 25, job 30. With a job, 25 · (1 - keyword_coverage) is lost in
the area `job` besides. The score is never below 0. `ats_compatibility` is the same sum, strict, over the issues of structure
and of overused keywords alone, without caps and as a share of 1.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from backend.domain.audit.issue import RULES, Area, Issue, Severity
from backend.domain.model import Model

Mode = Literal["strict", "lenient"]
POINTS: Mapping[Mode, Mapping[Severity, float]] = {
    "strict": {"error": 15, "warning": 5, "hint": 2},
    "lenient": {"error": 10, "warning": 3, "hint": 0},
}
CAPS: Mapping[Area, float] = {"file": 100, "structure": 100, "consistency": 10, "content": 25, "job": 30}
COUNTED = 3
COVERAGE_POINTS = 25


class AreaScore(Model):
    """What one area costs: `lost` of at most `cap` points, for `findings` issues. `looked_at` is False for an area that
    nothing was given for: the file's making, or a job."""

    area: Area
    looked_at: bool
    findings: int
    lost: float
    cap: float


def lost(issues: Iterable[Issue], mode: Mode) -> float:
    """The points that issues cost, before any cap."""
    counts: dict[str, int] = {}
    total = 0.0
    for found in issues:
        counts[found.code] = counts.get(found.code, 0) + 1
        if counts[found.code] <= COUNTED:
            total += POINTS[mode][found.severity] * RULES[found.code].weight
    return total


def ats_compatibility(issues: Iterable[Issue]) -> float:
    """0 to 1: 1 less what the issues cost, strictly and without caps."""
    told = [found for found in issues if found.code in RULES]
    return round(max(0.0, 1 - lost(told, "strict") / 100), 4)


def by_area(issues: Iterable[Issue], mode: Mode, *, file: bool, coverage: float | None = None) -> tuple[AreaScore, ...]:
    """The areas in order. `file` says that the file's making was looked at, `coverage` (0 to 1) is None without a job."""
    issues = tuple(issues)
    areas = []
    for area in get_args(Area):
        mine = [found for found in issues if found.area == area]
        cost = lost(mine, mode)
        if area == "job" and coverage is not None:
            cost += COVERAGE_POINTS * (1 - coverage)
        looked_at = file if area == "file" else coverage is not None if area == "job" else True
        cap = CAPS[area]
        areas.append(
            AreaScore(area=area, looked_at=looked_at, findings=len(mine), lost=round(min(cap, cost), 2), cap=cap)
        )
    return tuple(areas)


def total(areas: Iterable[AreaScore]) -> float:
    return round(max(0.0, 100 - sum(area.lost for area in areas)), 2)
