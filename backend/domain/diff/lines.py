"""A resume as blocks of lines: each position, project or school is a block, each other section is one."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from backend.domain.model import Model
from backend.domain.resume import Education, Project, Resume, WorkEntry


@dataclass(frozen=True)
class Block:
    """`fields` are single values by name, `lists` lines in order by the name of their list; `path` is a JSON Pointer and
    each line's path is it and the name (and place). `item` is the entry itself, where there is one."""

    section: str
    path: str
    heading: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    item: Model | None = None

    def at(self, name: str, place: int | None = None) -> str:
        """The path of a field, or of a line of a list."""
        path = f"{self.path}/{name}" if name else self.path
        return path if place is None else f"{path}/{place}"

    def lines(self) -> Iterator[tuple[str, str]]:
        """Every line with its path; empty fields are none."""
        for name, value in self.fields.items():
            if value:
                yield self.at(name), value
        for name, texts in self.lists.items():
            for place, text in enumerate(texts):
                yield self.at(name, place), text


LABELS = {
    "highlights": "highlight", "technologies": "technology", "details": "detail", "lines": "line", "links": "link",
    "company": "employer", "start_date": "start", "end_date": "end", "skills": "skill", "achievements": "achievement",
    "certifications": "certification", "languages": "language", "url": "address",
}  # fmt: skip
_WORK = ("title", "company", "location", "start_date", "end_date", "summary")
_PROJECT = ("name", "role", "url", "start_date", "end_date", "description")
_SCHOOL = ("institution", "degree", "field", "location", "start_date", "end_date")
SECTIONS = (
    "contact", "summary", "work_experience", "projects", "education", "skills", "certifications", "languages", "achievements",
    "extras",
)  # fmt: skip


def label_of(name: str) -> str:
    return LABELS.get(name, name)


def blocks(resume: Resume, section: str) -> list[Block]:
    """The blocks of one of `SECTIONS`, in order."""
    if section == "contact":
        contact = resume.contact
        fields = {name: getattr(contact, name) for name in ("name", "email", "phone", "location")}
        links = tuple(f"{label}: {address}" if label else address for label, address in contact.links)
        return [Block(section, "/contact", "", fields, {"links": links})]
    if section == "summary":
        return [Block(section, "/summary", "", {"": resume.summary})]
    if section in ("skills", "achievements", "certifications", "languages"):
        return [Block(section, f"/{section}", "", {}, {"": _texts(resume, section)})]
    if section == "extras":
        return [
            Block(section, f"/extras/{n}", extra.title, {"title": extra.title}, {"lines": extra.lines}, extra)
            for n, extra in enumerate(resume.extras)
        ]
    return [_entry(section, n, item) for n, item in enumerate(getattr(resume, section))]


def _texts(resume: Resume, section: str) -> tuple[str, ...]:
    if section == "certifications":
        return tuple(_together(c.name, c.issuer, c.date) for c in resume.certifications)
    if section == "languages":
        return tuple(_together(spoken.language, spoken.fluency) for spoken in resume.languages)
    texts: tuple[str, ...] = getattr(resume, section)
    return texts


def _entry(section: str, place: int, item: WorkEntry | Project | Education) -> Block:
    path = f"/{section}/{place}"
    if isinstance(item, Education):
        heading = _together(item.degree, item.field, item.institution)
        names, lists = _SCHOOL, {"details": item.details}
    else:
        heading = _together(item.title, item.company) if isinstance(item, WorkEntry) else item.name
        names = _WORK if isinstance(item, WorkEntry) else _PROJECT
        lists = {"highlights": item.highlights, "technologies": item.technologies}
    return Block(section, path, heading, {name: getattr(item, name) for name in names}, lists, item)


def _together(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
