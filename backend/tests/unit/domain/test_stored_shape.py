from typing import Any

import pytest

from backend.domain.edits import Edit, apply
from backend.domain.stored_overlay import overlay
from backend.domain.stored_shape import read

DOCUMENT: dict[str, Any] = {
    "_id": "65f0",
    "contact": {"name": "Ada", "email": "ada@example.com", "github": "github.com/ada"},
    "summary": "Engineer.  Two spaces stay.",
    "work_experience": [
        {
            "company": "Acme",
            "role": "Engineer",
            "startDate": "2020",
            "description": "A team of five.\n\n  * Built  a thing\n    that runs on\n* Cut cost\u00a0by 4%\n",
            "theirs": {"kept": [1, 2]},
        },
        {"company": "Beta", "title": "Intern", "highlights": ["Wrote tests"]},
    ],
    "skills": [{"category": "Languages", "items": ["Go", "Python"]}, {"category": "Tools", "items": ["Docker"]}],
    "hobbies": ["Chess"],
}


def changed(*edits: Edit) -> dict[str, Any]:
    resume = read(DOCUMENT)
    return overlay(DOCUMENT, resume, apply(resume, edits))


def test_description_lines_that_begin_with_a_dash_are_highlights() -> None:
    assert read(DOCUMENT).work_experience[0].highlights == ("Built  a thing that runs on", "Cut cost\u00a0by 4%")
    assert read(DOCUMENT).work_experience[0].summary == "A team of five."


def test_other_names_of_a_field_are_understood() -> None:
    job = read(DOCUMENT).work_experience[0]
    assert (job.title, job.start_date) == ("Engineer", "2020")


def test_no_edit_gives_back_the_same_document() -> None:
    assert changed() == DOCUMENT


def test_an_edit_of_one_highlight_leaves_every_other_line_byte_equal() -> None:
    edit = Edit(id="e", path="/work_experience/0/highlights/1", op="replace", text="Cut cost by 4 percent")
    expected = "A team of five.\n\n  * Built  a thing\n    that runs on\n  * Cut cost by 4 percent\n"
    assert changed(edit)["work_experience"][0] == {**DOCUMENT["work_experience"][0], "description": expected}


def test_a_moved_highlight_keeps_its_own_text() -> None:
    edit = Edit(id="e", path="/work_experience/0/highlights", op="reorder", order=(1, 0))
    expected = "A team of five.\n\n* Cut cost\u00a0by 4%\n  * Built  a thing\n    that runs on\n"
    assert changed(edit)["work_experience"][0]["description"] == expected


def test_grouped_skills_stay_in_their_groups() -> None:
    skills = changed(Edit(id="e", path="/skills", op="reorder", order=(2, 1, 0)))["skills"]
    assert skills == [
        {"category": "Languages", "items": ["Python", "Go"]},
        {"category": "Tools", "items": ["Docker"]},
    ]


def test_a_section_without_a_model_is_kept_as_an_extra() -> None:
    assert [(e.title, e.lines) for e in read(DOCUMENT).extras] == [("hobbies", ("Chess",))]


@pytest.mark.parametrize(
    "document",
    [{}, {"work_experience": None}, {"work_experience": "none"}, {"skills": 7, "contact": []}, {"summary": {"a": [1]}}],
)
def test_a_field_of_the_wrong_type_counts_as_absent(document: dict[str, Any]) -> None:
    assert read(document).work_experience == ()
