"""The lines of a source as one text, with a search that does not mind spaces, punctuation and case."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from backend.documents.reading.lines import Line, unshielded

_WORD = re.compile(r"[^\W_]+")
_TRIES = 100  # hits inside longer words that are passed over before the search gives up


class Place(NamedTuple):
    start: int
    end: int


class SourceText:
    """`text` is the lines joined by newlines; `starts` says where each begins."""

    def __init__(self, lines: Sequence[Line]) -> None:
        parts = [unshielded(line.text) for line in lines]
        self.text = "\n".join(parts)
        self.starts: list[int] = []
        self._pages = [line.page for line in lines]
        start = 0
        for part in parts:
            self.starts.append(start)
            start += len(part) + 1
        words: list[str] = []
        self._at: list[int] = []
        for match in _WORD.finditer(self.text):
            words.append(_low(match.group()))
            self._at.extend(range(match.start(), match.end()))
        self._folded = "".join(words)

    def page(self, at: int) -> int:
        return self._pages[bisect_right(self.starts, at) - 1] if self._pages else 0

    def line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def find(self, value: str, start: int = 0, end: int | None = None) -> Place | None:
        """Where `value` stands first as whole words between `start` and `end`."""
        wanted = folded(value)
        if not wanted:
            return None
        begin = self._folded_index(start)
        limit = len(self._folded) if end is None else self._folded_index(end)
        for _ in range(_TRIES):
            found = self._folded.find(wanted, begin, limit)
            if found < 0:
                return None
            first, last = self._at[found], self._at[found + len(wanted) - 1]
            if self._is_whole(first, last):
                return self._widened(first, last + 1, value)
            begin = found + 1
        return None

    def find_last(self, value: str, start: int, end: int) -> Place | None:
        """Where `value` stands last as whole words between `start` and `end`."""
        wanted = folded(value)
        begin, limit = self._folded_index(start), self._folded_index(end)
        for _ in range(_TRIES):
            found = self._folded.rfind(wanted, begin, limit) if wanted else -1
            if found < 0:
                return None
            first, last = self._at[found], self._at[found + len(wanted) - 1]
            if self._is_whole(first, last):
                return self._widened(first, last + 1, value)
            limit = found + len(wanted) - 1
        return None

    def _folded_index(self, at: int) -> int:
        """The first folded character at or after a character of the text."""
        return bisect_left(self._at, at)

    def _is_whole(self, first: int, last: int) -> bool:
        before = self.text[first - 1] if first else " "
        after = self.text[last + 1] if last + 1 < len(self.text) else " "
        return not before.isalnum() and not after.isalnum()

    def _widened(self, start: int, end: int, value: str) -> Place:
        """With the signs that begin and end the value: "+44 …", "(Remote)", "C++"."""
        head = next((n for n, char in enumerate(value) if char.isalnum()), 0)
        tail = next((n for n, char in enumerate(reversed(value)) if char.isalnum()), 0)
        if head and self.text[max(0, start - head) : start] == value[:head]:
            start -= head
        if tail and self.text[end : end + tail] == value[-tail:]:
            end += tail
        return Place(start, end)


def folded(text: str) -> str:
    """Letters and digits alone, in lower case."""
    return "".join(_low(match.group()) for match in _WORD.finditer(text))


def _low(word: str) -> str:
    """In lower case and of the same length, which "İ" has not by itself."""
    low = word.lower()
    return low if len(low) == len(word) else "".join(char.lower()[:1] for char in word)
