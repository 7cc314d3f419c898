import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings

from backend.documents.reading import read_resume_file
from backend.documents.writing.json_resume import json_resume
from backend.documents.writing.read_back import comparable
from backend.domain import stored_shape
from backend.domain.resume import Contact, Education, Extra, Project, Resume, WorkEntry
from backend.domain.text import clean
from backend.tests.evals.round_trip_eval import resumes
from backend.tests.unit.documents.strategies import whole_resumes
from backend.tests.unit.documents.writing.test_markdown import WHOLE

_SCHEMA = Path(__file__).resolve().parents[6] / "shared" / "data" / "jsonresume" / "schema.json"


def read_back(resume: Resume) -> Resume:
    return stored_shape.read(read_resume_file(json_resume(resume).encode()))


def same(resume: Resume) -> dict[str, Any]:
    """What is compared: the order of sections of one's own is not kept, nor whether an address names its scheme."""
    value = comparable(resume)
    value["extras"] = sorted(map(str, value.get("extras", [])))
    links = resume.contact.links
    value["contact"] = value.get("contact", {}) | {"links": sorted(_bare(address) for _, address in links)}
    for project in value.get("projects", []):
        project["url"] = _bare(project["url"])
    return value


def _bare(address: str) -> str:
    return " ".join(clean(address).split()).removeprefix("https://")


@pytest.fixture(scope="module")
def validator() -> Any:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed: validity is not checked")
    if not _SCHEMA.is_file():
        pytest.skip("../shared/data is absent: validity is not checked")
    schema = json.loads(_SCHEMA.read_text())
    return jsonschema.Draft7Validator(schema)


def test_fields_stand_under_the_names_of_the_schema() -> None:
    document = json.loads(json_resume(WHOLE))
    assert document["basics"] == {
        "name": "Ada Lovelace", "label": "Analyst", "email": "ada@example.com", "phone": "+44 20 7946 0000",
        "summary": "I analyse engines.", "location": {"city": "London", "region": "UK"},
        "profiles": [{"network": "GitHub", "username": "ada", "url": "https://github.com/ada"}],
    }  # fmt: skip
    assert document["work"] == [
        {
            "name": "Acme Corp", "position": "Analyst", "location": "London", "startDate": "2020-01", "end_date": "Present",
            "summary": "A team of five.", "highlights": ["Wrote *Note G*", "# 1 in the class"], "technologies": ["C#", "Go"],
        }
    ]  # fmt: skip
    assert document["education"] == [
        {
            "institution": "University of London", "studyType": "BSc", "area": "Mathematics", "endDate": "2015",
            "courses": ["GPA: 4.0"],
        }
    ]  # fmt: skip
    assert document["Hobbies"] == ["Chess"]


def test_it_reads_back_equal() -> None:
    assert same(read_back(WHOLE)) == same(WHOLE)


def test_real_resumes_read_back_equal_and_are_valid(validator: Any) -> None:
    for resume in resumes(24):
        validator.validate(json.loads(json_resume(resume)))
        assert same(read_back(resume)) == same(resume)


def test_it_is_valid(validator: Any) -> None:
    validator.validate(json.loads(json_resume(WHOLE)))
    validator.validate(json.loads(json_resume(Resume())))


def test_the_validator_refuses_a_date_that_the_schema_does_not_allow(validator: Any) -> None:
    assert not validator.is_valid({"work": [{"startDate": "long ago"}]})


@pytest.mark.parametrize("date", ["Present", "Spring 2020", "long ago", "2018 – 2019"])
def test_a_date_in_words_is_kept_under_a_name_of_ours(date: str, validator: Any) -> None:
    resume = Resume(work_experience=(WorkEntry(company="Acme", start_date=date, end_date=date),))
    validator.validate(json.loads(json_resume(resume)))
    assert read_back(resume) == resume


def test_sections_that_the_schema_has_stand_under_its_names() -> None:
    extras = tuple(
        Extra(title=title, lines=("one", "two")) for title in ("Interests", "Publications", "Volunteer", "References")
    )
    resume = Resume(skills=("Go",), extras=extras)
    assert {"interests", "publications", "volunteer", "references"} < json.loads(json_resume(resume)).keys()
    assert set(read_back(resume).extras) == set(extras)


def test_a_section_may_be_called_like_a_field_of_the_schema() -> None:
    resume = Resume(skills=("Go",), extras=(Extra(title="meta", lines=("one",)),))
    assert read_back(resume).extras == (Extra(title="Meta", lines=("one",)),)


def test_addresses_get_a_scheme_and_other_ways_stay_as_they_are() -> None:
    links = (("website", "ada.example.com"), ("GitHub", "github.com/ada"), ("Nationality", "British"))
    resume = Resume(
        contact=Contact(name="Ada", links=links), projects=(Project(name="Engine", url="ask me"), Project(name="Loom", url="loom.dev"))
    )  # fmt: skip
    document = json.loads(json_resume(resume))
    assert document["basics"]["url"] == "https://ada.example.com"
    assert document["basics"]["profiles"] == [
        {"network": "GitHub", "username": "ada", "url": "https://github.com/ada"},
        {"network": "Nationality", "username": "British"},
    ]
    assert [project.get("url") for project in document["projects"]] == [None, "https://loom.dev"]
    assert same(read_back(resume)) == same(resume)


def test_a_score_is_a_score() -> None:
    resume = Resume(education=(Education(institution="KTH", details=("Score: 3.9", "Logic")),))
    entry = json.loads(json_resume(resume))["education"][0]
    assert (entry["score"], entry["courses"]) == ("3.9", ["Logic"])
    assert read_back(resume) == resume


def test_characters_that_json_or_xml_cannot_hold_are_dropped() -> None:
    resume = Resume(summary="a\x00b\ud800c", skills=("Go\x07",))
    assert json_resume(resume).encode()
    assert read_back(resume) == Resume(summary="abc", skills=("Go",))


@given(whole_resumes)
@example(
    Resume(
        contact=Contact(name="Ada", links=(("x", "\u0a59 \u2126.example"),)),
        projects=(Project(name="P", url="\u0a59"),),
    )
)
@settings(max_examples=40, deadline=None)
def test_any_resume_reads_back_with_nothing_lost(resume: Resume) -> None:
    resume = resume.model_copy(update={"skills": (*resume.skills, "Go")})
    assert same(read_back(resume)) == same(resume)


@given(resume=whole_resumes)
@settings(max_examples=40, deadline=None)
def test_any_resume_is_valid(validator: Any, resume: Resume) -> None:
    validator.validate(json.loads(json_resume(resume)))
