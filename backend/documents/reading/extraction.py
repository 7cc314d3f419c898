"""What an extractor makes of a file, whatever its format: lines in reading order, what was hidden, and how it is laid out."""

from dataclasses import dataclass, field
from typing import Literal

from backend.documents.reading.lines import Line
from backend.domain.layout import Hidden, Layout

Kind = Literal["pdf", "docx", "odt", "rtf", "html", "markdown", "text", "json", "yaml"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """`marked` says that headings are known as such (Markdown, HTML, styles), not guessed from looks."""

    kind: Kind
    lines: tuple[Line, ...]
    marked: bool = False
    hidden: tuple[Hidden, ...] = ()
    layout: Layout = field(default_factory=Layout)
    warnings: tuple[str, ...] = ()
