"""Projects: the name, and what stands below it."""

import pytest

from backend.documents.reading.lines import Line, lines_of
from backend.documents.reading.projects import project_entries


def test_what_a_project_was_made_with_is_no_second_project() -> None:
    found = project_entries(
        lines_of("tidvakt\ngithub.com/ada/tidvakt\nA time tracker.\n- Written in a week\nTechnologies: Go, SQLite"),
        marked=False,
    )
    assert found == [
        {
            "name": "tidvakt",
            "url": "github.com/ada/tidvakt",
            "prose": "A time tracker.",
            "highlights": ["Written in a week"],
            "technologies": ["Go", "SQLite"],
        }
    ]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("tidvakt, Maintainer    2021", "tidvakt", "Maintainer"),
        ("Misdirection, Team lead, Designer    2021", "Misdirection", "Team lead, Designer"),
        ("Mosaic: A Tile Editor, Maintainer    2021", "Mosaic: A Tile Editor", "Maintainer"),
        ("Salt, Pepper    2021", "Salt, Pepper", ""),
    ],
)
def test_the_role_may_stand_after_the_name(text: str, name: str, role: str) -> None:
    (found,) = project_entries([Line(text, gap=True, strong=True), Line("Did it", kind="bullet")], marked=False)
    assert (found["name"], found.get("role", "")) == (name, role)


def test_the_role_may_stand_below_the_name() -> None:
    heading = Line("tidvakt    2021", "heading", level=2)
    (found,) = project_entries([heading, Line("Maintainer"), Line("example.org/t"), Line("A tracker.")], marked=True)
    assert (found["role"], found["url"], found["prose"]) == ("Maintainer", "example.org/t", "A tracker.")


def test_a_bold_name_in_small_letters_begins_a_project() -> None:
    lines = [
        Line("Robot    2020", strong=True, gap=True), Line("Did it", kind="bullet"), Line("Technologies: Go"),
        Line("grainsort · Feb 2020", strong=True), Line("Did that", kind="bullet"),
    ]  # fmt: skip
    assert [found["name"] for found in project_entries(lines, marked=False)] == ["Robot", "grainsort"]
