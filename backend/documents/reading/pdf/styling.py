"""Which rows are headings: the name, and the names of sections, by how they look beside the body of the text."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from backend.documents.reading.headings import key_of, name_of
from backend.documents.reading.pdf.drawings import Box
from backend.documents.reading.pdf.rows import Row
from backend.documents.reading.section_names import KNOWN

_CORE = frozenset(("summary", "work_experience", "education", "skills", "projects"))
_NO_HEADING = re.compile(r"[@|•,;\d]|[.!?]$")
NAME, SECTION = 1, 2


def mark_ruled(rows: Sequence[Row], rules: Sequence[Box]) -> None:
    """Marks the rows that a drawn line sets off: below them, or at their side to the end of the column."""
    for row in rows:
        first = row.first
        row.ruled = any(
            -0.9 * first.size <= rule.y0 - first.base <= 1.1 * first.size
            and (rule.x0 > row.x1 - 2 or rule.x1 < first.x0 + 2 or rule.x1 - rule.x0 > 1.3 * (row.x1 - first.x0))
            and rule.x0 < row.x1 + 40
            and rule.x1 > first.x0 - 40
            for rule in rules
        )


class _Look(NamedTuple):
    size: int
    strong: bool
    caps: bool


def headings_of(columns: Sequence[Sequence[Row]]) -> dict[int, int]:
    """The index of each heading's row, counted over all columns -> its level: 1 the name at the top, 2 a section."""
    rows = [row for column in columns for row in column]
    body = body_size(rows)
    found: dict[int, int] = {}
    if (name := _name(rows, body)) is not None:
        found[name] = NAME
    candidates = [index for index, row in enumerate(rows) if index not in found and _may_be(row)]
    known = [index for index in candidates if name_of(rows[index].text) in KNOWN]
    loud = [index for index in known if _is_loud(rows[index], body)]
    look = _section_look(rows, loud)
    ruled = sum(rows[index].ruled for index in loud) > len(loud) / 2
    own = look is not None and _is_own_look(look, [_look(rows[i]) for i in loud], [_look(row) for row in rows], body)
    for index in candidates:
        row = rows[index]
        known_section = row.label or (index in loud and _fits(row, look, body))
        if known_section or (index not in known and _is_like(row, look, body, ruled=ruled, own=own)):
            found[index] = SECTION
    return found | _of_side_columns(columns, found, loud)


def _of_side_columns(columns: Sequence[Sequence[Row]], found: dict[int, int], loud: Sequence[int]) -> dict[int, int]:
    """Sections of columns whose headings have a look of their own: all of one look, larger than what stands below."""
    more: dict[int, int] = {}
    start = 0
    for column in columns:
        own = [index for index in loud if start <= index < start + len(column)]
        looks = {_look(column[index - start]) for index in own}
        if own and len(looks) == 1 and not any(start <= index < start + len(column) for index in found):
            (look,) = looks
            body = body_size(column)
            if len(own) >= 2 and (look.size > body or look.caps):
                more |= dict.fromkeys(own, SECTION)
        start += len(column)
    return more


def body_size(rows: Sequence[Row]) -> int:
    """The size of most characters, in half points."""
    sizes: Counter[int] = Counter()
    for row in rows:
        for part in row.parts:
            sizes[part.style.size] += len(part.text)
    return sizes.most_common(1)[0][0] if sizes else 0


def _look(row: Row) -> _Look:
    style = row.first.style
    return _Look(style.size, style.strong, style.caps)


def _may_be(row: Row) -> bool:
    text = row.text
    return (
        len(row.parts) == 1
        and not row.stack
        and not row.first.bullet
        and 3 <= len(text) <= 50
        and len(text.split()) <= 6
        and not (_NO_HEADING.search(text) and name_of(text) not in KNOWN)
    )


def _is_loud(row: Row, body: int) -> bool:
    style = row.first.style
    return row.label or style.strong or style.caps or style.size > body or row.ruled


def _section_look(rows: Sequence[Row], loud: Sequence[int]) -> _Look | None:
    """The look of most of the sections that we know; of two, the larger."""
    looks: Counter[_Look] = Counter()
    for index in loud:
        looks[_look(rows[index])] += 2 if key_of(rows[index].text) in _CORE else 1
    return max(looks, key=lambda look: (looks[look], look), default=None)


def _fits(row: Row, look: _Look | None, body: int) -> bool:
    """Whether a known name looks like the other sections, or louder."""
    own = _look(row)
    if look is None or own == look or row.ruled:
        return True
    if abs(own.size - look.size) <= 2:
        if own.size > body + 1 and own.strong == look.strong:
            return True
        return own.strong >= look.strong and own.caps >= look.caps
    return own.size > look.size or (own.caps and own.strong >= look.strong and own.size >= body)


def _is_own_look(look: _Look, known: Sequence[_Look], every: Sequence[_Look], body: int) -> bool:
    """Whether most rows of the sections' look are sections that we know, so that the others are sections, too."""
    sections = known.count(look)
    return look.size > body and sections >= 3 and every.count(look) < 2 * sections


def _is_like(row: Row, look: _Look | None, body: int, *, ruled: bool, own: bool) -> bool:
    """Whether a name that we do not know looks as only sections look."""
    if look is None or _look(row) != look:
        return False
    if ruled:
        return row.ruled
    return own or look.size > body + 1 or (look.caps and len(row.text) > 4)


def _name(rows: Sequence[Row], body: int) -> int | None:
    """The largest text near the top of the first page."""
    top = [index for index, row in enumerate(rows[:12]) if row.page == 1 and any(char.isalpha() for char in row.text)]
    if not top:
        return None
    best = max(top, key=lambda index: (rows[index].first.style.size, -index))
    row = rows[best]
    if name_of(row.text) in KNOWN or len(row.parts) > 1 or len(row.text) > 60:
        return None
    size = row.first.style.size
    return (
        best
        if size >= body + 3 and size > max((rows[i].first.style.size for i in top if i != best), default=0)
        else None
    )
