"""What a file is, by its content. A name proves nothing, and a file that is two things at once is neither."""

import codecs
import re
from typing import NamedTuple

from backend.documents.reading.extraction import Kind
from backend.documents.reading.lines import is_markdown
from backend.documents.reading.sniff_zip import kind_of_zip, runs_to_the_end
from backend.errors import InvalidInput

_SEND = "Send it as PDF, Word (.docx), OpenDocument (.odt), RTF, HTML, Markdown or text."


class _Other(NamedTuple):
    magic: re.Pattern[bytes]
    message: str


def _other(pattern: bytes, message: str) -> _Other:
    return _Other(re.compile(pattern, re.DOTALL), message)


_OTHERS = (
    _other(rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|II\*\x00|MM\x00\*|BM....\x00\x00\x00\x00|....ftyp(?:heic|heix|mif1|avif)",
           "The file is a picture. Send the resume as a document; if it is a scan, save it as a PDF."),
    _other(rb"\x1f\x8b|BZh[1-9]|\xfd7zXZ\x00|\x28\xb5\x2f\xfd|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|.{257}ustar",
           f"The file is a packed archive. Unpack it and send the resume alone. {_SEND}"),
    _other(rb"MZ(?=.{0,62}\x00)|\x7fELF|\xca\xfe\xba\xbe|[\xce\xcf]\xfa\xed\xfe|\xfe\xed\xfa[\xce\xcf]|#!\s*/|\x00asm",
           f"The file is a program, not a resume. {_SEND}"),
    _other(rb"%!PS|\xc5\xd0\xd3\xc6", "The file is PostScript. Print it to a PDF and send that."),
    _other(rb"\x1f\x9d|!<arch>|MSCF|ITSF|SQLite format 3|OggS|ID3(?=.{0,8}\x00)|\x00\x00\x01\x00|\x00\x01\x00\x00\x00|OTTO(?=.{0,8}\x00)|wOF[F2]",
           f"The file is no document. {_SEND}"),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_BLANK = b" \t\r\n\x00\xef\xbb\xbf\x0c"
_HTML = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|style|script|div|section|article|header|main|table|h[1-6]|p|span|ul|ol|b|a)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\s*<(?:\?xml|!DOCTYPE|!ENTITY|[\w.-]+:[\w.-]+[\s>]|svg\b)", re.IGNORECASE)
_YAML = re.compile(r"(?:\A|\n)cv:[ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]+\S|(?:\A|\n)cv:[ \t]*[{&*]")
_LOOK = 256 * 1024
"""Bytes of a text that are looked at to tell what it is."""


def kind_of(data: bytes) -> Kind:
    """Raises InvalidInput naming what the file is when it is nothing that can be read, and what to do."""
    if not data.strip(_BLANK):
        raise InvalidInput("The file is empty. Send the file that holds the resume.")
    if kind := _kind_of_binary(data):
        return kind
    if runs_to_the_end(data):
        raise InvalidInput("The file begins as one thing and ends as a zip archive. Send the document alone.")
    text = _text(data)
    if _HTML.match(text):
        return "html"
    if _XML.match(text):
        raise InvalidInput(f"The file is XML of a kind that is not read here. {_SEND}")
    if _is_json(text):
        return "json"
    if _YAML.search(text):
        return "yaml"
    return "markdown" if is_markdown(text) else "text"


def _kind_of_binary(data: bytes) -> Kind | None:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        if b"%PDF-" in data[:1024]:
            raise InvalidInput("The file is a zip archive and a PDF at once. Export the resume anew and send that.")
        return kind_of_zip(data)
    if data.startswith(_OLE):
        raise InvalidInput(_ole(data))
    for other in _OTHERS:
        if other.magic.match(data):
            raise InvalidInput(other.message)
    if (place := data.find(b"%PDF-", 0, 1024)) >= 0 and (place == 0 or b" obj" in data):
        return _pdf(data, place)
    return "rtf" if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf") else None


def _pdf(data: bytes, place: int) -> Kind:
    before = data[:place].strip(_BLANK)
    if re.search(rb"<(?:!doctype|html|script|\?|svg)|\{\\rtf|MZ|<%", before, re.IGNORECASE):
        raise InvalidInput("The file is a PDF and something else at once. Export the resume anew and send that.")
    if runs_to_the_end(data):
        raise InvalidInput("The file is a PDF and a zip archive at once. Export the resume anew and send that.")
    return "pdf"


def _ole(data: bytes) -> str:
    if _ENCRYPTED_PACKAGE in data:
        return "The document is encrypted with a password. Save it without one and send it again."
    for name, what in (("WordDocument", "an old Word document (.doc)"), ("Workbook", "an old Excel workbook (.xls)"),
                       ("PowerPoint Document", "an old PowerPoint file (.ppt)"), ("__substg1.0_", "an Outlook message")):  # fmt: skip
        if name.encode("utf-16-le") in data:
            return f"The file is {what}. Open it, save it as .docx or PDF and send that."
    return f"The file is in an old Office format. Open it, save it as .docx or PDF and send that. {_SEND}"


def _text(data: bytes) -> str:
    """The beginning as text. Only to tell the kind; the whole is decoded, and refused if it cannot be, later."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data[:_LOOK].decode("utf-16", "replace").lstrip("\ufeff")
    if b"\x00" in data:
        raise InvalidInput(f"The file is not a document that can be read, nor text. {_SEND}")
    return data[:_LOOK].decode("utf-8", "replace").lstrip("\ufeff")


def _is_json(text: str) -> bool:
    """A text that begins as JSON does; "[" alone may begin a Markdown link."""
    start = text.lstrip()
    return start.startswith("{") or (
        start.startswith("[") and start[1:].lstrip()[:1] in tuple('{["]-0123456789') and "](" not in start[:200]
    )
