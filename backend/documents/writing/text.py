"""A resume as plain text for forms and parsers: capitals for headings, "- " for bullets, whole lines, nothing else.

Each entry is written the way a person would, unless our own reader would take it for something else: then its fields are
labelled.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from backend.documents.reading.dates import point, shown
from backend.documents.reading.headings import key_of
from backend.documents.reading.text_resume import HEADLINE
from backend.documents.writing.read_back import first_read_back, one_line, prose_lines
from backend.documents.writing.style import SectionKey, Style
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

_Titled = Iterator[tuple[str, str]]
_Ways = tuple[str, ...]


def text(resume: Resume, style: Style | None = None) -> str:
    """The resume as text, its sections in the style's order. Lines are not wrapped; empty parts are left out."""
    order = (style or Style()).section_order
    headlines = [line for extra in resume.extras if extra.title == HEADLINE for line in extra.lines]
    sections = [f"{title}\n\n{body}" for key in order for title, body in _SECTIONS[key](resume) if body]
    return "\n\n\n".join(part for part in (_header(resume.contact, headlines), *sections) if part) + "\n"


def _header(contact: Contact, headlines: Sequence[str]) -> str:
    if contact == Contact() and not headlines:
        return ""
    links = [(label[:1].upper() + label[1:], _line(address)) for raw, address in contact.links if (label := _line(raw))]
    known = {"github": "GitHub", "gitlab": "GitLab", "linkedin": "LinkedIn", "orcid": "ORCID"}
    links = [(known.get(label.lower(), label), address) for label, address in links]
    name, lines = _line(contact.name), _lines(headlines)
    fields = {"Email": contact.email, "Phone": contact.phone, "Location": contact.location}

    def candidates() -> Iterator[str]:
        ways = [*map(_line, fields.values()), *(f"{label}: {address}" for label, address in links)]
        yield _stacked(name, *lines, " | ".join(way for way in ways if way))
        rows = [*(f"Headline: {line}" for line in lines), *(f"{label}: {address}" for label, address in links)]
        yield _stacked(name if name else "CONTACT\n", _labelled(fields), *rows)

    extras = (Extra(title=HEADLINE, lines=tuple(headlines)),) if headlines else ()
    return first_read_back(
        candidates(), Resume(contact=contact.model_copy(update={"links": tuple(links)}), extras=extras)
    )


def _summary(resume: Resume) -> _Titled:
    yield "SUMMARY", _prose(resume.summary)


def _work(resume: Resume) -> _Titled:
    ways = [_position(entry) for entry in resume.work_experience]
    parts = [Resume(work_experience=(entry,)) for entry in resume.work_experience]
    yield "EXPERIENCE", _entries("EXPERIENCE", ways, parts, Resume(work_experience=resume.work_experience))


def _position(entry: WorkEntry) -> _Ways:
    fields = {"Title": entry.title, "Company": entry.company, "Location": entry.location}
    body = _blocks(_prose(entry.summary), _bullets(entry.highlights), _technologies(entry.technologies))
    heads = _heads([entry.title, entry.company, entry.location], fields, entry.start_date, entry.end_date)
    return tuple(_blocks(head, body) for head in heads)


def _projects(resume: Resume) -> _Titled:
    ways = [_project(entry) for entry in resume.projects]
    parts = [Resume(projects=(entry,)) for entry in resume.projects]
    yield "PROJECTS", _entries("PROJECTS", ways, parts, Resume(projects=resume.projects))


def _project(entry: Project) -> _Ways:
    fields = {"Name": entry.name, "Role": entry.role, "URL": entry.url}
    technologies = _technologies(entry.technologies)
    below = _blocks(_prose(entry.description), _bullets(entry.highlights))
    # What a project was made with stands above what was done in it where a reader would take it for the next project.
    bodies = (_blocks(below, technologies), _blocks(technologies, below))

    def heads() -> Iterator[str]:
        url = {"URL": entry.url}
        for names, labels in (([entry.name, entry.role], url), ([entry.name], {"Role": entry.role, **url})):
            first, *_ = _heads(names, {}, entry.start_date, entry.end_date)
            yield _stacked(first, _labelled(labels))
        *_, last = _heads([], fields, entry.start_date, entry.end_date)
        yield last

    return tuple(_blocks(head, body) for head in heads() for body in bodies)


def _education(resume: Resume) -> _Titled:
    ways = [_study(entry) for entry in resume.education]
    parts = [Resume(education=(entry,)) for entry in resume.education]
    yield "EDUCATION", _entries("EDUCATION", ways, parts, Resume(education=resume.education))


def _study(entry: Education) -> _Ways:
    fields = {
        "Degree": entry.degree,
        "Field": entry.field,
        "Institution": entry.institution,
        "Location": entry.location,
    }
    degree = ", ".join(_lines((entry.degree, entry.field)))
    heads = _heads([degree, entry.institution, entry.location], fields, entry.start_date, entry.end_date, ends=True)
    return tuple(_blocks(head, _bullets(entry.details)) for head in heads)


