"""The zones of all pages -> columns in the order they are read, a column that goes on over the page in one piece."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.documents.reading.pdf.columns import Zone, is_section, rows_of
from backend.documents.reading.pdf.segments import Segment

_NEAR = 18.0  # points that an edge may be off on the next page


@dataclass(slots=True)
class Piece:
    """A part of a column that stands on one page (from 1)."""

    page: int
    segments: list[Segment]


@dataclass(slots=True)
class _Band:
    columns: list[list[Piece]] = field(default_factory=list)


def pieces_of(pages: Sequence[tuple[int, list[Zone]]]) -> list[Piece]:
    """The pieces in reading order. `pages` are (number, zones)."""
    bands: list[_Band] = []
    for number, zones in pages:
        for index, zone in enumerate(zones):
            columns = [Piece(number, column) for column in _ordered(zone, first=number == 1) if column]
            places = _places(bands[-1], columns) if bands and index == 0 else None
            if places is None:
                bands.append(_Band([[piece] for piece in columns]))
            else:
                for place, piece in zip(places, columns, strict=True):
                    bands[-1].columns[place].append(piece)
    return [piece for band in bands for column in band.columns for piece in column]


def _places(band: _Band, columns: Sequence[Piece]) -> list[int] | None:
    """Into which columns of the band above, on the page before, these go on; None where they do not."""
    if len(band.columns) < 2:
        return None
    places = []
    for piece in columns:
        left, right = _span(piece.segments)
        fits = [
            index
            for index, column in enumerate(band.columns)
            if column[-1].page <= piece.page
            and _holds(_span([s for part in column for s in part.segments]), left, right)
        ]
        if not fits or fits[0] in places:
            return None
        places.append(fits[0])
    return places


def _holds(span: tuple[float, float], left: float, right: float) -> bool:
    return span[0] - _NEAR <= left and right <= span[1] + _NEAR


def _span(segments: Sequence[Segment]) -> tuple[float, float]:
    return min(segment.x0 for segment in segments), max(segment.x1 for segment in segments)


def _ordered(zone: Zone, *, first: bool) -> list[list[Segment]]:
    """The columns as they are read. On the first page what stands above the columns' first sections comes first, the
    column with the name before the others: it is the head of the resume."""
    if len(zone.columns) < 2 or not first:
        return zone.columns
    largest = max((s.size for column in zone.columns for s in column), default=0.0)
    named = next((i for i, column in enumerate(zone.columns) if any(s.size == largest for s in column[:12])), 0)
    parts = [_headed(column) for column in zone.columns]
    if named == 0 or not all(body for _, body in parts) or is_section(max(zone.columns[named], key=lambda s: s.size)):
        return zone.columns
    order = [named, *(index for index in range(len(parts)) if index != named)]
    return [*(parts[index][0] for index in order), *(parts[index][1] for index in order)]


def _headed(column: list[Segment]) -> tuple[list[Segment], list[Segment]]:
    """(what stands above the first section, the rest)"""
    rows = rows_of(column)
    start = next((index for index, row in enumerate(rows) if is_section(row[0])), len(rows))
    return [s for row in rows[:start] for s in row], [s for row in rows[start:] for s in row]
