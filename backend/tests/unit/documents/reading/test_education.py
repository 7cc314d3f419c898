"""Courses of study in the order and with the commas that people use."""

import pytest

from backend.documents.reading.education import education_entries
from backend.documents.reading.lines import lines_of


def read(text: str) -> list[dict[str, object]]:
    return education_entries(lines_of(text), marked=False)


def entry(degree: str, field: str, institution: str, location: str = "") -> dict[str, object]:
    named = {"degree": degree, "field": field, "institution": institution, "location": location, "end_date": "2015"}
    return {key: value for key, value in named.items() if value}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "BSc (Hons) in Physics, University of Leeds, Leeds    2015",
            entry("BSc (Hons)", "Physics", "University of Leeds", "Leeds"),
        ),
        ("University of Leeds, BSc in Physics, 2015", entry("BSc", "Physics", "University of Leeds")),
        (
            "BA, Economics, Princeton University, Princeton, NJ    2015",
            entry("BA", "Economics", "Princeton University", "Princeton, NJ"),
        ),
        ("BA, Economics, Boston College, Sweden    2015", entry("BA", "Economics", "Boston College", "Sweden")),
        ("Princeton University    2015 · Princeton, NJ\nBA", entry("BA", "", "Princeton University", "Princeton, NJ")),
        ("Ohio State University    2015 · Trondheim\nBA", entry("BA", "", "Ohio State University", "Trondheim")),
        (
            "University of London, Boston, MA    2015\nPhD, Law",
            entry("PhD", "Law", "University of London", "Boston, MA"),
        ),
        (
            "University of California, Berkeley    2015\nBS, Physics",
            entry("BS", "Physics", "University of California, Berkeley"),
        ),
        (
            "University of Oregon, Eugene, OR    2015\nBS, Physics",
            entry("BS", "Physics", "University of Oregon", "Eugene, OR"),
        ),
    ],
)
def test_degree_school_and_place_are_told_apart(text: str, found: dict[str, object]) -> None:
    assert read(text) == [found]


def test_two_degrees_in_one_row_are_one_entry() -> None:
    text = "B.S. Mathematics, B.A. Economics, University of Oregon    2015"
    assert read(text) == [entry("B.S.", "Mathematics, B.A. Economics", "University of Oregon")]


@pytest.mark.parametrize("between", [", ", "; "])
def test_a_minor_is_a_detail(between: str) -> None:
    text = f"Boston University    2015\nBachelor of Science, Biology{between}Minor in Music"
    assert read(text) == [
        entry("Bachelor of Science", "Biology", "Boston University") | {"details": ["Minor in Music"]}
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mathematics, Riverside College, 2015\nWeb Development Program, Boston University, 2015",
        "Mathematics    2015\nRiverside College\nWeb Development Program    2015\nBoston University",
        "Riverside College | Mathematics | 2015\nBoston University | Web Development Program | 2015",
        "Riverside College    2015\nMathematics\nBoston University    2015\nWeb Development Program",
    ],
)
def test_what_was_studied_without_a_degree_is_the_field(text: str) -> None:
    assert read(text) == [
        entry("", "Mathematics", "Riverside College"),
        entry("", "Web Development Program", "Boston University"),
    ]
