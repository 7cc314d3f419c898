"""Work entries: which piece of a heading is the title, which the employer, which the place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from backend.documents.reading import vocabulary
from backend.documents.reading.blocks import Block, blocks_of
from backend.documents.reading.body import body_of
from backend.documents.reading.dates import DateSpan
from backend.documents.reading.lines import Line
from backend.documents.reading.pieces import DATE_LABELS, dated, headline, split, take_labelled, trimmed
from backend.documents.reading.towns import (
    are_units,
    comma_parts,
    could_be_city,
    could_be_town,
    is_title_in_unit,
    without_place,
)

_LABELS = DATE_LABELS | {
    "company": "company", "employer": "company", "organization": "company", "organisation": "company", "client": "company",
    "title": "title", "position": "title", "role": "title", "job title": "title", "designation": "title",
    "location": "location", "place": "location",
}  # fmt: skip
_AT = re.compile(r"(.{2,90}?)\s+(?:at|@|bei|chez)\s+(.{2,90})$")
_TERMS = re.compile(
    r"(?:full[- ]time|part[- ]time|contract|contractor|permanent|temporary|temp|freelance|seasonal|volunteer|internship|"
    r"self[- ]employed|remote|hybrid|on-?site|\d{1,2}\s?(?:years?|yrs?|months?|mos?)(?:\s?,?\s?\d{1,2}\s?(?:months?|mos?))?)$",
    re.IGNORECASE,
)
_DASHED = re.compile(r"[^|]{1,90}\s[–—-]\s[^|]{1,90}")
_ON_ONES_OWN = re.compile(r"(?:freelance|self[- ]employed)", re.IGNORECASE)


@dataclass(slots=True)
class Position:
    """`order` is 1 when the title is seen to come first, -1 when the employer is, 0 when it was a guess."""

    values: dict[str, str] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)
    order: int = 0


def work_entries(lines: Sequence[Line], *, marked: bool) -> list[dict[str, Any]]:
    """The section's positions, each with `prose`, `highlights`, `technologies` beside the fields of its heading."""
    blocks = blocks_of(lines, marked=marked)
    towns = _names_towns(blocks)
    guesses = [_position(block, True, towns=towns) for block in blocks]
    title_first = sum(guess.order for guess in guesses) >= 0
    entries: list[dict[str, Any]] = []
    shared: str | None = None  # an employer named on a line of its own, above its first position
    margin = 0  # where that line begins
    for block, guess in zip(blocks, guesses, strict=True):
        alone = len(block.header) == 1
        below = shared if alone and block.header[0].indent > margin else None
        found = guess if title_first and not below else _position(block, title_first, employer=below, towns=towns)
        values = found.values
        if alone and shared and values.keys() & {"title", "company"} == {"title"} and _is_stacked(block.header[0]):
            values["company"] = shared
        elif block.header and below is None:
            shared, margin = None if alone else values.get("company"), block.header[0].indent
        body = body_of(block.body, marked=marked)
        prose = "\n".join([*found.rest, *([body.prose] if body.prose else [])])
        entries.append({**values, "prose": prose, "highlights": body.highlights, "technologies": body.technologies})
    return entries


def _is_stacked(line: Line) -> bool:
    """Whether a position stands straight below the one before, with the same employer."""
    return (
        not line.gap and line.kind != "heading" and not re.search(r"\b(?:freelance|self[- ]employed)", line.text, re.I)
    )


def _names_towns(blocks: Sequence[Block]) -> bool:
    """Whether the headings of a section end in a place that stands apart: then a name there that we do not know is one."""
    ends = [pieces[-1] for block in blocks if len(pieces := _pieces_of(block)) >= 2]
    return any(vocabulary.is_sure_place(end) for end in ends)


def _pieces_of(block: Block) -> list[str]:
    """The pieces of the line of a heading that has a date or, without one, of the first."""
    texts = [headline(line.text) for line in block.header]
    text = next((found.text for found in texts if found.date), texts[0].text if texts else "")
    return split(text)


