"""Headings by looks, where no style says which lines are headings."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from backend.documents.reading import dates
from backend.documents.reading.headings import name_of
from backend.documents.reading.office.rows import Row
from backend.documents.reading.section_names import KNOWN

_LONGEST, _LARGER = 60, 0.9


class _Dress(NamedTuple):
    strong: bool
    capitals: bool
    size: float
    colour: str


def promoted(rows: Sequence[Row]) -> list[Row]:
    """The rows with those made headings that look like the ones whose words name a section ("Experience"), where that
    look is set apart from the text and is worn by no dated line, bullet or sentence."""
    known = Counter(_dress(row) for row in rows if _may_head(row) and name_of(row.line.text) in KNOWN)
    if not known:
        return list(rows)
    dress = known.most_common(1)[0][0]
    body = Counter(row.look.size for row in rows for _ in row.line.text.split()).most_common(1)[0][0]
    apart = dress.size > body + _LARGER or dress.strong or dress.capitals
    wearing = [row for row in rows if _dress(row) == dress and row.line.text]
    if not apart or any(not _may_head(row) and _dress(row) == dress for row in rows if row.line.kind == "text"):
        return list(rows)
    # Employers in the same dress would become sections.
    if 2 * known[dress] < len(wearing) or known[dress] < 2:
        return list(rows)
    first = next(
        n for n, row in enumerate(rows) if _may_head(row) and _dress(row) == dress and name_of(row.line.text) in KNOWN
    )
    return [
        _as_heading(row) if index >= first and _dress(row) == dress and _may_head(row) else row
        for index, row in enumerate(rows)
    ]


def _dress(row: Row) -> _Dress:
    return _Dress(row.look.strong, row.look.caps or row.line.text.isupper(), row.look.size, row.look.colour)


def _may_head(row: Row) -> bool:
    text = row.line.text
    return (
        row.line.kind == "text"
        and row.whole
        and len(text) <= _LONGEST
        and text[-1:] not in (".", ",", ";", "!", "?")
        and "    " not in text
        and "@" not in text
        and dates.find(text) is None
    )


def _as_heading(row: Row) -> Row:
    line = replace(row.line, kind="heading", level=2, strong=False, emphasised=False, broken=False, indent=0)
    return replace(row, line=line)
