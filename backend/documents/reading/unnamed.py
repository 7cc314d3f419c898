"""Positions below no heading of their own: the section that they begin is cut out of the one they stand in."""

from collections.abc import Sequence

from backend.documents.reading import vocabulary
from backend.documents.reading.blocks import anchors_of, heading_above, is_header_like
from backend.documents.reading.headings import Section
from backend.documents.reading.lines import Line
from backend.documents.reading.pieces import headline

_BEFORE = ("header", "contact", "summary")


def with_unnamed(sections: Sequence[Section]) -> list[Section]:
    """The sections, with the positions that stand in the first ones in a section of their own when there is none."""
    if any(section.key == "work_experience" for section in sections):
        return list(sections)
    result: list[Section] = []
    for section in sections:
        begin = _first_position(section.lines) if section.key in _BEFORE else None
        if begin is None:
            result.append(section)
            continue
        result.append(Section(section.key, section.title, section.lines[:begin]))
        result.append(Section("work_experience", "", section.lines[begin:]))
    return result


def _first_position(lines: Sequence[Line]) -> int | None:
    """Where the heading of the first position begins: a range of dates with a title in its heading, and something below."""
    for anchor in anchors_of(lines):
        date = headline(lines[anchor].text).date
        if date is None or date.single or anchor + 1 == len(lines):
            continue
        begin = heading_above(lines, anchor, 1, 0)
        near = [*lines[begin : anchor + 1], *(line for line in lines[anchor + 1 : anchor + 3] if is_header_like(line))]
        if begin and any(vocabulary.title_score(piece) >= 3 for line in near for piece in _parts(line)):
            return begin
    return None


def _parts(line: Line) -> list[str]:
    text = headline(line.text).text
    return [text, *text.split(","), *text.split(" at ")]