def _position(block: Block, title_first: bool, *, employer: str | None = None, towns: bool = False) -> Position:
    """`employer` is the one that the position stands below, where the layout shows it. `towns` says that the section's
    headings name places."""
    values, lines = take_labelled([*block.parents, *block.header], _LABELS)
    if employer:
        values.setdefault("company", employer)
    result = Position(values=dated(values))
    own = {value for field_name, value in values.items() if field_name in ("title", "company")}
    pieces: list[str] = []
    for line in reversed(lines):  # the position's own date, not that of the employer above it
        if line.text in own:
            continue  # a heading that repeats a labelled value
        text, date = headline(line.text)
        if date and not result.values.keys() & {"start_date", "end_date"}:
            dates = {"start_date": date.start, "end_date": date.end}
            result.values |= {key: value for key, value in dates.items() if value}
        elif date and line not in block.parents:
            text = line.text
        if date and (town := _town_after(line.text, date, block)) and "location" not in result.values:
            result.values["location"], text = town, trimmed(line.text[: date.begin])
        pieces[:0] = _unit_joined(text, lines) if len(lines) > 1 else split(text)
    pieces = [piece for piece in pieces if not _is_aside(piece, result)]
    named = sum(1 + (", " in piece or " at " in piece) for piece in pieces) + len(
        result.values.keys() & {"title", "company"}
    )
    named += any(map(_ON_ONES_OWN.match, result.rest))
    for piece in [piece for piece in pieces if vocabulary.is_place(piece) and not vocabulary.company_score(piece)]:
        # "Acme, Texas" is a place only where the employer is named beside it.
        if named - 2 >= 2 and "location" not in result.values:
            pieces.remove(piece)
            result.values["location"] = piece
    if "location" not in result.values and (town := _town_among(pieces, block, towns=towns)):
        pieces.remove(town)
        result.values["location"] = town
    _assign(pieces, result, title_first)
    return result


def _town_after(text: str, date: DateSpan, block: Block) -> str:
    """The place in "Engineer, Acme    2019 – 2021 · Lund": what follows the date where title and employer precede it."""
    before, after = trimmed(text[: date.begin]), trimmed(text[date.finish :])
    if not before or not after or len(split(after)) > 1 or not could_be_town(after):
        return ""
    return after if "," in before or len(split(before)) > 1 or len(block.header) > 1 else ""


def _town_among(pieces: Sequence[str], block: Block, *, towns: bool) -> str:
    """An unknown name that stands last on the heading's line, after title and employer or after the employer."""
    if len(pieces) == 2 and ", " in pieces[0] and could_be_town(pieces[1]) and not is_title_in_unit(pieces[0]):
        head, _, tail = pieces[0].partition(", ")
        dotted = any(" · " in line.text for line in block.header)
        titled = vocabulary.title_score(head) >= 3 or (dotted and vocabulary.ends_as_title(head))
        employer = vocabulary.company_score(tail) >= 3 and not vocabulary.company_score(head)
        sure = (titled and dotted) or employer
        return pieces[1] if towns or sure else ""
    if len(pieces) == 3:
        title = next((piece for piece in pieces if vocabulary.title_score(piece) >= 3), "")
        title = title or next((piece for piece in reversed(pieces) if vocabulary.ends_as_title(piece)), "")
        others = [piece for piece in pieces if piece != title]
        alone = any(headline(line.text).text == title for line in block.header)
        if title and len(others) == 2 and could_be_town(others[1]) and (towns or alone):
            return others[1]
    return ""


def _unit_joined(text: str, lines: Sequence[Line]) -> list[str]:
    """The pieces of one heading line. "Acme — Platform Team" is one name where the title has a line to itself, and
    "Engineer - Test Tools" one title where the employer has."""
    pieces = split(text)
    if len(pieces) != 2 or not _DASHED.fullmatch(text) or vocabulary.is_place(pieces[1]):
        return pieces
    others = [other for line in lines if (other := headline(line.text).text) and other != text]
    titles = [other for other in others if vocabulary.title_score(other) >= 3 and len(split(other)) == 1]
    if not any(vocabulary.title_score(piece) >= 3 for piece in pieces):
        return [text] if titles else pieces
    employers = [other for other in others if not vocabulary.title_score(other) and not vocabulary.is_place(other)]
    plain = vocabulary.title_score(pieces[0]) >= 3 and not vocabulary.company_score(pieces[1])
    return [text] if plain and employers else pieces


def _is_aside(piece: str, result: Position) -> bool:
    """Whether a piece is a place, or says how somebody was employed; it is put where it belongs."""
    if vocabulary.is_sure_place(piece) and "location" not in result.values:
        result.values["location"] = piece.strip("() ") if piece.startswith("(") else piece
        return True
    if _TERMS.match(piece.strip("()")):
        result.rest.append(piece)
        return True
    return False