def _entries(heading: str, ways: Sequence[_Ways], parts: Sequence[Resume], whole: Resume) -> str:
    """Each entry in the first of its ways that reads back; where entries disturb each other, all in the same way."""

    def candidates() -> Iterator[str]:
        yield "\n\n".join(_chosen(heading, way, part) for way, part in zip(ways, parts, strict=True))
        yield from map("\n\n".join, zip(*ways, strict=False))

    return _chosen(heading, candidates(), whole) if ways else ""


def _heads(
    names: Sequence[str], fields: Mapping[str, str], start: str, end: str, *, ends: bool = False
) -> Iterator[str]:
    """An entry's heading: on one line with its dates, the place or the dates below, with a label each."""
    first, last = _shown(start), _shown(end)
    if first and last and first != last:
        period = f"{first} - {last}"
    else:
        period = last if ends or first == last else f"since {first}" if first else f"until {last}"
    pieces = _lines(names)
    # A place that could be a name, such as a town with a university, is labelled.
    place = _labelled({"Location": fields.get("Location", "")})
    yield " | ".join((*pieces, *([period] if first or last else [])))
    if place:
        yield _stacked(" | ".join((*pieces[:-1], *([period] if first or last else []))), place)
    yield _stacked(" | ".join(pieces), period if first or last else "")
    yield _labelled({**fields, "Start": start, "End": end})


def _skills(resume: Resume) -> _Titled:
    names = _lines(resume.skills)
    candidates = (", ".join(names), "\n".join(f"- {name}" for name in names))
    yield "SKILLS", _chosen("SKILLS", candidates, Resume(skills=resume.skills)) if names else ""


def _certifications(resume: Resume) -> _Titled:
    yield "CERTIFICATIONS", "\n".join(map(_certificate, resume.certifications))


def _certificate(item: Certification) -> str:
    date = f" ({_shown(item.date)})" if _line(item.date) else ""
    labels = _labelled({"Issuer": item.issuer, "Date": item.date}).replace("\n", "; ")
    candidates = [f"- {between.join(_lines((item.name, item.issuer)))}{date}" for between in (", ", " - ", " | ")]
    labelled = "; ".join(part for part in (_line(item.name), labels) if part)
    return _chosen("CERTIFICATIONS", (*candidates, f"- {labelled}"), Resume(certifications=(item,)))


def _languages(resume: Resume) -> _Titled:
    def one(item: SpokenLanguage) -> str:
        return f"- {_line(item.language)}" + (f" ({_line(item.fluency)})" if _line(item.fluency) else "")

    yield "LANGUAGES", "\n".join(map(one, resume.languages))


def _achievements(resume: Resume) -> _Titled:
    yield "ACHIEVEMENTS", _bullets(resume.achievements)


def _extras(resume: Resume) -> _Titled:
    for extra in resume.extras:
        if extra.title != HEADLINE:
            title = _line(extra.title).upper()
            # A rule below says that a title which no reader knows is one.
            yield title if key_of(title) is not None else f"{title}\n{'-' * len(title)}", _bullets(extra.lines)


_SECTIONS: Mapping[SectionKey, Callable[[Resume], _Titled]] = {
    "summary": _summary,
    "work_experience": _work,
    "projects": _projects,
    "education": _education,
    "skills": _skills,
    "certifications": _certifications,
    "languages": _languages,
    "achievements": _achievements,
    "extras": _extras,
}


def _chosen(heading: str, candidates: Iterable[str], part: Resume) -> str:
    """The first that reads back as `part` below its heading; if none does, the first, which a person reads best."""
    bodies = list(candidates)
    documents = (f"{heading}\n\n{body}" for body in (*bodies, bodies[0]))
    return first_read_back(documents, part).removeprefix(f"{heading}\n\n")


def _technologies(names: Iterable[str]) -> str:
    listed = ", ".join(_lines(names))
    return f"Technologies: {listed}" if listed else ""


def _prose(source: str) -> str:
    return "\n\n".join("\n".join(_lines(lines)) for lines in prose_lines(source))


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in _lines(lines))


def _labelled(fields: Mapping[str, str]) -> str:
    return _stacked(*(f"{label}: {_line(value)}" for label, value in fields.items() if _line(value)))


def _shown(date: str) -> str:
    return shown(point(_line(date)) or _line(date))


def _stacked(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _blocks(*parts: str) -> str:
    """An entry's parts one below the other; a paragraph is set apart from the heading above it."""
    return "\n".join(part for part in parts if part)


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for source in texts if (line := _line(source)))


def _line(source: str) -> str:
    return " ".join(one_line(clean(source)).split())
