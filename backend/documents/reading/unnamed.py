"""Sections whose headings do not say what they are, or that have none: known by what stands in them."""

from collections.abc import Sequence

from backend.documents.reading import vocabulary
from backend.documents.reading.blocks import anchors_of, heading_above, is_header_like
from backend.documents.reading.education import education_entries
from backend.documents.reading.headings import Section, key_of
from backend.documents.reading.lines import Line
from backend.documents.reading.pieces import headline

_BEFORE = ("header", "contact", "summary")


def with_unnamed(sections: Sequence[Section]) -> list[Section]:
    """The sections, with the positions that stand in the first ones in a section of their own when there is none, and the
    one that reads as education taken for that when there is none."""
    sections = _with_education(sections)
    if any(section.key == "work_experience" for section in sections):
        return sections
    result: list[Section] = []
    for section in sections:
        begin = _first_position(section.lines) if section.key in _BEFORE else None
        if begin is None:
            result.append(section)
            continue
        result.append(Section(section.key, section.title, section.lines[:begin]))
        result.append(Section("work_experience", "", section.lines[begin:]))
    return result


def _with_education(sections: Sequence[Section]) -> list[Section]:
    """A heading such as "Where I studied" says nothing to us; degrees and schools below it do."""
    if any(section.key == "education" for section in sections):
        return list(sections)
    return [
        Section("education", section.title, section.lines)
        if not section.key and key_of(section.title) is None and _is_education(section.lines)
        else section
        for section in sections
    ]


def _is_education(lines: Sequence[Line]) -> bool:
    """Whether what is read as education names a school in each entry, and a degree in one at least."""
    entries = education_entries(lines, marked=False)
    schools = [entry for entry in entries if vocabulary.SCHOOL.search(entry.get("institution", ""))]
    return bool(entries) and len(schools) == len(entries) and any("degree" in entry for entry in entries)


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
