"""Characters -> segments: pieces of text on one baseline with no wide gap in them."""

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from backend.documents.reading.pdf.glyphs import Glyph

WIDE = 1.2  # of the size: a wider gap parts two segments
_SPACE = 0.14  # of the size: a wider gap is a space between words
_TAB = 0.62  # of the size: a wider gap between words, where others are narrow, is meant
_APART = "   "
_USUAL = 0.28  # of the size: the gap between words
_SAME_BASE = 0.2

SIGNS = frozenset("•‣▪●◦○■□◆◇❖➢➤➔➜►▶▸✓✔⁃∙⦁⬥⚫·\uf0b7\uf0a7\uf076\uf0d8\uf0fc\uf06c\uf06e\uf071\uf075\uf0a8")
_DASHES = frozenset("-–—*∗⋆+»→o§")


class Style(NamedTuple):
    """How most of a text looks. `size` is in half points, so that styles can be compared; `caps` that all letters are
    capitals."""

    size: int
    strong: bool
    emphasised: bool
    caps: bool
    colour: tuple[int, int, int] | None


@dataclass(slots=True, eq=False)
class Segment:
    """Points from the top left corner of the page. `strong` and `emphasised` are of how it begins. A `bullet` is a list
    item: its sign is not in the text any more (a sign that stands alone has no text), `x0` is where the sign stands and `hang` where the text begins."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    base: float
    size: float
    style: Style
    strong: bool = False
    emphasised: bool = False
    bullet: bool = False
    hang: float = 0.0

    @property
    def height(self) -> float:
        return self.y1 - self.y0


class Spaces(NamedTuple):
    """By the id of a character before which a blank stands: the id of the character before that. `sure` are blanks of the
    file, `likely` those that only the places of the characters tell of."""

    sure: dict[int, int]
    likely: dict[int, int]


def segments_of(glyphs: Sequence[Glyph]) -> list[Segment]:
    """The segments of level text, top to bottom, then left to right."""
    inked: list[Glyph] = []
    spaces = Spaces({}, {})
    blank = False
    for glyph in glyphs:
        if not glyph.text.strip():
            blank = True
            continue
        if inked and (blank or glyph.apart):
            (spaces.sure if blank else spaces.likely)[id(glyph)] = id(inked[-1])
        inked.append(glyph)
        blank = False
    return [_segment(part, spaces) for row in _with_raised(_rows(inked)) for part in _parts(row)]


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters that share a baseline."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base):
        if rows and glyph.base - rows[-1][0].base <= _SAME_BASE * max(4.0, min(glyph.run.size, rows[-1][0].run.size)):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    for row in rows:
        row.sort(key=lambda glyph: glyph.x0)
    return rows


def _with_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Small raised or lowered characters ("1st", "H2O") put into the row that they belong to."""
    result: list[list[Glyph]] = []
    for row in rows:
        last = result[-1] if result else None
        if last and (pair := _upper_and_lower(last, row)):
            small, large = pair
            if _touch(small, large):
                result[-1] = sorted([*large, *small], key=lambda glyph: glyph.x0)
                continue
        result.append(row)
    return result


def _upper_and_lower(above: list[Glyph], below: list[Glyph]) -> tuple[list[Glyph], list[Glyph]] | None:
    """(the few small ones, the row) where one row is small beside the other and half within its height."""
    small, large = (above, below) if len(above) < len(below) else (below, above)
    size = statistics.median(glyph.run.size for glyph in large)
    if abs(small[0].base - large[0].base) > size or len(small) > 12:
        return None
    return (small, large) if all(glyph.run.size <= 0.85 * size for glyph in small) else None


def _touch(small: list[Glyph], large: list[Glyph]) -> bool:
    near = [*(glyph for glyph in large if abs(glyph.base - small[0].base) <= 0.55 * glyph.run.size), *small]
    return all(any(-0.3 * b.run.size <= a.x0 - b.x1 <= 0.4 * b.run.size for b in near if b is not a) for a in small)


def _parts(row: list[Glyph]) -> list[list[Glyph]]:
    """A row cut at its wide gaps."""
    parts: list[list[Glyph]] = []
    reach = 0.0
    for glyph in row:
        if parts and glyph.x0 - reach <= _wide(parts[-1], glyph):
            parts[-1].append(glyph)
        else:
            parts.append([glyph])
        reach = max(glyph.x1, reach) if len(parts[-1]) > 1 else glyph.x1
    return parts


def _wide(part: list[Glyph], glyph: Glyph) -> float:
    """How far the next character may stand off. Letters set apart allow for more."""
    size = max(glyph.run.size, part[-1].run.size)
    gap = glyph.x0 - part[-1].x1
    if gap <= WIDE * size:
        return WIDE * size
    gaps = [b.x0 - a.x1 for a, b in pairwise(part[-12:])]
    usual = statistics.median(gaps) if len(gaps) >= 2 else 0.0
    return WIDE * size if usual < 0.2 * size else max(WIDE * size, 3.2 * usual)


