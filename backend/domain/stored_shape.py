"""The portfolio's stored document -> `Resume`. The way back is in `stored_overlay`."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from backend.domain.resume import (
    Certification,
    Contact,
    Education,
    Extra,
    Project,
    Resume,
    SpokenLanguage,
    WorkEntry,
)
from backend.domain.text import clean

Document = Mapping[str, Any]

BULLET = re.compile(r"^\s*(?:[-*•‣▪●◦–]|\d{1,2}[.)])\s+")
BOOKKEEPING = ("user_id", "createdDate", "updatedDate", "deleted")
"""What a store writes beside the person's own fields."""
_INTERNAL = frozenset({*BOOKKEEPING, "_id", "id", "version", "__v"})
SECTIONS = {
    "contact": ("contact", "personal_info", "personalInfo"),
    "summary": ("summary", "professional_summary", "about", "objective"),
    "work_experience": ("work_experience", "workExperience", "experience", "work"),
    "education": ("education",),
    "skills": ("skills", "technical_skills"),
    "achievements": ("achievements", "awards"),
    "projects": ("projects",),
    "certifications": ("certifications", "certificates", "licenses"),
    "languages": ("languages",),
}
_START = ("start_date", "startDate", "from", "start")
_END = ("end_date", "endDate", "to", "end")


def without_bookkeeping(document: Document) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key not in BOOKKEEPING}


def read(document: Document) -> Resume:
    """The resume in a stored document. Unknown fields are left alone; a field of the wrong type counts as absent."""
    known = {alias for aliases in SECTIONS.values() for alias in aliases} | _INTERNAL
    return Resume(
        contact=_contact(_mapping(get(document, *SECTIONS["contact"]))),
        summary=_text(document, *SECTIONS["summary"]),
        work_experience=tuple(_work(item) for item in _mappings(document, "work_experience")),
        education=tuple(_education(item) for item in _mappings(document, "education")),
        skills=tuple(name for name, _ in skill_slots(get(document, *SECTIONS["skills"]))),
        achievements=tuple(line_of(item) for item in items_of(get(document, *SECTIONS["achievements"]))),
        projects=tuple(_project(item) for item in _mappings(document, "projects")),
        certifications=tuple(_certification(item) for item in items_of(get(document, *SECTIONS["certifications"]))),
        languages=tuple(_language(item) for item in items_of(get(document, *SECTIONS["languages"]))),
        extras=tuple(
            Extra(title=str(key), lines=lines)
            for key, value in document.items()
            if key not in known and (lines := tuple(line_of(item) for item in items_of(value)))
        ),
    )


def split_description(text: str) -> list[tuple[str, str | None]]:
    """The lines of a description as (raw, highlight): a highlight's raw text holds its marker and any lines that
    run on, indented, below it; for prose the highlight is None."""
    parts: list[tuple[str, str | None]] = []
    for line in text.split("\n"):
        if match := BULLET.match(line):
            parts.append((line, clean(line[match.end() :])))
        elif line[:1] in (" ", "\t") and line.strip() and parts and parts[-1][1] is not None:
            raw, highlight = parts[-1]
            parts[-1] = (f"{raw}\n{line}", clean(f"{highlight} {line.strip()}"))
        else:
            parts.append((line, None))
    return [(raw, highlight) for raw, highlight in parts if highlight != ""]


def skill_slots(value: Any) -> Iterator[tuple[str, Any]]:
    """Each skill's name with the raw item that holds it."""
    if isinstance(value, Mapping):
        for group in value.values():
            yield from skill_slots(group)
        return
    if isinstance(value, str):
        value = re.split(r"[,;\n]", value)
    for item in items_of(value):
        if isinstance(item, Mapping) and (key := group_key(item)):
            yield from skill_slots(item[key])
        elif name := line_of(get(item, "name", "skill", "title") if isinstance(item, Mapping) else item):
            yield name, item.strip() if isinstance(item, str) else item


def group_key(item: Mapping[str, Any]) -> str | None:
    return next((key for key in ("items", "skills", "keywords", "details") if isinstance(item.get(key), list)), None)


def _work(item: Document) -> WorkEntry:
    prose, highlights = _described(item)
    return WorkEntry(
        company=_text(item, "company", "employer", "organization", "organisation", "name"),
        title=_text(item, "title", "role", "position", "job_title", "jobTitle"),
        location=_text(item, "location", "city"),
        start_date=_text(item, *_START),
        end_date=_text(item, *_END),
        summary=_text(item, "summary") or prose,
        highlights=highlights,
        technologies=_strings(item, "technologies", "tech_stack", "techStack", "tools"),
    )


