"""Sections know which lines they were read from."""

from backend.documents.reading.headings import sections_of
from backend.documents.reading.lines import lines_of
from backend.documents.reading.provenance import section_ranges
from backend.documents.reading.unnamed import with_unnamed


def ranges(text: str) -> list[tuple[int, int]]:
    lines = lines_of(text)
    return section_ranges(lines, sections_of(lines))


def test_a_heading_belongs_to_its_section() -> None:
    assert ranges("Ada\nada@example.com\n\nSKILLS\nGo\n\nHOBBIES\nChess\nTea") == [(0, 2), (2, 4), (4, 7)]


def test_a_heading_with_its_content_in_one_line_counts_once() -> None:
    assert ranges("Ada\n\nSkills: Go\n\nEDUCATION\nBSc") == [(0, 1), (1, 2), (2, 4)]


def test_an_empty_section_has_its_heading_alone() -> None:
    assert ranges("Ada\n\nSKILLS\n\nEDUCATION\n") == [(0, 1), (1, 2), (2, 3)]


def test_a_section_without_a_heading_begins_with_its_first_line() -> None:
    lines = lines_of("Ada\n\nEngineer at Acme\n2020 – 2022\n- Built it\n\nSKILLS\nGo")
    assert section_ranges(lines, with_unnamed(sections_of(lines))) == [(0, 1), (1, 4), (4, 6)]
