"""A document as what it is made of, whatever its format: paragraphs of runs, and tables of cells that hold paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from backend.documents.reading.office.looks import Look

COLUMN = 6.0
"""Points that count as one column of indent."""


class Run(NamedTuple):
    """Text of one look. In it a tab is a wide gap and `\\n` a line break. `href` is the address it links to."""

    text: str
    look: Look
    href: str = ""


@dataclass(slots=True)
class Paragraph:
    """`level` is its heading level (0 for none). `left`, `before` and `after` are points. `style` tells paragraphs of one
    kind, between which `tight` ones leave no room."""

    runs: list[Run] = field(default_factory=list)
    level: int = 0
    bullet: bool = False
    left: float = 0.0
    before: float = 0.0
    after: float = 0.0
    style: str = ""
    tight: bool = False
    place: str = ""

    def says(self) -> bool:
        return any(run.text.strip() for run in self.runs)


@dataclass(slots=True)
class Table:
    """Rows of cells; a cell is a list of blocks."""

    rows: list[list[list["Block"]]] = field(default_factory=list)


Block: TypeAlias = Paragraph | Table


def paragraphs_of(blocks: Sequence[Block]) -> list[Paragraph]:
    """Every paragraph in reading order, those in tables too."""
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
        else:
            found.extend(paragraph for row in block.rows for cell in row for paragraph in paragraphs_of(cell))
    return found


def tables_in(blocks: Sequence[Block]) -> int:
    """How many tables there are, those inside tables counted."""
    tables = [block for block in blocks if isinstance(block, Table)]
    return len(tables) + sum(tables_in(cell) for table in tables for row in table.rows for cell in row)