def _project(item: Document) -> Project:
    prose, highlights = _described(item)
    return Project(
        name=_text(item, "name", "title"),
        role=_text(item, "role"),
        description=_text(item, "summary") or prose,
        url=_text(item, "url", "link", "github"),
        start_date=_text(item, *_START),
        end_date=_text(item, *_END),
        highlights=highlights,
        technologies=_strings(item, "technologies", "tech_stack", "techStack", "tools", "keywords"),
    )


def _described(item: Document) -> tuple[str, tuple[str, ...]]:
    description = item.get("description")
    if key := list_key(item):
        prose = clean(description) if isinstance(description, str) else ""
        return prose, tuple(line for raw in item[key] if (line := line_of(raw)))
    parts = split_description(description) if isinstance(description, str) else []
    prose = clean("\n".join(raw for raw, highlight in parts if highlight is None))
    return prose, tuple(highlight for _, highlight in parts if highlight is not None)


def list_key(item: Document) -> str | None:
    """The key under which an entry keeps its highlights as a list, if it does."""
    keys = ("highlights", "bullets", "responsibilities", "description")
    return next((key for key in keys if isinstance(item.get(key), list)), None)


def _education(item: Document) -> Education:
    return Education(
        institution=_text(item, "institution", "school", "university", "name"),
        degree=_text(item, "degree", "studyType", "qualification", "title"),
        field=_text(item, "field", "field_of_study", "area", "major"),
        location=_text(item, "location"),
        start_date=_text(item, *_START),
        end_date=_text(item, *_END, "graduation_date", "date", "year"),
        details=_strings(item, "details", "highlights", "courses") or _strings(item, "description"),
    )


def _certification(item: Any) -> Certification:
    if not isinstance(item, Mapping):
        return Certification(name=line_of(item))
    return Certification(
        name=_text(item, "name", "title"),
        issuer=_text(item, "issuer", "organization", "authority"),
        date=_text(item, "date", "issued", "year"),
    )


def _language(item: Any) -> SpokenLanguage:
    if not isinstance(item, Mapping):
        return SpokenLanguage(language=line_of(item))
    return SpokenLanguage(
        language=_text(item, "language", "name"), fluency=_text(item, "fluency", "level", "proficiency")
    )


def _contact(item: Document) -> Contact:
    fields = ("name", "email", "phone", "location")
    links = (
        (str(key).replace("_", " "), clean(v)) for key, v in item.items() if key not in fields and isinstance(v, str)
    )
    return Contact(
        name=_text(item, "name", "full_name", "fullName"),
        email=_text(item, "email"),
        phone=_text(item, "phone", "telephone"),
        location=_text(item, "location", "address", "city"),
        links=tuple(
            (key, value) for key, value in links if value and key not in ("full name", "fullName", "telephone")
        ),
    )


def get(item: Document, *keys: str) -> Any:
    return next((item[key] for key in keys if item.get(key) not in (None, "", [], {})), None)


def _text(item: Document, *keys: str) -> str:
    value = get(item, *keys)
    if isinstance(value, Mapping):
        return ", ".join(clean(str(part)) for part in value.values() if isinstance(part, str | int) and part)
    return clean(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def line_of(item: Any) -> str:
    """One item of a list as one line of text."""
    if isinstance(item, Mapping):
        return clean(
            ": ".join(str(part) for part in item.values() if isinstance(part, str | int) and str(part).strip())
        )
    return clean(str(item)).replace("\n", " ") if isinstance(item, str | int | float) else ""


def items_of(value: Any) -> list[Any]:
    items = value if isinstance(value, list | tuple) else [] if value in (None, "") else [value]
    return [item for item in items if line_of(item) or isinstance(item, Mapping)]


def _strings(item: Document, *keys: str) -> tuple[str, ...]:
    value = get(item, *keys)
    if isinstance(value, str):
        value = re.split(r"[,;\n]", value)
    return tuple(line for raw in items_of(value) if (line := line_of(raw)))


def _mapping(value: Any) -> Document:
    return value if isinstance(value, Mapping) else {}


def _mappings(document: Document, section: str) -> list[Document]:
    return [item for item in items_of(get(document, *SECTIONS[section])) if isinstance(item, Mapping)]
