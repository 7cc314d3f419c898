"""List signs that are drawn, not written: small filled shapes before a line."""

from collections.abc import Sequence
from dataclasses import replace

from backend.documents.reading.pdf.drawings import Box
from backend.documents.reading.pdf.segments import Segment


def with_dots(segments: Sequence[Segment], dots: Sequence[Box]) -> list[Segment]:
    """The segments, those with a dot close before them as list items."""
    if not dots:
        return list(segments)
    result = []
    for segment in segments:
        dot = next((dot for dot in dots if _is_before(dot, segment)), None)
        is_item = dot is not None and segment.text and not segment.bullet
        result.append(replace(segment, x0=dot.x0, bullet=True) if dot and is_item else segment)
    return result


def _is_before(dot: Box, segment: Segment) -> bool:
    gap = segment.hang - dot.x1
    middle = (dot.y0 + dot.y1) / 2
    return 0.1 * segment.size < gap < 3 * segment.size and segment.base - 0.75 * segment.size < middle < segment.base
