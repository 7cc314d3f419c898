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


def named(text: str) -> list[tuple[object, ...]]:
    return [tuple(found.get(key, "") for key in ("degree", "field", "institution")) for found in read(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MIT — S.B., Electrical Engineering (2012)", ("S.B.", "Electrical Engineering", "MIT")),
        ("LL.B. — University of Nairobi, Kenya (2011)", ("LL.B.", "", "University of Nairobi")),
        ("University of Utah\nBS Biology", ("BS", "Biology", "University of Utah")),
        ("Computer Science, B.Sc.\nTel Aviv University", ("B.Sc.", "Computer Science", "Tel Aviv University")),
        ("Bachelor of Fine Arts - Graphic Design\nParsons", ("Bachelor of Fine Arts", "Graphic Design", "Parsons")),
        ("Associate of Science | Sciences Po | 1999", ("Associate of Science", "", "Sciences Po")),
        ("A-Levels: Maths, Physics, King Edward School", ("A-Levels", "Maths, Physics", "King Edward School")),
        ("2014 Diploma, Amherst High School", ("Diploma", "", "Amherst High School")),
        ("Smith College, Boston, MA, B.A. in Politics, 2018", ("B.A.", "Politics", "Smith College")),
        ("University of Bath MSc Data Science 2018", ("MSc", "Data Science", "University of Bath")),
        ("MSc Data Science University of Bath 2018", ("MSc", "Data Science", "University of Bath")),
        ("Snow College (A.S.)", ("A.S.", "", "Snow College")),
        ("Snow College: A.S. in Music", ("A.S.", "Music", "Snow College")),
        ("Certified Welder, Tulsa Welding School", ("", "Certified Welder", "Tulsa Welding School")),
        ("Master's in Data Science @ UC Berkeley", ("Master's", "Data Science", "UC Berkeley")),
        ("University of Utah\nBachelor of Science\nMajor in Biology", ("Bachelor of Science", "Biology", "University of Utah")),
        ("Indian Institute of Technology, Bombay\nB.Tech.", ("B.Tech.", "", "Indian Institute of Technology, Bombay")),
        ("Leeds College    GPA: 3.9\nBSc Physics", ("BSc", "Physics", "Leeds College")),
        ("University of Utah\nCollege of Music\nMFA, Dance", ("MFA", "Dance", "University of Utah")),
    ],
)  # fmt: skip
def test_degree_subject_and_school_are_found_in_any_order(text: str, found: tuple[str, str, str]) -> None:
    assert named(text) == [found]


@pytest.mark.parametrize(
    "line",
    [
        "Master's thesis: Genes", "Bachelor Thesis: Genes of mice", "Undergraduate research in the Doe Lab", "Certificate in Finance",
        "Final year project: Genes", "President, University Chess Club", "Teaching assistant for College Algebra", "Capstone: Genes",
        "Selected for the Undergraduate Honors Program", "Merit scholarship from the University of Utah Foundation",
        "Exchange semester at Uppsala University", "Ranked 3rd of 120 in Bachelor program", "Minor in Chemistry",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "above", ["University of Utah\nBachelor of Science in Biology, 2015", "Bachelor of Science in Biology\nUniversity of Utah"]
)  # fmt: skip
def test_what_somebody_did_there_is_no_entry_of_its_own(above: str, line: str) -> None:
    (found,) = read(f"{above}\n{line}")
    assert (found["degree"], found["institution"]) == ("Bachelor of Science", "University of Utah")
    assert found["details"] == [line]


@pytest.mark.parametrize(
    "text",
    [
        "University of Utah    2011 – 2017\n• MSc in Biology\n• BSc in Chemistry",
        "University of Utah, Salt Lake City, UT\nMSc in Biology    2017\n• Coursework: Genes\n\nBSc in Chemistry    2015",
    ],
)
def test_degrees_under_one_school_are_all_from_there(text: str) -> None:
    assert named(text) == [("MSc", "Biology", "University of Utah"), ("BSc", "Chemistry", "University of Utah")]


def test_a_diploma_of_a_high_school_is_not_from_the_university_above() -> None:
    first, second = read("University of Utah\nBSc in Chemistry\nHigh School Diploma, 2010")
    assert first["institution"] == "University of Utah"
    assert "institution" not in second


def test_bold_lines_alone_begin_entries_whatever_the_schools_are_called() -> None:
    text = "**Hack Reactor**\nWeb Immersive, 2018\n**Rose-Hulman**\nB.S. in Physics, 2010"
    found = education_entries(lines_of(text), marked=True)
    assert [entry["institution"] for entry in found] == ["Hack Reactor", "Rose-Hulman"]


def test_a_town_below_the_school_is_where_it_is() -> None:
    (found,) = read("B.A., Psychology (magna cum laude)\nBrown University\nProvidence, RI\n2008")
    assert (found["field"], found["location"], found["details"]) == (
        "Psychology",
        "Providence, RI",
        ["magna cum laude"],
    )


TWO = [("MSc", "Biology", "Utah State"), ("BSc", "Chemistry", "Purdue")]


@pytest.mark.parametrize(
    "text",
    [
        "Utah State\nMSc in Biology\nPurdue\nBSc in Chemistry",
        "Utah State\n2017\nMSc in Biology\n\nPurdue\n2015\nBSc in Chemistry",
        "Utah State\nMSc in Biology\nGPA: 3.9\nPurdue\nBSc in Chemistry\nGPA: 3.8",
        "MSc in Biology\nUtah State\nBSc in Chemistry\nPurdue",
    ],
)
def test_schools_that_nothing_shows_to_be_schools_are_told_by_where_they_stand(text: str) -> None:
    assert named(text) == TWO


@pytest.mark.parametrize(
    "courses", ["Relevant Coursework\nGenes, Master Class, School Management", "Courses: Genes,\nSchool Law"]
)
def test_a_list_of_courses_has_no_schools_in_it(courses: str) -> None:
    text = f"Leeds College\nMSc in Biology\n{courses}\nSnow College\nBSc in Chemistry"
    assert named(text) == [("MSc", "Biology", "Leeds College"), ("BSc", "Chemistry", "Snow College")]


@pytest.mark.parametrize("mark", ["", "- ", "#### "])
def test_degrees_below_a_heading_that_names_the_school_are_entries_of_their_own(mark: str) -> None:
    text = f"### Snow College\n{mark}MSc in Biology\n{mark}BSc in Chemistry"
    found = education_entries(lines_of(text), marked=True)
    assert [(entry["degree"], entry["institution"]) for entry in found] == [
        ("MSc", "Snow College"),
        ("BSc", "Snow College"),
    ]


def test_a_heading_that_names_a_detail_begins_no_entry() -> None:
    found = education_entries(lines_of("### Snow College\nBSc\n### Honors\n- Dean's list"), marked=True)
    assert found == [{"institution": "Snow College", "degree": "BSc", "details": ["Honors", "Dean's list"]}]
