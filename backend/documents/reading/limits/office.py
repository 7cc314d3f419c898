"""DOCX and ODT, before they are read: no macros, no embedded programs, nothing that loads from elsewhere, no bombs.

What real documents have stays: links, a template on the person's own disk (Word notes it in most documents), charts
with their spreadsheet, pictures.
"""

import re
from collections.abc import Mapping
from typing import NoReturn

from backend.documents.reading.limits.archive import parts_of, unpacked, unpacking
from backend.documents.reading.limits.xml_part import Counter
from backend.errors import InvalidInput

MAX_ELEMENTS = {"docx": 80_000, "odt": 30_000}
"""Five pages of Word's have some 20,000, its style sheet among them; OpenDocument says the same in a third as many."""

_SAVE_AS = "Save a copy without it and send that"
_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_HREF = "http://www.w3.org/1999/xlink href"
_OWN_DISK = re.compile(
    r"(?:file:/{0,3})?[a-z](?::|%3a)|file:/{2,4}(?:Users|Applications|Library|Volumes)/|[^:/\\]+$", re.I
)
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\]|\.\.)", re.IGNORECASE)
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = ("word/media/", "pictures/", "thumbnails/", "docprops/")
_XML_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


def check_docx(data: bytes) -> None:
    """Raises InvalidInput with the reason."""
    _check(data, "docx")


def check_odt(data: bytes) -> None:
    """Raises InvalidInput with the reason."""
    _check(data, "odt")


def _check(data: bytes, kind: str) -> None:
    parts, counter = parts_of(data), Counter(MAX_ELEMENTS[kind])
    for part in parts:
        _check_name(part.name.lower())
    for part in parts:
        if part.name.endswith("/") or not part.size:
            continue
        start = unpacked(data, part, 16)
        _check_content(part.name.lower(), start)
        named_xml = part.name.lower().endswith((".xml", ".rels"))
        # A picture may be a drawing with a DOCTYPE, which nobody opens.
        if start.lstrip().startswith(_XML_STARTS) and (named_xml or not part.name.lower().startswith(_PICTURES)):
            visit = {".rels": _check_relationship}.get(part.name[-5:].lower())
            if kind == "odt" and part.name in ("content.xml", "styles.xml"):
                visit = _check_reference
            counter.check(part.name, unpacking(data, part), visit)
        elif named_xml:
            raise InvalidInput(f"{part.name} is no XML though it is named so. The file is damaged; save it anew.")
    if kind == "odt" and not any(part.name == "content.xml" for part in parts):
        raise InvalidInput("The OpenDocument file has no content.xml, where its text would be. Save it anew.")


def _check_name(name: str) -> None:
    if name.endswith(("vbaproject.bin", "vbadata.xml")):
        _macros()
    if name.startswith("scripts/") or (name.startswith("basic/") and not name.endswith(("-lc.xml", "-lb.xml", "/"))):
        _macros()
    if "/activex/" in name:
        raise InvalidInput(f"The document holds an ActiveX control, which is a program. {_SAVE_AS}.")


def _check_content(name: str, start: bytes) -> None:
    if start.startswith(_OLE):
        raise InvalidInput(f"The document holds an embedded object ({name}) of another program. {_SAVE_AS}.")
    chart_data = name.startswith("word/embeddings/") and name.endswith(".xlsx")
    if start.startswith(_ARCHIVES) and not chart_data and not name.startswith(_PICTURES):
        raise InvalidInput(f"The document holds another archive ({name}). {_SAVE_AS}.")
    if start.startswith((b"MZ", b"\x7fELF")) and not name.startswith(_PICTURES):
        raise InvalidInput(f"The document holds a program ({name}). {_SAVE_AS}.")


def _check_relationship(tag: str, attributes: Mapping[str, str]) -> None:
    if tag != _RELATIONSHIP or attributes.get("TargetMode", "").strip().lower() != "external":
        return
    kind, target = attributes.get("Type", "").rsplit("/", 1)[-1], attributes.get("Target", "")
    if kind == "hyperlink" or (kind == "attachedTemplate" and _OWN_DISK.match(target)):
        return
    what = {
        "attachedTemplate": "a template",
        "image": "a picture",
        "oleObject": "an object",
        "frame": "a frame",
        "subDocument": "a part of its text",
    }.get(kind, f"something ({kind[:40]})")
    raise InvalidInput(f"The document loads {what} from {target[:120]!r}. Put it into the document, or remove it.")


def _check_reference(tag: str, attributes: Mapping[str, str]) -> None:
    target = attributes.get(_HREF, "")
    if tag.rsplit(" ", 1)[-1] != "a" and _ELSEWHERE.match(target):
        raise InvalidInput(
            f"The document loads something ({tag.rsplit(' ', 1)[-1]}) from {target[:120]!r}. "
            "Put it into the document, or remove it."
        )


def _macros() -> NoReturn:
    raise InvalidInput(
        "The document holds macros, which are programs. Save it without macros (.docx, .odt) and send that."
    )
