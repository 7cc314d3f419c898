import json
from typing import Any

from backend.documents.reading import read_resume_file
from backend.domain import stored_shape

SOURCE: dict[str, Any] = {
    "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.2.1/schema.json",
    "basics": {
        "name": "Ada Lovelace",
        "label": "Analyst",
        "image": "https://example.com/ada.png",
        "email": "ada@example.com",
        "phone": "+44 1",
        "url": "https://ada.example.com",
        "summary": "I analyse engines.",
        "location": {"address": "1 Square", "postalCode": "W1", "city": "London", "countryCode": "GB", "region": "England"},
        "profiles": [
            {"network": "GitHub", "username": "ada", "url": "https://github.com/ada"},
            {"network": "Mastodon", "username": "lovelace", "url": "https://social.example"},
            {"network": "GitHub", "username": "ada2"},
        ],
    },
    "work": [
        {
            "name": "Engines Ltd",
            "position": "Analyst",
            "location": "London",
            "description": "Makers of engines",
            "url": "https://engines.example",
            "startDate": "1842-01-01",
            "endDate": "1843-06",
            "summary": "Wrote notes.",
            "highlights": ["Note G", "- A dash first"],
        }
    ],
    "volunteer": [
        {
            "organization": "Museum",
            "position": "Guide",
            "url": "https://museum.example",
            "startDate": "1840",
            "endDate": "1841",
            "summary": "Weekends.",
            "highlights": ["Led tours"],
        }
    ],
    "education": [
        {"institution": "Home", "area": "Mathematics", "studyType": "Private", "endDate": "1835", "score": "A", "courses": ["Calculus"], "url": "u"}
    ],
    "awards": [{"title": "Medal", "date": "1850", "awarder": "Society", "summary": "For the notes"}],
    "certificates": [{"name": "Cert", "date": "1851", "issuer": "Board", "url": "https://cert.example"}],
    "publications": [{"name": "Notes", "publisher": "Taylor", "releaseDate": "1843", "url": "https://notes.example", "summary": "Long"}],
    "skills": [{"name": "Maths", "level": "Master", "keywords": ["Algebra", "Analysis"]}, {"name": "Music", "keywords": []}, "Riding"],
    "languages": [{"language": "English", "fluency": "Native"}],
    "interests": [{"name": "Games", "keywords": ["Chess"]}],
    "references": [{"name": "Charles", "reference": "An enchantress"}],
    "projects": [
        {
            "name": "Engine",
            "description": "A machine",
            "highlights": ["Punched cards"],
            "keywords": ["Cards"],
            "startDate": "1842",
            "url": "https://engine.example",
            "roles": ["Author", "Critic"],
            "entity": "Babbage",
            "type": "machine",
        }
    ],
    "x-pets": {"cat": "Puff"},
    "meta": {"version": "v1.2.1"},
}  # fmt: skip
DOCUMENT = read_resume_file(json.dumps(SOURCE).encode())
RESUME = stored_shape.read(DOCUMENT)


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    return [str(value)]


def test_no_text_of_the_persons_is_lost() -> None:
    source = {key: value for key, value in SOURCE.items() if key not in ("$schema", "meta")}
    kept = "\n".join(texts(DOCUMENT)) + "\n" + "\n".join(DOCUMENT["contact"])
    assert [text for text in texts(source) if text not in kept] == []


def test_contact_holds_the_ways_to_reach_the_person_and_not_the_picture() -> None:
    assert RESUME.contact.location == "1 Square, London, England, W1, GB"
    assert RESUME.contact.links == (
        ("website", "https://ada.example.com"),
        ("GitHub", "https://github.com/ada"),
        ("Mastodon lovelace", "https://social.example"),
        ("GitHub 2", "ada2"),
    )


def test_a_position_keeps_prose_and_highlights_apart() -> None:
    (job,) = RESUME.work_experience
    assert (job.title, job.company, job.start_date, job.end_date) == ("Analyst", "Engines Ltd", "1842-01-01", "1843-06")
    assert job.summary == "Makers of engines\nWrote notes."
    assert job.highlights == ("Note G", "- A dash first")


def test_sections_without_a_field_of_ours_become_lines() -> None:
    extras = {extra.title: extra.lines for extra in RESUME.extras}
    assert extras["Volunteer"] == ("Guide, Museum (1840 – 1841): Weekends. https://museum.example", "Led tours")
    assert extras["Publications"] == ("Notes, Taylor (1843): Long https://notes.example",)
    assert extras["Interests"] == ("Games: Chess",)
    assert extras["References"] == ("Charles: An enchantress",)
    assert extras["Headline"] == ("Analyst",)
    assert extras["x-pets"] == ("Puff",)
    assert RESUME.achievements == ("Medal, Society (1850): For the notes",)


def test_the_rest_is_read() -> None:
    assert RESUME.skills == ("Algebra", "Analysis", "Music", "Riding")
    assert RESUME.education[0].details == ("Score: A", "Calculus")
    assert (RESUME.projects[0].role, RESUME.projects[0].technologies) == ("Author, Critic", ("Cards",))
    assert (RESUME.certifications[0].issuer, RESUME.languages[0].fluency) == ("Board", "Native")


def test_values_of_the_wrong_type_do_no_harm() -> None:
    source = {
        "basics": {"name": "Ada", "location": "London", "profiles": "x"},
        "work": ["Cook at the Ivy"],
        "skills": "Go, C",
    }
    resume = stored_shape.read(read_resume_file(json.dumps(source).encode()))
    assert (resume.contact.location, resume.extras[0].lines) == ("London", ("Cook at the Ivy",))
