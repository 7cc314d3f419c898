"""A stored document with values put into it, each taken out of the extra section where it stood."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from backend.documents.reading.described import described
from backend.documents.reading.lines import Line
from backend.documents.reading.pieces import trimmed
from backend.documents.reading.placed import JOINTS, words_of
from backend.documents.reading.refining.proposals import Accepted
from backend.documents.reading.refining.slots import HEADINGS
from backend.documents.reading.refining.verbatim import places_of
from backend.documents.reading.source_text import SourceText
from backend.domain import stored_shape


def with_values(document: Mapping[str, Any], group: Sequence[Accepted], text: str) -> dict[str, Any]:
    """The document with the values of one group; `text` is the source, in which they have their places. An entry that is
    not there yet comes after the others."""
    result = deepcopy(dict(document))
    for accepted in group:
        _put(result, accepted)
    for start, end in sorted({accepted.place for accepted in group}):
        _cut(result, text[start:end])
    return result


def _put(document: dict[str, Any], accepted: Accepted) -> None:
    slot, value = accepted.slot, accepted.value
    section, index = slot.group
    if section == "contact":
        document.setdefault("contact", {})[slot.name] = value
    elif section == "summary":
        document["summary"] = value
    elif section not in HEADINGS:
        document.setdefault(section, []).append(value)
    else:
        entries = document.setdefault(section, [])
        if index == len(entries):
            entries.append({})
        entry = entries[index]
        entries[index] = _with_line(section, entry, slot.name, value) if slot.is_line else entry | {slot.name: value}


def _with_line(section: str, entry: dict[str, Any], name: str, value: str) -> dict[str, Any]:
    if section == "education":
        return entry | {name: [*entry.get(name, []), value]}
    resume = stored_shape.read({section: [entry]})
    (_, known), *_ = resume.entries()
    prose = known.description if section == "projects" else known.summary  # type: ignore[union-attr]
    rest = {key: item for key, item in entry.items() if key not in ("description", "summary", "highlights")}
    return described({**rest, "prose": prose, "highlights": [*known.highlights, value]})


def _cut(document: dict[str, Any], said: str) -> None:
    """Takes a text out of the first extra section that has it. What is left of its line stays there, unless it only joined
    what was taken to something else."""
    for extra in stored_shape.read(document).extras:
        items = document.get(extra.title)
        if not isinstance(items, list):
            continue
        for number, item in enumerate(items):
            if not isinstance(item, str) or (place := _within(said, item)) is None:
                continue
            rest = [trimmed(part) for part in (item[: place[0]], item[place[1] :])]
            items[number : number + 1] = [part for part in rest if set(words_of(part)) - JOINTS]
            if not items:
                del document[extra.title]
            return


def _within(said: str, item: str) -> tuple[int, int] | None:
    """Where a text of the source stands in an item, whose lines may have been joined."""
    return next(places_of(said, item), None) or SourceText([Line(item)]).find(said)
