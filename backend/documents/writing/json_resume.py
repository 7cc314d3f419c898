"""A resume as JSON Resume 1.2.1 that `read_resume_file` reads back with nothing lost.

What the schema has no place for (technologies, the location of a school, dates in words, sections of one's own) stands
under keys of ours, which the schema permits and other programs pass over.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from backend.documents.reading.text_resume import HEADLINE
from backend.documents.writing.ways import link
from backend.domain.resume import Certification, Contact, Education, Extra, Project, Resume, SpokenLanguage, WorkEntry
from backend.domain.text import clean

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.2.1/schema.json"
_DATE = re.compile(r"[12]\d{3}(?:-[01]\d(?:-[0-3]\d)?)?")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)


def json_resume(resume: Resume) -> str:
    """The resume as indented JSON. Empty parts are left out; the same resume gives the same text."""
    headlines = [line for extra in resume.extras if extra.title == HEADLINE for line in extra.lines]
    document: dict[str, Any] = {
        "$schema": SCHEMA,
        "basics": _basics(resume, headlines[:1]),
        "work": [_work(entry) for entry in resume.work_experience],
        "education": [_education(entry) for entry in resume.education],
        "skills": [{"name": name} for name in resume.skills],
        "awards": [{"title": text} for text in resume.achievements],
        "projects": [_project(entry) for entry in resume.projects],
        "certificates": [_certificate(item) for item in resume.certifications],
        "languages": [_language(item) for item in resume.languages],
        HEADLINE: headlines[1:],
    }
    for extra in resume.extras:
        if extra.title != HEADLINE:
            key, items = _section(extra, document)
            document[key] = [*document.get(key, []), *items]
    kept = {key: value for key, value in _cleaned(document).items() if value or key == "basics"}
    return json.dumps(kept, ensure_ascii=False, indent=2) + "\n"


def _basics(resume: Resume, label: list[str]) -> dict[str, Any]:
    contact = resume.contact
    website, profiles = _links(contact)
    return _filled(
        name=contact.name,
        label="".join(label),
        email=contact.email,
        phone=contact.phone,
        url=website,
        summary=resume.summary,
        location=_location(contact.location),
        profiles=profiles,
    )


def _links(contact: Contact) -> tuple[str, list[dict[str, Any]]]:
    """The one link that is called the website, and the others as profiles."""
    links = [(label, address) for label, address in contact.links if address]
    website = next((a for label, a in links if label.lower() == "website" and _uri(a)), "")
    rest = [(label, address) for label, address in links if not (website and address == website)]
    return _uri(website), [_profile(label, address) for label, address in rest]


def _profile(label: str, address: str) -> dict[str, Any]:
    uri = _uri(address)
    if not uri:
        return _filled(network=label, username=address)
    user = uri.rstrip("/").rpartition("/")[2]
    return _filled(network=label, username=user if re.fullmatch(r"@?[\w.-]+", user) else "", url=uri)


def _uri(text: str) -> str:
    """The address with its scheme; empty where the text is none."""
    return text if _ADDRESS.fullmatch(text) else link(text).href


def _location(text: str) -> dict[str, Any]:
    city, comma, region = text.partition(", ")
    if any(char.isdigit() or char == "\n" for char in text) or (comma and not (city.strip() and region.strip())):
        return {"address": text}
    return _filled(city=city, region=region)


def _work(entry: WorkEntry) -> dict[str, Any]:
    return _filled(
        name=entry.company,
        position=entry.title,
        location=entry.location,
        **_dates(entry.start_date, entry.end_date),
        summary=entry.summary,
        highlights=list(entry.highlights),
        technologies=list(entry.technologies),
    )


def _education(entry: Education) -> dict[str, Any]:
    score = [text for text in entry.details[:1] if text.startswith("Score: ")]
    return _filled(
        institution=entry.institution,
        studyType=entry.degree,
        area=entry.field,
        location=entry.location,
        **_dates(entry.start_date, entry.end_date),
        score="".join(score).removeprefix("Score: "),
        courses=list(entry.details[len(score) :]),
    )


def _project(entry: Project) -> dict[str, Any]:
    uri = _uri(entry.url)
    return _filled(
        name=entry.name,
        roles=[entry.role] if entry.role else [],
        **_dates(entry.start_date, entry.end_date),
        url=uri,
        link="" if uri else entry.url,
        description=entry.description,
        highlights=list(entry.highlights),
        keywords=list(entry.technologies),
    )


def _certificate(item: Certification) -> dict[str, Any]:
    exact = _DATE.fullmatch(item.date)
    return _filled(
        name=item.name, issuer=item.issuer, date=item.date if exact else "", issued="" if exact else item.date
    )


def _language(item: SpokenLanguage) -> dict[str, Any]:
    return _filled(language=item.language, fluency=item.fluency)


def _dates(start: str, end: str) -> dict[str, str]:
    """Start and end under the schema's names where they are dates as it wants them, else under ours. A position that
    lasts has no end in the schema; ours says "Present"."""
    pairs = (("startDate", "start_date", start), ("endDate", "end_date", end))
    return {name if _DATE.fullmatch(date) else own: date for name, own, date in pairs}


_SECTIONS: Mapping[str, tuple[str, Callable[[str], dict[str, str]]]] = {
    "Volunteer": ("volunteer", lambda line: {"summary": line}),
    "Publications": ("publications", lambda line: {"name": line}),
    "Interests": ("interests", lambda line: {"name": line}),
    "References": ("references", lambda line: {"reference": line}),
}


def _section(extra: Extra, document: Mapping[str, Any]) -> tuple[str, Iterable[Any]]:
    """The key and the items of a section of the person's own, under the schema's name where it has one."""
    if extra.title in _SECTIONS:
        key, item = _SECTIONS[extra.title]
        return key, [item(line) for line in extra.lines]
    taken = extra.title in document or extra.title in {"meta", *(key for key, _ in _SECTIONS.values())}
    return extra.title.capitalize() if taken else extra.title, extra.lines


def _filled(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {clean(key): _cleaned(item) for key, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, list | tuple) else clean(value)
