"""Rows of measure, wanted and measured, printed as a table and kept as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    measure: str
    wanted: str
    measured: str
    met: bool | None = None
    """None for a figure that nothing was asked of."""


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def show(rows: Sequence[Row]) -> None:
    wide = [
        max(len(text) for text in column)
        for column in zip(*((r.measure, r.wanted, r.measured) for r in rows), strict=True)
    ]
    for row in rows:
        mark = {True: "met", False: "not met", None: ""}[row.met]
        print(f"{row.measure:<{wide[0]}}  {row.wanted:<{wide[1]}}  {row.measured:<{wide[2]}}  {mark}")


def save(rows: Sequence[Row], path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", encoding="utf-8")
