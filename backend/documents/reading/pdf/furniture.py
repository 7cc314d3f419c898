"""What stands at the top and bottom of pages and is no part of what is told: repeated lines, page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from backend.documents.reading.pdf.columns import rows_of
from backend.documents.reading.pdf.segments import Segment

_MARGIN = 0.09  # of the page's height: where page numbers stand
_BAND = 0.16  # where lines stand that come again on the next page
_NUMBER = re.compile(r"\W*(?:(?:page|seite|p\.)\s*)?\d{1,2}(?:\s*(?:of|/|von|-)\s*\d{1,2})?\W*$", re.IGNORECASE)
_CONTACT = re.compile(r"@|\d{3}.*\d{4}|https?:|www\.")


class Furniture(NamedTuple):
    """`repeated` are the lines as on their first page; `kept` the segments of each page that stay."""

    repeated: tuple[str, ...]
    kept: list[list[Segment]]


def without_furniture(pages: Sequence[tuple[float, list[Segment]]]) -> Furniture:
    """`pages` are (height, segments). What a header says stays on the first page; of a footer what tells how to reach
    somebody stays, on the last."""
    edges = [_edges(height, segments) for height, segments in pages]
    counts = Counter(key for edge in edges for key in {row.key for row in edge})
    repeated: dict[str, str] = {}
    kept: list[list[Segment]] = []
    for number, ((_, segments), edge) in enumerate(zip(pages, edges, strict=True)):
        gone: set[int] = set()
        for row in edge:
            is_number = row.outer and _NUMBER.match(row.text) is not None
            if counts[row.key] < 2 and not is_number:
                continue
            if counts[row.key] >= 2:
                repeated.setdefault(row.key, row.text)
            stays = number == 0 if row.top else number == len(pages) - 1 and bool(_CONTACT.search(row.text))
            if not stays or is_number:
                gone.update(id(segment) for segment in row.segments)
        kept.append([segment for segment in segments if id(segment) not in gone])
    return Furniture(tuple(repeated.values()), kept)


class _Edge(NamedTuple):
    """A row near the top or bottom. `key` is the same for rows that are the same but for numbers, `outer` says that it is
    near enough to be a page number."""

    key: str
    text: str
    segments: list[Segment]
    top: bool
    outer: bool


def _edges(height: float, segments: Sequence[Segment]) -> list[_Edge]:
    """The first and last two rows of a page, where they stand near the edge."""
    rows = rows_of(segments)
    result = []
    for index, row in enumerate(rows):
        base = row[0].base
        depth = min(base, height - base) / max(height, 1.0)
        text = " ".join(segment.text for segment in row)
        if depth < _BAND and text.strip() and (index < 2 or index >= len(rows) - 2):
            top = base < height / 2
            key = f"{top} {base / 6:.0f} {re.sub(r'[0-9]+', '#', text.lower())}"
            result.append(_Edge(key, text, row, top, depth < _MARGIN))
    return result
