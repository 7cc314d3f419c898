import re
from typing import Any

import pytest
from hypothesis import given, settings

from backend.documents.reading import read_resume_file
from backend.documents.writing.read_back import comparable
from backend.documents.writing.style import Style, changed
from backend.documents.writing.text import text
from backend.domain import stored_shape
from backend.domain.resume import Contact, Education, Extra, Project, Resume, WorkEntry
from backend.tests.evals.round_trip_eval import expected, resumes
from backend.tests.unit.documents.strategies import whole_resumes
from backend.tests.unit.documents.writing.test_markdown import WHOLE

PEOPLE = resumes(24)


def read_back(resume: Resume) -> Resume:
    return stored_shape.read(read_resume_file(text(resume).encode()))


def same(resume: Resume) -> dict[str, Any]:
    """What is compared: titles are in capitals, and labels of links as they are usually written."""
    value = comparable(resume)
    value["extras"] = {extra["title"].lower(): extra["lines"] for extra in value.get("extras", [])}
    contact = value.get("contact", {})
    value["contact"] = contact | {"links": [(label.lower(), address) for label, address in contact.get("links", [])]}
    return value


def test_an_ordinary_resume_reads_as_a_person_would_write_it() -> None:
    resume = WHOLE.model_copy(update={"projects": ()})
    assert text(resume) == (
        "Ada Lovelace\nAnalyst\nada@example.com | +44 20 7946 0000 | London, UK | GitHub: https://github.com/ada\n\n\n"
        "SUMMARY\n\nI analyse engines.\n\n\n"
        "EXPERIENCE\n\nAnalyst | Acme Corp | London | Jan 2020 - Present\nA team of five.\n- Wrote *Note G*\n- # 1 in the class\n"
        "Technologies: C#, Go\n\n\n"
        "EDUCATION\n\nBSc, Mathematics | University of London | 2015\n- GPA: 4.0\n\n\n"
        "SKILLS\n\nGo, CI/CD\n\n\nCERTIFICATIONS\n\n- CKA, CNCF (May 2022)\n\n\nLANGUAGES\n\n- English (native)\n\n\n"
        "ACHIEVEMENTS\n\n- Medal 2020\n\n\nHOBBIES\n\n- Chess\n"
    )


def test_it_reads_back_equal() -> None:
    assert same(read_back(WHOLE)) == same(WHOLE)


@pytest.mark.parametrize("number", range(len(PEOPLE)))
def test_a_real_resume_reads_back_with_nothing_lost(number: int) -> None:
    assert same(read_back(PEOPLE[number])) == same(PEOPLE[number])


def test_nothing_but_lines_of_text() -> None:
    for resume in PEOPLE:
        assert not re.search(r"\t|\x0b|\x0c|[│─┌┐└┘•▪■]|[^\S\n]{2}|[^\S\n]\n", text(resume))


def test_lines_are_not_wrapped() -> None:
    highlight = "word " * 200 + "end"
    resume = Resume(work_experience=(WorkEntry(company="Acme", title="Engineer", highlights=(highlight,)),))
    assert f"\n- {highlight}\n" in text(resume)


def test_dates_stand_on_the_line_of_their_entry() -> None:
    entry = WorkEntry(company="Acme Corp", title="Engineer", start_date="2019-03", end_date="2021")
    assert "Engineer | Acme Corp | Mar 2019 - 2021\n" in text(Resume(work_experience=(entry,)))


def test_sections_stand_in_the_order_of_the_style() -> None:
    style = changed(Style(), {"section_order": ["skills", "education"]})
    titles = re.findall(r"^[A-Z]{4,}$", text(WHOLE, style), re.MULTILINE)
    assert titles[:4] == ["SKILLS", "EDUCATION", "SUMMARY", "EXPERIENCE"]


def test_a_title_that_no_reader_knows_has_a_rule_below_it() -> None:
    extra = Extra(title="Welcome aboard", lines=("one", "two"))
    resume = Resume(
        work_experience=(WorkEntry(company="Acme", title="Engineer", highlights=("Built",)),), extras=(extra,)
    )
    assert "WELCOME ABOARD\n--------------\n\n- one\n- two\n" in text(resume)
    assert same(read_back(resume)) == same(resume)


def test_an_unusual_heading_gets_labels() -> None:
    resume = Resume(
        contact=Contact(name="Ada"),
        work_experience=(WorkEntry(company="The Painter", title="Acme Inc, Paris", end_date="2019"),),
    )
    assert "Title: Acme Inc, Paris\nCompany: The Painter" in text(resume)
    assert read_back(resume) == resume


def test_a_town_that_could_be_a_school_stays_a_place() -> None:
    entry = Education(
        institution="Boston College", degree="BA", field="Economics", location="Princeton, NJ", end_date="2015"
    )
    resume = Resume(education=(entry,))
    assert read_back(resume) == resume


def test_a_project_keeps_what_it_was_made_with() -> None:
    project = Project(name="tidvakt", highlights=("Written in Go",), technologies=("Go", "SQLite"))
    resume = Resume(skills=("Go",), projects=(project, project.model_copy(update={"name": "ledger-lint"})))
    assert same(read_back(resume)) == same(resume)


def test_without_anything_it_is_nothing() -> None:
    assert text(Resume()).strip() == ""


def test_characters_that_nobody_can_see_are_dropped() -> None:
    assert text(Resume(skills=("G\x00o\u200b",))) == "SKILLS\n\nGo\n"


@given(whole_resumes)
@settings(max_examples=15, deadline=None)
def test_no_word_of_any_resume_is_lost(resume: Resume) -> None:
    written = set(re.findall(r"\w+", text(resume).casefold()))
    for part in expected(resume, "classic"):
        if not part.dates and not re.search(r"\d{4}", part.text):  # dates have a form of their own here
            assert set(re.findall(r"\w+", part.text.casefold())) <= written


@given(whole_resumes)
@settings(max_examples=6, deadline=None)
def test_the_same_resume_gives_the_same_text(resume: Resume) -> None:
    assert text(resume) == text(resume)
