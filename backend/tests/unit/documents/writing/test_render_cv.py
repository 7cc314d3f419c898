import json
import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings

from backend.documents.reading import read_resume_file
from backend.documents.writing.read_back import comparable
from backend.documents.writing.render_cv import render_cv
from backend.domain import stored_shape
from backend.domain.resume import Certification, Contact, Education, Extra, Project, Resume, WorkEntry
from backend.tests.evals.round_trip_eval import resumes
from backend.tests.unit.documents.strategies import whole_resumes
from backend.tests.unit.documents.writing.test_markdown import WHOLE

PEOPLE = resumes(24)


def cv(resume: Resume) -> dict[str, Any]:
    document = yaml.safe_load(render_cv(resume))
    assert list(document) == ["cv"]
    return document["cv"]


def read_back(resume: Resume) -> Resume:
    return stored_shape.read(read_resume_file(render_cv(resume).encode()))


def same(resume: Resume) -> dict[str, Any]:
    """What is compared: links in any order, titles of sections in any case, a hyphen between spaces as the dash it is."""
    value = comparable(resume)
    value["extras"] = {extra["title"].lower(): extra["lines"] for extra in value.get("extras", [])}
    contact = value.get("contact", {})
    links = sorted(re.sub(r"^https?://(?:www\.)?", "", address) for _, address in contact.get("links", []))
    # A number that RenderCV would refuse is kept as a link without an address.
    phone = contact.get("phone") or next((link for link in links if re.fullmatch(r"[\d() +-]{7,}", link)), "")
    value["contact"] = contact | {"links": [link for link in links if link != phone], "phone": phone}
    return json.loads(json.dumps(value, ensure_ascii=False).replace(" - ", " – "))


def test_fields_stand_under_the_names_of_rendercv() -> None:
    assert cv(WHOLE) == {
        "name": "Ada Lovelace", "headline": "Analyst", "location": "London, UK", "email": "ada@example.com",
        "phone": "+44 20 7946 0000", "social_networks": [{"network": "GitHub", "username": "ada"}],
        "sections": {
            "summary": ["I analyse engines."],
            "experience": [
                {
                    "company": "Acme Corp", "position": "Analyst", "start_date": "2020-01", "end_date": "present",
                    "location": "London", "summary": "A team of five.", "highlights": ["Wrote *Note G*", "# 1 in the class"],
                    "technologies": ["C#", "Go"],
                }
            ],
            "projects": [
                {"name": "Engine", "role": "Author", "url": "https://engine.example", "summary": "A machine", "highlights": ["Cards"]}
            ],
            "education": [
                {
                    "institution": "University of London", "area": "Mathematics", "degree": "BSc", "end_date": "2015",
                    "highlights": ["GPA: 4.0"],
                }
            ],
            "skills": ["Go, CI/CD"],
            "certifications": [{"name": "CKA", "date": "2022-05", "summary": "CNCF"}],
            "languages": [{"label": "English", "details": "native"}],
            "achievements": [{"bullet": "Medal 2020"}],
            "Hobbies": [{"bullet": "Chess"}],
        },
    }  # fmt: skip


@pytest.mark.parametrize("number", range(len(PEOPLE)))
def test_a_real_resume_reads_back_with_nothing_lost(number: int) -> None:
    assert same(read_back(PEOPLE[number])) == same(PEOPLE[number])


@pytest.mark.parametrize("evil", ["yes", "null", "2020", "- a", "a: b", "#x", "*x", "&x", "!!python/object:os.system", "'", '"', "{a}", "|", "%", "@", "\\n"])  # fmt: skip
def test_any_text_stays_text(evil: str) -> None:
    resume = Resume(
        contact=Contact(name=evil), work_experience=(WorkEntry(company=evil, highlights=(evil,)),), skills=("Go",)
    )
    found = cv(resume)
    assert (
        found["name"]
        == found["sections"]["experience"][0]["company"]
        == found["sections"]["experience"][0]["highlights"][0]
        == evil
    )


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2020-01", "2021-02", {"start_date": "2020-01", "end_date": "2021-02"}),
        ("2020", "Present", {"start_date": "2020", "end_date": "present"}),
        ("", "2021", {"end_date": "2021"}),
        ("2021", "2021", {"date": "2021"}),
        ("2020-05", "2020", {"date": "May 2020 – 2020"}),
        ("2022", "2021", {"date": "2022 – 2021"}),
        ("2020-13", "2021", {"date": "2020-13 – 2021"}),
        ("2020-01", "", {"date": "since Jan 2020"}),
        ("Spring 2020", "", {"date": "Spring 2020"}),
        ("", "Present", {"date": "Present"}),
        ("", "", {}),
    ],
)
def test_dates_that_rendercv_would_refuse_are_written_in_words(start: str, end: str, expected: dict[str, str]) -> None:
    entry = cv(Resume(work_experience=(WorkEntry(company="Acme", start_date=start, end_date=end),)))["sections"][
        "experience"
    ][0]
    assert {key: value for key, value in entry.items() if "date" in key} == expected


def test_addresses_and_numbers_that_rendercv_would_refuse_are_shown_as_text() -> None:
    links = (("Website", "ada.example.com"), ("Nationality", "British"), ("LinkedIn", "https://example.com/ada"))
    found = cv(Resume(contact=Contact(name="Ada", email="ada at example", phone="555 0142", links=links)))
    assert "email" not in found and "phone" not in found
    assert found["website"] == "https://ada.example.com"
    assert [one["placeholder"] for one in found["custom_connections"]] == [
        "ada at example",
        "555 0142",
        "Nationality: British",
        "LinkedIn",
    ]


def test_what_rendercv_requires_is_always_there() -> None:
    resume = Resume(
        work_experience=(WorkEntry(highlights=("x",)),), education=(Education(details=("x",)),), projects=(Project(highlights=("x",)),),
        certifications=(Certification(issuer="CNCF"),),
    )  # fmt: skip
    sections = cv(resume)["sections"]
    assert {"company", "position"} <= sections["experience"][0].keys()
    assert {"institution", "area"} <= sections["education"][0].keys()
    assert "name" in sections["projects"][0] and "name" in sections["certifications"][0]


def test_names_of_skills_with_commas_stand_apart() -> None:
    assert cv(Resume(skills=("C, the language", "Go")))["sections"]["skills"] == [
        {"bullet": "C, the language"},
        {"bullet": "Go"},
    ]


def test_sections_of_one_s_own_keep_their_titles() -> None:
    extras = (Extra(title="Talks & Papers", lines=("One: two", "- three")),)
    assert cv(Resume(skills=("Go",), extras=extras))["sections"]["Talks & Papers"] == [
        {"bullet": "One: two"},
        {"bullet": "- three"},
    ]


@given(whole_resumes)
@settings(max_examples=30, deadline=None)
def test_any_resume_is_yaml_in_which_every_section_is_of_one_kind(resume: Resume) -> None:
    for entries in cv(resume).get("sections", {}).values():
        assert len({type(entry) for entry in entries}) == 1
