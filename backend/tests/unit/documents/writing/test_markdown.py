import pytest
from hypothesis import given, settings

from backend.documents.reading import read_resume_file
from backend.documents.writing import markdown
from backend.documents.writing.markdown_escape import escaped
from backend.documents.writing.read_back import comparable
from backend.domain import stored_shape
from backend.domain.resume import Certification, Contact, Education, Extra, Project, Resume, SpokenLanguage, WorkEntry
from backend.tests.strategies import resumes
from backend.tests.unit.documents.strategies import whole_resumes

WHOLE = Resume(
    contact=Contact(
        name="Ada Lovelace", email="ada@example.com", phone="+44 20 7946 0000", location="London, UK",
        links=(("GitHub", "https://github.com/ada"),),
    ),
    summary="I analyse engines.",
    work_experience=(
        WorkEntry(
            company="Acme Corp", title="Analyst", location="London", start_date="2020-01", end_date="Present",
            summary="A team of five.", highlights=("Wrote *Note G*", "# 1 in the class"), technologies=("C#", "Go"),
        ),
    ),
    education=(Education(institution="University of London", degree="BSc", field="Mathematics", end_date="2015", details=("GPA: 4.0",)),),
    skills=("Go", "CI/CD"),
    achievements=("Medal 2020",),
    projects=(Project(name="Engine", role="Author", description="A machine", url="https://engine.example", highlights=("Cards",)),),
    certifications=(Certification(name="CKA", issuer="CNCF", date="2022-05"),),
    languages=(SpokenLanguage(language="English", fluency="native"),),
    extras=(Extra(title="Headline", lines=("Analyst",)), Extra(title="Hobbies", lines=("Chess",))),
)  # fmt: skip


def read_back(resume: Resume) -> Resume:
    return stored_shape.read(read_resume_file(markdown(resume).encode()))


def test_an_ordinary_resume_reads_as_a_person_would_write_it() -> None:
    assert markdown(WHOLE) == (
        "# Ada Lovelace\n\nAnalyst\n\n"
        "ada@example.com | +44 20 7946 0000 | London, UK | GitHub: https://github.com/ada\n\n"
        "## Summary\n\nI analyse engines.\n\n"
        "## Experience\n\n### Analyst — Acme Corp\nJan 2020 – Present | London\n\nA team of five.\n\n"
        "- Wrote \\*Note G\\*\n- \\# 1 in the class\n\nTechnologies: C#, Go\n\n"
        "## Projects\n\n### Engine\nRole: Author  \nhttps://engine.example\n\nA machine\n\n- Cards\n\n"
        "## Education\n\n### BSc, Mathematics — University of London\n2015\n\n- GPA: 4.0\n\n"
        "## Skills\n\nGo, CI/CD\n\n## Certifications\n\n- CKA — CNCF (May 2022)\n\n## Languages\n\n- English (native)\n\n"
        "## Achievements\n\n- Medal 2020\n\n## Hobbies\n\n- Chess\n"
    )


def test_it_reads_back_equal() -> None:
    back = read_back(WHOLE)
    assert back.model_copy(update={"extras": ()}) == WHOLE.model_copy(update={"extras": ()})
    assert set(back.extras) == set(WHOLE.extras)


def test_a_resume_with_nothing_in_it_is_nothing() -> None:
    assert markdown(Resume()).strip() == ""


def test_a_resume_without_a_name_says_that_these_are_contacts() -> None:
    resume = Resume(contact=Contact(email="ada@example.com"), skills=("Go",))
    assert markdown(resume).startswith("## Contact\n\nEmail: ada@example.com\n")
    assert read_back(resume) == resume


def test_an_unusual_heading_gets_labels() -> None:
    resume = Resume(
        contact=Contact(name="Ada"), work_experience=(WorkEntry(company="The Painter", title="Acme Inc, Paris"),)
    )
    assert "Title: Acme Inc, Paris  \nCompany: The Painter" in markdown(resume)
    assert read_back(resume) == resume


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("snake_case and R&D at 5*", "snake_case and R&D at 5\\*"),
        ("# heading", "\\# heading"),
        ("C# and #1", "C# and #1"),
        ("- dash", "\\- dash"),
        ("1. one", "1\\. one"),
        ("1.5 times", "1.5 times"),
        ("<b> < c", "\\<b> < c"),
        ("&amp; & co", "\\&amp; & co"),
        ("[a](b) [1]", "\\[a\\](b) [1]"),
        ("_so_ a\\b", "\\_so\\_ a\\\\b"),
        ("• dot", "&#8226; dot"),
    ],
)
def test_only_what_would_change_the_meaning_is_escaped(text: str, expected: str) -> None:
    assert escaped(text) == expected


@given(resumes)
@settings(deadline=None)
def test_any_resume_reads_back_with_nothing_lost(resume: Resume) -> None:
    assert comparable(read_back(resume)) == comparable(resume)


@given(whole_resumes)
@settings(max_examples=60, deadline=None)
def test_any_resume_with_every_field_reads_back_with_nothing_lost(resume: Resume) -> None:
    assert comparable(read_back(resume)) == comparable(resume)
