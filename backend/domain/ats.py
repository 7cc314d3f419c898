"""What applicant tracking systems and hurried readers stumble on in a resume. 1.0 less the cost of what was found."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from backend.domain.model import Model
from backend.domain.resume import Resume
from backend.domain.tenure import span
from backend.domain.text import words

Severity = Literal["error", "warning", "hint"]
_COST: dict[Severity, float] = {"error": 0.15, "warning": 0.05, "hint": 0.02}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")


class Issue(Model):
    """Something to mend: what, where (a JSON Pointer) and how."""

    code: str
    severity: Severity
    place: str
    message: str
    fix: str


def audit(resume: Resume, today: date) -> tuple[Issue, ...]:
    return (*_contact(resume), *_sections(resume), *_entries(resume, today))


def score(issues: tuple[Issue, ...]) -> float:
    """`ats_compatibility`: 1 - Σ cost (error 0.15, warning 0.05, hint 0.02), never below 0; a code counts at most three times."""
    counts: dict[str, int] = {}
    total = 0.0
    for issue in issues:
        counts[issue.code] = counts.get(issue.code, 0) + 1
        if counts[issue.code] <= 3:
            total += _COST[issue.severity]
    return round(max(0.0, 1 - total), 4)


def _issue(code: str, severity: Severity, place: str, message: str, fix: str) -> Issue:
    return Issue(code=code, severity=severity, place=place, message=message, fix=fix)


def _contact(resume: Resume) -> Iterator[Issue]:
    contact = resume.contact
    if not contact.name:
        yield _issue("no_name", "error", "/contact/name", "There is no name.", "Put your full name first.")
    if not _EMAIL.fullmatch(contact.email):
        yield _issue("no_email", "error", "/contact/email", "There is no e-mail address.", "Add one that you read.")
    if not contact.phone:
        yield _issue("no_phone", "hint", "/contact/phone", "There is no phone number.", "Add one, with country code.")


def _sections(resume: Resume) -> Iterator[Issue]:
    if not resume.summary:
        yield _issue("no_summary", "hint", "/summary", "There is no summary.", "Open with two or three sentences.")
    elif (length := len(words(resume.summary))) > 90:
        yield _issue("long_summary", "hint", "/summary", f"The summary has {length} words.", "Keep it under 90.")
    if not resume.skills:
        yield _issue("no_skills", "warning", "/skills", "There is no skills section.", "List the skills you use.")
    elif len(resume.skills) > 40:
        yield _issue("many_skills", "hint", "/skills", f"{len(resume.skills)} skills.", "Keep the 40 that matter most.")
    if not resume.work_experience and not resume.projects:
        yield _issue("no_experience", "warning", "/work_experience", "There is no experience.", "Add jobs or projects.")
    if not resume.education:
        yield _issue("no_education", "hint", "/education", "There is no education section.", "Add one, however short.")


def _entries(resume: Resume, today: date) -> Iterator[Issue]:
    for index, job in enumerate(resume.work_experience):
        place = f"/work_experience/{index}"
        if not job.company or not job.title:
            missing = "employer" if not job.company else "title"
            yield _issue("no_heading", "error", place, f"This entry has no {missing}.", f"Name the {missing}.")
        if not job.start_date or span(job.start_date, job.end_date, today) is None:
            yield _issue(
                "no_dates", "warning", place, "The dates cannot be read.", "Write them as 2021-03 or Mar 2021."
            )
        if not job.highlights and not job.summary:
            yield _issue(
                "no_highlights", "warning", place, "Nothing says what was done here.", "Add two to five highlights."
            )
        for n, highlight in enumerate(job.highlights):
            if len(words(highlight)) > 45:
                yield _issue(
                    "long_highlight",
                    "hint",
                    f"{place}/highlights/{n}",
                    "This highlight is long.",
                    "Keep it under 45 words.",
                )
