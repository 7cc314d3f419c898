"""Columns are read one after the other, and what stands level in one column stays one line."""

import pytest

from backend.documents.reading.pdf import extract_pdf
from backend.tests.unit.documents.reading.pdf.making import Pdf, text

NAME = text("Jane Roe", y=740, size=22, font="F2")


def column(x: float, y: float, *lines: str, step: float = 14, size: float = 10) -> str:
    """Lines one below the other; those in capitals are headings."""
    out = ""
    for number, line in enumerate(lines):
        loud = line.isupper()
        out += text(line, x, y - number * step, size + 2 if loud else size, "F2" if loud else "F1")
    return out


def read(*pages: str) -> list[str]:
    return [line.text for line in extract_pdf(Pdf([page.encode("latin-1") for page in pages]).bytes()).lines]


MAIN = (
    "EXPERIENCE",
    "Senior Engineer, Northwind Ltd",
    "\x95 Built a billing platform for many people",
    "\x95 Cut latency by half with a cache",
    "\x95 Led a team of five engineers",
    "EDUCATION",
    "B.S. Computer Science, State University",
)
SIDE = ("SKILLS", "Python", "Kubernetes", "PostgreSQL", "LANGUAGES", "English", "German")


@pytest.mark.parametrize("step", [14, 15.5, 12])
def test_a_sidebar_on_the_left_is_read_as_one(step: float) -> None:
    found = read(NAME + column(40, 700, *SIDE, step=step) + column(220, 700, *MAIN))
    assert found == ["Jane Roe", *SIDE, *(line.removeprefix("\x95 ") for line in MAIN)]


@pytest.mark.parametrize("step", [14, 15.5, 12])
def test_a_sidebar_on_the_right_is_read_after_the_main_column(step: float) -> None:
    found = read(NAME + column(40, 700, *MAIN) + column(420, 700, *SIDE, step=step))
    assert found == ["Jane Roe", *(line.removeprefix("\x95 ") for line in MAIN), *SIDE]


def test_a_name_in_the_right_column_comes_first() -> None:
    name = text("Jane Roe", 220, 740, 22, "F2") + text("jane.roe@example.com", 220, 722)
    found = read(name + column(40, 740, *SIDE) + column(220, 700, *MAIN))
    assert found[:2] == ["Jane Roe", "jane.roe@example.com"]
    assert found.index("SKILLS") + 3 == found.index("PostgreSQL")
    assert found.index("EXPERIENCE") + 1 == found.index("Senior Engineer, Northwind Ltd")


def test_columns_go_on_over_the_page() -> None:
    more = ("Engineer, Southwind Ltd", "\x95 Wrote the first version of the search", "\x95 Kept it running")
    side = ("French", "INTERESTS", "Chess", "Sailing")
    first = NAME + column(40, 700, *SIDE) + column(220, 700, *MAIN[:5])
    second = column(40, 740, *side) + column(220, 741, *more, "EDUCATION", "B.S. Computer Science, 2016")
    found = read(first, second)
    assert found.index("German") + 1 == found.index("French")
    assert found.index("Led a team of five engineers") + 1 == found.index("Engineer, Southwind Ltd")


def test_a_second_page_with_the_main_column_alone_follows_the_main_column() -> None:
    more = ("Engineer, Southwind Ltd", "\x95 Wrote the first version of the search")
    found = read(NAME + column(40, 700, *MAIN[:5]) + column(420, 700, *SIDE), column(40, 740, *more))
    assert found.index("Led a team of five engineers") + 1 == found.index("Engineer, Southwind Ltd")
    assert found.index("SKILLS") > found.index("Wrote the first version of the search")


def test_dates_at_the_right_margin_stay_in_their_lines() -> None:
    page = NAME
    for number, (employer, date) in enumerate(
        [
            ("Northwind", "2021 - 2024"),
            ("Southwind", "2018 - 2021"),
            ("Eastwind", "2015 - 2018"),
            ("Westwind", "2012 - 2015"),
        ]
    ):
        y = 700 - 60 * number
        page += text(employer, 72, y, font="F2") + text(date, 470, y)
        page += text("Engineer", 72, y - 14) + text("Austin, TX", 485, y - 14)
        page += text("\x95 Kept the billing platform running day and night", 72, y - 28)
    found = read(page)
    assert found[1:4] == [
        "Northwind    2021 - 2024",
        "Engineer    Austin, TX",
        "Kept the billing platform running day and night",
    ]
    assert len(found) == 13


