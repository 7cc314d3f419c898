"""Blocks -> lines as the parsers of sections expect them, and what of the blocks was hidden."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from backend.documents.reading import dates
from backend.documents.reading.lines import Line
from backend.documents.reading.office.arrangement import arranged
from backend.documents.reading.office.flow import COLUMN, Block, Paragraph, Run, Table
from backend.documents.reading.office.glyphs import BULLET, is_ornament, plain, without_bullet
from backend.documents.reading.office.heads import promoted
from backend.documents.reading.office.links import linked
from backend.documents.reading.office.looks import Look, hiding
from backend.documents.reading.office.rows import Row
from backend.documents.reading.office.unseen import seen
from backend.domain.layout import Hidden

_LONGEST_HEADING = 160
_WIDE = "    "
_FULL = 60
"""Columns; a line shorter than this was not broken for want of room, so it cannot run on."""


@dataclass(frozen=True, slots=True)
class Assembled:
    lines: tuple[Line, ...]
    hidden: tuple[Hidden, ...]
    marked: bool


def assembled(blocks: Sequence[Block]) -> Assembled:
    """The lines in reading order. `marked` where at least one heading of a section is known by its style."""
    hidden: list[Hidden] = []
    rows = _rows(blocks, hidden)
    marked = any(row.line.kind == "heading" for row in rows[1:])
    if not marked:
        rows = promoted(rows)
    return Assembled(tuple(row.line for row in _spaced(_levelled(rows))), tuple(hidden), marked)


def plain_lines(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The texts of the lines alone."""
    return tuple(row.line.text for row in _rows(blocks, []))


def _rows(blocks: Sequence[Block], hidden: list[Hidden]) -> list[Row]:
    rows: list[Row] = []
    blank = False
    above: Paragraph | None = None
    for block in blocks:
        if isinstance(block, Table):
            cells = [[_rows(cell, hidden) for cell in row] for row in block.rows]
            fresh = arranged(cells)
            blank, above = True, None
        else:
            fresh = _paragraph(block, hidden)
            if fresh:
                fresh[0].before = _room(above, block)
            above = block if fresh else None
        if fresh:
            fresh[0].blank |= blank
            rows.extend(fresh)
            blank = isinstance(block, Table)
        else:
            blank = True
    return rows


def _room(above: Paragraph | None, below: Paragraph) -> float:
    if above is None or (above.tight and below.tight and above.style == below.style):
        return 0.0
    # What stands after a heading does not set it apart from its text.
    return below.before if above.level else max(above.after, below.before)


def _paragraph(paragraph: Paragraph, hidden: list[Hidden]) -> list[Row]:
    runs = [run._replace(text=plain(run.text, run.look.font)) for run in _shown(paragraph, hidden)]
    rows: list[Row] = []
    lines = list(_broken(_with_links(runs)))
    if paragraph.level:
        text = " ".join(part for part in ("".join(run.text for run in line).strip() for line in lines) if part)
        if len(text) <= _LONGEST_HEADING:
            lines = [[Run(text, next((run.look for run in runs if run.text.strip()), Look()))]]
    for line in lines:
        if row := _row(line, paragraph, hidden, first=not rows):
            rows.append(row)
    return rows


def _row(runs: Sequence[Run], paragraph: Paragraph, hidden: list[Hidden], *, first: bool) -> Row | None:
    raw, found = seen("".join(run.text for run in runs), paragraph.place)
    hidden.extend(found)
    raw = re.sub(r"(?<=\S)[ \t]*\t[ \t]*(?=\S)", _WIDE, raw.rstrip()).replace("\t", _WIDE)
    if not raw.strip() or is_ornament(raw):
        return None
    begin = len(raw) - len(raw.lstrip())
    text = re.sub(r"(?<=\S) {5,}(?=\S)", _WIDE, raw.strip())
    look = next((run.look for run in runs if run.text.strip(f" \t\u00a0{BULLET}")), Look())
    indent = round(paragraph.left / COLUMN) + begin
    heading = bool(paragraph.level) and len(text) <= _LONGEST_HEADING and not (paragraph.bullet and len(text) > _FULL)
    item = None if heading else without_bullet(text)
    if item is not None and not item.strip():
        return None
    is_bullet = not heading and ((paragraph.bullet and first) or item is not None)
    text = (text if item is None else item).strip()
    line = Line(
        text,
        "heading" if heading else "bullet" if is_bullet else "text",
        level=paragraph.level if heading else 0,
        indent=0 if heading else indent + (2 if paragraph.bullet and not is_bullet else 0),
        strong=look.strong and not heading,
        emphasised=look.emphasised and not look.strong and not heading,
        broken=not heading and not is_bullet,
    )
    whole = all(run.look.strong == look.strong and run.look.size == look.size for run in runs if run.text.strip())
    return Row(line, look, whole=whole, inner=not first)


