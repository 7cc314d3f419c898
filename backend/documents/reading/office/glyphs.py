"""Glyphs that stand for something else than text: bullets typed by hand, and the signs of symbol fonts."""

import re

BULLET = "•"
# As in `lines`: glyphs that are always bullets, dashes and stars that need a space after them, numbers, and Word's "o".
_TYPED = re.compile(
    r"\s*(?:[•‣▪●◦○■□➢➤➔►▶✓✔❖⁃∙⬤⚫]\s*|[-*+·–—→»§](?:\s+|$)|\d{1,2}[.)]\s+|o\s+(?=[A-Z])|-(?=[A-Z][a-z]))"
)
_RULE = re.compile(r"\s*(?:[-=_~*#─━═▔▁—–.,•·|]\s*)+$")
_PAGE = re.compile(
    r"\s*[-–—|]?\s*(?:page\s+\d+(?:\s*(?:of|/)\s*\d+)?|page(?:\s*(?:of|/))?)\s*[-–—|]?\s*$", re.IGNORECASE
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_PRIVATE_BULLETS = frozenset("\uf0b7\uf0a7\uf076\uf0d8\uf0fc\uf0a8\uf09f\uf0e0\uf0f0\uf06c\uf06e\uf071\uf077")
_SYMBOL_FONT = re.compile(r"(?:symbol(?:mt)?|wingdings(?:\s?[23])?|webdings|zapf\s?dingbats|marlett)$", re.IGNORECASE)


def without_bullet(text: str) -> str | None:
    """What follows a bullet that was typed; None where there is none."""
    match = _TYPED.match(text)
    return text[match.end() :] if match else None


def is_ornament(text: str) -> bool:
    """A rule drawn with characters, or the number of a page."""
    return bool(_RULE.match(text) or _PAGE.match(text))


def is_symbol_font(font: str) -> bool:
    return _SYMBOL_FONT.match(font.strip()) is not None


def plain(text: str, font: str) -> str:
    """The text with the signs of symbol fonts as bullets at its beginning and left out elsewhere. Letters of the font
    Symbol, which are Greek, stay as they are."""
    if is_symbol_font(font):
        dingbats = "symbol" not in font.lower()
        # "-" is a bullet that some number formats take from Symbol.
        text = re.sub(r"\S" if dingbats else r"[^\w\s,.;:()/+=%<>-]", BULLET, text)
    if _PRIVATE.search(text):
        text = "".join(BULLET if char in _PRIVATE_BULLETS else " " if _PRIVATE.match(char) else char for char in text)
    return text
