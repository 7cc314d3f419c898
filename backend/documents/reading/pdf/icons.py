"""Pictures from fonts: left out, but for those that a file spells out with the words that stand beside them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from backend.documents.reading.pdf.glyphs import Font, Glyph

_TELLING = re.compile(r"@|\.\w{2}|\d{4}|/")
_LABEL = re.compile(r"^[a-z-]{2,12}\s*:\s*(?!//)", re.IGNORECASE)
_PLAIN = Font("", bold=False, italic=False, symbols=False, icons=False, embedded=True)


def spelled(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The characters; an icon that stands for an address or a number, as files made for reading aloud have it
    ("mail:jo@x.org"), as that text in one piece."""
    result: list[Glyph] = []
    for _, group in groupby(glyphs, key=lambda glyph: id(glyph.run)):
        run = list(group)
        text = "".join(glyph.text for glyph in run).strip()
        if run[0].run.font.icons and len(text) > 4 and _TELLING.search(text):
            words = _LABEL.sub("", text)
            first = run[0]
            end = first.x0 + 0.36 * first.run.size * len(words)
            result.append(replace(first, text=f" {words} ", x1=end, run=replace(first.run, font=_PLAIN)))
        else:
            result.extend(run)
    return result


def is_icon(glyph: Glyph) -> bool:
    """A picture, or a sign of nobody's alphabet that is no list sign of a symbol font."""
    if glyph.run.font.icons:
        return True
    private = len(glyph.text) == 1 and "\ue000" <= glyph.text <= "\uf8ff"
    return private and not ("\uf020" <= glyph.text <= "\uf0ff" and glyph.run.font.symbols)
