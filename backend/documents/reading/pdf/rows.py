"""Segments of one column -> rows as they are read: what stands level is one row, a label beside its section a row above."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from backend.documents.reading import dates
from backend.documents.reading.headings import name_of
from backend.documents.reading.pdf.columns import is_level, is_section
from backend.documents.reading.pdf.segments import Segment
from backend.documents.reading.section_names import INNER, KNOWN

_APART = "    "  # reads as a gap between columns


@dataclass(slots=True, eq=False)
class Row:
    """`page` counts from 1. `ruled` says that a drawn line belongs to it, `label` that it was a label at the side."""

    parts: list[Segment]
    page: int
    ruled: bool = False
    label: bool = False
    stack: list[Segment] = field(default_factory=list)

    @property
    def first(self) -> Segment:
        return self.parts[0]

    @property
    def text(self) -> str:
        return _APART.join(part.text for part in [*self.parts, *self.stack])

    @property
    def base(self) -> float:
        return self.first.base

    @property
    def x1(self) -> float:
        return self.parts[-1].x1


def rows_of_column(segments: Sequence[Segment], page: int) -> list[Row]:
    rows: list[Row] = []
    for segment in sorted(segments, key=lambda segment: (segment.base, segment.x0)):
        last = rows[-1] if rows else None
        if last and any(is_level(part, segment) for part in last.parts) and not _overlaps(last, segment):
            last.parts.append(segment)
        else:
            rows.append(Row([segment], page))
    for row in rows:
        row.parts.sort(key=lambda part: part.x0)
        row.parts = _with_bullet(row.parts)
    return _with_stacks(_with_labels([row for row in rows if row.parts]))


def _overlaps(row: Row, segment: Segment) -> bool:
    return any(part.x0 < segment.x1 - 1 and segment.x0 < part.x1 - 1 for part in row.parts)


def _with_bullet(parts: list[Segment]) -> list[Segment]:
    """A sign that stands alone is put to the text on its right."""
    result: list[Segment] = []
    sign: Segment | None = None
    for part in parts:
        if sign is not None:
            part = replace(part, x0=sign.x0, bullet=True)
            sign = None
        elif not part.text:
            sign = part
            continue
        result.append(part)
    return result


def _with_labels(rows: list[Row]) -> list[Row]:
    """A section's name that stands at the side of its first row becomes a row of its own, above."""
    result: list[Row] = []
    under_heading = False
    for index, row in enumerate(rows):
        label = _label(row, rows[index + 1 : index + 3]) if len(row.parts) > 1 else None
        under_heading = under_heading or (len(row.parts) == 1 and is_section(row.first))
        # Where sections stand above their text, "Tools" at the side is a label in the skills.
        if label and not (under_heading and name_of(label.text) in INNER):
            result.append(Row([label], row.page, label=True))
            row.parts = row.parts[1:]
        if row.parts:
            result.append(row)
    return result


def _label(row: Row, below: Sequence[Row]) -> Segment | None:
    """The name at the side, if there is one. One on two lines is taken away from the second, too."""
    first = row.first
    if row.parts[1].x0 - first.x1 < first.size or first.bullet:
        return None
    if is_section(first) and not dates.find(row.parts[1].text):
        return first
    for other in below:
        if not other.parts:
            continue
        text = f"{first.text} {other.first.text}"
        near = abs(other.first.x0 - first.x0) <= 2 and other.base - row.base < 1.8 * first.size
        if near and name_of(text) in KNOWN:
            other.parts = other.parts[1:]
            return replace(first, text=text)
        if other.first.x0 - first.x0 <= 2:
            break
    return None


def _with_stacks(rows: list[Row]) -> list[Row]:
    """Places and dates stacked at the right margin, beside the list items of an entry, are put into the entry's first
    row, where they belong."""
    result: list[Row] = []
    anchor: Row | None = None
    since = 0
    for row in rows:
        last = row.parts[-1]
        since += 1
        if len(row.parts) > 1 and not row.first.bullet and not (anchor and _is_stacked(row, anchor, since)):
            anchor, since = row, 0
        elif anchor is not None and _is_stacked(row, anchor, since):
            anchor.stack.append(last)
            row.parts = row.parts[:-1]
        if row.parts:
            result.append(row)
    return result


def _is_stacked(row: Row, anchor: Row, since: int) -> bool:
    last, edge = row.parts[-1], anchor.parts[-1]
    if since > 4 or row.page != anchor.page or abs(last.x1 - edge.x1) > 3 or len(last.text) > 32 or last.bullet:
        return False
    beside = len(row.parts) > 1 and (row.first.bullet or row.first.x0 > anchor.first.x0 + 3)
    alone = len(row.parts) == 1 and last.x0 > anchor.first.x1 + 2 * last.size and bool(anchor.stack)
    return (beside or alone) and not _has_list_edge(anchor)


def _has_list_edge(anchor: Row) -> bool:
    """A right part that is itself an item of a list or a long text is no margin."""
    return anchor.parts[-1].bullet or len(anchor.parts[-1].text) > 40
