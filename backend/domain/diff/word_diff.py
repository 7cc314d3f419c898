"""Two lines, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from backend.domain.diff.changes import Segment, SegmentKind

_TOKEN = re.compile(r"\w+(?:['’.\-]\w+)*|\s+|[^\w\s]")
_LONG, _TOO_LONG = 400, 6_000
# Marks that say nothing between words; between digits they do ("1.5", "2019-2020").
_MARKS = re.compile(r"(?<!\d)[.,:\-–—/]|[.,:\-–—/](?!\d)|[;!?'\"“”‘’()\[\]…•·*_`\s]")


def segments(before: str, after: str) -> tuple[Segment, ...]:
    """What stays, goes and comes, in reading order; where words change, what goes stands before what comes."""
    found: list[tuple[SegmentKind, str]] = []
    for kind, gone, come in _runs(before, after):
        if kind == "equal":
            found.append(("equal", gone))
        else:
            found += [("delete", gone)] if gone else []
            found += [("insert", come)] if come else []
    return tuple(Segment(kind=kind, text=text) for kind, text in _joined(found))


def is_minor(before: str, after: str) -> bool:
    """Whether two texts differ in punctuation, case and spacing alone. Signs that count (%, $, +, #) are no punctuation."""
    return _key(before) == _key(after)


def _key(text: str) -> str:
    return _MARKS.sub("", text).casefold()


def _runs(before: str, after: str) -> Iterator[tuple[str, str, str]]:
    one, other = _TOKEN.findall(before), _TOKEN.findall(after)
    if max(len(one), len(other)) > _TOO_LONG:
        head = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
        if head:
            yield "equal", "".join(one[:head]), ""
        yield "replace", "".join(one[head:]), "".join(other[head:])
        return
    # In long texts the words that are everywhere are no landmarks, and would take time without end.
    matcher = SequenceMatcher(None, one, other, autojunk=max(len(one), len(other)) > _LONG)
    runs: list[tuple[str, list[str], list[str]]] = [
        (kind, one[i:j], other[k:m]) for kind, i, j, k, m in matcher.get_opcodes()
    ]
    _begin_with_words(runs)
    for kind, gone, come in runs:
        yield kind, "".join(gone), "".join(come)


def _begin_with_words(runs: list[tuple[str, list[str], list[str]]]) -> None:
    """Where what came or went could as well begin one mark later, it does: "a. [b. ]c", not "a[. b]. c"."""
    for place in range(1, len(runs) - 1):
        kind = runs[place][0]
        moving, after = runs[place][1] or runs[place][2], runs[place + 1][1]
        if kind not in ("insert", "delete") or runs[place - 1][0] != "equal" or runs[place + 1][0] != "equal":
            continue
        before = runs[place - 1][1]
        while len(after) > 1 and moving[0] == after[0] and not moving[0][0].isalnum():
            before.append(moving[0])
            moving.append(moving.pop(0))
            after.pop(0)


def _joined(found: list[tuple[SegmentKind, str]]) -> list[tuple[SegmentKind, str]]:
    """Neighbours of one kind as one; a space that stays between two words that change changes with them."""
    result: list[tuple[SegmentKind, str]] = []
    gone = come = ""

    def close() -> None:
        nonlocal gone, come
        if gone and gone == come:
            result.append(("equal", gone))
        else:
            result.extend([("delete", gone)] if gone else [])
            result.extend([("insert", come)] if come else [])
        gone = come = ""

    for place, (kind, text) in enumerate(found):
        if kind == "delete":
            gone += text
        elif kind == "insert":
            come += text
        elif text.isspace() and gone and come and place + 1 < len(found):
            gone, come = gone + text, come + text
        else:
            close()
            result.append((kind, text))
    close()
    return result
