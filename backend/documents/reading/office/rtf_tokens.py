"""RTF's bytes -> tokens, and the code pages that its letters are written in."""

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n\x00]+|([^\\{}\r\n\x00]+)|\\"
)
_CHARSETS = {
    0: "cp1252", 2: "latin-1", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_PAGES = {10000: "mac_roman", 65001: "utf-8", 708: "iso8859_6", 936: "gbk", 950: "big5"}
SIGNS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "page": "\n", "column": "\n", "emdash": "—", "endash": "–", "emspace": " ",
    "enspace": " ", "qmspace": " ", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "zwj": "\u200d", "zwnj": "\u200c", "zwbo": "\u200b", "zwnbo": "\u2060", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
SYMBOLS = {"~": " ", "_": "-", "-": "", "\\": "\\", "{": "{", "}": "}", "\t": "\t"}


class Token(NamedTuple):
    """`kind`: "word" (a control word with its number), "byte", "symbol", "open", "close" or "text" (`raw`)."""

    kind: str
    word: str = ""
    number: int | None = None
    raw: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """Line ends are no part of the text; binary data (`\\bin`) is left out."""
    place = 0
    while match := _TOKEN.match(data, place):
        place = match.end()
        word, number, code, symbol, brace, text = match.groups()
        if word:
            value = int(number) if number else None
            if word == b"bin":
                place += max(0, value or 0)
            else:
                yield Token("word", word.decode("ascii"), value)
        elif code:
            yield Token("byte", raw=bytes([int(code, 16)]))
        elif symbol:
            name = symbol.decode("latin-1")
            yield Token("word", "par") if name in "\r\n" else Token("symbol", name)
        elif brace:
            yield Token("open" if brace == b"{" else "close")
        elif text:
            yield Token("text", raw=text)


def charset(number: int) -> str:
    """The codec of a font's character set; "" for the document's own."""
    return _CHARSETS.get(number, "")


def code_page(number: int) -> str:
    """The codec of a code page, Windows-1252 for one that is not known."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
