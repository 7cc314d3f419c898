"""Entries as Markdown: a heading, a line with dates and place, prose, highlights, technologies."""

from collections.abc import Callable, Iterator, Sequence

from backend.documents.reading.dates import point, shown
from backend.documents.writing.markdown_escape import escaped, sealed, shielded
from backend.documents.writing.read_back import first_read_back, one_line, prose_lines
from backend.domain.resume import Certification, Education, Project, Resume, SpokenLanguage, WorkEntry

Write = Callable[[str], str]


def stacked(*lines: str) -> str:
    """Lines that stay apart when rendered."""
    return "  \n".join(line for line in lines if line)


def prose(text: str, write: Write = escaped) -> str:
    return "\n\n".join(stacked(*(write(line) for line in lines)) for lines in prose_lines(text))


def bullets(lines: Sequence[str], write: Write = escaped) -> str:
    return "\n".join(f"- {write(one_line(line))}" for line in lines if line.strip())


def careful(text: str) -> str:
    """Escaped if that is read back as it is, both as prose and as a highlight; else shielded."""
    probe = WorkEntry(title="Engineer", company="Acme", summary=text, highlights=(text,))
    ways = {f"### Engineer — Acme\n\n{write(text)}\n\n- {write(text)}": write(text) for write in (escaped, shielded)}
    return ways[first_read_back(ways, Resume(work_experience=(probe,)), "Experience")]


# How a labelled heading and what stands below it are written, the most readable way first.
_WAYS = ((escaped, careful), (shielded, careful), (shielded, shielded))


def work(entry: WorkEntry) -> str:
    fields = {"Title": entry.title, "Company": entry.company, "Location": entry.location}
    fields |= {"Start": entry.start_date, "End": entry.end_date}

    def candidates() -> Iterator[str]:
        heading = _joined(" — ", escaped(entry.title), escaped(entry.company))
        below = _joined(" | ", _period(entry.start_date, entry.end_date), escaped(entry.location))
        for write in (escaped, careful):
            yield _entry(heading, below, *_body(entry.summary, entry, write))
        for head, write in _WAYS:
            yield _entry(
                head(entry.title or entry.company), _labelled(fields, head), *_body(entry.summary, entry, write)
            )

    return first_read_back(candidates(), Resume(work_experience=(entry,)), "Experience")


def project(entry: Project) -> str:
    fields = {"Name": entry.name, "Role": entry.role, "URL": entry.url}
    fields |= {"Start": entry.start_date, "End": entry.end_date}

    def candidates() -> Iterator[str]:
        role = f"Role: {escaped(entry.role)}" if entry.role else ""
        below = stacked(_period(entry.start_date, entry.end_date), role, entry.url)
        for write in (escaped, careful):
            yield _entry(escaped(entry.name), below, *_body(entry.description, entry, write))
        for head, write in _WAYS:
            yield _entry(head(entry.name), _labelled(fields, head), *_body(entry.description, entry, write))

    return first_read_back(candidates(), Resume(projects=(entry,)), "Projects")


def education(entry: Education) -> str:
    fields = {"Degree": entry.degree, "Field": entry.field, "Institution": entry.institution}
    fields |= {"Location": entry.location, "Start": entry.start_date, "End": entry.end_date}

    def candidates() -> Iterator[str]:
        degree = _joined(", ", escaped(entry.degree), escaped(entry.field))
        # One date alone is when it was finished.
        period = _period(entry.start_date, entry.end_date) if entry.start_date else _shown(entry.end_date)
        below = _joined(" | ", period, escaped(entry.location))
        for write in (escaped, careful):
            yield _entry(_joined(" — ", degree, escaped(entry.institution)), below, bullets(entry.details, write))
        for head, write in _WAYS:
            yield _entry(
                head(entry.degree or entry.institution), _labelled(fields, head), bullets(entry.details, write)
            )

    return first_read_back(candidates(), Resume(education=(entry,)), "Education")


def certification(item: Certification) -> str:
    plain = _joined(" — ", escaped(item.name), escaped(item.issuer)) + (f" ({_shown(item.date)})" if item.date else "")
    labels = "".join(f"; {label}: {shielded(v)}" for label, v in (("Issuer", item.issuer), ("Date", item.date)) if v)
    candidates = (f"- {plain}", f"- {shielded(item.name)}{labels}")
    return first_read_back(candidates, Resume(certifications=(item,)), "Certifications")


def language(item: SpokenLanguage) -> str:
    candidates = (
        f"- {write(item.language)}" + (f" ({write(item.fluency)})" if item.fluency else "")
        for write in (escaped, shielded, sealed)
    )
    return first_read_back(candidates, Resume(languages=(item,)), "Languages")


def _joined(separator: str, *parts: str) -> str:
    return separator.join(part for part in parts if part)


def _shown(date: str) -> str:
    return shown(point(date) or date)


def _period(start: str, end: str) -> str:
    if start and end:
        return f"{_shown(start)} – {_shown(end)}"
    return f"since {_shown(start)}" if start else f"until {_shown(end)}" if end else ""


def _labelled(fields: dict[str, str], write: Write) -> str:
    return stacked(*(f"{label}: {write(one_line(value))}" for label, value in fields.items() if value))


def _body(text: str, entry: WorkEntry | Project, write: Write) -> tuple[str, ...]:
    technologies = ", ".join(write(one_line(name)) for name in entry.technologies)
    return prose(text, write), bullets(entry.highlights, write), f"Technologies: {technologies}" if technologies else ""


def _entry(heading: str, below: str, *body: str) -> str:
    head = f"### {heading}".rstrip() + (f"\n{below}" if below else "")
    return "\n\n".join(part for part in (head, *body) if part)
