"""How a PDF is made: what the audit wants to know."""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from backend.documents.reading.pdf.columns import Zone
from backend.documents.reading.pdf.drawings import Box, Drawings
from backend.documents.reading.pdf.glyphs import Font, View
from backend.documents.reading.pdf.segments import Segment
from backend.domain.layout import Layout

_CORNER = 3.0  # points between lines that meet
_PICTURE = 8.0  # points; a smaller image is an icon or a bit of decoration
_SUFFIX = re.compile(r"(?:PSMT|PS|MT|Regular|\d+)$")
_TALL = 0.2  # of the page: lower columns are a list in columns


class _Page(Protocol):
    view: View
    drawn: Drawings
    characters: int
    broken: int
    pictured: bool


def layout_of(
    pages: Sequence[_Page],
    zones: Sequence[tuple[int, list[Zone]]],
    fonts: Iterable[Font],
    repeated: tuple[str, ...],
    size: int,
) -> Layout:
    characters = sum(page.characters for page in pages)
    return Layout(
        pages=len(pages),
        size=size,
        columns=max((_columns(page, part) for page, (_, part) in zip(pages, zones, strict=True)), default=1),
        tables=sum(_tables(page.drawn) for page in pages),
        images=sum(
            1 for page in pages for box in page.drawn.images if min(box.x1 - box.x0, box.y1 - box.y0) >= _PICTURE
        ),
        header_footer=repeated,
        fonts=tuple(sorted({family for font in fonts if (family := family_of(font.name))})),
        text_layer=characters > 0,
        ocr=any(page.pictured for page in pages),
        broken_text=round(sum(page.broken for page in pages) / characters, 4) if characters else 0.0,
    )


def family_of(name: str) -> str:
    """ "TimesNewRomanPS-BoldMT" is of the family "TimesNewRoman"."""
    family = re.split(r"[-,_ ](?=[A-Z])", name)[0]
    return _SUFFIX.sub("", family) or family


def _columns(page: _Page, zones: Sequence[Zone]) -> int:
    """How many columns stand beside each other on a page, all the way down or nearly so."""
    counts = [1]
    for zone in zones:
        tall = [c for c in zone.columns if len(c) >= 3 and _height(c) > _TALL * page.view.height]
        if len(tall) >= 2 or (tall and len(zone.columns) == 2 and min(map(len, zone.columns)) >= 3):
            counts.append(len(zone.columns))
    return max(counts)


def _height(column: Sequence[Segment]) -> float:
    return max(segment.base for segment in column) - min(segment.base for segment in column)


def _tables(drawn: Drawings) -> int:
    """Groups of level and upright lines that cross into cells: at least three of one kind and two of the other."""
    lines = [(box, True) for box in drawn.rules[:400]] + [(box, False) for box in drawn.posts[:400]]
    groups: list[list[tuple[Box, bool]]] = []
    for line in lines:
        touching = [
            group for group in groups if any(other[1] != line[1] and _meet(other[0], line[0]) for other in group)
        ]
        groups = [group for group in groups if all(group is not other for other in touching)]
        groups.append([line, *(other for group in touching for other in group)])
    kinds = [(sum(1 for _, level in group if level), sum(1 for _, level in group if not level)) for group in groups]
    return sum(1 for level, upright in kinds if min(level, upright) >= 2 and level + upright >= 5)


def _meet(a: Box, b: Box) -> bool:
    return a.x0 <= b.x1 + _CORNER and b.x0 <= a.x1 + _CORNER and a.y0 <= b.y1 + _CORNER and b.y0 <= a.y1 + _CORNER
