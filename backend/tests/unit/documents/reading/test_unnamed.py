"""Positions are found without a heading above them, and education below one that says nothing."""

from backend.documents.reading.headings import sections_of
from backend.documents.reading.lines import lines_of
from backend.documents.reading.unnamed import with_unnamed


def keys(text: str) -> list[tuple[str, int]]:
    return [(section.key, len(section.lines)) for section in with_unnamed(sections_of(lines_of(text)))]


def test_positions_below_the_header_are_a_section_of_their_own() -> None:
    text = "Ada\nada@example.com\n\nEngineer at Acme\n2020 – 2022\n- Built it\n\nEDUCATION\nBSc"
    assert keys(text) == [("header", 2), ("work_experience", 3), ("education", 1)]


def test_positions_below_a_summary_are_found_too() -> None:
    text = "Ada\n\nSUMMARY\nI build.\n\nEngineer, Acme\nJan 2020 – Present\n- Built it\n"
    assert keys(text) == [("header", 1), ("summary", 1), ("work_experience", 3)]


def test_a_named_section_is_enough() -> None:
    text = "Ada\n\nEngineer at Acme\n2020 – 2022\n- Built it\n\nEXPERIENCE\nAnalyst, Beta, 2019"
    assert [key for key, _ in keys(text)] == ["header", "work_experience"]


def test_a_header_with_a_date_alone_is_left_whole() -> None:
    assert keys("Ada Lovelace\nLondon, 2020\n\nSKILLS\nGo") == [("header", 2), ("skills", 1)]


def test_a_section_of_degrees_and_schools_is_education_whatever_its_heading_says() -> None:
    text = "Ada\n\nSKILLS\nGo\n\nWHERE I STUDIED\nUniversity of Utah, 2017\nBSc in Physics"
    assert keys(text) == [("header", 1), ("skills", 1), ("education", 2)]


def test_a_section_that_only_mentions_schools_is_none() -> None:
    text = "Ada\n\nSKILLS\nGo\n\nTHINGS I LIKE\nTalks at the University of Utah\nChess"
    assert ("", 2) in keys(text)
