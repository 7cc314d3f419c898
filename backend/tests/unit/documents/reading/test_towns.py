"""Places at the end of titles and employers."""

import pytest

from backend.documents.reading.towns import could_be_town, without_place


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("Acme, Austin, TX", 1, ("Acme", "Austin, TX")),
        ("Kestrel, Inc., Dayton, OH", 1, ("Kestrel, Inc.", "Dayton, OH")),
        ("Engineer, Acme, Remote", 2, ("Engineer, Acme", "Remote")),
        ("Engineer, Acme, Texas", 2, ("Engineer, Acme", "Texas")),
        ("Engineer, Acme, TX", 2, ("Engineer, Acme", "TX")),
        ("Engineer, Northwind Inc., New York, NY", 2, ("Engineer, Northwind Inc.", "New York, NY")),
        ("Acme", 1, ("Acme", "")),
    ],
)
def test_a_place_is_taken_off_the_end(text: str, names: int, found: tuple[str, str]) -> None:
    assert without_place(text, guess=False, names=names) == found


@pytest.mark.parametrize(
    ("text", "could"),
    [("Trondheim", True), ("Tartu, Estonia", True), ("Software Engineer", False), ("Acme Inc.", False), ("Platform Team", False)],
)  # fmt: skip
def test_what_is_at_home_in_titles_and_employers_is_no_town(text: str, could: bool) -> None:
    assert could_be_town(text) is could
