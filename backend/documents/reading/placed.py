"""What of a source's words a stored document holds, and the rest of them put beside it so that none is lost."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from backend.documents.reading import dates
from backend.documents.reading.body import INNER_LABEL
from backend.documents.reading.contact import FIELDS, TITLE_PAGE
from backend.documents.reading.described import free_title
from backend.documents.reading.lines import Line, unshielded
from backend.documents.reading.pieces import labelled

OTHER = "Other"
"""The extra for what found no place."""
_WORD = re.compile(r"[^\W_]+")
_SAMPLE = 20


class Kept(NamedTuple):
    """`share` of the source's words (0 to 1) that the document holds, and some that it does not."""

    share: float
    missing: tuple[str, ...]


def words_of(text: str) -> list[str]:
    return [match.group().casefold() for match in _WORD.finditer(text)]


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a document, its keys included: an extra section's title is a key."""
    if isinstance(value, str | int | float):
        yield str(value)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key)
            yield from texts_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts_in(item)


def kept(lines: Sequence[Line], headings: Iterable[int], document: Mapping[str, Any]) -> Kept:
    """`headings` are the numbers of the lines that became the document's sections."""
    lost, total = _lost(lines, frozenset(headings), document)
    missing = sum(lost.values())
    return Kept(round(1 - missing / total, 4) if total else 1.0, tuple(sorted(lost))[:_SAMPLE])


def with_rest(lines: Sequence[Line], headings: Iterable[int], document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with the source's lines, or parts of lines, that it lacks as an extra section of its own."""
    heads = frozenset(headings)
    lost, _ = _lost(lines, heads, document)
    if not lost:
        return dict(document)
    shares = []
    for number, line in enumerate(lines):
        found = [] if number in heads else words_of(unshielded(line.text))
        absent = sum(word in lost for word in found)
        if absent:
            shares.append((-absent / len(found), number))
    rest: list[tuple[int, str]] = []
    for _, number in sorted(shares):
        rest.extend((number, run) for run in _runs(unshielded(lines[number].text), lost))
    title = free_title(OTHER)
    before = document.get(title)
    taken = list(before) if isinstance(before, list) else [before] if before else []
    return {**document, title: [*taken, *(text for _, text in sorted(rest, key=lambda item: item[0]))]}


def _lost(lines: Sequence[Line], headings: frozenset[int], document: Mapping[str, Any]) -> tuple[Counter[str], int]:
    """The words that the source has more often than the document, and how many the source has."""
    have = Counter(word for text in texts_in(document) for word in words_of(text))
    want: Counter[str] = Counter()
    total = 0
    for number, line in enumerate(lines):
        text = unshielded(line.text)
        total += len(words_of(text))
        if number not in headings:
            want.update(words_of(_without_structure(text)))
    lost = want - have
    for joint in JOINTS:
        del lost[joint]
    return lost, total


def _without_structure(text: str) -> str:
    """Without what became structure: a label, a date."""
    if INNER_LABEL.match(text) or TITLE_PAGE.match(text):
        return ""
    if len(text) < 400 and (date := dates.find(text)):
        text = f"{text[: date.begin]} {text[date.finish :]}"
    if pair := labelled(text):
        text = text[len(text) - len(pair[1]) :] if pair[0] in _LABELS else text
    return text


_LABELS = frozenset(FIELDS) | frozenset(
    """company employer organization organisation title position role degree institution school university major date dates
    period duration technologies environment tools summary url website link""".split()
)


# What stands between two fields and says that they belong together: "Engineer at Acme", "BSc in Physics from Leeds".
JOINTS = frozenset(
    "a an and as at by for from in of on the to with bei chez de du en et y und von expected graduated".split()
)


def _runs(text: str, lost: Counter[str]) -> Iterator[str]:
    """The stretches of a text whose words are all lost, taken off `lost`."""
    begin = end = -1
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        if lost[word] > 0:
            lost[word] -= 1
            begin = match.start() if begin < 0 else begin
            end = match.end()
        elif begin >= 0 and word not in JOINTS:
            yield text[begin:end]
            begin = -1
    if begin >= 0:
        yield text[begin:end] if _WORD.search(text[end:]) else text[begin:].strip()
