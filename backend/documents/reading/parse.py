"""Extraction -> a resume with where each field stood, how sure it is, and how much of the source it holds."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from backend.documents.reading.data_file import document_in
from backend.documents.reading.extraction import Extraction
from backend.documents.reading.furniture import furniture
from backend.documents.reading.headings import Section, sections_of
from backend.documents.reading.json_file import json_object
from backend.documents.reading.lines import Line, tidy
from backend.documents.reading.placed import kept, texts_in, with_rest, words_of
from backend.documents.reading.provenance import fields_of, section_ranges
from backend.documents.reading.source_text import SourceText
from backend.documents.reading.text_resume import check_lines, resume_of_sections
from backend.documents.reading.unnamed import with_unnamed
from backend.documents.reading.yaml_file import yaml_object
from backend.domain import stored_shape
from backend.domain.lexicon import Lexicon
from backend.domain.numbers import numbers
from backend.domain.parsed import ParsedResume, Recognised
from backend.domain.resume import Resume, WorkEntry
from backend.errors import InvalidInput


def parse(extraction: Extraction, lexicon: Lexicon | None = None) -> ParsedResume:
    """The resume in what was read from a file. With a `lexicon`, the tools that each entry names are recognised too.

    Raises InvalidInput for a source without text, and for one in which nothing reads as a resume.
    """
    if not any(line.text.strip() for line in extraction.lines):
        raise InvalidInput(_nothing(extraction))
    of = _of_data if extraction.kind in ("json", "yaml") else _of_text
    parsed, resume = of(extraction, lexicon)
    return parsed.model_copy(update={"recognised": tuple(recognised(resume, lexicon))})


def _is_resume(resume: Resume) -> bool:
    contact = resume.contact
    return bool(
        contact.email or contact.phone or resume.work_experience or resume.education or resume.skills
        or resume.projects or resume.achievements or resume.certifications or resume.languages
    )  # fmt: skip


def _nothing(extraction: Extraction) -> str:
    if extraction.hidden:
        return "The file has no text that a reader can see, only hidden text. Send the resume with visible text."
    if extraction.layout.images or not extraction.layout.text_layer:
        return "The file holds pictures and no text. Export the resume from where it was written, or send it as text."
    return "The file is empty: there is no text in it. Send the file that holds the resume."


def _of_text(extraction: Extraction, lexicon: Lexicon | None) -> tuple[ParsedResume, Resume]:
    check_lines([line.text for line in extraction.lines])
    every = tidy(extraction.lines)
    aside = furniture(every)
    lines = [line for number, line in enumerate(every) if number not in aside]
    sections = with_unnamed(sections_of(lines))
    document = resume_of_sections(sections, marked=extraction.marked)
    # What stands at the edges of pages is kept, once, with what has no place.
    edges = {line.text: line for number, line in enumerate(every) if number in aside}
    lines += edges.values()
    headings = tuple(_headings(lines, sections))
    document = with_rest(lines, headings, document)
    source = SourceText(lines)
    share, missing = kept(lines, headings, document)
    resume = stored_shape.read(document)
    if not _is_resume(resume) and not any(section.key == "summary" for section in sections):
        raise InvalidInput(
            "Nothing in the file reads as a resume: no way to reach somebody, no work, education or skills. Send a resume, "
            "with its sections under headings such as Experience and Education."
        )
    parsed = ParsedResume(
        kind=extraction.kind,
        document=document,
        text=source.text,
        fields=fields_of(resume, source, sections, lines, lexicon),
        kept=share,
        missing=missing,
        hidden=extraction.hidden,
        layout=extraction.layout,
        warnings=extraction.warnings,
    )
    return parsed, resume


def _headings(lines: Sequence[Line], sections: Sequence[Section]) -> Iterator[int]:
    """The lines that became sections. One whose title the document keeps is a line like any other."""
    for number, (begin, end) in enumerate(section_ranges(lines, sections)):
        if number and end - begin == 1 + len(sections[number].lines) and sections[number].key:
            yield begin


def _of_data(extraction: Extraction, lexicon: Lexicon | None) -> tuple[ParsedResume, Resume]:
    """Data says itself what is what: every field is sure."""
    lines = [Line(" " * line.indent + line.text, page=line.page) for line in extraction.lines]
    text = SourceText(lines)
    source = json_object(text.text) if extraction.kind == "json" else yaml_object(text.text)
    document = document_in(source, extraction.kind.upper())
    resume = stored_shape.read(document)
    found = fields_of(resume, text, [Section("", "", lines)], lines, lexicon)
    held = Counter(word for value in texts_in(document) for word in words_of(value))
    wanted = Counter(word for value in _values(source) for word in words_of(value))
    lost = wanted - held
    parsed = ParsedResume(
        kind=extraction.kind,
        document=document,
        text=text.text,
        fields=tuple(field.model_copy(update={"confidence": 1.0}) for field in found),
        kept=round(1 - lost.total() / wanted.total(), 4) if wanted else 1.0,
        missing=tuple(sorted(lost))[:20],
        hidden=extraction.hidden,
        layout=extraction.layout,
        warnings=extraction.warnings,
    )
    return parsed, resume


def _values(source: Any) -> Iterator[str]:
    """The texts of the person's own: neither keys nor what describes the file or its design."""
    if isinstance(source, dict):
        for key, value in source.items():
            if key not in _ABOUT_THE_FILE:
                yield from _values(value)
    elif isinstance(source, list):
        for item in source:
            yield from _values(item)
    elif isinstance(source, str):
        yield source


_ABOUT_THE_FILE = frozenset(("$schema", "meta", "design", "locale", "settings"))


def recognised(resume: Resume, lexicon: Lexicon | None) -> Iterator[Recognised]:
    """The numbers of each entry, and the tools that it names; without a `lexicon`, those that it lists."""
    for path, entry in resume.entries():
        prose = entry.summary if isinstance(entry, WorkEntry) else entry.description
        texts = [*([prose] if prose else []), *entry.highlights]
        metrics = [
            text[number.start : number.end].strip()
            for text in texts
            for number in numbers(text)
            if not number.year and number.unit != "ordinal"
        ]
        tools = list(entry.technologies)
        if lexicon is not None:
            tools += [m.skill.name for text in texts for m in lexicon.vocabulary.find(text) if m.skill.kind == "tool"]
        yield Recognised(path=path, metrics=tuple(metrics), technologies=tuple(dict.fromkeys(tools)))
