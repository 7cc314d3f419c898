"""What stands at the edges of pages and is no part of the text: page numbers, "Ada Lovelace · Resume · 2"."""

import re
from collections import defaultdict
from collections.abc import Sequence

from backend.documents.reading import dates
from backend.documents.reading.lines import Line

_EDGE = 2  # lines at the top and at the foot of a page
_UPDATED = re.compile(r"last (?:updated|modified|revised)\b.{0,40}$", re.IGNORECASE)


def furniture(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of lines that repeat at the edges of pages but for their digits, and of "Last updated …"."""
    pages: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if line.page:
            pages[line.page].append(number)
    seen: dict[str, list[int]] = defaultdict(list)
    for numbers in pages.values():
        for number in dict.fromkeys((*numbers[:_EDGE], *numbers[-_EDGE:])):
            if lines[number].kind != "bullet" and not _is_date(lines[number].text):
                seen[_shape(lines[number].text)].append(number)
    repeated = {number for found in seen.values() if len({lines[n].page for n in found}) > 1 for number in found}
    # What stands first of all, without a number that runs, is the name.
    first = {n for n in repeated if n < _EDGE and not re.search(r"\d", lines[n].text)}
    updated = {number for number, line in enumerate(lines[:3]) if _UPDATED.match(line.text)}
    return frozenset((repeated - first) | updated)


def _is_date(text: str) -> bool:
    """A line with a date and nothing else, which may well stand at the edge of two pages."""
    found = dates.find(text)
    return found is not None and not re.search(r"\w", text[: found.begin] + text[found.finish :])


def _shape(text: str) -> str:
    return re.sub(r"[\W\d_]+", " ", text).strip().lower()
