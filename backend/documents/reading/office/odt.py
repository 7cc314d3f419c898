"""ODT -> extraction: the text, the headers and footers, and what the file hides."""

from collections.abc import Iterator

from lxml import etree

from backend.documents.reading.extraction import Extraction
from backend.documents.reading.office.assembly import assembled, plain_lines
from backend.documents.reading.office.flow import tables_in
from backend.documents.reading.office.looks import Look
from backend.documents.reading.office.metadata import metadata
from backend.documents.reading.office.odt_body import Found, Reader
from backend.documents.reading.office.odt_styles import FO, OFFICE, STYLE, Styles, page_ground, points
from backend.documents.reading.office.packages import Package, local, texts
from backend.documents.reading.office.running import Running, fonts_in, with_running
from backend.domain.layout import Hidden, Layout
from backend.errors import InvalidInput

_META = {"keyword": "keywords", "subject": "subject", "description": "description", "user-defined": "custom property"}
_KINDS = ("header-first", "header", "header-left", "footer-first", "footer", "footer-left")


def extract_odt(data: bytes) -> Extraction:
    """The lines of an OpenDocument text. Raises InvalidInput where it is none, or damaged, or locked."""
    try:
        return _extracted(Package(data, "OpenDocument"), len(data))
    except RecursionError as error:
        raise InvalidInput(
            "The OpenDocument file nests its parts too deep to be read. Send the resume alone."
        ) from error


def _extracted(package: Package, size: int) -> Extraction:
    content, outer = _content(package)
    styles = Styles()
    styles.add(outer)
    styles.add(content)
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise InvalidInput("The OpenDocument file holds no text document. Save the resume as .odt and send that.")
    look = Look(ground=page_ground(outer), size=12.0)
    found = Found()
    blocks = Reader(styles, found, "paragraph").blocks(body, look)
    parts = list(_running(outer, styles, found, look))
    result = assembled(with_running(blocks, parts))
    aside = assembled([block for part in parts if not part.leads for block in part.blocks]).hidden
    layout = Layout(
        size=size,
        columns=_columns(content, outer),
        tables=tables_in(blocks) + sum(tables_in(part.blocks) for part in parts),
        text_boxes=found.text_boxes,
        images=found.images,
        header_footer=tuple(line for part in parts for line in plain_lines(part.blocks)),
        fonts=fonts_in(blocks),
    )
    properties = metadata(texts(package.xml("meta.xml"), _META))
    others: tuple[Hidden, ...] = tuple(one for one in aside if one not in result.hidden)
    return Extraction("odt", result.lines, result.marked, (*result.hidden, *others, *found.hidden, *properties), layout)


def _content(package: Package) -> tuple[etree._Element, etree._Element | None]:
    if _is_locked(package):
        raise InvalidInput("The OpenDocument file is protected with a password. Send it without one.")
    kind = package.read("mimetype").decode("ascii", "replace").strip()
    if kind.startswith("application/vnd.oasis.opendocument.") and not kind.partition("opendocument.")[2].startswith(
        "text"
    ):
        raise InvalidInput(
            f"The file is no OpenDocument text but of type {kind[:80]}. Save the resume as .odt and send that."
        )
    content = package.xml("content.xml")
    if content is None:
        hint = (
            "It is a Word document; send it as .docx."
            if "word/document.xml" in package.names
            else "Save it again as .odt."
        )
        raise InvalidInput(f"There is no OpenDocument text in the file. {hint}")
    return content, package.xml("styles.xml")


def _is_locked(package: Package) -> bool:
    if "encrypted-package" in package.names:
        return True
    # Not parsed: old manifests name a document type, or prefixes that they do not declare.
    return b"encryption-data" in package.read("META-INF/manifest.xml")


def _running(root: etree._Element | None, styles: Styles, found: Found, look: Look) -> Iterator[Running]:
    """The headers and footers of the first page's master, then those of the others."""
    leading = True
    for master in root.iter(f"{STYLE}master-page") if root is not None else ():
        parts = {local(part): part for part in master if part.get(f"{STYLE}display") != "false"}
        for kind in _KINDS:
            if (part := parts.get(kind)) is None:
                continue
            name = kind.partition("-")[0]
            blocks = Reader(styles, found, name).blocks(part, look)
            if not plain_lines(blocks) and not blocks:
                continue
            yield Running(tuple(blocks), leads=leading and name == "header")
            leading = leading and name != "header"


def _columns(*roots: etree._Element | None) -> int:
    counts = [
        int(points(columns.get(f"{FO}column-count") or ""))
        for root in roots
        for columns in (root.iter(f"{STYLE}columns") if root is not None else ())
    ]
    return min(max([1, *counts]), 45)