def _segment(inked: list[Glyph], spaces: Spaces) -> Segment:
    start = inked[0].x0
    bullet = _is_bullet(inked)
    text = ""
    if not bullet or len(inked) > 1:
        inked = inked[1:] if bullet else inked
        text = _text(inked, spaces).strip()
    first = next((glyph for glyph in inked if any(char.isalnum() for char in glyph.text)), inked[0])
    sizes = Counter(glyph.run.size for glyph in inked)
    size = max(sizes, key=lambda size: sizes[size])
    return Segment(
        text=text,
        x0=start,
        x1=max(glyph.x1 for glyph in inked),
        y0=min(glyph.y0 for glyph in inked),
        y1=max(glyph.y1 for glyph in inked),
        base=statistics.median(glyph.base for glyph in inked),
        size=size,
        style=_style(inked, size),
        strong=_is_strong(first),
        emphasised=first.run.font.italic,
        bullet=bullet,
        hang=inked[0].x0,
    )


def _is_bullet(inked: list[Glyph]) -> bool:
    """Whether the first character is the sign of a list item."""
    first = inked[0]
    if first.text in SIGNS:
        return True
    apart = len(inked) == 1 or inked[1].x0 - first.x1 > _SPACE * max(first.run.size, inked[1].run.size)
    return apart and (first.text in _DASHES or (first.run.font.symbols and not first.text.isdigit()))


def _is_strong(glyph: Glyph) -> bool:
    return glyph.run.font.bold or glyph.run.mode == 2


def _style(glyphs: Iterable[Glyph], size: float) -> Style:
    letters = [glyph for glyph in glyphs if glyph.text.isalpha()] or list(glyphs)
    half = len(letters) / 2
    fills = Counter(glyph.run.fill for glyph in letters)
    fill = max(fills, key=lambda fill: fills[fill])
    return Style(
        size=round(size * 2),
        strong=sum(_is_strong(glyph) for glyph in letters) > half,
        emphasised=sum(glyph.run.font.italic for glyph in letters) > half,
        caps=sum(len(glyph.text) for glyph in letters) > 1
        and all(glyph.text == glyph.text.upper() for glyph in letters),
        colour=fill[:3] if fill else None,
    )


def _text(inked: list[Glyph], spaces: Spaces) -> str:
    limit = _limit(inked, spaces)
    words, gaps = _words(inked, spaces, limit)
    if _is_spread(words):
        return " ".join(_spread_words(inked))
    if limit > _SPACE:
        return " ".join(words)
    usual = statistics.median(gaps) if len(gaps) >= 3 else _USUAL
    text = words[0]
    for word, gap in zip(words[1:], gaps, strict=True):
        text += (_APART if gap > _TAB and gap > 2.2 * usual else " ") + word
    return text


def _words(inked: list[Glyph], spaces: Spaces, limit: float) -> tuple[list[str], list[float]]:
    """The words, and the gaps between them in parts of the size."""
    words, gaps = [inked[0].text], []
    for last, glyph in pairwise(inked):
        gap = (glyph.x0 - last.x1) / max(glyph.run.size, last.run.size, 0.1)
        likely = limit == _SPACE and gap > 0.01 and spaces.likely.get(id(glyph)) == id(last)
        if gap > limit or likely or spaces.sure.get(id(glyph)) == id(last):
            words.append(glyph.text)
            gaps.append(gap)
        else:
            words[-1] += glyph.text
    return words, gaps


def _limit(inked: list[Glyph], spaces: Spaces) -> float:
    """The gap, as a share of the size, beyond which a new word begins: more where all letters are set apart."""
    gaps = [(b.x0 - a.x1) / max(a.run.size, 0.1) for a, b in pairwise(inked) if id(b) not in spaces.sure]
    usual = statistics.median(gaps) if len(gaps) >= 3 else 0.0
    return _SPACE if usual < 0.05 else max(_SPACE, 1.6 * usual, usual + 0.1)


def _is_spread(words: list[str]) -> bool:
    """Whether the text is written like "E X P E R I E N C E"."""
    single = sum(len(word) == 1 and word.isalnum() for word in words)
    return single >= 4 and single >= 0.8 * len(words)


def _spread_words(inked: list[Glyph]) -> list[str]:
    """Letters put together again; a gap wider than the usual one parts words."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(inked)]
    usual = statistics.median(gaps)
    words = [inked[0].text]
    for gap, glyph in zip(gaps, inked[1:], strict=True):
        if gap > 1.5 * usual + 0.05 * glyph.run.size:
            words.append(glyph.text)
        else:
            words[-1] += glyph.text
    return words
