"""Bytes -> text. What is not text is refused here, with a word on what to do instead."""

import codecs

from backend.errors import InvalidInput

MAX_BYTES = 2 * 1024 * 1024

_OTHER_FORMATS = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Word (or another zipped format)"),
    (b"\xd0\xcf\x11\xe0", "an old Word (.doc)"),
    (b"{\\rtf", "RTF"),
)
_ELSEWHERE = "Send it to the reader of documents (`tailor parse FILE`, or `POST /resumes/upload`), or export it as text"


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with a byte order mark, else Windows-1252. The mark is left out."""
    if len(data) > MAX_BYTES:
        raise InvalidInput(
            f"The file has {len(data):,} bytes; a resume may have {MAX_BYTES:,}. Remove pictures or split it."
        )
    for magic, name in _OTHER_FORMATS:
        if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(magic):
            raise InvalidInput(f"The file is {name}; here only text, Markdown, JSON and YAML are read. {_ELSEWHERE}.")
    text = _utf16(data) if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else _bytewise(data)
    if not text.strip():
        raise InvalidInput("The file is empty. Send a resume as JSON, YAML, Markdown or plain text.")
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype", "<html", "<?xml")):
        raise InvalidInput(
            f"The file is a web page or XML; here only text, Markdown, JSON and YAML are read. {_ELSEWHERE}."
        )
    return text


def _utf16(data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"The file begins as UTF-16 but breaks off at byte {error.start:,}. Save it as UTF-8 and send it again."
        ) from error


def _bytewise(data: bytes) -> str:
    if (place := data.find(b"\x00")) >= 0:
        raise InvalidInput(f"The file is not text: there is a zero byte at byte {place:,}. Save it as UTF-8 text.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"The file is neither UTF-8 nor Windows-1252 text: byte {error.start:,} means nothing there. "
            "Save it as UTF-8 and send it again."
        ) from error
