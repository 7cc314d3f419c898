"""The one function that runs on an untrusted file, inside the sandbox: what it is, whether it may be opened, what it says."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

from backend.data import load_lexicon
from backend.documents.reading.extraction import Extraction, Kind
from backend.documents.reading.limits import check, check_bytes
from backend.documents.reading.limits.lines import check_lines
from backend.documents.reading.parse import parse
from backend.documents.reading.pdf import OcrEngine, extract_pdf, tesseract
from backend.documents.reading.pdf.ocr import SeenWord
from backend.documents.reading.plain import extract_plain
from backend.documents.reading.sniff import kind_of
from backend.documents.reading.warming import SAMPLES
from backend.domain.lexicon import Lexicon
from backend.domain.parsed import ParsedResume

_EXTRACTORS: Final[Mapping[str, str]] = {
    "docx": "backend.documents.reading.office:extract_docx",
    "odt": "backend.documents.reading.office:extract_odt",
    "rtf": "backend.documents.reading.office:extract_rtf",
    "html": "backend.documents.reading.office:extract_html",
}


class ScanFound(Exception):
    """A page is a picture, and reading it takes a program, which the strict sandbox does not start."""


class _Later:
    """Stands for the engine where it may not run: says that it is wanted."""

    def words(self, picture: bytes, *, dpi: int) -> list[SeenWord]:
        raise ScanFound


def read_untrusted(data: bytes, lexicon: Lexicon | None = None, *, ocr: OcrEngine | None = None) -> ParsedResume:
    """The resume in a file. Raises InvalidInput with the reason when it is refused.

    Only the sandbox calls this on bytes that came from outside: the limits here bound what a file may ask for, the
    sandbox bounds what a reader may take when they do not suffice.
    """
    check_bytes(data)
    kind = kind_of(data)
    check(kind, data)
    extraction = _extracted(kind, data, ocr)
    check_lines(extraction)
    return parse(extraction, lexicon)


def read_job(data: bytes) -> bytes:
    """The sandbox's job: a ParsedResume as JSON; nothing when the file is a scan, which `read_scan_job` reads."""
    try:
        return _as_json(read_untrusted(data, load_lexicon(), ocr=_Later() if tesseract() else None))
    except ScanFound:
        return b""


def read_scan_job(data: bytes) -> bytes:
    """As `read_job`, where programs may be started."""
    return _as_json(read_untrusted(data, load_lexicon(), ocr=tesseract()))


def _as_json(parsed: ParsedResume) -> bytes:
    return parsed.model_dump_json().encode()


def warm() -> None:
    """Loads what every file needs, and reads small files of our own."""
    for path in _EXTRACTORS.values():
        _extractor(path)
    for sample in SAMPLES:
        read_untrusted(sample, load_lexicon())


def _extracted(kind: Kind, data: bytes, ocr: OcrEngine | None) -> Extraction:
    if kind == "pdf":
        return extract_pdf(data, ocr=ocr)
    path = _EXTRACTORS.get(kind)
    return _extractor(path)(data) if path else extract_plain(data, kind)


def _extractor(path: str) -> Callable[[bytes], Extraction]:
    module, _, name = path.partition(":")
    extractor: Callable[[bytes], Extraction] = getattr(import_module(module), name)
    return extractor
