"""HTML -> the text that a reader of it sees, its bullets and headings kept."""

import codecs
import html
import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from lxml import etree

from backend.documents.reading.lines import Line, tidy
from backend.documents.reading.office.assembly import assembled
from backend.documents.reading.office.css import Sheet
from backend.documents.reading.office.html_body import Reader
from backend.documents.reading.office.html_looks import Computed
from backend.documents.reading.office.looks import Look
from backend.domain.text import clean
from backend.errors import InvalidInput

MAX_ELEMENTS: Final = 60_000
_INSTEAD: Final = "Paste the text of the job advertisement instead."
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_META_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE
)
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}>")
_TAG = re.compile(r"</?(?:p|br|div|ul|ol|li|h[1-6]|strong|b|em|i|span|a|table|section)\b[^<>]{0,2000}>", re.IGNORECASE)
_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|br|div|ul|ol|li|h[1-6]|strong|b|em|span)\b", re.IGNORECASE)
_RUN_ON = re.compile(r"[ \t]+[•▪●◦‣][ \t]*")
_COLUMNS = 3
"""Columns of indent for a list inside a list."""


class Seen(NamedTuple):
    """What a reader sees of some markup, and what is in it besides, piece by piece."""

    text: str
    hidden: tuple[str, ...] = ()


def decoded(body: bytes, content_type: str = "") -> str:
    """The text of a page, by its byte order mark, its header, what it says itself, or by trying."""
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    said = _CHARSET.search(content_type)
    own = _META_CHARSET.search(body[:4096])
    for name in (said[1] if said else "", own[1].decode("ascii") if own else "", "utf-8"):
        try:
            if name:
                return body.decode(name)
        except (LookupError, UnicodeError):
            continue
    return body.decode("cp1252", "replace")


def parsed(text: str) -> etree._Element | None:
    """The root of a page; None when there is nothing in it. Raises InvalidInput."""
    parser = etree.HTMLParser(recover=True, no_network=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        root = etree.fromstring(_DECLARATION.sub("", text.replace("\x00", "")).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is not None and sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise InvalidInput(f"The page has more than {MAX_ELEMENTS:,} parts; no job advertisement does. {_INSTEAD}")
    return root


def sheet_of(root: etree._Element) -> Sheet:
    """The rules by which a page's own style elements show and hide."""
    sheet = Sheet()
    for style in root.iter("style"):
        if (style.get("media") or "all").lower() in ("all", "screen"):
            sheet.add("".join(str(part) for part in style.itertext()))
    return sheet


def seen(element: etree._Element, sheet: Sheet | None = None) -> Seen:
    """The text of an element. Raises InvalidInput when it is nested too deep."""
    for link in element.iter("a"):
        link.attrib.pop("href", "")  # of a link the words count, not where it leads
    try:
        result = assembled(Reader(sheet or Sheet()).blocks(element, Computed(Look(size=12.0))))
    except RecursionError:
        raise InvalidInput(f"The page nests its parts too deep to be read. {_INSTEAD}") from None
    return Seen(_joined(tidy(result.lines)), tuple(hidden.text for hidden in result.hidden))


def text_of(value: str) -> Seen:
    """The text of a field that may be HTML, HTML written as text, or plain."""
    if not _TAG.search(value) and _ESCAPED_TAG.search(value):
        value = html.unescape(value)
    if _TAG.search(value):
        root = parsed(f"<html><body>{value}</body></html>")
        return seen(root, sheet_of(root)) if root is not None else Seen("")
    plain = clean(html.unescape(value)).replace("\u00a0", " ")
    return Seen(re.sub(r"\n{3,}", "\n\n", _RUN_ON.sub("\n- ", plain)))


def _joined(lines: Iterable[Line]) -> str:
    out: list[str] = []
    for line in lines:
        if out and (line.kind == "heading" or (line.gap and line.kind != "bullet")):
            out.append("")
        mark = " " * (2 * (line.indent // _COLUMNS)) + "- " if line.kind == "bullet" else ""
        out.append(mark + line.text)
    return clean(re.sub(r"\n{3,}", "\n\n", "\n".join(out)))
