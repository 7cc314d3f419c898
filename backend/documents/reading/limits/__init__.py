"""What a file may be, checked before any library opens it. Each check raises InvalidInput with the reason and a way out."""

import codecs
from collections.abc import Callable, Mapping
from typing import Final

from backend.documents.reading.extraction import Kind
from backend.documents.reading.limits.office import check_docx, check_odt
from backend.documents.reading.limits.pdf import check_pdf
from backend.documents.reading.limits.rtf import check_rtf
from backend.documents.reading.limits.text import check_html, check_json, check_size, check_yaml
from backend.errors import InvalidInput

__all__ = ["MAX_BYTES", "check", "check_bytes"]

MAX_BYTES: Final = 10 * 1024 * 1024

_CHECKS: Final[Mapping[Kind, Callable[[bytes], None]]] = {
    "pdf": check_pdf,
    "docx": check_docx,
    "odt": check_odt,
    "rtf": check_rtf,
    "html": check_html,
    "json": check_json,
    "yaml": check_yaml,
    "markdown": check_size,
    "text": check_size,
}
_TEXTS: Final = frozenset(("html", "json", "yaml"))


def check_bytes(data: bytes) -> None:
    """The first check of all, on any file."""
    if len(data) > MAX_BYTES:
        raise InvalidInput(
            f"The file has {len(data):,} bytes; a resume may have {MAX_BYTES:,}. Remove pictures, or export it smaller."
        )


def check(kind: Kind, data: bytes) -> None:
    """Raises InvalidInput when a file of that kind holds what it should not, or more than a resume needs."""
    check_bytes(data)
    if kind in _TEXTS and data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        check_size(data)
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    _CHECKS[kind](data)