def test_dates_in_a_rail_at_the_left_stay_with_their_entries() -> None:
    page = NAME + text("EXPERIENCE", 180, 700, 13, "F2")
    for number, date in enumerate(["2021 - 2024", "2018 - 2021", "2015 - 2018"]):
        y = 680 - 45 * number
        page += text(date, 60, y) + column(
            180, y, f"Engineer, Company {number}", "\x95 Built a platform", "\x95 Ran a platform"
        )
    found = read(page)
    assert found[2] == "2021 - 2024    Engineer, Company 0"
    assert found[5] == "2018 - 2021    Engineer, Company 1"


def test_section_names_at_the_side_become_headings() -> None:
    page = NAME
    for y, name, lines in [
        (700, "Experience", ("Engineer, Northwind", "Built a platform that many use")),
        (650, "Education", ("B.S. Computer Science", "State University")),
        (600, "Skills", ("Python, Go", "Kubernetes")),
    ]:
        page += text(name, 60, y, font="F2") + column(180, y, *lines)
    extraction = extract_pdf(Pdf([page.encode("latin-1")]).bytes())
    assert [line.text for line in extraction.lines if line.kind == "heading"] == [
        "Jane Roe",
        "Experience",
        "Education",
        "Skills",
    ]
    assert [line.text for line in extraction.lines][1:4] == [
        "Experience",
        "Engineer, Northwind",
        "Built a platform that many use",
    ]


def test_places_and_dates_stacked_beside_list_items_go_to_the_entry() -> None:
    page = NAME + text("EXPERIENCE", y=700, size=13, font="F2")
    for number in range(3):
        y = 680 - 60 * number
        page += text(f"Company {number}, Engineer", 72, y, font="F2") + text("Austin, TX", 500, y)
        page += text("\x95 Built a platform", 80, y - 14) + text("2020 - 2021", 490.4, y - 14)
        page += text("\x95 Ran a platform", 80, y - 28)
    found = read(page)
    assert found[2:5] == ["Company 0, Engineer    Austin, TX    2020 - 2021", "Built a platform", "Ran a platform"]


def test_a_list_in_three_columns_is_read_down_each() -> None:
    page = NAME + text(
        "Led and moderated discussions that went on for the whole of a long afternoon, every week, for years",
        72,
        715,
        10,
    )
    page += text("COURSEWORK", y=700, size=12, font="F2")
    page += column(72, 680, "\x95 Algebra", "\x95 Analysis", "\x95 Logic")
    page += column(230, 680, "\x95 Compilers", "\x95 Databases", "\x95 Networks")
    page += column(400, 680, "\x95 Ethics", "\x95 Law", "\x95 Writing")
    page += text("SKILLS", y=620, size=12, font="F2") + text(
        "Python, Go, Rust and whatever else the work asks for at a given time of the year", y=604, size=10
    )
    found = read(page)
    names = ["Algebra", "Analysis", "Logic", "Compilers", "Databases", "Networks", "Ethics", "Law", "Writing", "SKILLS"]
    assert [line for line in found if line in names] == names


def test_columns_are_counted() -> None:
    sides = NAME + column(40, 700, *SIDE, step=24) + column(220, 700, *MAIN, step=25)
    assert extract_pdf(Pdf([sides.encode("latin-1")]).bytes()).layout.columns == 2
    assert extract_pdf(Pdf([(NAME + column(40, 700, *MAIN)).encode("latin-1")]).bytes()).layout.columns == 1


def test_a_label_in_a_table_of_skills_is_no_heading() -> None:
    page = NAME + text("SKILLS", 72, 700, 13, "F2")
    for number, (label, items) in enumerate(
        [("Code", "Python, Go"), ("Tools", "Docker, Helm"), ("Data", "PostgreSQL")]
    ):
        page += text(label, 72, 680 - 14 * number, font="F2") + text(items, 160, 680 - 14 * number)
    assert read(page)[2:] == ["Code    Python, Go", "Tools    Docker, Helm", "Data    PostgreSQL"]
