"""What applicant tracking systems and hurried readers look for in a resume, and where."""

import re
from collections.abc import Iterator
from datetime import date

from backend.domain.audit.issue import Issue, issue
from backend.domain.resume import Contact, Resume, WorkEntry
from backend.domain.tenure import span
from backend.domain.text import words

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")
_PHONE = re.compile(r"[\d\s+().\-/–x]*(?:ext\.?\s*\d+)?", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_LINKED = re.compile(r"github|gitlab|linkedin|website|portfolio|url|homepage|blog|web\b", re.IGNORECASE)
LONG_SUMMARY, LONG_HIGHLIGHT, MANY_SKILLS = 90, 45, 40


def audit(resume: Resume, today: date) -> tuple[Issue, ...]:
    """What the resume alone shows, whatever it is written in: the issues that `ats_compatibility` counts."""
    return (*_contact(resume.contact), *_sections(resume), *_entries(resume, today))


def _contact(contact: Contact) -> Iterator[Issue]:
    if not contact.name:
        yield issue("no_name", "/contact/name", "There is no name.", "Put your full name first.")
    if not _EMAIL.fullmatch(contact.email):
        yield issue("no_email", "/contact/email", "There is no e-mail address.", "Add one that you read.")
    if not contact.phone:
        yield issue("no_phone", "/contact/phone", "There is no phone number.", "Add one, with country code.")
    elif not _PHONE.fullmatch(contact.phone) or not 7 <= sum(char.isdigit() for char in contact.phone) <= 20:
        yield issue(
            "odd_phone", "/contact/phone", f"“{contact.phone[:40]}” does not read as one phone number.",
            "Give one number, digits and spaces only, with country code.",
        )  # fmt: skip
    for n, (label, address) in enumerate(contact.links):
        if _LINKED.search(label) and not _ADDRESS.fullmatch(address.strip()):
            yield issue(
                "odd_link", f"/contact/links/{n}", f"“{address[:60]}” is not a web address.",
                "Write the whole address, such as github.com/ada.",
            )  # fmt: skip


def _sections(resume: Resume) -> Iterator[Issue]:
    if not resume.summary:
        yield issue("no_summary", "/summary", "There is no summary.", "Open with two or three sentences.")
    elif (length := len(words(resume.summary))) > LONG_SUMMARY:
        yield issue("long_summary", "/summary", f"The summary has {length} words.", f"Keep it under {LONG_SUMMARY}.")
    if not resume.skills:
        yield issue("no_skills", "/skills", "There is no skills section.", "List the skills you use.")
    elif len(resume.skills) > MANY_SKILLS:
        fix = f"Keep the {MANY_SKILLS} that matter most."
        yield issue("many_skills", "/skills", f"{len(resume.skills)} skills.", fix)
    if not resume.work_experience and not resume.projects:
        yield issue("no_experience", "/work_experience", "There is no experience.", "Add jobs or projects.")
    if not resume.education:
        yield issue("no_education", "/education", "There is no education section.", "Add one, however short.")


def _entries(resume: Resume, today: date) -> Iterator[Issue]:
    for index, job in enumerate(resume.work_experience):
        yield from _entry(f"/work_experience/{index}", job, today)


def _entry(place: str, job: WorkEntry, today: date) -> Iterator[Issue]:
    if not job.company or not job.title:
        missing = "employer" if not job.company else "title"
        yield issue("no_heading", place, f"This entry has no {missing}.", f"Name the {missing}.")
    if not job.start_date or span(job.start_date, job.end_date, today) is None:
        yield issue("no_dates", place, "The dates cannot be read.", "Write them as 2021-03 or Mar 2021.")
    if not job.highlights and not job.summary:
        yield issue("no_highlights", place, "Nothing says what was done here.", "Add two to five highlights.")
    for n, highlight in enumerate(job.highlights):
        if len(words(highlight)) > LONG_HIGHLIGHT:
            fix = f"Keep it under {LONG_HIGHLIGHT} words."
            yield issue("long_highlight", f"{place}/highlights/{n}", "This highlight is long.", fix)
