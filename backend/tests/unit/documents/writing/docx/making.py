"""Word files made for tests, and what is in one."""

from functools import lru_cache
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from lxml import etree

from backend.documents.writing.docx.build_templates import build

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@lru_cache(maxsize=1)
def _blank() -> bytes:
    """A template of ours without its text: much smaller than the one that python-docx begins with."""
    document = Document(BytesIO(build("classic")))
    for paragraph in document.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)
    return saved(document)


def made_of(*paragraphs: str) -> bytes:
    """A Word file with these paragraphs."""
    document = opened(_blank())
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def saved(document: WordDocument) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def opened(data: bytes) -> WordDocument:
    return Document(BytesIO(data))


def lines_in(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in opened(data).paragraphs]


def part(data: bytes, name: str) -> etree._Element:
    with ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The file with one part added or replaced."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(stream, "w") as target:
        for other in source.namelist():
            if other != name:
                target.writestr(other, source.read(other))
        target.writestr(name, content)
    return stream.getvalue()
