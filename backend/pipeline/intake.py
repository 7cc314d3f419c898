"""What a run accepts: a resume with something in it and a job description with words in it."""

from collections.abc import Mapping
from typing import Any

from backend.domain.content import resume_evidence
from backend.domain.job import MAX_JOB_CHARACTERS, Job
from backend.domain.job_reading import looks_english, looks_like_resume
from backend.domain.resume import Resume
from backend.domain.stored_shape import read
from backend.domain.text import clean, words
from backend.errors import InvalidInput

_MAX_LINES, _MAX_CHARACTERS = 2_000, 200_000


def read_resume(document: Mapping[str, Any]) -> Resume:
    resume = read(document)
    if not resume.has_content:
        raise InvalidInput(
            "The resume has nothing to tailor: no summary, experience, skills or education was found in it. "
            "See the README for the shape it should have."
        )
    lines = [item.text for item in resume_evidence(resume)]
    if len(lines) > _MAX_LINES:
        raise InvalidInput(f"The resume has {len(lines):,} lines; {_MAX_LINES:,} is the most that can be tailored.")
    if (characters := sum(map(len, lines))) > _MAX_CHARACTERS:
        raise InvalidInput(
            f"The resume has {characters:,} characters; {_MAX_CHARACTERS:,} is the most that can be tailored."
        )
    return resume


def read_job(job: Job) -> tuple[Job, list[str]]:
    """The job as it will be read, cleaned of control characters, and what seems odd about it."""
    if len(job.text) > MAX_JOB_CHARACTERS:
        raise InvalidInput(
            f"The job description has {len(job.text):,} characters; the limit is {MAX_JOB_CHARACTERS:,}. "
            "Send the part that says what the job asks."
        )
    text = clean(job.text)
    if not words(text):
        raise InvalidInput("The job description is empty: it has no words. Paste the text of the job advertisement.")
    if text.count("\ufffd") > len(text) // 20:
        raise InvalidInput("The job description is not readable text. Paste the text of the job advertisement.")
    warnings = []
    if not looks_english(text):
        warnings.append(
            "The job description does not seem to be in English; skills are found, but prose is read poorly."
        )
    if looks_like_resume(text):
        warnings.append("The job description looks like a resume. Check that the right text was pasted.")
    if len(words(text)) < 15:
        warnings.append("The job description is very short; the analysis rests on few words.")
    return Job(text=text, title=clean(job.title), company=clean(job.company), url=job.url), warnings
