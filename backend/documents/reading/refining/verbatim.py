"""Finding in a source a text that somebody says they copied from it."""

import re
import unicodedata
from collections.abc import Iterator

from backend.documents.reading.source_text import Place

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_DASH = f"[{_DASHES}]"
_UNSPACED = 0x2E80
"""From here on, scripts that write words without spaces between them."""


def places_of(text: str, source: str, start: int = 0, end: int | None = None) -> Iterator[Place]:
    """Where `text` stands as whole words, character for character, but for kinds of spaces and dashes."""
    words = unicodedata.normalize("NFC", text).split()
    if not words:
        return
    pattern = r"\s+".join("".join(_DASH if c in _DASHES else re.escape(c) for c in word) for word in words)
    for match in re.compile(pattern).finditer(source, start, len(source) if end is None else end):
        if not _goes_on(source, match.start() - 1) and not _goes_on(source, match.end() - 1):
            yield Place(*match.span())


def _goes_on(source: str, at: int) -> bool:
    """Whether one word runs over this character and the next."""
    pair = source[max(at, 0) : at + 2]
    return len(pair) == 2 and all(char.isalnum() and ord(char) < _UNSPACED for char in pair)
