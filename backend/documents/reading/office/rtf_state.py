"""What an RTF reader remembers: the properties in force, and the blocks of a text that is being put together."""

from dataclasses import dataclass, field, replace
from itertools import groupby

from backend.documents.reading.office.fields import Field
from backend.documents.reading.office.flow import Block, Paragraph, Run, Table, paragraphs_of
from backend.documents.reading.office.looks import Look

OPEN_GROUND = "cell"
"""The ground of a run whose cell or page is not known yet."""


@dataclass(slots=True)
class Letters:
    """Character properties. `colour`, `ground` are places in the colour table, `size` is in half points."""

    strong: bool = False
    emphasised: bool = False
    caps: bool = False
    hidden: bool = False
    deleted: bool = False
    narrow: bool = False
    size: int = 24
    colour: int = 0
    ground: int = 0
    font: int = -1


@dataclass(slots=True)
class Form:
    """Paragraph properties, lengths in twips."""

    style: int = 0
    left: int = 0
    before: int = 0
    after: int = 0
    outline: int = 0
    listed: bool = False
    depth: int = 0
    ground: int = 0
    flat: bool = False


@dataclass(slots=True)
class Shape:
    """A drawn shape: its edges in twips and its properties by name."""

    edges: dict[str, int] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    name: str = ""


@dataclass(slots=True)
class State:
    """What a group has of its own: closing it brings back what was before."""

    destination: str = "text"
    letters: Letters = field(default_factory=Letters)
    form: Form = field(default_factory=Form)
    fallback: int = 1
    """Characters after `\\u` that stand in for it."""
    instruction: list[str] = field(default_factory=list)
    link: Field | None = None
    shape: Shape | None = None
    look: Look = field(default_factory=lambda: Look(ground=OPEN_GROUND))
    """How the text began: its ground, and whether all of it is hidden."""
    owner: bool = False
    """Whether the group began a text of its own (a header, a note)."""

    def inner(self) -> "State":
        return replace(self, letters=replace(self.letters), form=replace(self.form), owner=False)


@dataclass(slots=True)
class _Level:
    """A table that is open: its rows so far, the cells of the row, and the blocks of the cell."""

    rows: list[list[list[Block]]] = field(default_factory=list)
    cells: list[list[Block]] = field(default_factory=list)
    cell: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """A text that is being put together: the body, a header, a note, a text box."""

    kind: str
    word: str = ""
    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    listed: bool = False
    inner: list[Block] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)
    """What the cells of the current row stand on, and below, what the next one will."""
    ground: str = ""

    def end_paragraph(self, paragraph: Paragraph, depth: int) -> None:
        """Puts a paragraph in the cell at that depth of tables, or in the text (0)."""
        # Letters came one by one: those that look the same are one run.
        for (look, href), group in groupby(self.runs, key=lambda run: (run.look, run.href)):
            paragraph.runs.append(Run(_joined("".join(run.text for run in group)), look, href))
        self.runs, self.listed = [], False
        self._close(depth)
        target = self.levels[depth - 1].cell if depth else self.blocks
        target.append(paragraph)
        target.extend(self.inner)
        self.inner = []

    def end_cell(self, depth: int) -> None:
        self._close(depth)
        level = self.levels[depth - 1]
        level.cells.append(level.cell)
        level.cell = []

    def end_row(self, depth: int) -> None:
        self._close(depth)
        level = self.levels[depth - 1]
        for cell, ground in zip(level.cells, self.grounds, strict=False):
            if ground:
                stand_on(cell, ground)
        level.rows.append(level.cells)
        level.cells = []

    def done(self) -> list[Block]:
        self._close(0)
        return self.blocks

    def _close(self, depth: int) -> None:
        """Ends the tables deeper than `depth`, and begins those that are missing."""
        while len(self.levels) > depth:
            level = self.levels.pop()
            rows = [*level.rows, [*level.cells, level.cell]] if level.cells or level.cell else level.rows
            target = self.levels[-1].cell if self.levels else self.blocks
            if rows:
                target.append(Table(rows))
        while len(self.levels) < depth:
            self.levels.append(_Level())


def stand_on(blocks: list[Block], ground: str | None) -> None:
    """Gives a ground to the runs that have none yet."""
    for paragraph in paragraphs_of(blocks):
        paragraph.runs = [
            run._replace(look=replace(run.look, ground=ground)) if run.look.ground == OPEN_GROUND else run
            for run in paragraph.runs
        ]


def _joined(text: str) -> str:
    """Characters beyond the first plane come as two halves."""
    if not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\ufffd", "")
