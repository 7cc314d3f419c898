"""Rows -> lines: lines that were only wrapped for want of room are put together, words broken at a line's end mended."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from backend.documents.reading import dates, vocabulary
from backend.documents.reading.body import INNER_LABEL, TECHNOLOGIES
from backend.documents.reading.lines import Line
from backend.documents.reading.pdf.rows import Row
from backend.documents.reading.pdf.segments import Segment

_HYPHENS = "-‐\u00ad\x02\ufffe"
_HYPHEN_END = re.compile(rf"[^\W\d_][{_HYPHENS}]$")
_NUMBER = re.compile(r"\(?\d{1,2}[.)]\s+(?=\S)")


@dataclass(slots=True)
class Measure:
    """`right` is where the column's lines end, `leading` the usual distance of lines in parts of their size."""

    left: float
    right: float
    leading: float


def measure(rows: Sequence[Row]) -> Measure:
    """Of one column on one page."""
    steps = [(b.base - a.base) / max(a.first.size, b.first.size, 1.0) for a, b in pairwise(rows) if b.base > a.base]
    close = sorted(step for step in steps if step < 3) or [1.3]
    return Measure(
        left=min(row.first.x0 for row in rows),
        right=max(row.x1 for row in rows),
        leading=statistics.median(close[: max(1, (len(close) * 3) // 4)]),
    )


def lines_of_column(rows: Sequence[Row], headings: dict[int, int], offset: int, *, hyphenates: bool) -> list[Line]:
    """The lines of one column on one page. `headings` counts rows from the document's first; `offset` is this first.
    `hyphenates` says that the program that made the file breaks words at the end of lines."""
    if not rows:
        return []
    frame = measure(rows)
    result: list[Line] = []
    last: Row | None = None
    start: Row | None = None  # the row at which the last line begins
    for index, row in enumerate(rows):
        level = headings.get(offset + index, 0)
        above = headings.get(offset + index - 1, 0)
        below = rows[index + 1] if index + 1 < len(rows) else None
        if last and start and not level and not above and _runs_on(start, last, row, below, frame):
            result[-1] = replace(result[-1], text=mended(result[-1].text, row.text, hyphenates=hyphenates))
        else:
            result.append(_line(row, level, frame, gap=last is None or bool(above) or _is_gap(last, row, frame)))
            start = row
        last = row
    return result


def _line(row: Row, level: int, frame: Measure, *, gap: bool) -> Line:
    first = row.first
    indent = max(0, round((first.x0 - frame.left) / max(0.5 * first.size, 1.0)))
    text = tidy(row.text)
    if level:
        return Line(text, "heading", level=level, gap=True, strong=first.strong, page=row.page)
    number = _NUMBER.match(text) if not first.bullet else None
    if number:
        text = text[number.end() :]
    kind = "bullet" if first.bullet or number else "text"
    return Line(
        text, "bullet" if kind == "bullet" else "text", indent=indent, gap=gap, strong=first.strong,
        emphasised=first.emphasised and not first.strong, page=row.page,
    )  # fmt: skip


def tidy(text: str) -> str:
    """Every sign for a hyphen as the common one (some fonts say two for one), and no two blanks where one is meant."""
    text = re.sub("\u00ad(?=[-\u2010])|(?<=[-\u2010])\u00ad", "", text)
    return re.sub(r"(?<=\S)  (?=\S)", " ", re.sub("[\u00ad\u2010\u2011\x02\ufffe]", "-", text)).strip()


def _is_gap(above: Row, row: Row, frame: Measure) -> bool:
    step = (row.base - above.base) / max(above.first.size, row.first.size, 1.0)
    return step <= 0 or step > frame.leading * 1.22 + 0.1 or above.page != row.page


def _runs_on(start: Row, last: Row, row: Row, below: Row | None, frame: Measure) -> bool:
    """Whether a row goes on with the line before it, by where it stands. `below` is the row after it."""
    first = row.first
    if _is_wrapped_heading(start, last, row, frame):
        return True
    if TECHNOLOGIES.match(row.text) or INNER_LABEL.match(row.text):
        return False
    if first.bullet or len(row.parts) > 1 or (last.stack and last is not start) or _NUMBER.match(row.text):
        return False
    if abs(first.size - last.first.size) > 0.6 or (row.base - last.base) / first.size > max(1.9, frame.leading * 1.3):
        return False
    if start.first.bullet:
        return not _begins_entry(start.first, row, below) and _goes_on_with_item(start.first, last, row, frame)
    if len(last.parts) > 1:
        return False
    date = dates.find(last.text) if start.first.strong else None
    if date and (not first.strong or not last.text[date.finish :].strip()):
        return False  # an entry's heading, and what stands below it
    if (first.strong and not last.first.strong) or abs(first.x0 - start.first.x0) > 1.5 * first.size:
        return False
    if first.emphasised != last.first.emphasised or start.first.style.strong != first.style.strong:
        return False
    if _is_gap(last, row, frame):
        return False
    return _is_wrapped_list(last, row, frame) or (_is_full(last, row, frame) and not _begins_anew(last, row))


def _is_wrapped_heading(start: Row, last: Row, row: Row, frame: Measure) -> bool:
    """Whether an entry's heading had no room beside its date, which stands on its last row."""
    first, right = row.first, row.parts[-1]
    if len(row.parts) != 2 or len(last.parts) > 1 or last is not start or first.bullet or last.first.bullet:
        return False
    alike = last.first.strong and abs(first.size - last.first.size) <= 0.6 and abs(first.x0 - last.first.x0) <= 1
    if not alike or _is_gap(last, row, frame) or dates.find(right.text) is None or dates.find(last.text):
        return False
    word = first.text.split()[0]
    width = (len(word) + 2) / max(len(first.text), 1) * (first.x1 - first.x0)
    return last.x1 <= right.x0 < last.x1 + width + 2 * first.size


def _begins_entry(item: Segment, row: Row, below: Row | None) -> bool:
    """Whether a row that stands where a list's sign does is no part of the item: it names a position, or what was used."""
    first, text = row.first, row.text
    if item.hang > item.x0 + 0.25 * first.size and first.x0 > item.x0 + 0.25 * first.size:
        return False
    hangs = item.hang > item.x0 + 0.25 * first.size
    if first.strong and not item.strong and (hangs or dates.find(text)):
        return True
    if not text[:1].isupper() or len(text) > 90 or text.endswith("."):
        return False
    dated = (below is not None and _is_range(below.text)) or _ends_in_range(text)
    return dated or vocabulary.title_score(text) >= 3


def _ends_in_range(text: str) -> bool:
    """ "Acme, Lund · 2007 – 2011" """
    found = dates.find(text)
    return found is not None and not found.single and text[: found.begin].rstrip().endswith(("·", "|", "•"))


def _is_range(text: str) -> bool:
    found = dates.find(text)
    return found is not None and not found.single and not re.search(r"\w", text[: found.begin] + text[found.finish :])


def _is_wrapped_list(last: Row, row: Row, frame: Measure) -> bool:
    """Whether a list between commas goes on; typesetters that weigh a whole paragraph leave some room on its lines."""
    wide = last.x1 - last.first.x0 > 0.85 * (frame.right - frame.left)
    return wide and last.text.count(",") >= 4 and "," in row.text and not last.text.endswith((".", ":", ";"))


def _goes_on_with_item(item: Segment, last: Row, row: Row, frame: Measure) -> bool:
    first = row.first
    if first.style.strong and not last.first.style.strong:
        return False
    off = abs(first.x0 - item.hang)
    if off <= 0.5 * first.size and off <= abs(first.x0 - item.x0):
        return len(last.parts) == 1 or dates.find(last.parts[-1].text) is None
    hanging = first.x0 > item.x0 + 0.25 * first.size
    return len(last.parts) == 1 and (hanging or (_is_full(last, row, frame) and first.x0 >= item.x0 - 1))


def _is_full(last: Row, row: Row, frame: Measure) -> bool:
    """Whether the next row's first word had no room on the last."""
    words = row.text.split()
    share = (len(words[0]) + 1) / max(len(row.text), 1) if words else 0.0
    return last.x1 + share * (row.first.x1 - row.first.hang) > frame.right - 0.3 * row.first.size


def _begins_anew(last: Row, row: Row) -> bool:
    text = last.text
    if (
        row.text[:1].islower()
        or _HYPHEN_END.search(text)
        or text.endswith((",", " and", " or", " the", " of", "&", "/"))
    ):
        return False
    if len(text) < 45 or len(text.split()) < 6:
        return not (row.text[:1].isdigit() and len(text.split()) >= 4 and not text.endswith((".", ":")))
    return dates.find(text) is not None and len(text) < 60


def mended(text: str, following: str, *, hyphenates: bool) -> str:
    """Two parts of a wrapped line as one. A hyphen at the end goes where it only broke a word."""
    following = tidy(following)
    if hyphenates and _HYPHEN_END.search(text) and following[:1].islower():
        return _mended_word(text, following)
    if text.endswith(("/", "-")) and not text.endswith((" /", " -")):
        return text + following
    return f"{text} {following}"


def _mended_word(text: str, following: str) -> str:
    """ "modern-" and "ization" are one word; "real-" and "time", where typesetters break first, are two."""
    before = re.split(r"[\s(/]", text)[-1][:-1]
    after = re.split(r"[\s,.;:)/]", following)[0]
    hyphenated = "-" in before or before.lower() in _FIRST_PARTS or after.lower() in _SECOND_PARTS
    return f"{text[:-1]}-{following}" if hyphenated else text[:-1] + following


_FIRST_PARTS = frozenset(
    """real cross front back end full high low long short self non post multi open well large small test data user event
    cloud client server time object state third first second built check state-of-the part decision cost role problem
    results service type fault peer rule risk left right zero one two three four five six machine cutting company world
    industry fast hands customer product market sub set""".split()
)
_SECOND_PARTS = frozenset(
    """time end stack based driven level quality scale side to of the in house party source performance functional facing
    ready term first on up wide specific oriented friendly focused aware free native related effective million""".split()
)
