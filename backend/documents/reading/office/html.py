"""HTML -> extraction: what a reader sees of the page, and what it hides."""

import codecs
import re
from collections.abc import Iterator

from lxml import etree

from backend.documents.reading.extraction import Extraction
from backend.documents.reading.office.assembly import assembled
from backend.documents.reading.office.css import Sheet
from backend.documents.reading.office.html_body import Reader
from backend.documents.reading.office.html_looks import Computed
from backend.documents.reading.office.looks import Look
from backend.documents.reading.office.metadata import metadata
from backend.documents.reading.office.packages import MAX_ELEMENTS
from backend.documents.reading.office.running import fonts_in
from backend.documents.reading.office.unseen import seen
from backend.domain.layout import Hidden, Layout
from backend.errors import InvalidInput

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_TAG = re.compile(r"<(?:!doctype|html|head|body|[a-z][a-z0-9-]{0,20}[\s/>])", re.IGNORECASE)
# Notes of whoever made the page: short, about its parts.
_NOTE = re.compile(
    r"\b(?:begin|start|end|section|header|footer|wrapper|container|css|js|javascript|script|stylesheet|todo|fixme|font|fonts|"
    r"styles?|generated|generator|build|icons?|template|layout|nav|sidebar|column|page|main|content|meta|html|print)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\s*\[(?:if|endif|CDATA)|\s*<!\[", re.IGNORECASE)
_SAYING, _NOTE_WORDS = 4, 8
MAX_DEPTH = 255
"""What the parser goes down to."""


def extract_html(data: bytes) -> Extraction:
    """The lines of a web page. Raises InvalidInput where it is none, or says nothing."""
    try:
        return _extracted(data)
    except RecursionError as error:
        raise InvalidInput("The web page nests its parts too deep to be read. Send the resume alone.") from error


def _extracted(data: bytes) -> Extraction:
    root = _parsed(_decoded(data))
    sheet = Sheet()
    for style in root.iter("style"):
        if (style.get("media") or "all").lower() in ("all", "screen"):
            sheet.add("".join(str(part) for part in style.itertext()))
    reader = Reader(sheet)
    blocks = reader.blocks(root, Computed(Look(size=12.0)))
    result = assembled(blocks)
    if not result.lines and not result.hidden:
        raise InvalidInput("The web page says nothing that can be read. Perhaps a script fills it in; save it as PDF.")
    layout = Layout(
        size=len(data), tables=sum(1 for _ in root.iter("table")), images=reader.images, columns=reader.columns,
        fonts=fonts_in(blocks),
    )  # fmt: skip
    hidden = (*result.hidden, *_comments(root), *metadata(_keywords(root)))
    return Extraction("html", result.lines, result.marked, hidden, layout)


def _decoded(data: bytes) -> str:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(codec, "replace")
            break
    else:
        if b"\x00" in data:
            raise InvalidInput("The file is no web page: there are zero bytes in it. Save the resume as HTML in UTF-8.")
        text = _bytewise(data)
    if not _TAG.search(text[:65_536]):
        raise InvalidInput("The file is no web page: there is no tag in it. Send it as plain text.")
    return text


def _bytewise(data: bytes) -> str:
    match = _CHARSET.search(data[:4096])
    named = match[1].decode("ascii") if match else ""
    for codec in (named, "utf-8"):
        try:
            return data.decode(codec) if codec else data.decode("utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


def _parsed(text: str) -> etree._Element:
    parser = etree.HTMLParser(recover=True, no_network=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    # Bytes that lone halves of a character would make are none that a parser takes.
    source = _DECLARATION.sub("", text).encode("utf-8", "replace")
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InvalidInput(f"The web page cannot be read ({error}). Open it and save it again.") from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        # What lies below the deepest level is lost without another word.
        raise InvalidInput(
            f"The web page nests its parts more than {MAX_DEPTH} levels deep. Save the resume as PDF or DOCX and send that."
        )
    if root is None:
        raise InvalidInput("The web page is empty. Send a resume with text in it.")
    if int(str(root.xpath("count(//*)")).partition(".")[0]) > MAX_ELEMENTS:
        raise InvalidInput(
            f"The web page has more than {MAX_ELEMENTS:,} elements; no resume does. Send the resume alone."
        )
    return root


def _comments(root: etree._Element) -> Iterator[Hidden]:
    """Comments that say something to somebody, not those about the page's own parts."""
    for comment in root.iter(etree.Comment):
        raw = comment.text or ""
        if _CONDITION.match(raw) or "<" in raw or "{" in raw:
            continue
        place = f"line {comment.sourceline}"
        text, unseen = seen(" ".join(raw.split()), place)
        count = len(re.findall(r"[^\W\d_]+", text))
        if count >= _SAYING and not (count <= _NOTE_WORDS and _NOTE.search(text)):
            yield Hidden(text=text, how="comment", place=place)
        yield from unseen


def _keywords(root: etree._Element) -> Iterator[tuple[str, str]]:
    for meta in root.iter("meta"):
        if (meta.get("name") or "").strip().lower() in ("keywords", "subject"):
            yield "keywords", meta.get("content") or ""
