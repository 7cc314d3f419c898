"""Markdown or plain text -> a stored document, by the headings and layouts that people use."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from backend.documents.reading.body import items, paragraphs
from backend.documents.reading.contact import Header, header_of
from backend.documents.reading.described import described, free_title
from backend.documents.reading.education import education_entries
from backend.documents.reading.education_lines import kinds_of
from backend.documents.reading.headings import Section, name_of, sections_of
from backend.documents.reading.limits.lines import MAX_LINES
from backend.documents.reading.lines import Line, is_markdown, lines_of, tidy, unshielded
from backend.documents.reading.positions import work_entries
from backend.documents.reading.projects import project_entries
from backend.documents.reading.short_sections import certifications_of, languages_of, skills_of, spoken_languages
from backend.documents.reading.unnamed import with_unnamed
from backend.errors import InvalidInput

MAX_LINE, MAX_TEXT = 50_000, 300_000
_TOP = ("header", "contact")
HEADLINE = "Headline"
"""The extra that holds what stands below the name."""


def text_resume(text: str) -> dict[str, Any]:
    check_lines(text.splitlines())
    return resume_of_sections(with_unnamed(sections_of(tidy(lines_of(text)))), marked=is_markdown(text))


def resume_of_sections(sections: Sequence[Section], *, marked: bool) -> dict[str, Any]:
    """The stored document in the sections of any format; `marked` as in `Extraction`."""
    # A line in a section of its own does not run on from the header's last one.
    top = [replace(line, gap=line.gap or not n) for s in sections if s.key in _TOP for n, line in enumerate(s.lines)]
    header = header_of(top)
    document = _top(header, marked=marked)
    for section in sections:
        if section.key not in _TOP:
            _add(document, section, marked=marked)
    result = _final(document)
    if not any(result.values()):
        raise InvalidInput(
            "Nothing in the text reads as a resume. Put a name first and sections such as Experience below."
        )
    return result


def check_lines(lines: Sequence[str]) -> None:
    """Raises InvalidInput for more, or longer, lines than a resume has, or for more text."""
    if (count := sum(1 for line in lines if line.strip())) > MAX_LINES:
        raise InvalidInput(f"The text has {count:,} lines; a resume may have {MAX_LINES:,}. Send the resume alone.")
    if (size := sum(map(len, lines))) > MAX_TEXT:
        raise InvalidInput(f"The text has {size:,} characters; a resume may have {MAX_TEXT:,}. Send the resume alone.")
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise InvalidInput(
                f"Line {number} has {len(line):,} characters; a line may have {MAX_LINE:,}. Put line breaks where they belong."
            )


def _top(header: Header, *, marked: bool) -> dict[str, Any]:
    document: dict[str, Any] = {
        "contact": header.contact,
        "summary": paragraphs(header.prose, marked=marked),
        "work_experience": [],
    }
    if header.headlines:
        document[HEADLINE] = header.headlines
    return document


def _add(document: dict[str, Any], section: Section, *, marked: bool) -> None:
    lines = section.lines
    if section.key == "summary":
        text = paragraphs(lines, marked=marked)
        document["summary"] = "\n\n".join(part for part in (document["summary"], text) if part)
        return
    if section.key == "skills":
        lines = _only_skills(document, lines)
    if section.key == "education":
        lines = _only_courses(document, lines, marked=marked)
    parsers: Mapping[str, Any] = {
        "work_experience": work_entries, "education": education_entries, "projects": project_entries, "skills": skills_of,
        "certifications": certifications_of, "languages": languages_of, "achievements": items, "": items,
    }  # fmt: skip
    found = parsers[section.key](lines, marked=marked)
    key = section.key or free_title(unshielded(section.title))
    if found:
        document.setdefault(key, []).extend(found)


def _only_skills(document: dict[str, Any], lines: Sequence[Line]) -> list[Line]:
    """The lines but those that name spoken languages ("Languages: English, German", not "Languages: Go, Python") or
    interests, which go where they belong."""
    kept = []
    for line in lines:
        label, colon, rest = line.text.partition(":")
        name = name_of(label) if colon else ""
        spoken = spoken_languages(rest.strip()) if name in _LANGUAGE_LABELS else None
        if spoken:
            document.setdefault("languages", []).extend(spoken)
        elif name in ("interests", "hobbies") and rest.strip():
            document.setdefault(label.strip(), []).append(rest.strip())
        else:
            kept.append(line)
    return kept


def _only_courses(document: dict[str, Any], lines: Sequence[Line], *, marked: bool) -> list[Line]:
    """The lines but those that name a certificate in one line, as below "Education and Certifications"."""
    kept = [line for line in lines if not _names_certificate(line)]
    if len(kept) == len(lines) or not kept:
        return list(lines)
    certificates = [line for line in lines if _names_certificate(line)]
    document.setdefault("certifications", []).extend(certifications_of(certificates, marked=marked))
    return kept


def _names_certificate(line: Line) -> bool:
    return _CERTIFICATE.search(line.text) is not None and not kinds_of(line) & {"degree", "institution"}


_CERTIFICATE = re.compile(r"\b[Cc]ertified [A-Z]|\b(?:CPA|CFA|PMP|CISSP|CCNA|CCNP|CSM|CISA|CISM)\b")
_LANGUAGE_LABELS = ("languages", "language", "spoken languages", "language skills")


def _final(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with every character back in its place and empty parts left out."""
    result: dict[str, Any] = {}
    for key, value in document.items():
        plain = _plain(value)
        if key in ("work_experience", "projects"):
            plain = [described(entry) for entry in plain]
        if plain or key in ("contact", "summary", "work_experience"):
            result[_plain(key)] = plain
    return result


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub(r"[ \t]+\n", "\n", unshielded(value)).strip()
    if isinstance(value, list):
        return [item for raw in value if (item := _plain(raw)) not in ("", {})]
    return {_plain(key): item for key, raw in value.items() if (item := _plain(raw)) or key in ("prose", "highlights")}
