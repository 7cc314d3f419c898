"""Which parts of a page stand in columns beside each other, and in what order they are read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from backend.documents.reading import dates
from backend.documents.reading.headings import name_of
from backend.documents.reading.pdf.segments import Segment
from backend.documents.reading.section_names import KNOWN

_GUTTER = 5.0  # points
_LEVEL = 0.15  # of the size: baselines nearer than this are one row


@dataclass(slots=True)
class Zone:
    """A band of a page: its columns in the order they are read; mostly one."""

    columns: list[list[Segment]]


class _Cut(NamedTuple):
    """Where a zone of two columns lies: rows `first` to `last` (excluded), parted at `x`."""

    first: int
    last: int
    x: float
    score: int


_Row = list[Segment]


def zones_of(segments: Sequence[Segment]) -> list[Zone]:
    """The page's zones, top to bottom."""
    rows = rows_of(segments)
    cut = max(_cuts(rows), key=lambda cut: cut.score, default=None)
    if cut is None:
        return [Zone([list(segments)])] if segments else []
    inside = [segment for row in rows[cut.first : cut.last] for segment in row]
    left = [segment for segment in inside if segment.x0 < cut.x - 1]
    right = [segment for segment in inside if segment.x0 >= cut.x - 1]
    above = [segment for row in rows[: cut.first] for segment in row]
    below = [segment for row in rows[cut.last :] for segment in row]
    return [*zones_of(above), Zone([*_flat(left), *_flat(right)]), *zones_of(below)]


def _flat(segments: list[Segment]) -> list[list[Segment]]:
    """A column that is itself in columns: those one after the other, where they go all the way down."""
    zones = zones_of(segments)
    if len(zones) == 1:
        return zones[0].columns
    return [[segment for zone in zones for column in zone.columns for segment in column]]


def rows_of(segments: Sequence[Segment]) -> list[_Row]:
    """Segments that share a baseline, top to bottom, each row left to right."""
    rows: list[_Row] = []
    for segment in sorted(segments, key=lambda segment: segment.base):
        if rows and segment.base - rows[-1][0].base <= _LEVEL * min(segment.size, rows[-1][0].size) + 0.3:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    for row in rows:
        row.sort(key=lambda segment: segment.x0)
    return rows


def _cuts(rows: list[_Row]) -> Iterator[_Cut]:
    for x in _starts(rows):
        begin = 0
        for index in range(len(rows) + 1):
            if index == len(rows) or any(s.x0 < x - 1 and s.x1 > x - _GUTTER for s in rows[index]):
                if index - begin >= 3 and (cut := _cut(rows, begin, index, x)):
                    yield cut
                begin = index + 1


def _starts(rows: list[_Row]) -> list[float]:
    """Left edges that several segments share, but the leftmost."""
    edges = sorted(segment.x0 for row in rows for segment in row)
    result: list[float] = []
    count = 0
    for edge in edges:
        if result and edge - result[-1] <= 2:
            count += 1
        else:
            if result and count < 2:
                result.pop()
            result.append(edge)
            count = 1
    return result[1:]


def _cut(rows: list[_Row], begin: int, end: int, x: float) -> _Cut | None:
    left = _Side([part for row in rows[begin:end] if (part := [s for s in row if s.x0 < x - 1])])
    right = _Side([part for row in rows[begin:end] if (part := [s for s in row if s.x0 >= x - 1])])
    if len(left.rows) < 2 or len(right.rows) < 2:
        return None
    both = sum(1 for row in rows[begin:end] if row[0].x0 < x - 1 and row[-1].x0 >= x - 1)
    score = len(left.rows) + len(right.rows)
    if left.headings and right.headings and (both < 0.85 * len(right.rows) or right.loud):
        return _Cut(begin, end, x, score)
    if left.is_dated or right.is_dated or not _are_lists(left, right, both):
        return None
    first, last = _trimmed(rows, begin, end, x)
    return _Cut(first, last, x, score) if last - first >= 2 else None


class _Side:
    """What stands on one side of a gutter."""

    def __init__(self, rows: list[_Row]) -> None:
        self.rows = rows
        heads = [row[0] for row in rows if is_section(row[0])]
        self.headings = len(heads)
        self.loud = any(head.style.caps or head.style.strong for head in heads)
        self.bullets = sum(1 for row in rows if row[0].bullet)
        dated = sum(1 for row in rows if dates.find(row[0].text) and len(row[0].text) < 40)
        self.is_dated = dated >= 0.3 * len(rows)


def _are_lists(left: _Side, right: _Side, both: int) -> bool:
    """Whether both sides run on by themselves: lists side by side, or lines that do not stand level."""
    if left.bullets >= 2 and right.bullets >= 2:
        return True
    few = min(len(left.rows), len(right.rows))
    return few >= 4 and both <= 0.6 * few


def _trimmed(rows: list[_Row], begin: int, end: int, x: float) -> tuple[int, int]:
    """Without the rows above the right side's first, and without what begins with a heading below its last."""
    right = [index for index in range(begin, end) if rows[index][-1].x0 >= x - 1]
    first, last = right[0], right[-1] + 1
    while first > begin and not is_section(rows[first - 1][0]) and rows[first][0].x0 >= x - 1:
        first -= 1
    while last < end and not is_section(rows[last][0]) and not _is_apart(rows[last - 1], rows[last]):
        last += 1
    return first, last


def _is_apart(above: _Row, below: _Row) -> bool:
    return below[0].base - above[0].base > 1.8 * below[0].size


def is_section(segment: Segment) -> bool:
    """Whether the text is the name of a section that resumes have."""
    return len(segment.text) < 50 and not segment.bullet and name_of(segment.text) in KNOWN


def is_level(first: Segment, second: Segment) -> bool:
    """Whether two segments stand in one row, also where one is smaller and centred on the other."""
    size = min(first.size, second.size)
    return abs(first.base - second.base) <= 0.3 * size
