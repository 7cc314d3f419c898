import pytest
from hypothesis import given, settings

from backend.documents.writing.style import SECTION_KEYS, Style
from backend.documents.writing.view import Item, period, view
from backend.domain.resume import Contact, Education, Extra, Resume, WorkEntry
from backend.tests.unit.documents.strategies import whole_resumes
from backend.tests.unit.documents.writing.test_markdown import WHOLE


def test_sections_come_in_the_order_of_the_style() -> None:
    shown = view(WHOLE, Style(section_order=("education", "extras", "skills")))
    assert [section.id for section in shown.sections] == [
        "education", "extra-1", "skills", "summary", "experience", "projects", "certifications", "languages", "achievements",
    ]  # fmt: skip


def test_a_position_is_ready_to_print() -> None:
    (entry,) = next(section for section in view(WHOLE, Style()).sections if section.id == "experience").entries
    assert (entry.heading, entry.subheading, entry.location, entry.period) == (
        "Analyst", "Acme Corp", "London", "Jan 2020 – Present",
    )  # fmt: skip
    assert entry.prose == (("A team of five.",),)
    assert entry.technologies == ("C#", "Go")


def test_short_things_have_their_remark_apart() -> None:
    items = {section.id: section.items for section in view(WHOLE, Style()).sections}
    assert items["certifications"] == (Item(text="CKA, CNCF", note="May 2022"),)
    assert items["languages"] == (Item(text="English", note="native"),)


def test_a_headline_stands_under_the_name_and_not_in_a_section() -> None:
    shown = view(WHOLE, Style())
    assert shown.headlines == ("Analyst",)
    assert [section.title for section in shown.sections if section.key == "extras"] == ["Hobbies"]


def test_what_is_empty_is_left_out() -> None:
    resume = Resume(
        contact=Contact(name=" "),
        summary="\n",
        skills=("", "Go"),
        work_experience=(WorkEntry(),),
        extras=(Extra(title="X"),),
    )
    shown = view(resume, Style())
    assert (shown.name, [section.id for section in shown.sections]) == ("", ["skills"])
    assert shown.sections[0].items == (Item(text="Go"),)


def test_a_degree_and_its_field_are_one_heading() -> None:
    resume = Resume(education=(Education(institution="MIT", degree="BSc", field="Physics", end_date="2015"),))
    (entry,) = view(resume, Style()).sections[0].entries
    assert (entry.heading, entry.subheading, entry.period) == ("BSc, Physics", "MIT", "2015")


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2021-03", "Present", "Mar 2021 – Present"),
        ("2013-12-01", "2014-01-31", "Dec 2013 – Jan 2014"),
        ("2019", "2019", "2019"),
        ("", "2015", "2015"),
        ("2015", "", "2015"),
        ("", "", ""),
        ("long ago", "now", "long ago – Present"),
    ],
)
def test_dates_are_printed_as_people_write_them(start: str, end: str, shown: str) -> None:
    assert period(start, end) == shown


@given(whole_resumes)
@settings(max_examples=50, deadline=None)
def test_no_text_has_a_line_break_and_every_section_is_one_of_ours(resume: Resume) -> None:
    shown = view(resume, Style())
    assert "\\n" not in shown.model_dump_json().replace("\\\\", "")
    assert len({section.id for section in shown.sections}) == len(shown.sections)
    assert {section.key for section in shown.sections} <= set(SECTION_KEYS)
