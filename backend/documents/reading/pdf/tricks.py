"""Characters that draw nothing, or turn the text round: what somebody put there on purpose."""

import re
from collections.abc import Sequence
from dataclasses import replace

from backend.documents.reading.pdf.glyphs import Glyph
from backend.domain.layout import Hidden

_TAGS = re.compile("[\U000e0000-\U000e007f]+")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NO_WIDTH = re.compile("[\u200b-\u200d\u2060-\u2064\ufeff\u180e]")
_INSIDE = re.compile(rf"(?<=\w){_NO_WIDTH.pattern}+(?=\w)")
_ALL = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u180e\U000e0000-\U000e007f]")
_MANY = 12  # characters without width on one page that no typesetter leaves behind


def without_tricks(glyphs: Sequence[Glyph], place: str) -> tuple[list[Glyph], list[Hidden]]:
    """The characters but those, and what they hide: tags and turns always, those without width when they stand inside
    words or are many. Word processors leave a few behind at the ends of words."""
    text = "".join(glyph.text for glyph in glyphs)
    if not _ALL.search(text):
        return list(glyphs), []
    found = [Hidden(text=_untagged(match[0]), how="tags", place=place) for match in _TAGS.finditer(text)]
    if turn := _TURNS.search(text):
        found.append(Hidden(text=_around(text, turn.start()), how="bidi", place=place))
    inside = _INSIDE.search(text)
    if inside or len(_NO_WIDTH.findall(text)) >= _MANY:
        found.append(Hidden(text=_around(text, inside.start() if inside else 0), how="zero_width", place=place))
    kept = [replace(glyph, text=_ALL.sub("", glyph.text)) if _ALL.search(glyph.text) else glyph for glyph in glyphs]
    return [glyph for glyph in kept if glyph.text], found


def _around(text: str, place: int) -> str:
    """The words about a place, so that a person finds it."""
    return " ".join(_ALL.sub("", text[max(0, place - 30) : place + 40]).split())


def _untagged(tags: str) -> str:
    """Tags are letters moved to a plane where nothing draws them."""
    return "".join(chr(ord(char) - 0xE0000) for char in tags if "\U000e0020" <= char <= "\U000e007e")
