"""Whether a proposed value may go where it is proposed: it is in the source, there, and the place is free for it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from backend.documents.reading.headings import name_of
from backend.documents.reading.placed import OTHER
from backend.documents.reading.refining.doubts import Doubts
from backend.documents.reading.refining.slots import DATES, HEADINGS, Slot, slot_of, value_of
from backend.documents.reading.refining.verbatim import places_of
from backend.documents.reading.section_names import KNOWN
from backend.documents.reading.source_text import Place
from backend.domain import stored_shape
from backend.domain.injection import instructs
from backend.domain.parsed import ParsedResume

_RUNS_ON = 2  # lines below, onto which a value may run
_NEAR = 3  # lines around an entry that may still belong to it
_TOP = 25  # lines in which somebody says how to reach them, where no entry ends that sooner


class Placement(NamedTuple):
    """Somebody's proposal: `text`, copied from line number `line` (from 1) of the doubts, belongs at `path`."""

    path: str
    line: int
    text: str


class Refusal(NamedTuple):
    path: str
    reason: str


class Accepted(NamedTuple):
    slot: Slot
    value: str
    place: Place


class Checker:
    """Judges proposals one by one; each that it accepts takes its place in the source."""

    def __init__(self, parsed: ParsedResume, doubts: Doubts) -> None:
        self._text, self._doubts = parsed.text, doubts
        resume = stored_shape.read(parsed.document)
        self._counts = {section: len(getattr(resume, section)) for section in HEADINGS}
        self._taken: list[tuple[Place, Slot | None]] = []
        self._loose: list[Place] = []
        self._other: list[Place] = []
        for path, place in _spans(parsed):
            if path.startswith("/extras/"):
                self._loose.append(place)
                if resume.extras[int(path.split("/")[2])].title == OTHER:
                    self._other.append(place)
            elif path not in doubts.open:
                self._taken.append((place, None))
        self._ranges = _ranges(parsed)
        self._filled: set[str] = set()

    def accept(self, placement: Placement) -> Accepted | Refusal:
        slot = slot_of(placement.path)
        if slot is None or (why := self._closed(slot)):
            return Refusal(placement.path[:80], "no such field" if slot is None else why)
        if not 1 <= placement.line <= len(self._doubts.lines):
            return Refusal(slot.path, "no such line")
        line = self._doubts.lines[placement.line - 1]
        found = list(places_of(placement.text, self._text, line.start, self._end(placement.line)))
        place = next((found for found in found if found.start <= line.end and self._is_free(found, slot)), None)
        if place is None:
            return Refusal(slot.path, "the text has another place already" if found else "the text is not in that line")
        said = self._text[place.start : place.end]
        value = None if instructs(placement.text) else value_of(slot, said)
        if value is None:
            return Refusal(slot.path, "the text cannot be such a value")
        if self._is_heading(place) or not self._belongs(slot, place):
            return Refusal(slot.path, "the text stands elsewhere")
        self._taken.append((place, slot))
        self._filled.add("" if slot.is_line else slot.path)
        return Accepted(slot, value, place)

    def _closed(self, slot: Slot) -> str:
        """Why nothing may go there; "" when it may."""
        section, index = slot.group
        if slot.is_line:
            return ""
        if slot.path in self._filled:
            return "it has been filled"
        if section in HEADINGS and index >= self._counts[section]:
            return ""
        return "" if slot.path in self._doubts.open else "the rules are sure of it"

    def _end(self, number: int) -> int:
        """How far a value that begins on a line may go: over the next ones, if they were sent too and follow at once."""
        lines = self._doubts.lines
        end = lines[number - 1].end
        for line in lines[number : number + _RUNS_ON]:
            if line.start > end + 1:
                break
            end = line.end
        return end

    def _is_free(self, place: Place, slot: Slot) -> bool:
        """Both dates of an entry may be taken from one range; else a text of the source has one place."""
        for other, holder in self._taken:
            if place.start < other.end and other.start < place.end:
                dates = holder is not None and {holder.name, slot.name} == set(DATES) and holder.group == slot.group
                if not dates:
                    return False
        return True

    def _is_heading(self, place: Place) -> bool:
        """Whether a text stands in a section's heading, which is no value."""
        start, newline = self._text.rfind("\n", 0, place.start) + 1, self._text.find("\n", place.start)
        line = self._text[start : newline if newline >= 0 else None]
        return name_of(line) in KNOWN and not any(known.start <= place.start < known.end for known in self._loose)

    def _belongs(self, slot: Slot, place: Place) -> bool:
        """Whether a text may be said of this entry: it stands there, and not where somebody else is spoken of."""
        section, index = slot.group
        loose = any(known.start <= place.start and place.end <= known.end for known in self._loose)
        if section == "contact":
            first = min((start for start, _ in self._ranges.values()), default=len(self._text))
            top = place.start < first and self._text.count("\n", 0, place.start) < _TOP
            return top or any(known.start <= place.start < known.end for known in self._other)
        if section not in HEADINGS or index >= self._counts[section]:
            return loose
        own = self._ranges.get(f"/{section}/{index}")
        if own is None or (slot.is_line and not loose):
            return False
        later = min((start for start, _ in self._ranges.values() if start > own[0]), default=len(self._text))
        apart = self._text.count(
            "\n", *sorted((place.start, own[0] if place.start < own[0] else min(own[1], place.start)))
        )
        return place.start < later and apart <= _NEAR


def _spans(parsed: ParsedResume) -> Iterator[tuple[str, Place]]:
    for field in parsed.fields:
        if field.start is not None and field.end is not None:
            yield field.path, Place(field.start, field.end)


def _ranges(parsed: ParsedResume) -> Mapping[str, tuple[int, int]]:
    """Where each entry begins and ends."""
    ranges: dict[str, tuple[int, int]] = {}
    for path, place in _spans(parsed):
        parts: Sequence[str] = path.split("/")
        if parts[1] in HEADINGS:
            base = f"/{parts[1]}/{parts[2]}"
            start, end = ranges.get(base, (place.start, place.end))
            ranges[base] = min(start, place.start), max(end, place.end)
    return ranges