def _assign(pieces: list[str], result: Position, title_first: bool) -> None:
    values = result.values
    wanted = [name for name in ("title", "company") if name not in values]
    if len(pieces) == 1 and len(wanted) == 2:
        pieces, result.order = _divided(pieces[0], result, title_first)
        if result.order:
            _fill(result, title=pieces[0], company=pieces[1])
            return
    if len(wanted) == 2 and len(pieces) >= 2:
        margins = [vocabulary.title_score(piece) - vocabulary.company_score(piece) for piece in pieces]
        pair = margins[:2]
        at = margins.index(max(margins)) if max(margins) > 0 else 0
        if max(margins) <= 0 and pair[0] != pair[1]:
            at = pair.index(max(pair))  # the other one looks like an employer
            result.order = 1 if at == 0 else -1
        elif max(margins) <= 0:
            alike = [vocabulary.ends_as_title(piece) for piece in pieces]
            at = alike.index(True) if sum(alike) == 1 else 0 if title_first else 1
        elif len([margin for margin in margins if margin == max(margins)]) == 1:
            result.order = 1 if at == 0 else -1
        elif not title_first and at == 0:
            at = 1
        title = pieces.pop(at)
        best = max(range(len(pieces)), key=lambda n: (vocabulary.company_score(pieces[n]) > 0, -n))
        _fill(result, title=title, company=pieces.pop(best))
    elif len(wanted) == 2 and pieces:
        piece = pieces.pop()
        is_company = vocabulary.company_score(piece) > vocabulary.title_score(piece)
        _fill(result, title="" if is_company else piece, company=piece if is_company else "")
    elif wanted and pieces:
        piece = pieces.pop(0)
        _fill(result, **{wanted[0]: piece})
    _leftovers(pieces, result)
    if "company" not in values:
        own = [piece for piece in result.rest if _ON_ONES_OWN.match(piece)]
        if own:  # nobody else employed the person
            values["company"] = own[0]
            result.rest.remove(own[0])


def _leftovers(pieces: list[str], result: Position) -> None:
    for piece in pieces:
        if "title" in result.values and set(vocabulary.plain_words(piece)) <= vocabulary.DEPARTMENTS:
            result.values["title"] += f" – {piece}"
            continue
        short = len(piece.split()) <= 4 and piece[:1].isupper() and not any(char.isdigit() for char in piece)
        if (
            short
            and "location" not in result.values
            and not vocabulary.title_score(piece) + vocabulary.company_score(piece)
        ):
            result.values["location"] = piece
        else:
            result.rest.append(piece)


def _fill(result: Position, *, title: str = "", company: str = "") -> None:
    """Put title and employer in, a place at the end of either taken out."""
    values = result.values
    title, place = without_place(title, guess=False)
    company, other = without_place(company, guess="location" not in values and not place)
    for name, value in (("title", title), ("company", company)):
        if value:
            values[name] = value
    for found in (other, place):
        if found and "location" not in values:
            values["location"] = found
        elif found and found != values["location"]:
            result.rest.append(found)


def _divided(piece: str, result: Position, title_first: bool) -> tuple[list[str], int]:
    """One piece as (title, employer) with the order they stood in; ([piece], 0) when it is only one of them."""
    if (match := _AT.match(piece)) and ("@" in piece or vocabulary.title_score(match[1])):
        return [match[1], match[2]], 1
    base, place = without_place(piece, guess=False, names=2)
    parts = [part for part in comma_parts(base) if part]
    if place.count(",") == 1 and len(parts) > 1 and vocabulary.title_score(parts[0]) >= 3 and are_units(parts[1:]):
        head, _, place = place.partition(", ")  # "Manager, Infrastructure, Acme, Denmark": somebody employed the person
        parts.append(head)
    tail = {word for part in parts[1:] for word in vocabulary.plain_words(part)}
    if len(parts) < 2 or (vocabulary.title_score(parts[0]) >= 3 and tail <= vocabulary.DEPARTMENTS):
        return [piece], 0
    scores = [vocabulary.title_score(part) - vocabulary.company_score(part) for part in parts]
    best = max(range(len(parts)), key=lambda n: (scores[n], -n))
    if scores[best] <= 0:
        alike = [vocabulary.ends_as_title(part) for part in parts]
        best = alike.index(True) if sum(alike) == 1 else 0 if title_first else len(parts) - 1
    if best == 0:
        end = 1
        while end < len(parts) - 1 and set(vocabulary.plain_words(parts[end])) & vocabulary.DEPARTMENTS:
            end += 1
        title, company = parts[:end], parts[end:]
    else:
        title, company = parts[best:], parts[:best]
        if len(title) > 1 and could_be_city(title[-1]) and not place:
            place = title.pop()
    company_text = ", ".join(company) + (f", {place}" if place else "")
    return [trimmed(", ".join(title)), company_text], 1 if best == 0 else -1
