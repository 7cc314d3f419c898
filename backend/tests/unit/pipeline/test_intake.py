"""What a run accepts, what it refuses and what it warns of."""

from typing import Any

import pytest

from backend.domain.job import MAX_JOB_CHARACTERS, Job
from backend.errors import InvalidInput
from backend.pipeline.intake import read_job, read_resume
from backend.tests.unit.pipeline.scene import DOCUMENT

ENGLISH = (
    "We are looking for a backend engineer who knows Python and PostgreSQL and has run services in production for some "
    "years. You will work with a small team and own what you build."
)


def refusal(job: str) -> str:
    with pytest.raises(InvalidInput) as error:
        read_job(Job(text=job))
    return error.value.detail


@pytest.mark.parametrize("text", ["", "   \n\t", "\u200b\u200b", "🚀🔥 🎉", "--- *** !!!", "\x00\x01\x02"])
def test_a_job_without_words_is_refused(text: str) -> None:
    assert "no words" in refusal(text)


def test_bytes_that_are_no_text_are_refused() -> None:
    assert "not readable" in refusal(bytes(range(128, 256)).decode(errors="replace") + "PNG")


def test_a_job_of_the_longest_length_is_read() -> None:
    job, _ = read_job(Job(text=("Python " * MAX_JOB_CHARACTERS)[:MAX_JOB_CHARACTERS]))
    assert job.text


def test_a_job_one_character_too_long_is_refused_with_both_numbers() -> None:
    detail = refusal("a" * (MAX_JOB_CHARACTERS + 1))
    assert "50,001" in detail
    assert "50,000" in detail


def test_a_job_is_cleaned_of_control_characters() -> None:
    job, _ = read_job(Job(text="Py\0thon\r\nKafka\x07", title="Eng\0ineer", company="Ac\x01me"))
    assert (job.text, job.title, job.company) == ("Python\nKafka", "Engineer", "Acme")


def test_a_plain_job_gives_no_warning() -> None:
    assert read_job(Job(text=ENGLISH))[1] == []


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("Wir suchen eine erfahrene Entwicklerin für unsere Abteilung am Hafen. " * 4, "English"),
        ("Kafka engineer", "very short"),
        (
            "Ada Berg ada@example.com\nWork Experience\nAcme 2019 - 2022 building the backend of a shop for many people\n"
            "Initech 2015 - 2019 testing the printers of the office with care\nEducation\nChalmers",
            "looks like a resume",
        ),
    ],
)
def test_an_odd_job_is_warned_of(text: str, warning: str) -> None:
    assert any(warning in given for given in read_job(Job(text=text))[1])


@pytest.mark.parametrize("document", [{}, {"contact": {"name": "Ada"}}, {"summary": " "}, {"work_experience": []}])
def test_a_resume_with_nothing_to_tailor_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="nothing to tailor"):
        read_resume(document)


@pytest.mark.parametrize("document", [{"skills": ["Python"]}, {"summary": "Cook"}, {"education": [{"degree": "BSc"}]}])
def test_a_resume_without_work_experience_is_read(document: dict[str, Any]) -> None:
    assert read_resume(document).has_content


def test_a_resume_of_200_highlights_is_read() -> None:
    many = [{"company": "Acme", "highlights": [f"Did thing {n}" for n in range(200)]}]
    assert len(read_resume({"work_experience": many}).work_experience[0].highlights) == 200


@pytest.mark.parametrize("section", ["skills", "achievements", "publications", "certifications"])
def test_a_resume_of_too_many_lines_is_refused_wherever_they_stand(section: str) -> None:
    with pytest.raises(InvalidInput, match="is the most"):
        read_resume({**DOCUMENT, section: [f"line {n}" for n in range(2_001)]})


def lines(count: int) -> dict[str, Any]:
    return {"skills": [f"skill {n}" for n in range(count)]}


def test_a_resume_of_the_most_lines_is_read() -> None:
    assert len(read_resume(lines(2_000)).skills) == 2_000


def test_a_resume_of_too_many_characters_is_refused() -> None:
    with pytest.raises(InvalidInput, match="200,001 characters"):
        read_resume({"summary": "x" * 200_001})
