"""What a template of the user's own can name: a resume as dictionaries, lists and texts.

| name | what it is |
|---|---|
| `name`, `email`, `phone`, `location`, `headline` | texts, empty where there is none |
| `links` | list of `label`, `text` ("github.com/ada"), `url` |
| `summary` | text |
| `experience` | list of `title`, `company`, `location`, `start`, `end`, `period` ("Mar 2021 – Present"), `summary`, `highlights` (list of texts), `technologies` (list of texts) |
| `projects` | list of `name`, `role`, `url`, `start`, `end`, `period`, `summary`, `highlights`, `technologies` |
| `education` | list of `degree`, `field`, `institution`, `location`, `start`, `end`, `period`, `details` (list of texts) |
| `skills`, `achievements` | lists of texts |
| `certifications` | list of `name`, `issuer`, `date` |
| `languages` | list of `language`, `fluency` |
| `extras` | list of `title`, `lines` (list of texts): sections of the person's own |
"""

from collections.abc import Iterable
from typing import Any

from backend.documents.reading.text_resume import HEADLINE
from backend.documents.writing.read_back import one_line, prose_lines
from backend.documents.writing.view import period
from backend.documents.writing.ways import link
from backend.domain.model import Model
from backend.domain.resume import Contact, Project, Resume, WorkEntry
from backend.domain.text import clean


def values_of(resume: Resume) -> dict[str, Any]:
    """The values, by the names above. Nothing in them has a line break but summaries."""
    contact = resume.contact
    headlines = [line for extra in resume.extras if extra.title == HEADLINE for line in extra.lines]
    return {
        "name": _line(contact.name),
        "email": _line(contact.email),
        "phone": _line(contact.phone),
        "location": ", ".join(_lines(contact.location.split("\n"))),
        "headline": " · ".join(_lines(headlines)),
        "links": _links(contact),
        "summary": _prose(resume.summary),
        "experience": [_entry(entry, "title", "company", "location") for entry in resume.work_experience],
        "projects": [_entry(entry, "name", "role", "url") for entry in resume.projects],
        "education": [
            _named(entry, "degree", "field", "institution", "location")
            | _dates(entry.start_date, entry.end_date)
            | {"details": _lines(entry.details)}
            for entry in resume.education
        ],
        "skills": _lines(resume.skills),
        "achievements": _lines(resume.achievements),
        "certifications": [
            _named(item, "name", "issuer") | {"date": period(item.date, item.date)} for item in resume.certifications
        ],
        "languages": [_named(item, "language", "fluency") for item in resume.languages],
        "extras": [
            {"title": _line(extra.title), "lines": _lines(extra.lines)}
            for extra in resume.extras
            if extra.title != HEADLINE
        ],
    }


def _links(contact: Contact) -> list[dict[str, str]]:
    ways = ((_line(label), link(_line(address))) for label, address in contact.links)
    return [{"label": label, "text": way.text, "url": way.href} for label, way in ways]


def _entry(entry: WorkEntry | Project, *names: str) -> dict[str, Any]:
    prose = entry.summary if isinstance(entry, WorkEntry) else entry.description
    return {
        **_named(entry, *names),
        **_dates(entry.start_date, entry.end_date),
        "summary": _prose(prose),
        "highlights": _lines(entry.highlights),
        "technologies": _lines(entry.technologies),
    }


def _named(item: Model, *names: str) -> dict[str, str]:
    return {name: _line(getattr(item, name)) for name in names}


def _dates(start: str, end: str) -> dict[str, str]:
    return {"start": period(start, start), "end": period(end, end), "period": period(start, end)}


def _prose(text: str) -> str:
    return "\n".join(line for lines in prose_lines(text) for line in _lines(lines))


def _lines(texts: Iterable[str]) -> list[str]:
    return [line for text in texts if (line := _line(text))]


def _line(text: str) -> str:
    return " ".join(one_line(clean(text)).split())
