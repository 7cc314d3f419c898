"""What the rules are unsure of in what they read: the fields, and the lines of the source to look at again."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from backend.documents.reading.headings import key_of
from backend.documents.reading.placed import OTHER
from backend.documents.reading.refining.slots import CONTACT, HEADINGS
from backend.documents.reading.source_text import Place
from backend.documents.reading.text_resume import HEADLINE
from backend.domain import stored_shape
from backend.domain.injection import instructs
from backend.domain.parsed import Field, ParsedResume
from backend.domain.resume import Resume

UNSURE = 0.7
"""Below this a field is looked at again: of 7 such fields in resumes by others 3 were right, of those above 98%."""
_NEEDED = {"work_experience": ("title", "company"), "education": ("institution",), "projects": ("name",)}
_AROUND, _FIRST_LINES = 2, 8
_HEADLINES = 3
"""With more lines than this, what stands below the name is no headline, but a section that was not recognised."""
MOST_LINES, MOST_CHARACTERS, _LONGEST, _MOST_KNOWN, _SHOWN = 80, 6_000, 500, 120, 80


class Known(NamedTuple):
    """A field as it was read, cut short. `open` says that it is empty or unsure, and so may be filled."""

    path: str
    value: str
    open: bool


class Doubts(NamedTuple):
    """`lines` are places in `ParsedResume.text`, in order; `known` are the headings of all entries, for orientation."""

    lines: tuple[Place, ...]
    known: tuple[Known, ...]

    @property
    def open(self) -> frozenset[str]:
        return frozenset(field.path for field in self.known if field.open)


def doubts_of(parsed: ParsedResume) -> Doubts | None:
    """None when the rules are sure of everything, as they are of data."""
    if parsed.kind in ("json", "yaml"):
        return None
    resume = stored_shape.read(parsed.document)
    known = tuple(_known(resume, {field.path: field for field in parsed.fields}))
    doubtful = {field.path for field in known if field.open and (field.value or _is_needed(field.path))}
    unplaced = [field for field in parsed.fields if _is_unplaced(field, resume)]
    if not doubtful and not unplaced:
        return None
    every = _lines(parsed.text)
    wanted = set(_numbers(every, unplaced, 1))
    for path in doubtful:
        wanted.update(_near(path, parsed.fields, every))
    return Doubts(tuple(_within_bounds(every, sorted(wanted), parsed.text)), known[:_MOST_KNOWN])


def _known(resume: Resume, fields: dict[str, Field]) -> Iterator[Known]:
    for base, entry, names in _entries(resume):
        for name in names:
            value, field = getattr(entry, name), fields.get(f"{base}/{name}")
            unsure = field is not None and field.confidence < UNSURE
            shown = "…" if instructs(value) else value[:_SHOWN]
            yield Known(f"{base}/{name}", shown, not value or unsure)
    yield Known("/summary", "…" if resume.summary else "", not resume.summary)


def _entries(resume: Resume) -> Iterator[tuple[str, object, Sequence[str]]]:
    yield "/contact", resume.contact, CONTACT
    for section, names in HEADINGS.items():
        for number, entry in enumerate(getattr(resume, section)):
            yield f"/{section}/{number}", entry, names


def _is_needed(path: str) -> bool:
    """Whether a resume without this is likely one that was misread. Many have no phone, and entries no dates."""
    section, _, name = path[1:].partition("/")
    return path == "/contact/name" or name.rpartition("/")[2] in _NEEDED.get(section, ())


def _is_unplaced(field: Field, resume: Resume) -> bool:
    """A line that found no place, or stands in a section whose name says nothing to us."""
    if not field.path.startswith("/extras/"):
        return False
    extra = resume.extras[int(field.path.split("/")[2])]
    if extra.title == HEADLINE:
        return len(extra.lines) > _HEADLINES
    return extra.title == OTHER or key_of(extra.title) is None


def _near(path: str, fields: Iterable[Field], every: Sequence[Place]) -> Iterator[int]:
    """The lines around a field, or, where it is empty, around the rest of its entry."""
    base = path.rpartition("/")[0]
    own = [field for field in fields if field.path == path and field.start is not None]
    own = own or [field for field in fields if field.path.rpartition("/")[0] == base and field.start is not None]
    if not own or base == "/contact":
        yield from range(min(_FIRST_LINES, len(every)))
    yield from _numbers(every, own, _AROUND)


def _numbers(every: Sequence[Place], fields: Iterable[Field], around: int) -> Iterator[int]:
    """The lines on which fields stand, and so many around them."""
    starts = [line.start for line in every]
    for field in fields:
        if field.start is not None and field.end is not None:
            first, last = bisect_right(starts, field.start) - 1, bisect_left(starts, field.end) - 1
            yield from range(max(0, first - around), min(len(every), last + around + 1))


def _lines(text: str) -> list[Place]:
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    return [Place(start, start + len(line)) for line, start in zip(lines, starts, strict=False)]


def _within_bounds(every: Sequence[Place], numbers: Iterable[int], text: str) -> Iterator[Place]:
    """No more than a model should be sent, and nothing that speaks to it."""
    count = size = 0
    for number in numbers:
        line = every[number]
        said = text[line.start : line.end]
        if not said.strip() or len(said) > _LONGEST or instructs(said):
            continue
        count, size = count + 1, size + len(said)
        if count > MOST_LINES or size > MOST_CHARACTERS:
            return
        yield line
