"""Text -> Markdown that means the same text."""

import re

# At the beginning of a line: headings, quotes, bullets, tables, fences, rules. Numbers get theirs at the point.
_FIRST = re.compile(r"#{1,6}(?=\s|$)|[+-](?=\s|$)|-(?=[A-Z][a-z])|[>|]|[-=~_#>]{2}|`{3}|[-=~](?:\s+[-=~]){2}")
# Bullets that Markdown does not know but people do; a backslash would not take these.
_GLYPH = re.compile(r"[•‣▪●◦○■□➢➤➔►▶✓✔❖⁃∙·–—→»\uf0b7\uf0a7\uf076]|o(?=\s)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_ANYWHERE = re.compile(
    r"\\|[*`]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|&(?=#?\w+;)|~(?=~)|\[(?=[^\]\n]*\][(\[:])|!(?=\[)|\](?=\()"
)
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def escaped(text: str) -> str:
    """With a backslash where a character would change the meaning; anything else is left as it reads."""
    text = _ANYWHERE.sub(lambda match: "\\" + match.group(), text)
    text = _NUMBERED.sub(r"\1\\\2", text, count=1) if _NUMBERED.match(text) else text
    if _GLYPH.match(text):
        return f"&#{ord(text[0])};{text[1:]}"
    return "\\" + text if _FIRST.match(text) else text


def shielded(text: str) -> str:
    """With every character that any reader might take for a separator, a bullet or a mark written so that it is none.

    Our own reader then takes the text as a whole. It renders the same but is no pleasure to read in the source.
    """
    return "".join(_shield(char, above=text[index - 1 : index]) for index, char in enumerate(text))


def _shield(char: str, *, above: str) -> str:
    if char in _PUNCTUATION:
        return "\\" + char
    # The first character of a word too: "and", "o", "May" and "2014" can mean something to a reader.
    plain = above not in ("", " ") and (char.isalnum() or char == " ")
    return char if plain else f"&#{ord(char)};"


def sealed(text: str) -> str:
    """With no character left as it is: for a text whose very words mean something where it stands."""
    return "".join(f"&#{ord(char)};" for char in text)
