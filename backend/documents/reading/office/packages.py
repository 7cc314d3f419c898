"""Zipped packages (DOCX, ODT) and the XML in them, read with every door closed: no DTD, no entity, no network."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from lxml import etree

from backend.errors import InvalidInput

MAX_ELEMENTS = 200_000
"""In all parts of one document together."""
MAX_DEPTH = 200
_MAX_PART = 64 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}


class Package:
    """The parts of a zipped document by name. `called` names the format in messages."""

    def __init__(self, data: bytes, called: str) -> None:
        self._called = called
        self._elements = 0
        if data.startswith(_OLE):
            raise InvalidInput(_about_ole(data, called))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as error:
            raise InvalidInput(
                f"The {called} file is no zip archive, or broken off. Open it, save it again and send that."
            ) from error
        self.names = frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """The bytes of a part; b"" where there is none of that name."""
        name = name.lstrip("/")
        if name not in self.names:
            return b""
        try:
            with self._zip.open(name) as part:
                data = part.read(_MAX_PART + 1)
        except RuntimeError as error:  # zipfile's word for an archive with a password
            raise InvalidInput(f"The {self._called} file is protected with a password. Send it without one.") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise InvalidInput(
                f"The part {name} of the {self._called} file is damaged. Open it, save it again and send that."
            ) from error
        if len(data) > _MAX_PART:
            raise InvalidInput(
                f"The part {name} of the {self._called} file is larger than 64 MB. Remove what makes it."
            )
        return data

    def xml(self, name: str) -> etree._Element | None:
        """The root of a part; None where there is none of that name."""
        data = self.read(name)
        if not data:
            return None
        if _STRICT in data:
            for strict, usual in _TRANSITIONAL.items():
                data = data.replace(strict, usual)
        root = parsed(data, f"the part {name} of the {self._called} file")
        self._elements += int(str(root.xpath("count(//*)")).partition(".")[0])
        if self._elements > MAX_ELEMENTS:
            raise InvalidInput(
                f"The {self._called} file has more than {MAX_ELEMENTS:,} elements; no resume does. Send the resume alone."
            )
        return root


def parsed(data: bytes, what: str) -> etree._Element:
    """The root of an XML text. A document type, which could declare entities, is refused."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InvalidInput(f"The XML in {what} is damaged ({error}). Open it, save it again and send that.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise InvalidInput(f"The XML in {what} declares a document type, which we do not read. Save it again without.")
    return root


def local(element: etree._Element) -> str:
    """An element's name without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    return ((str(name), str(value)) for name, value in element.items())


def texts(root: etree._Element | None, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """(place, text) of the elements whose local names are in `names`, which gives their places."""
    if root is None:
        return []
    found = (
        (names.get(local(element)), "".join(str(part) for part in element.itertext()).strip())
        for element in root.iter()
    )
    return [(place, text) for place, text in found if place and text]


def _about_ole(data: bytes, called: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"The {called} file is protected with a password. Send it without one."
    if "WordDocument".encode("utf-16-le") in data:
        return "The file is an old Word file (.doc). Save it as .docx and send that."
    return f"The file is no {called} file but an old Office container. Save it as .docx and send that."
