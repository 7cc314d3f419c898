"""A line together with what is known of it only while the document is put together."""

from dataclasses import dataclass, replace

from backend.documents.reading.lines import Line
from backend.documents.reading.office.looks import Look


@dataclass(slots=True)
class Row:
    """`before` is the room above in points, `blank` that an empty paragraph or a table's edge stands there, `whole` that
    all of the line looks the same, `inner` that it goes on a paragraph after a line break."""

    line: Line
    look: Look
    before: float = 0.0
    blank: bool = False
    whole: bool = True
    inner: bool = False

    def indented(self, indent: int) -> "Row":
        return replace(self, line=replace(self.line, indent=indent))

    def beside(self, texts: list[str]) -> "Row":
        """With the texts of further columns at its right, each after a wide gap."""
        return replace(self, line=replace(self.line, text="    ".join([self.line.text, *texts])))
