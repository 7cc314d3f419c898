"""Where in the source each field of a resume stands.

The parser keeps no places. They are found again afterwards: each value is searched in the sections it was read from, in
order, so that a title that occurs twice is found where its entry is.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from backend.documents.reading import confidence, dates
from backend.documents.reading.headings import Section
from backend.documents.reading.lines import Line
from backend.documents.reading.source_text import Place, SourceText
from backend.domain.lexicon import Lexicon
from backend.domain.parsed import Field
from backend.domain.resume import Education, Project, Resume, WorkEntry

_MOST = 3_000  # fields that are searched for
_FIRST_LINES = 4
_TOP = ("header", "contact")
_HEADINGS = {
    WorkEntry: ("title", "company", "location"), Education: ("institution", "degree", "field", "location"),
    Project: ("name", "role", "url"),
}  # fmt: skip
_BODIES = {WorkEntry: ("highlights", "technologies"), Education: ("details",), Project: ("highlights", "technologies")}
_PROSE = {WorkEntry: "summary", Project: "description", Education: ""}


def section_ranges(lines: Sequence[Line], sections: Sequence[Section]) -> list[tuple[int, int]]:
    """Each section's first and last line + 1 among `lines`, its heading included."""
    ranges = []
    at = 0
    for number, section in enumerate(sections):
        begin = at
        at += len(section.lines) + (number > 0)
        if number and section.lines and (begin + 1 >= len(lines) or section.lines[0] is not lines[begin + 1]):
            at -= 1  # "Skills: Go": heading and content in one line
        ranges.append((begin, at))
    return ranges


def fields_of(
    resume: Resume, source: SourceText, sections: Sequence[Section], lines: Sequence[Line], lexicon: Lexicon | None
) -> tuple[Field, ...]:
    """Every value of the resume with its place and how sure it is. `sections` and `lines` are what it was read from."""
    ranges = list(zip(sections, section_ranges(lines, sections), strict=True))
    ends = [*source.starts, len(source.text) + 1]

    def scope(*keys: str) -> "_Scope":
        return _Scope(source, [(ends[a], ends[b] - 1) for section, (a, b) in ranges if section.key in keys and b > a])

    return (
        *_contact(resume, scope(*_TOP), source),
        *_prose("/summary", resume.summary, scope(*_TOP, "summary")),
        *_entries("/work_experience", resume.work_experience, scope("work_experience")),
        *_entries("/education", resume.education, scope("education")),
        *_skills(resume, scope("skills"), lexicon),
        *_values("/achievements", resume.achievements, scope("achievements"), confidence.plain("achievements")),
        *_entries("/projects", resume.projects, scope("projects")),
        *_records(resume, scope("certifications", "education"), scope("languages", "skills")),
        *_extras(resume, scope("", *_TOP)),
    )


class _Scope:
    """The stretches of the text in which a section's values are searched, and how far the search has come."""

    def __init__(self, source: SourceText, stretches: Sequence[tuple[int, int]]) -> None:
        self.source = source
        self.stretches = list(stretches) or [(0, len(source.text))]
        self._ends = [end for _, end in self.stretches]
        self.at = self.stretches[0][0]
        self.left = _MOST

    def _first(self) -> int:
        """The number of the first stretch that is not behind."""
        return bisect_right(self._ends, self.at)

    def ahead(self, value: str, limit: int | None = None) -> Place | None:
        """The next place of a value, not beyond `limit`."""
        self.left -= 1
        if self.left < 0:
            return None
        for number in range(self._first(), len(self.stretches)):
            start, end = self.stretches[number]
            stop = end if limit is None else min(end, limit)
            if limit is not None and start >= limit:
                return None
            if stop > self.at and (found := self.source.find(value, max(start, self.at), stop)):
                return found
        return None

    def behind(self, value: str) -> Place | None:
        """The last place of a value before here, as of an employer that several positions share."""
        for start, end in reversed(self.stretches):
            if start < self.at and (found := self.source.find_last(value, start, min(end, self.at))):
                return found
        return None

    def next(self, value: str) -> Place | None:
        """The next place of a value, from which the search goes on."""
        found = self.ahead(value)
        if found:
            self.at = found.end
        return found

    def date(self, value: str, limit: int | None) -> Place | None:
        """Where a date stands that reads as `value`, which may be written otherwise."""
        text = self.source.text
        for start, end in self.stretches[self._first() :]:
            at, stop = max(start, self.at), end if limit is None else min(end, limit)
            while at < stop and self.left > 0:
                self.left -= 1
                newline = text.find("\n", at, stop)
                line_end = newline if newline >= 0 else stop
                found = dates.find(text[at:line_end]) if line_end - at < 400 else None
                if found and value in (found.start, found.end):
                    return _end_of_range(text, at + found.begin, at + found.finish, value, found)
                at = line_end + 1
        return None


def _end_of_range(text: str, start: int, end: int, value: str, found: dates.DateSpan) -> Place:
    """The one date of a range that reads as `value`, else the whole range."""
    if found.single or found.start == found.end:
        return Place(start, end)
    cuts = range(start + 1, end) if value == found.start else range(end - 1, start, -1)
    best = None
    for cut in cuts:
        part = (start, cut) if value == found.start else (cut, end)
        piece = text[part[0] : part[1]]
        if piece == piece.strip(" –—-") and dates.point(piece) == value:
            best = Place(*part)
    return best or Place(start, end)


