"""Somebody's answers to the doubts, put in place: those that the source bears out, and only as long as no word is lost."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from backend.documents.reading.lines import Line
from backend.documents.reading.parse import recognised
from backend.documents.reading.placed import JOINTS, words_of
from backend.documents.reading.refining.conservation import added_words, lost_words
from backend.documents.reading.refining.document import with_values
from backend.documents.reading.refining.doubts import Doubts
from backend.documents.reading.refining.proposals import Accepted, Checker, Placement, Refusal
from backend.documents.reading.refining.slots import DATES, HEADINGS, Slot
from backend.documents.reading.source_text import SourceText
from backend.domain import stored_shape
from backend.domain.lexicon import Lexicon
from backend.domain.parsed import Field, ParsedResume

MOST = 200  # placements
_TYPED = (*DATES, "email", "phone", "url")
_SURE_TYPED, _SURE_NAMED, _REST = 0.9, 0.8, 0.7
"""How sure a value of a model's is that has a form of its own, one that has none, and what it left of a line."""
_NAMING = {"work_experience": ("company", "title"), "education": ("institution", "degree"), "projects": ("name",)}
Group = Sequence[Accepted]


class Refined(NamedTuple):
    """The resume with what was accepted, the paths of that, and what was not."""

    parsed: ParsedResume
    placed: tuple[str, ...]
    refused: tuple[Refusal, ...]


def refined(
    parsed: ParsedResume, doubts: Doubts, placements: Iterable[Placement], lexicon: Lexicon | None = None
) -> Refined:
    """The values that stand in the source where they are said to, in fields that are empty or unsure, or taken out of an
    extra section. An entry's values are accepted together or not at all; it is the second when a word would be lost."""
    checker = Checker(parsed, doubts)
    judged = [checker.accept(placement) for placement in list(placements)[:MOST]]
    refused = [found for found in judged if isinstance(found, Refusal)]
    document, done = parsed.document, list[Accepted]()
    for group in _groups([found for found in judged if isinstance(found, Accepted)], parsed, refused):
        trial = with_values(document, group, parsed.text)
        if why := _unlike(group, document, trial, parsed.text):
            refused += [Refusal(accepted.slot.path, why) for accepted in group]
            continue
        document = trial
        done += group
    if not done:
        return Refined(parsed, (), tuple(refused))
    fields = tuple(_fields(parsed, document, done))
    resume = stored_shape.read(document)
    update = {"document": document, "fields": fields, "recognised": tuple(recognised(resume, lexicon))}
    placed = tuple(field.path for field in fields if field.source == "model")
    return Refined(parsed.model_copy(update=update), placed, tuple(refused))


def _groups(accepted: Group, parsed: ParsedResume, refused: list[Refusal]) -> Iterator[Group]:
    """What belongs together. New entries, numbered on from those there are, have a name and a stretch of the source to
    themselves; those that have not are added to `refused`."""
    groups: dict[tuple[str, int], list[Accepted]] = defaultdict(list)
    for one in accepted:
        groups[one.slot.group].append(one)
    resume = stored_shape.read(parsed.document)
    counts = {section: len(getattr(resume, section)) for section in HEADINGS}
    new = {key: group for key, group in groups.items() if key[0] in HEADINGS and key[1] >= counts[key[0]]}
    yield from (group for key, group in groups.items() if key not in new)
    stretches = {key: (min(a.place.start for a in g), max(a.place.end for a in g)) for key, g in new.items()}
    for (section, index), group in sorted(new.items(), key=lambda item: (item[0][0], stretches[item[0]])):
        start, end = stretches[section, index]
        others = [stretch for key, stretch in stretches.items() if key != (section, index)]
        named = any(one.slot.name in _NAMING[section] for one in group)
        if not named or any(start < other[1] and other[0] < end for other in others):
            why = "entries run into each other" if named else "an entry needs a name"
            refused += [Refusal(one.slot.path, why) for one in group]
            continue
        number = counts[section]
        counts[section] += 1
        yield [one._replace(slot=Slot((section, number), one.slot.name, one.slot.is_line)) for one in group]


def _unlike(group: Group, before: Mapping[str, Any], after: Mapping[str, Any], text: str) -> str:
    """Why a changed document does not hold the words of the one before; "" when it does."""
    if lost_words(text, before, after) - _became_structure(group, before, after, text):
        return "words would be lost"
    dates = Counter(word for one in group if one.slot.name in DATES for word in words_of(one.value))
    return "words would stand twice" if added_words(text, before, after) - dates else ""


def _became_structure(group: Group, before: Mapping[str, Any], after: Mapping[str, Any], text: str) -> Counter[str]:
    """Words that may go: those of a date, which is written otherwise, of the title of a section that is empty now, and what
    only joined two values."""
    gone = {e.title for e in stored_shape.read(before).extras} - {e.title for e in stored_shape.read(after).extras}
    said = [text[one.place.start : one.place.end] for one in group if one.slot.name in DATES]
    return Counter(word for part in [*gone, *said] for word in words_of(part)) + Counter(
        dict.fromkeys(JOINTS, len(text))
    )


def _fields(parsed: ParsedResume, document: Mapping[str, Any], done: Group) -> Iterator[Field]:
    """The fields as they were, the new ones in the place of those they replace, and the extras that are left."""
    resume = stored_shape.read(document)
    before = stored_shape.read(parsed.document)
    added: dict[str, int] = defaultdict(int)
    placed: dict[str, Field] = {}
    for one in done:
        path = one.slot.path
        if one.slot.is_line:
            path = f"{path}/{_count(before, path) + added[path]}"
            added[one.slot.path] += 1
        sure = _SURE_TYPED if one.slot.name in _TYPED else _SURE_NAMED
        page = _page(parsed.fields, one.place.start)
        placed[path] = Field(
            path=path, start=one.place.start, end=one.place.end, page=page, confidence=sure, source="model"
        )
    yield from (field for field in parsed.fields if field.path not in placed and not field.path.startswith("/extras/"))
    yield from placed.values()
    source = SourceText([Line(line) for line in parsed.text.split("\n")])
    old = {field.path: field for field in parsed.fields}
    known: dict[str, list[Field | None]] = defaultdict(list)
    for number, extra in enumerate(before.extras):
        for index, line in enumerate(extra.lines):
            known[line].append(old.get(f"/extras/{number}/lines/{index}"))
    for number, extra in enumerate(resume.extras):
        for index, line in enumerate(extra.lines):
            path = f"/extras/{number}/lines/{index}"
            field = known[line].pop(0) if known[line] else None
            if field is not None:
                yield field.model_copy(update={"path": path})
                continue
            start, end = source.find(line) or (None, None)
            page = 0 if start is None else _page(parsed.fields, start)
            yield Field(path=path, start=start, end=end, page=page, confidence=_REST)


def _count(resume: Any, path: str) -> int:
    """How many lines there are already in a list, by its path; 0 for one of a new entry."""
    value = resume
    for part in path[1:].split("/"):
        value = getattr(value, part) if not part.isdigit() else value[int(part)] if int(part) < len(value) else ()
        if value == ():
            return 0
    return len(value)


def _page(fields: Iterable[Field], at: int) -> int:
    """The page of what stands last before a place."""
    before = [field for field in fields if field.start is not None and field.start <= at]
    return max(before, key=lambda field: field.start or 0).page if before else 0
