"""A resume as Markdown that `read_resume_file` reads back with nothing lost."""

from collections.abc import Iterator, Sequence

from backend.documents.reading.headings import key_of
from backend.documents.reading.text_resume import HEADLINE
from backend.documents.writing import markdown_entries as entries
from backend.documents.writing.markdown_escape import escaped, shielded
from backend.documents.writing.read_back import first_read_back, one_line
from backend.domain.resume import Contact, Extra, Resume


def markdown(resume: Resume) -> str:
    """The sections that are not empty, each under its heading.

    Each part is written the way a person would, unless our own reader would take it for something else: then its fields
    are labelled, and characters escaped, until it does not.
    """
    headlines = [line for extra in resume.extras if extra.title == HEADLINE for line in extra.lines]
    sections = [
        ("Summary", _summary(resume.summary)),
        ("Experience", "\n\n".join(entries.work(entry) for entry in resume.work_experience)),
        ("Projects", "\n\n".join(entries.project(entry) for entry in resume.projects)),
        ("Education", "\n\n".join(entries.education(entry) for entry in resume.education)),
        ("Skills", _skills(resume.skills)),
        ("Certifications", "\n".join(entries.certification(item) for item in resume.certifications)),
        ("Languages", "\n".join(entries.language(item) for item in resume.languages)),
        ("Achievements", _list("Achievements", Resume(achievements=resume.achievements), resume.achievements)),
        *((_title(extra.title), _extra(extra)) for extra in resume.extras if extra.title != HEADLINE),
    ]
    parts = [_header(resume.contact, headlines), *(f"## {title}\n\n{text}" for title, text in sections if text)]
    return "".join(f"{part}\n\n" for part in parts if part).rstrip("\n") + "\n"


def _header(contact: Contact, headlines: Sequence[str]) -> str:
    """The name as the first heading; without one, a section that says that these are ways to reach somebody."""
    fields = [("Email", contact.email), ("Phone", contact.phone), ("Location", contact.location)]

    def labelled(write: entries.Write, *more: tuple[str, str]) -> str:
        rows = [f"{label}: {write(one_line(value))}" for label, value in (*more, *fields) if value]
        rows += [f"Headline: {write(one_line(line))}" for line in headlines]
        rows += [f"{write(label)}: {write(one_line(address))}" for label, address in contact.links]
        return entries.stacked(*rows)

    def candidates() -> Iterator[str]:
        if contact.name:
            ways = [escaped(one_line(value)) for _, value in fields if value]
            ways += [f"{escaped(label)}: {one_line(address)}" for label, address in contact.links]
            yield _blocks(f"# {escaped(one_line(contact.name))}", *map(escaped, headlines), " | ".join(ways))
        for write in (escaped, shielded):
            head = f"# {write(one_line(contact.name))}" if contact.name else "## Contact"
            yield _blocks(head, labelled(write))
        yield _blocks("## Contact", labelled(shielded, ("Name", contact.name)))  # a name that does not look like one

    if contact == Contact() and not headlines:
        return ""
    extras = (Extra(title=HEADLINE, lines=tuple(headlines)),) if headlines else ()
    return first_read_back(candidates(), Resume(contact=contact, extras=extras))


def _blocks(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _summary(text: str) -> str:
    return first_read_back(
        (entries.prose(text, write) for write in (escaped, entries.careful, shielded)), Resume(summary=text), "Summary"
    )


def _skills(names: Sequence[str]) -> str:
    """In one line, else as bullets. One name that needs shielding must not make the others hard to read."""

    def candidates() -> Iterator[str]:
        yield ", ".join(escaped(one_line(name)) for name in names)
        ways = [[write(one_line(name)) for write in (escaped, shielded)] for name in names]
        chosen = [first_read_back(way, Resume(skills=(name,)), "Skills") for way, name in zip(ways, names, strict=True)]
        yield ", ".join(chosen)
        yield "\n".join(f"- {name}" for name in chosen)
        yield ", ".join(shielded(one_line(name)) for name in names)

    return first_read_back(candidates(), Resume(skills=tuple(names)), "Skills") if names else ""


def _extra(extra: Extra) -> str:
    return _list("Other", Resume(extras=(Extra(title="Other", lines=extra.lines),)), extra.lines)


def _list(heading: str, part: Resume, lines: Sequence[str]) -> str:
    return first_read_back(
        (entries.bullets(lines, write) for write in (escaped, entries.careful, shielded)), part, heading
    )


def _title(title: str) -> str:
    """An extra section's heading, so that it is not taken for a section of ours."""
    title = one_line(title)
    return shielded(title) if key_of(title) else escaped(title)
