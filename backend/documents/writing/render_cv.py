"""A resume as RenderCV's YAML: the `cv` alone, so that the design stays the user's own.

RenderCV refuses a whole file for one address or date that it does not like. What it would not take under a name of its
own is written where any text may stand. Technologies, roles and addresses of projects stand under keys of ours.
"""

import datetime
import re
from collections.abc import Iterable
from typing import Any

import yaml

from backend.documents.reading.body import listed
from backend.documents.reading.dates import shown
from backend.documents.reading.text_resume import HEADLINE
from backend.documents.writing.read_back import one_line, prose_lines
from backend.documents.writing.ways import link
from backend.domain.resume import Certification, Contact, Education, Project, Resume, WorkEntry
from backend.domain.text import clean

_EMAIL = re.compile(r"[^\s@<>\"]+@(?:[\w-]+\.)+[A-Za-z]{2,}")
_PHONE = re.compile(r"\+\d(?:[\s().-]*\d){7,14}")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_NETWORKS = {
    "LinkedIn": r"linkedin\.com/in/([\w%-]+)",
    "GitHub": r"github\.com/([\w-]+)",
    "GitLab": r"gitlab\.com/([\w.-]+)",
    "Instagram": r"instagram\.com/([\w.]+)",
    "ORCID": r"orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])",
    "StackOverflow": r"stackoverflow\.com/users/(\d+/[^/\s]+)",
    "ResearchGate": r"researchgate\.net/profile/([\w-]+)",
    "YouTube": r"youtube\.com/@([\w.-]+)",
    "Google Scholar": r"scholar\.google\.com/citations\?user=([\w-]+)",
    "Telegram": r"t\.me/(\w+)",
    "X": r"x\.com/(\w+)",
}


def render_cv(resume: Resume) -> str:
    """The resume as YAML that RenderCV 2 accepts. Empty parts are left out; the same resume gives the same text."""
    headlines = [one_line(line) for extra in resume.extras if extra.title == HEADLINE for line in extra.lines]
    sections: dict[str, list[Any]] = {
        "summary": ["\n".join(lines) for lines in prose_lines(resume.summary)],
        "experience": [_work(entry) for entry in resume.work_experience],
        "projects": [_project(entry) for entry in resume.projects],
        "education": [_education(entry) for entry in resume.education],
        "skills": _skills(resume.skills),
        "certifications": [_certificate(item) for item in resume.certifications],
        "languages": [{"label": item.language, "details": item.fluency} for item in resume.languages],
        "achievements": _bullets(resume.achievements),
    }
    for extra in resume.extras:
        if extra.title != HEADLINE and (title := one_line(extra.title)):
            sections[title] = [*sections.get(title, []), *_bullets(extra.lines)]
    contact = _contact(resume.contact)
    kept = {title: entries for title, entries in sections.items() if entries}
    cv = _filled(name=one_line(resume.contact.name), headline=" | ".join(headlines), **contact, sections=kept)
    text: str = yaml.safe_dump(
        {"cv": _cleaned(cv)}, allow_unicode=True, sort_keys=False, default_flow_style=False, width=100_000
    )
    return text


def _contact(contact: Contact) -> dict[str, Any]:
    email, phone = contact.email.strip(), contact.phone.strip()
    networks: list[dict[str, str]] = []
    others: list[dict[str, str]] = []
    website = ""
    if email and not _EMAIL.fullmatch(email):
        others.append({"fontawesome_icon": "envelope", "placeholder": email})
    if phone and not _PHONE.fullmatch(phone):
        others.append({"fontawesome_icon": "phone", "placeholder": phone})
    for label, address in contact.links:
        href = link(address.strip()).href
        if found := _network(label, href):
            networks.append(found)
        elif href and not website and label.lower() == "website":
            website = href
        elif href:
            others.append({"fontawesome_icon": "link", "placeholder": one_line(label) or href, "url": href})
        else:
            words = ": ".join(part for part in (one_line(label), one_line(address)) if part)
            others.append({"fontawesome_icon": "circle-info", "placeholder": words})
    return _filled(
        location=", ".join(part.strip() for part in contact.location.split("\n") if part.strip()),
        email=email if _EMAIL.fullmatch(email) else "",
        phone=phone if _PHONE.fullmatch(phone) else "",
        website=website,
        social_networks=networks,
        custom_connections=others,
    )