def _field(path: str, place: Place | None, source: SourceText, sure: float) -> Field:
    if place is None:
        return Field(path=path, confidence=round(sure * 0.9, 3))
    return Field(path=path, start=place.start, end=place.end, page=source.page(place.start), confidence=round(sure, 3))


def _is_labelled(place: Place | None, source: SourceText) -> bool:
    """Whether "Company:" or the like stands before a value on its line."""
    if place is None:
        return False
    before = source.text[source.line_start(place.start) : place.start].rstrip()
    return before.endswith(":") and len(before) < 40


def _contact(resume: Resume, scope: _Scope, source: SourceText) -> Iterator[Field]:
    contact = resume.contact
    for name in ("name", "email", "phone", "location"):
        if value := getattr(contact, name):
            place = scope.ahead(value) or source.find(value)
            first = place is not None and source.text.count("\n", 0, place.start) < _FIRST_LINES
            sure = confidence.of_contact(resume, name, first=first, labelled=_is_labelled(place, source))
            yield _field(f"/contact/{name}", place, source, sure)
    for number, (_, address) in enumerate(contact.links):
        place = scope.ahead(address) or source.find(address)
        yield _field(f"/contact/links/{number}", place, source, confidence.plain("links"))


def _prose(path: str, value: str, scope: _Scope) -> Iterator[Field]:
    """Prose in one field: from where it begins to where it ends."""
    if not value:
        return
    place = scope.ahead(value) or scope.behind(value)
    if place is None:
        parts = [found for line in value.split("\n") if (found := scope.next(line))]
        place = Place(parts[0].start, parts[-1].end) if parts else None
    if place:
        scope.at = max(scope.at, place.end)
    yield _field(path, place, scope.source, confidence.plain(path.rpartition("/")[2]))


def _entries(base: str, entries: Sequence[WorkEntry | Education | Project], scope: _Scope) -> Iterator[Field]:
    for number, entry in enumerate(entries):
        yield from _entry(f"{base}/{number}", entry, scope)


def _entry(base: str, entry: WorkEntry | Education | Project, scope: _Scope) -> Iterator[Field]:
    bodies = [(name, getattr(entry, name)) for name in _BODIES[type(entry)] if getattr(entry, name)]
    starts = [found.start for _, values in bodies[:1] for value in values[:1] if (found := scope.ahead(value))]
    limit = starts[0] if starts else None
    furthest = scope.at
    for name in _HEADINGS[type(entry)]:
        if value := getattr(entry, name):
            place = scope.ahead(value, limit) or scope.behind(value) or scope.ahead(value)
            furthest = max(furthest, place.end if place else 0)
            sure = _sure(entry, name, labelled=_is_labelled(place, scope.source))
            yield _field(f"{base}/{name}", place, scope.source, sure)
    for name in ("start_date", "end_date"):
        if value := getattr(entry, name):
            place = scope.date(value, limit) or scope.date(value, None)
            furthest = max(furthest, place.end if place else 0)
            yield _field(f"{base}/{name}", place, scope.source, confidence.of_date(value))
    scope.at = min(furthest, limit) if limit is not None else furthest
    name = _PROSE[type(entry)]
    if name and (prose := getattr(entry, name)):
        yield from _prose(f"{base}/{name}", prose, scope)
    for name, values in bodies:
        yield from _values(f"{base}/{name}", values, scope, confidence.plain(name))


def _sure(entry: WorkEntry | Education | Project, name: str, *, labelled: bool) -> float:
    if isinstance(entry, WorkEntry):
        return confidence.of_work(entry, name, labelled=labelled)
    if isinstance(entry, Education):
        return confidence.of_education(entry, name, labelled=labelled)
    return confidence.plain(name)


def _values(base: str, values: Iterable[str], scope: _Scope, sure: float) -> Iterator[Field]:
    for number, value in enumerate(values):
        yield _field(f"{base}/{number}", scope.next(value), scope.source, sure)


def _skills(resume: Resume, scope: _Scope, lexicon: Lexicon | None) -> Iterator[Field]:
    for number, skill in enumerate(resume.skills):
        known = lexicon is not None and len(skill) < 60 and lexicon.vocabulary.lookup(skill) is not None
        yield _field(f"/skills/{number}", scope.next(skill), scope.source, confidence.of_skill(skill, known=known))


def _records(resume: Resume, certificates: _Scope, languages: _Scope) -> Iterator[Field]:
    for number, certificate in enumerate(resume.certifications):
        base, line = f"/certifications/{number}", certificates.at
        for name in ("name", "issuer"):
            if value := getattr(certificate, name):
                place = certificates.next(value)
                line = certificates.source.line_start(place.start) if place and name == "name" else line
                yield _field(f"{base}/{name}", place, certificates.source, confidence.plain(name))
        if certificate.date:  # it may stand before the name
            done, certificates.at = certificates.at, line
            place = certificates.date(certificate.date, None)
            certificates.at = max(done, place.end if place else 0)
            yield _field(f"{base}/date", place, certificates.source, confidence.of_date(certificate.date))
    for number, spoken in enumerate(resume.languages):
        for name in ("language", "fluency"):
            if value := getattr(spoken, name):
                path = f"/languages/{number}/{name}"
                yield _field(path, languages.next(value), languages.source, confidence.plain(name))


def _extras(resume: Resume, scope: _Scope) -> Iterator[Field]:
    for number, extra in enumerate(resume.extras):
        for index, line in enumerate(extra.lines):
            place = scope.ahead(line) or scope.behind(line) or scope.source.find(line)
            yield _field(f"/extras/{number}/lines/{index}", place, scope.source, confidence.plain("extras"))
