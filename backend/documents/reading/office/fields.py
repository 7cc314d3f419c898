"""Fields in a word processor's document: an instruction, and the result that is shown in its place."""

import re
from dataclasses import dataclass, field

# Their results are page numbers, or texts that stand in the document anyway.
_DROPPED = re.compile(r"\s*(?:PAGE|NUMPAGES|PAGEREF|SECTIONPAGES|SECTION|TOC|TC|XE|RD)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*HYPERLINK\s+(?!\\l)(?:\\\w\s+)*\"?([^\s\"]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Field:
    """Whether the result is text of the document, and the address that it links to."""

    shown: bool = True
    href: str = ""


def result_of(instruction: str) -> Field:
    address = _ADDRESS.match(instruction)
    return Field(not _DROPPED.match(instruction), address[1] if address else "")


@dataclass(slots=True)
class _Open:
    instruction: str = ""
    result: Field | None = None


@dataclass(slots=True)
class Fields:
    """The fields that are open at a place; they nest, and run over paragraphs."""

    broken: bool = False
    """Whether ends are missing, so that nobody can tell what belongs to a field: then all text is shown."""
    _open: list[_Open] = field(default_factory=list)

    @property
    def shown(self) -> bool:
        return self.broken or all(one.result is not None and one.result.shown for one in self._open)

    @property
    def href(self) -> str:
        return (
            ""
            if self.broken
            else next((one.result.href for one in reversed(self._open) if one.result and one.result.href), "")
        )

    def mark(self, kind: str) -> None:
        """A `w:fldChar`: begin, separate or end."""
        if kind == "begin":
            self._open.append(_Open())
        elif kind == "separate" and self._open:
            self._open[-1].result = result_of(self._open[-1].instruction)
        elif kind == "end" and self._open:
            self._open.pop()

    def instruct(self, text: str) -> None:
        if self._open and self._open[-1].result is None:
            self._open[-1].instruction += text
