"""What every document shows of a resume, said once: the order, the titles, and each line of text as it is printed."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from backend.documents.reading.dates import point, shown
from backend.documents.reading.text_resume import HEADLINE
from backend.documents.writing.read_back import one_line, prose_lines
from backend.documents.writing.style import SectionKey, Style
from backend.documents.writing.ways import Way, link, ways_to_reach
from backend.domain.model import Model
from backend.domain.resume import Education, Extra, Project, Resume, WorkEntry
from backend.domain.text import clean

Kind = Literal["prose", "entries", "inline", "bullets"]
Paragraphs = tuple[tuple[str, ...], ...]
"""Paragraphs, each as its lines."""


class Item(Model):
    """A short thing with perhaps a remark, such as "Swedish" and "native"."""

    text: str
    note: str = ""


class Entry(Model):
    """A position, project or course of study. `heading` is what comes first (title, project, degree), `subheading` where
    (employer, role, institution); `period` is ready to print: "Mar 2021 – Present"."""

    heading: str = ""
    subheading: str = ""
    location: str = ""
    period: str = ""
    link: Way | None = None
    prose: Paragraphs = ()
    highlights: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()


class Section(Model):
    """One section that is not empty. `kind` says which of `prose`, `entries` and `items` it has; items are printed one after
    another ("inline") or as a list ("bullets"). `id` is unique in the document."""

    id: str
    key: SectionKey
    title: str
    kind: Kind
    prose: Paragraphs = ()
    entries: tuple[Entry, ...] = ()
    items: tuple[Item, ...] = ()


class View(Model):
    """A whole document. No text has a line break in it or a character that nobody can see."""

    name: str = ""
    headlines: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    sections: tuple[Section, ...] = ()


def view(resume: Resume, style: Style) -> View:
    """What to show of a resume, its sections in the style's order."""
    headlines = (line for extra in resume.extras if extra.title == HEADLINE for line in extra.lines)
    return View(
        name=_line(resume.contact.name),
        headlines=_lines(headlines),
        ways=ways_to_reach(resume.contact),
        sections=tuple(section for key in style.section_order for section in _SECTIONS[key](resume)),
    )


def period(start: str, end: str) -> str:
    """Two dates as they are printed; the day is of no use to a reader: 2013-12-01 is Dec 2013."""
    first, last = (
        shown(re.sub(r"^(\d{4}-\d\d)-\d\d$", r"\1", point(_line(date)) or _line(date))) for date in (start, end)
    )
    return " – ".join(date for date in (first, last) if date) if first != last else first


def _line(text: str) -> str:
    return " ".join(one_line(clean(text)).split())


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for text in texts if (line := _line(text)))


def _joined(*texts: str) -> str:
    return ", ".join(_lines(texts))


def _paragraphs(text: str) -> Paragraphs:
    return tuple(_lines(lines) for lines in prose_lines(text))


def _summary(resume: Resume) -> Iterator[Section]:
    if paragraphs := _paragraphs(resume.summary):
        yield Section(id="summary", key="summary", title="Summary", kind="prose", prose=paragraphs)


def _work(resume: Resume) -> Iterator[Section]:
    yield from _with_entries("experience", "work_experience", "Experience", map(_position, resume.work_experience))


def _projects(resume: Resume) -> Iterator[Section]:
    yield from _with_entries("projects", "projects", "Projects", map(_project, resume.projects))


def _education(resume: Resume) -> Iterator[Section]:
    yield from _with_entries("education", "education", "Education", map(_study, resume.education))


def _with_entries(name: str, key: SectionKey, title: str, entries: Iterable[Entry]) -> Iterator[Section]:
    if kept := tuple(entry for entry in entries if entry != Entry()):
        yield Section(id=name, key=key, title=title, kind="entries", entries=kept)


def _position(entry: WorkEntry) -> Entry:
    return Entry(
        heading=_line(entry.title),
        subheading=_line(entry.company),
        location=_line(entry.location),
        period=period(entry.start_date, entry.end_date),
        prose=_paragraphs(entry.summary),
        highlights=_lines(entry.highlights),
        technologies=_lines(entry.technologies),
    )


def _project(entry: Project) -> Entry:
    return Entry(
        heading=_line(entry.name),
        subheading=_line(entry.role),
        period=period(entry.start_date, entry.end_date),
        link=link(_line(entry.url)) if _line(entry.url) else None,
        prose=_paragraphs(entry.description),
        highlights=_lines(entry.highlights),
        technologies=_lines(entry.technologies),
    )


def _study(entry: Education) -> Entry:
    return Entry(
        heading=_joined(entry.degree, entry.field),
        subheading=_line(entry.institution),
        location=_line(entry.location),
        period=period(entry.start_date, entry.end_date),
        highlights=_lines(entry.details),
    )


def _skills(resume: Resume) -> Iterator[Section]:
    yield from _with_items("skills", "Skills", "inline", (Item(text=name) for name in _lines(resume.skills)))


def _certifications(resume: Resume) -> Iterator[Section]:
    items = (
        Item(text=_joined(item.name, item.issuer), note=period(item.date, item.date)) for item in resume.certifications
    )
    yield from _with_items("certifications", "Certifications", "bullets", items)


def _languages(resume: Resume) -> Iterator[Section]:
    items = (Item(text=_line(item.language), note=_line(item.fluency)) for item in resume.languages)
    yield from _with_items("languages", "Languages", "inline", items)


def _achievements(resume: Resume) -> Iterator[Section]:
    items = (Item(text=line) for line in _lines(resume.achievements))
    yield from _with_items("achievements", "Achievements", "bullets", items)


def _extras(resume: Resume) -> Iterator[Section]:
    shown_extras: list[Extra] = [extra for extra in resume.extras if extra.title != HEADLINE]
    for number, extra in enumerate(shown_extras, 1):
        items = (Item(text=line) for line in _lines(extra.lines))
        yield from _with_items("extras", _line(extra.title), "bullets", items, name=f"extra-{number}")


def _with_items(key: SectionKey, title: str, kind: Kind, items: Iterable[Item], name: str = "") -> Iterator[Section]:
    if kept := tuple(item for item in items if item.text or item.note):
        yield Section(id=name or key, key=key, title=title, kind=kind, items=kept)


_SECTIONS: dict[SectionKey, Callable[[Resume], Iterator[Section]]] = {
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
