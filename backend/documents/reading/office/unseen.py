"""Characters that nobody sees: taken out of a line, and reported where they can only be there on purpose."""

import re
import unicodedata

from backend.domain.layout import Hidden
from backend.domain.text import visible

_TAGS = re.compile("[\U000e0001\U000e0020-\U000e007f]{2,}")
# A flag such as Scotland's is a black flag and tags that end with the last one.
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e007a]{2,6}\U000e007f")
_OVERRIDE = re.compile("[\u202d\u202e][^\u202c\n]*\u202c?")
_ZERO = "\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
# One at the end of a word helps a line to break and came with a copied address; one inside cuts the word in two for
# whoever searches it, and a row of them carries a message.
_INSIDE = re.compile("(?<=[a-zA-Z0-9])[\u200b\u200c\u200d\u2060-\u2064\ufeff]+(?=[a-zA-Z0-9])")
_WORD = 40
_ROW = re.compile(f"[{_ZERO}]{{4,}}")
_NOISE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\U000f0000-\U0010ffff]")
_ORDINARY = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2011": "-"})
_SHOWN = 24


def seen(text: str, place: str = "") -> tuple[str, list[Hidden]]:
    """The text as a reader sees it (NFC, ordinary spaces), and what else was in it. Not a word about soft hyphens,
    joiners of scripts and emoji, and marks of direction, which are there in good faith."""
    hidden: list[Hidden] = []
    text = _FLAG.sub("\U0001f3f4", text)

    def tags(match: re.Match[str]) -> str:
        said = "".join(chr(ord(char) - 0xE0000) for char in match.group() if ord(char) >= 0xE0020)
        hidden.append(Hidden(text=said.replace("\x7f", ""), how="tags", place=place))
        return ""

    text = _TAGS.sub(tags, text)
    turned = (visible(match.group())[0].strip() for match in _OVERRIDE.finditer(text))
    hidden.extend(Hidden(text=said, how="bidi", place=place) for said in turned if said)
    rows = (_code_points(match.group()) for match in _ROW.finditer(text))
    hidden.extend(Hidden(text=said, how="zero_width", place=place) for said in rows)
    text = _ROW.sub("", text)
    hidden.extend(_cuts(text, place))
    text = visible(_NOISE.sub("", text))[0]
    return unicodedata.normalize("NFC", text.translate(_ORDINARY)), hidden


def _cuts(text: str, place: str) -> list[Hidden]:
    """Words that characters without width cut in two, one report a word."""
    found: list[Hidden] = []
    end = -1
    for match in _INSIDE.finditer(text):
        if match.start() < end:
            continue
        before = re.split(r"[\s/]", visible(text[max(0, match.start() - _WORD) : match.start()])[0])[-1]
        after = re.split(r"[\s/]", text[match.end() : match.end() + _WORD])[0]
        end = match.end() + len(after)
        word = f"in “{before}{visible(after)[0]}”"
        found.append(
            Hidden(text=_code_points(match.group()), how="zero_width", place=f"{place}, {word}" if place else word)
        )
    return found


def _code_points(text: str) -> str:
    shown = " ".join(f"U+{ord(char):04X}" for char in text[:_SHOWN])
    return f"{shown} and {len(text) - _SHOWN:,} more" if len(text) > _SHOWN else shown
