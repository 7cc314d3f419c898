"""Reading text from pictures of pages: what an engine must do, and what its words become."""

import statistics
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple, Protocol

import pypdfium2

from backend.documents.reading.pdf.glyphs import Font, Glyph, Run

DPI = 200
_MAX_SIDE = 4000  # pixels
_UNSURE = 0.3
_MISREAD = frozenset("¢«»©°e*®@+o-")  # what list signs are taken for
_SEEN = Font("", bold=False, italic=False, symbols=False, icons=False, embedded=True)


class SeenWord(NamedTuple):
    """A word in a picture. Pixels from its top left corner; `line` is the same for words of one line, `sure` 0 to 1."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    line: str
    sure: float


class OcrEngine(Protocol):
    def words(self, picture: bytes, *, dpi: int) -> list[SeenWord]:
        """The words of a PGM picture, line by line. Raises VendorUnavailable when the engine fails."""
        ...


def seen_glyphs(page: pypdfium2.PdfPage, engine: OcrEngine) -> list[Glyph]:
    """The page's words as the engine sees them, each as one piece with its place in points."""
    wide, high = page.get_size()
    scale = min(DPI / 72, _MAX_SIDE / max(wide, high, 1.0))
    bitmap = page.render(scale=scale, grayscale=True)
    pixels = bitmap.to_numpy()
    picture = (
        f"P5 {bitmap.width} {bitmap.height} 255\n".encode() + pixels.reshape(bitmap.height, bitmap.width).tobytes()
    )
    bitmap.close()
    words = [word for word in engine.words(picture, dpi=round(scale * 72)) if word.sure >= _UNSURE]
    return [glyph for _, line in groupby(words, key=lambda word: word.line) for glyph in _glyphs(list(line), scale)]


def _glyphs(words: Sequence[SeenWord], scale: float) -> list[Glyph]:
    """Of one line, with blanks between the words. A small sign that begins it was a list sign."""
    size = float(max(4, round(statistics.median_high([_size(word) for word in words]) / scale)))
    base = statistics.median_low([word.y1 for word in words]) / scale
    run = Run(None, _SEEN, size, 0, 0, None, None)
    result: list[Glyph] = []
    for number, word in enumerate(words):
        text = "•" if number == 0 and len(words) > 1 and word.text in _MISREAD else word.text
        box = (word.x0 / scale, word.x1 / scale, word.y0 / scale, word.y1 / scale)
        result += [Glyph(text, *box, base, run), Glyph(" ", box[1], box[1], box[2], box[3], base, run)]
    return result


def _size(word: SeenWord) -> float:
    """The size of type, in pixels, told from the height of a word and the shapes of its letters."""
    deep = any(char in "gjpqy,;()[]|Q" for char in word.text)
    high = any(char.isupper() or char.isdigit() or char in "bdfhklt()[]|/" for char in word.text)
    share = 0.93 if deep and high else 0.72 if deep or high else 0.5
    return (word.y1 - word.y0) / share
