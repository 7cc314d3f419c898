"""Tables -> lines. In a resume most tables are there for the layout: dates at the right, or a column at the side."""

from collections.abc import Sequence

from backend.documents.reading import dates
from backend.documents.reading.headings import name_of
from backend.documents.reading.office.rows import Row
from backend.documents.reading.section_names import KNOWN

_SHORT, _SIDE_LINES, _MAIN = 45, 3, 110
_TELLING = ("work_experience", "education", "summary")
"""Sections whose names show that the names at the left of a table are those of sections. "Tools" may be a label."""


def arranged(table: Sequence[Sequence[list[Row]]]) -> list[Row]:
    """The lines of a table's rows of cells, each cell being its lines. Cells of one line each make one line with wide
    gaps; a narrow cell of dates or places goes to the lines beside it; other cells are read one after the other."""
    result: list[Row] = []
    lines = [cells for row in table if (cells := [cell for cell in row if cell])]
    sections = any(len(cells) > 1 and KNOWN.get(name_of(cells[0][0].line.text)) in _TELLING for cells in lines)
    for cells in lines:
        result.extend(cells[0] if len(cells) == 1 else _beside(cells, sections=sections))
    if result:
        result[0].blank = True
    return result


def _beside(cells: list[list[Row]], *, sections: bool) -> list[Row]:
    if all(len(cell) == 1 and cell[0].line.kind != "bullet" for cell in cells):
        return _one_line([cell[0] for cell in cells], sections=sections)
    if len(cells) == 2:
        if _is_side(cells[1], cells[0]):
            return _paired(cells[0], cells[1], right=True)
        if _is_side(cells[0], cells[1]):
            return _paired(cells[1], cells[0], right=False)
    for cell in cells:
        cell[0].blank = True
    return [row for cell in cells for row in cell]


def _one_line(cells: list[Row], *, sections: bool) -> list[Row]:
    left, *others = cells
    texts = [row.line.text for row in others]
    heads = left.line.kind == "heading" or (sections and name_of(left.line.text) in KNOWN)
    if heads and not (len(texts) == 1 and dates.find(texts[0])):
        others[0].blank = False
        return [left, *others[:1]] if len(others) == 1 else [left, others[0].beside(texts[1:])]
    if len(texts) == 1 and _is_label(left.line.text) and texts[0].count(",") >= 2:
        left.line = _with_text(left, f"{left.line.text.rstrip(' :')}: {texts[0]}").line
        return [left]
    return [left.beside(texts)]


def _is_label(text: str) -> bool:
    """ "Databases", beside a list of them."""
    return len(text.split()) <= 4 and not any(char.isdigit() or char in ",.;" for char in text)


def _with_text(row: Row, text: str) -> Row:
    line = row.line
    return Row(type(line)(text, "text", 0, line.indent, line.gap, line.strong, line.emphasised, line.broken), row.look)


def _is_side(side: Sequence[Row], main: Sequence[Row]) -> bool:
    """Whether a cell holds what goes beside the first lines of another: dates, a place."""
    texts = [row.line.text for row in side]
    if len(side) > _SIDE_LINES or any(row.line.kind != "text" or len(row.line.text) > _SHORT for row in side):
        return False
    if any(name_of(text) in KNOWN for text in texts) or name_of(main[0].line.text) in KNOWN:
        return False
    return len(main[0].line.text) <= _MAIN and any(dates.find(text) for text in texts)


def _paired(main: list[Row], side: list[Row], *, right: bool) -> list[Row]:
    """Line by line while the main cell has short lines; what is left goes to the last of these."""
    lines = 1
    while lines < min(len(main), len(side)) and main[lines].line.kind == "text" and len(main[lines].line.text) <= _MAIN:
        lines += 1
    texts = [row.line.text for row in side]
    result = list(main)
    for place in range(lines):
        beside = texts[place:] if place == lines - 1 else [texts[place]]
        if right:
            result[place] = main[place].beside(beside)
        else:
            words = "    ".join([*beside, main[place].line.text])
            row = main[place]
            result[place] = _with_text(row, words) if row.line.kind != "heading" else row.beside(beside)
    return result
