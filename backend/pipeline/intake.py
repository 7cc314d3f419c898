"""What a run accepts: a resume with something in it and a job description with words in it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from backend.domain.content import resume_evidence
from backend.domain.injection import instructs, without_instructions
from backend.domain.job import MAX_JOB_CHARACTERS, Job
from backend.domain.job_reading import looks_english, looks_like_resume
from backend.domain.resume import Resume
from backend.domain.stored_shape import read
from backend.domain.text import clean, visible, words
from backend.errors import InvalidInput

_ORDERS = "The {} contains instructions aimed at AI tools. They were left out and not followed: {}"
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
    hidden = visible(job.text)[1]
    text, orders = without_instructions(clean(job.text))
    if not words(text) and not orders:
        raise InvalidInput("The job description is empty: it has no words. Paste the text of the job advertisement.")
    if text.count("\ufffd") > len(text) // 20:
        raise InvalidInput("The job description is not readable text. Paste the text of the job advertisement.")
    warnings = [_ORDERS.format("job description", _quoted(orders))] if orders else []
    if hidden:
        warnings.append(f"The job description held {hidden} characters that cannot be seen; they were removed.")
    if not looks_english(text):
        warnings.append(
            "The job description does not seem to be in English; skills are found, but prose is read poorly."
        )
    if looks_like_resume(text):
        warnings.append("The job description looks like a resume. Check that the right text was pasted.")
    if len(words(text)) < 15:
        warnings.append("The job description is very short; the analysis rests on few words.")
    title, company = (
        "" if instructs(value) else value.replace("\n", " ") for value in (clean(job.title), clean(job.company))
    )
    return Job(text=text, title=title, company=company, url=job.url), warnings


def resume_warnings(document: Mapping[str, Any], resume: Resume) -> list[str]:
    """What the person should know of their own document: lines that instruct machines, and characters nobody can see."""
    orders = [item.text for item in resume_evidence(resume) if instructs(item.text)]
    warnings = [_ORDERS.format("resume", _quoted(orders))] if orders else []
    if hidden := sum(visible(text)[1] for text in _strings(document)):
        warnings.append(f"The resume holds {hidden} characters that cannot be seen; they count for nothing here.")
    return warnings


def library_warnings(orders: Sequence[str]) -> list[str]:
    return [_ORDERS.format("content library", _quoted(list(orders)))] if orders else []


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(item)


def _quoted(lines: list[str]) -> str:
    shown = [f"“{line[:120]}”" for line in lines[:3]]
    return ", ".join(shown) + (f" and {len(lines) - 3} more" if len(lines) > 3 else "")