def _shown(paragraph: Paragraph, hidden: list[Hidden]) -> list[Run]:
    """The runs that a reader sees; what the others say is reported, those side by side as one."""
    shown: list[Run] = []
    for how, group in groupby(paragraph.runs, key=lambda run: hiding(run.look)):
        runs = list(group)
        text = re.sub(r"\s+", " ", "".join(run.text for run in runs))
        if how is None:
            shown.extend(runs)
        elif how != "hidden_run":
            # It cannot be read, yet takes room.
            shown.append(Run("\t" if text.isspace() and "\t" in runs[0].text else " ", Look()))
        if how and any(char.isalnum() for char in text):
            said, found = seen(text, paragraph.place)
            hidden.extend((Hidden(text=said.strip(), how=how, place=paragraph.place), *found))
    return shown


def _with_links(runs: Sequence[Run]) -> Iterator[Run]:
    for href, group in groupby(runs, key=lambda run: run.href):
        if not href:
            yield from group
            continue
        parts = list(group)
        text = "".join(run.text for run in parts)
        whole = linked(text, href)
        yield from parts
        if whole != text and text.strip():
            yield Run(whole[len(text.rstrip()) :].rstrip() if whole.startswith(text.rstrip()) else "", parts[-1].look)


def _broken(runs: Iterator[Run]) -> Iterator[list[Run]]:
    """The runs of each line of a paragraph."""
    line: list[Run] = []
    for run in runs:
        first, *others = re.split(r"[\n\x0b\x0c\u2028\u2029]", run.text)
        line.append(run._replace(text=first))
        for text in others:
            yield line
            line = [run._replace(text=text)]
    if line:
        yield line


def _levelled(rows: list[Row]) -> list[Row]:
    """Indents counted from the outermost line: of the text, and of each list."""
    margin = min((row.line.indent for row in rows if row.line.kind == "text"), default=0)
    result: list[Row] = []
    for _, group in groupby(rows, key=lambda row: row.line.kind == "bullet" or row.inner):
        part = list(group)
        bullets = [row.line.indent for row in part if row.line.kind == "bullet"]
        less = min(bullets) if bullets else margin
        result.extend(row.indented(max(0, row.line.indent - less)) for row in part)
    return result


def _spaced(rows: list[Row]) -> list[Row]:
    """`gap` where more room than usual stands before a line, or where it cannot belong to the line above."""
    usual = Counter(
        round(row.before)
        for above, row in pairwise(rows)
        if above.line.kind == row.line.kind == "text" and not row.blank and not row.inner
    ).most_common(1)
    base = usual[0][0] if usual else 0
    result: list[Row] = []
    for index, row in enumerate(rows):
        above = rows[index - 1].line if index else None
        gap = above is None or row.blank or (not row.inner and row.before >= max(base + 3, 4))
        if above and row.line.kind == "heading":
            gap = True
        elif above and above.kind == "bullet" and row.line.kind == "text":
            gap = gap or row.line.indent <= above.indent
        elif above and above.kind == row.line.kind == "text" and not row.inner and len(above.text) >= _FULL:
            gap = gap or dates.find(above.text) is None
        result.append(replace(row, line=replace(row.line, gap=gap)))
    return result
