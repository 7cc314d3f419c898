"""What the files that people upload are called and sent as."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from backend.ports import StoredFile


class Kind(NamedTuple):
    ending: str
    media_type: str


KINDS: Final[Mapping[str, Kind]] = {
    "pdf": Kind("pdf", "application/pdf"),
    "docx": Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "odt": Kind("odt", "application/vnd.oasis.opendocument.text"),
    "rtf": Kind("rtf", "application/rtf"),
    "html": Kind("html", "text/html"),
    "markdown": Kind("md", "text/markdown"),
    "text": Kind("txt", "text/plain"),
    "json": Kind("json", "application/json"),
    "yaml": Kind("yaml", "application/yaml"),
}
"""By what a file is by its content."""
_UNKNOWN = Kind("bin", "application/octet-stream")


def kind_of(file: StoredFile) -> Kind:
    return KINDS.get(file.kind, _UNKNOWN)
