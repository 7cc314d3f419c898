"""RenderCV's YAML becomes a stored document, nothing of the person's left behind."""

import pytest

from backend.documents.reading import read_resume_file
from backend.domain import stored_shape
from backend.domain.resume import Resume, SpokenLanguage

CV = """\
cv:
  name: Ada Lovelace
  headline: Analyst
  location: London, UK
  email: ada@example.com
  phone: tel:+44-20-7946-0000
  website: https://ada.example/
  social_networks:
    - network: GitHub
      username: ada
  custom_connections:
    - placeholder: Book a call
      url: https://cal.example/ada
  sections:
    summary:
      - I **build** engines.
    experience:
      - company: Acme
        position: Engineer
        location: Berlin
        start_date: 2020-01
        end_date: present
        summary: A team of five.
        highlights:
          - Cut costs by 40%
          - Wrote papers - One for Nature - One for Science
      - company: Beta
        position: Intern
        date: Summer 2019
    education:
      - institution: Leeds
        area: Mathematics
        degree: BSc
        start_date: 2013
        end_date: 2016
        highlights:
          - 'GPA: 3.9'
    projects:
      - name: '[Chat](https://chat.example)'
        date: 2021-05
        highlights: [Used by 40 people]
    skills:
      - label: Languages
        details: Go, Python (3.x, async)
    spoken_languages:
      - label: English
        details: native
    publications:
      - title: On Engines
        authors: [Ada Lovelace, '*C. Babbage*']
        journal: Nature
        date: 1843-10
    selected_honors:
      - bullet: First programmer
    things_i_like:
      - Tea
      - name: Chess
        location: Club
design:
  theme: classic
"""


@pytest.fixture(scope="module")
def resume() -> Resume:
    return stored_shape.read(read_resume_file(CV.encode()))


def test_contact_and_links_are_read(resume: Resume) -> None:
    contact = resume.contact
    assert (contact.name, contact.email, contact.phone, contact.location) == (
        "Ada Lovelace", "ada@example.com", "+44-20-7946-0000", "London, UK",
    )  # fmt: skip
    assert dict(contact.links) == {
        "website": "https://ada.example/", "GitHub": "https://github.com/ada", "Book a call": "https://cal.example/ada",
    }  # fmt: skip


def test_positions_are_read_with_their_dates_and_highlights(resume: Resume) -> None:
    acme, beta = resume.work_experience
    assert (acme.title, acme.company, acme.start_date, acme.end_date) == ("Engineer", "Acme", "2020-01", "Present")
    assert acme.summary == "A team of five."
    assert acme.highlights == ("Cut costs by 40%", "Wrote papers", "One for Nature", "One for Science")
    assert (beta.start_date, beta.end_date) == ("Summer 2019", "Summer 2019")


def test_education_and_projects_are_read(resume: Resume) -> None:
    (school,), (project,) = resume.education, resume.projects
    assert (school.degree, school.field, school.start_date, school.details) == (
        "BSc",
        "Mathematics",
        "2013",
        ("GPA: 3.9",),
    )
    assert (project.name, project.url, project.end_date) == ("Chat", "https://chat.example", "2021-05")


def test_lists_are_read_by_what_they_hold(resume: Resume) -> None:
    assert resume.skills == ("Go", "Python (3.x, async)")
    assert resume.languages == (SpokenLanguage(language="English", fluency="native"),)
    assert resume.achievements == ("First programmer",)
    assert resume.summary == "I build engines."


def test_sections_that_we_have_no_model_for_are_extras(resume: Resume) -> None:
    extras = {extra.title: extra.lines for extra in resume.extras}
    assert extras["Publications"] == ("On Engines (1843-10): Ada Lovelace, C. Babbage, Nature",)
    assert extras["Things I Like"] == ("Tea", "Chess: Club")
    assert "classic" not in str(extras)


@pytest.mark.parametrize(
    "text", ["cv:\n  name: Ada\n  sections: nothing\n", "cv:\n  sections:\n    experience:\n      - company: x\n"]
)
def test_odd_shapes_are_read_as_far_as_they_go(text: str) -> None:
    assert stored_shape.read(read_resume_file(text.encode())) != Resume()