def _network(label: str, href: str) -> dict[str, str]:
    for network, pattern in _NETWORKS.items():
        named = network.lower() == label.lower()
        if named and (match := re.fullmatch(rf"https?://(?:www\.)?{pattern}/?", href, re.IGNORECASE)):
            return {"network": network, "username": match[1]}
    return {}


def _work(entry: WorkEntry) -> dict[str, Any]:
    required = {"company": one_line(entry.company), "position": one_line(entry.title)}
    return required | _filled(
        **_dates(entry.start_date, entry.end_date),
        location=one_line(entry.location),
        summary=_prose(entry.summary),
        highlights=_highlights(entry.highlights),
        technologies=[one_line(name) for name in entry.technologies],
    )


def _project(entry: Project) -> dict[str, Any]:
    return {"name": one_line(entry.name)} | _filled(
        **_dates(entry.start_date, entry.end_date),
        role=one_line(entry.role),
        url=entry.url,
        summary=_prose(entry.description),
        highlights=_highlights(entry.highlights),
        technologies=[one_line(name) for name in entry.technologies],
    )


def _education(entry: Education) -> dict[str, Any]:
    required = {"institution": one_line(entry.institution), "area": one_line(entry.field)}
    return required | _filled(
        degree=one_line(entry.degree),
        **_dates(entry.start_date, entry.end_date, ends=True),
        location=one_line(entry.location),
        highlights=_highlights(entry.details),
    )


def _certificate(item: Certification) -> dict[str, Any]:
    return {"name": one_line(item.name)} | _filled(date=one_line(item.date), summary=one_line(item.issuer))


def _dates(start: str, end: str, *, ends: bool = False) -> dict[str, str]:
    """Start and end where both are dates as RenderCV wants them, else both in words under `date`. `ends` says that one
    date alone is the end, as of a course of study."""
    start, end = one_line(start), one_line(end)
    last = "present" if end.lower() == "present" else end
    if start == end and (ends or not start):
        start = ""
    if start == end and _is_date(start):
        return {"date": start}
    in_order = last == "present" or (_is_date(last) and _first_day(start) <= _first_day(last))
    if _is_date(start) and in_order:
        return {"start_date": start, "end_date": last}
    if not start and (_is_date(last) or last == "present"):
        return {"end_date": last} if last != "present" else {"date": end}
    if not end:
        return {"date": f"since {shown(start)}" if _is_date(start) else start}
    return {"date": " – ".join(part for part in (shown(start), shown(end)) if part)}


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(_first_day(text))
    except ValueError:
        return False
    return True


def _first_day(date: str) -> str:
    return (date + "-01-01")[:10]


def _skills(names: Iterable[str]) -> list[Any]:
    """All in one line, where that can be taken apart again; else one under the other."""
    lines = [one_line(name) for name in names]
    joined = ", ".join(lines)
    return [joined] if lines and listed(joined) == lines else _bullets(lines)


def _bullets(lines: Iterable[str]) -> list[dict[str, str]]:
    return [{"bullet": one_line(line)} for line in lines if line.strip()]


def _highlights(lines: Iterable[str]) -> list[str]:
    # A hyphen between spaces would begin a bullet of its own; as a dash it says the same.
    return [re.sub(r"(?<=\s)-(?=\s)", "–", one_line(line)) for line in lines if line.strip()]


def _prose(text: str) -> str:
    return "\n\n".join("\n".join(lines) for lines in prose_lines(text))


def _filled(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {clean(key): _cleaned(item) for key, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, list) else clean(value)
