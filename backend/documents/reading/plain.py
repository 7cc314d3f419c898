"""Plain text, Markdown, JSON and YAML -> an extraction."""

from backend.documents.reading.decoding import decoded
from backend.documents.reading.extraction import Extraction, Kind
from backend.documents.reading.lines import Line, is_markdown, lines_of
from backend.domain.layout import Layout


def extract_plain(data: bytes, kind: Kind) -> Extraction:
    """The lines of a text. Those of JSON and YAML are kept as they are, blank ones too, because they mean something there.

    Raises InvalidInput when the bytes are no text.
    """
    text = decoded(data)
    lines = map(_kept, text.replace("\r\n", "\n").split("\n")) if kind in ("json", "yaml") else lines_of(text)
    return Extraction(kind, tuple(lines), marked=is_markdown(text), layout=Layout(size=len(data)))


def _kept(raw: str) -> Line:
    text = raw.lstrip(" ")
    return Line(text, indent=len(raw) - len(text))
