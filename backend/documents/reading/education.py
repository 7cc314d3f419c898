"""Education entries: institution, degree, field, dates, details."""

import re
from collections.abc import Sequence
from typing import Any

from backend.documents.reading import vocabulary
from backend.documents.reading.body import INNER_LABEL, joined
from backend.documents.reading.education_lines import (
    ADDED,
    DEGREE_SCHOOL,
    DETAIL,
    LABELS,
    MAJOR,
    groups_of,
    heads_of,
    is_detail,
    is_subject,
    kinds_of,
)
from backend.documents.reading.lines import Line
from backend.documents.reading.pieces import dated, headline, split, take_labelled

_COMMA = re.compile(r"(?:,|;(?=\s))(?![^()]{0,80}\))")
_IN = re.compile(r"^(.*?)\s+in\s+(.+)$", re.IGNORECASE)
_SHORT_DEGREE = re.compile(
    r"((?:[BM]\.?\s?(?:Sc|S|A|Eng|Tech|E|Com|Ed|Phil|BA|FA|CA)\b\.?|BSE|MSE|BBA|BFA|MFA|Ph\.?\s?D\b\.?|Diploma|Associate)"
    r"(?:\s?\(?Hons\.?\)?)?)\s+(?!of\b|in\b|degree\b|\()([A-Z].{2,80})$"
)


def education_entries(lines: Sequence[Line], *, marked: bool) -> list[dict[str, Any]]:
    groups = groups_of([line for line in joined(lines, marked=marked) if line.text])
    styled = any(heads_of(lines))
    entries: list[dict[str, Any]] = []
    for number, group in enumerate(groups):
        if entry := _entry(group):
            apart = group[0].gap and not styled and groups[number - 1][-1].kind != "bullet"
            if entries and "institution" not in entry and not apart and _shares_school(group[0], entries[-1]):
                entry = {"institution": entries[-1]["institution"], **entry}
            entries.append(entry)
    return entries


def _shares_school(line: Line, above: dict[str, Any]) -> bool:
    """A second degree below the first one, under a school that was named before both."""
    if line.strong or line.kind == "heading" or DEGREE_SCHOOL.search(line.text):
        return False
    named = "degree" if vocabulary.degree_in(line.text) else "field"
    order = [key for key in above if key in ("institution", named)]
    return order == ["institution", named] and (named == "degree" or "degree" not in above)


def _entry(lines: Sequence[Line]) -> dict[str, Any]:
    values, rest = take_labelled(lines, LABELS)
    values = dated(values)
    own = set(values.values())
    told = [kinds_of(line) for line in rest if line.kind != "bullet"]
    subjects = any("institution" in kinds for kinds in told) and not any("degree" in kinds for kinds in told)
    details: list[str] = []
    for number, line in enumerate(rest):
        if line.kind == "heading" and line.text in own:
            continue
        first = line.kind == "bullet" and not number and (len(rest) > 1 or kinds_of(line))
        added = "degree" in values and ADDED.match(line.text)
        if added or (is_detail(line) and (line.kind == "text" or number)) or (line.kind == "bullet" and not first):
            details.append(line.text)
            continue
        text = _without_date(line, values)
        if "degree" in values and "field" not in values and (major := MAJOR.match(text)):
            values["field"], *more = [part.strip() for part in _COMMA.split(text[major.end() :])]
            details.extend(more)
            continue
        pieces = split(_school_first(text))
        if subjects and "degree" not in values:
            pieces = _without_subject(pieces, values)
        below = [other.text for other in rest[number + 1 :] if other.kind != "bullet" and not is_detail(other)]
        _assign(pieces, values, details, below)
    if "institution" not in values and "field" in values and not vocabulary.FIELD.search(values["field"]):
        values["institution"] = values.pop("field")  # "MBA, Insead": nothing else names where
    if not values.keys() & {"degree", "field"}:
        values |= _course_and_school(values.get("institution", ""))
    if match := _HONOURS.search(values.get("field", "")):
        values["field"] = values["field"][: match.start()]
        details.insert(0, match[1])
    if details:
        return {**values, "details": [text for text in details if not INNER_LABEL.match(text)]}
    return dict(values)


def _without_date(line: Line, values: dict[str, str]) -> str:
    """The line's text without the date of the entry, which is taken from the first line that has one."""
    text, date = headline(line.text)
    if date is None:
        return text
    if values.keys() & {"start_date", "end_date"}:
        return line.text
    start = "" if date.single else date.start
    values |= {k: v for k, v in (("start_date", start), ("end_date", date.end)) if v}
    return _EXPECTED.sub("", text)


_EXPECTED = re.compile(
    r"\s*\|?\s*\(?\b(?:expected|graduated|graduation|anticipated|class of)(?: in)?\s*:?\)?$", re.IGNORECASE
)


def _course_and_school(text: str) -> dict[str, str]:
    """ "Certified Welder, Tulsa Welding School", which reads as one school, as what was learned and where."""
    course, *schools = _COMMA.split(text, maxsplit=1)
    if schools and vocabulary.SCHOOL.search(schools[0]) and not vocabulary.SCHOOL.search(course):
        return {"field": course.strip(), "institution": schools[0].strip()}
    return {}


_HONOURS = re.compile(
    r"\s*\(((?:(?:summa |magna )?cum laude|(?:with |graduated with )?(?:high(?:est)? )?(?:distinction|honou?rs|merit)|first class)[^()]*)\)$",
    re.IGNORECASE,
)


def _school_first(text: str) -> str:
    """ "Leeds College (BSc in Physics)", "Leeds College: BSc in Physics" and "Leeds College BSc in Physics", and also "BSc
    Physics University of Leeds", with a bar between school and degree."""
    match = re.fullmatch(r"([^:()]+?)(?::\s+(.+)|\s*\((.+)\))", text)
    if match and vocabulary.SCHOOL.search(match[1]) and not vocabulary.degree_in(match[1]):
        told = match[2] or match[3]
        return f"{match[1]} | {told}" if vocabulary.degree_in(told) else text
    degree = vocabulary.degree_in(text)
    if degree and re.fullmatch(r"[^,|:()–—]*\bUniversit\w+[^,|:()–—]*\s", text[: degree.start()]):
        return f"{text[: degree.start()].strip()} | {text[degree.start() :]}"
    school = _UNPARTED.match(text) if degree and not degree.start() else None
    if school and not _ENDS_OPEN.search(school[1]):
        return f"{school[1]} | {school[2]}"
    return text


_UNPARTED = re.compile(r"([^,|:–—]*[^\W\d_]) (University of [A-Z].*)")
_ENDS_OPEN = re.compile(r"\b(?:at|from|of|the|in)$", re.IGNORECASE)


def _without_subject(pieces: list[str], values: dict[str, str]) -> list[str]:
    """The pieces of a line without what somebody studied, where a school is named and no degree."""
    kept = []
    for piece in pieces:
        parts = [part.strip() for part in _COMMA.split(piece)]
        for part in parts:
            if "field" not in values and is_subject(part) and not vocabulary.SCHOOL.search(part):
                values["field"] = part
                parts.remove(part)
                break
        kept.extend([", ".join(parts)] if parts else [])
    return kept


def _assign(pieces: list[str], values: dict[str, str], details: list[str], below: Sequence[str]) -> None:
    """`below` are the lines of the entry that follow."""
    # Beside another piece, which names the school, "Princeton, NJ" is a town.
    beside = {"institution": ""} | values
    places = [piece for piece in pieces[1:] if vocabulary.is_place(piece) and not _any_school(piece, beside)]
    if places and "location" not in values:
        values["location"] = places[0]
        pieces = [piece for piece in pieces if piece != places[0]]
    for number, piece in enumerate(pieces):
        if number and DETAIL.match(piece):
            details.append(piece)
            continue
        apart = len(pieces) > 1 or "institution" in values
        sure = vocabulary.is_sure_place(piece) or (len(pieces) == 1 and _is_town_alone(piece, values))
        if apart and "location" not in values and sure:
            values["location"] = piece
        else:
            parts = [part.strip() for part in _COMMA.split(piece) if part.strip()]
            ahead = [*pieces[number + 1 :], *below]
            _assign_parts(parts, values, details, ahead, last=len(pieces) > 1 and piece == pieces[-1])


def _is_town_alone(piece: str, values: dict[str, str]) -> bool:
    """ "Providence, RI" on a line of its own, below the school."""
    return "institution" in values and vocabulary.is_place(piece) and not _any_school(piece, values)


def _assign_parts(
    parts: list[str], values: dict[str, str], details: list[str], ahead: Sequence[str], *, last: bool
) -> None:
    """What stands between the commas of one piece; `ahead` is the rest of the entry, `last` says that the piece ends a line
    of several."""
    if size := _town_between(parts, values):
        values["location"] = ", ".join(parts[size : size + 2])
        parts = [*parts[:size], *parts[size + 2 :]]
    for index, part in enumerate(parts):
        rest = parts[index:]
        if index == 1 and parts[0] == values.get("institution") and _is_campus(parts[0], rest, values):
            values["institution"] += f", {part}"
        elif index and "location" not in values and _is_where(rest, values):
            values["location"] = ", ".join(rest)
            return
        elif index and DETAIL.match(part):
            details.append(part)
        elif _studied(part, parts[index - 1] if index else "", [*rest[1:], *ahead], values):
            values["field"] = ", ".join(filter(None, (values.get("field"), part)))
        elif not _take(part, parts[index - 1] if index else "", values):
            if any(vocabulary.degree_in(later) or _names_school(later, values) for later in rest[1:]):
                details.append(part)
                continue
            if (index or (last and _TOWN.fullmatch(part))) and "location" not in values and len(part.split()) <= 3:
                values["location"] = ", ".join(rest)
            else:
                details.append(", ".join(rest))
            return


def _town_between(parts: Sequence[str], values: dict[str, str]) -> int:
    """Where "Boston, MA" stands between a school and a degree, so that it is no Master of Arts; 0 where it does not."""
    for index in range(1, len(parts) - 2):
        town, state = parts[index : index + 2]
        school = vocabulary.SCHOOL.search(parts[index - 1]) is not None
        degree = any(vocabulary.degree_in(part) for part in parts[index + 2 :])
        if school and degree and vocabulary.is_state(state) and _TOWN.fullmatch(town) and "location" not in values:
            return index
    return 0


def _studied(part: str, before: str, ahead: Sequence[str], values: dict[str, str]) -> bool:
    """Whether a part is what somebody studied: beside a degree, or with a school still to come, "Computer Science" is no
    school; nor is "Systems and Control", which goes on from "Robotics"."""
    if vocabulary.degree_in(part) or vocabulary.SCHOOL.search(part) or vocabulary.is_place(part):
        return False
    schools = [text for text in ahead if vocabulary.SCHOOL.search(DEGREE_SCHOOL.sub("", text))]
    if "field" in values:
        more = is_subject(part) or (" and " in part and "institution" in values)
        follows = bool(before) and (values["field"].endswith(before) or before.endswith(values["field"]))
        return follows and more
    degree = "degree" in values or any(vocabulary.degree_in(text) for text in ahead[:1])
    left = any(
        not vocabulary.is_place(text) for text in ahead
    )  # which may name the school, in "BSc | Sciences Po" nothing else
    return is_subject(part) and bool(schools or "institution" in values or (degree and left))


def _is_where(parts: list[str], values: dict[str, str]) -> bool:
    """Whether all that is left between commas is a place, not a school and where it is."""
    text = ", ".join(parts)
    if len(parts) > 3 or not vocabulary.is_place(text) or _any_school(text, values):
        return False
    return (
        "institution" in values
        or vocabulary.is_sure_place(text)
        or not vocabulary.is_place(", ".join(parts[1:]) or "-")
    )


def _any_school(text: str, values: dict[str, str]) -> bool:
    return any(_names_school(part.strip(), values) for part in text.split(","))


def _names_school(text: str, values: dict[str, str]) -> bool:
    """Whether a text names a school. Where one is known already, "Princeton" alone is the town."""
    if text.lower() in _TOWNS:
        return False
    found = vocabulary.SCHOOL.search(DEGREE_SCHOOL.sub("", text))
    return found is not None and not vocabulary.is_place(text) and not ("institution" in values and found[0] == text)


_TOWNS = frozenset(("college station", "college park", "state college", "university park", "university city"))


def _is_campus(institution: str, rest: list[str], values: dict[str, str]) -> bool:
    """ "University of California, Berkeley"; also where the place is named again beside it."""
    state = _SYSTEM.fullmatch(institution)
    if state and len(rest[0].split()) <= 3 and not vocabulary.is_place(f"X, {rest[0]}"):
        # "University of Michigan, Ann Arbor, MI" is in that town.
        return len(rest) == 1 or (state[1] or "").lower() == "california"
    return rest[0] == values.get("location", "").split(",")[0]


_TOWN = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?: [^\W\d_][^\W\d_.'’-]*){0,2}")
# States whose universities have campuses that go by the town.
_SYSTEM = re.compile(
    r"indian institute of (?:technology|management)|national institute of technology|state university of new york|"
    r"university of (alabama|california|colorado|hawaii|illinois|maryland|massachusetts|michigan|minnesota|missouri|nebraska|"
    r"nevada|north carolina|tennessee|texas|wisconsin)",
    re.IGNORECASE,
)


def _take(part: str, before: str, values: dict[str, str]) -> bool:
    """Put one part between commas where it belongs; False when it is neither degree, institution nor field."""
    school = vocabulary.SCHOOL.search(DEGREE_SCHOOL.sub("", part)) is not None
    named_school = school and " of " not in part and not _IN.match(part)
    degree = vocabulary.degree_in(part)
    if degree and "degree" not in values and not named_school:
        _degree(part, values)
    elif degree and degree.start() == 0 and before and "institution" not in values and not named_school:
        name = "field" if "field" in values else "degree"
        values[name] += f", {part}"  # two degrees in one row
    elif (
        "institution" not in values
        and (school or not degree)
        and (school or not before or "degree" not in values or "field" in values)
    ):
        values["institution"] = part
    elif "field" not in values and "degree" in values and not school and before != values.get("institution", "-"):
        values["field"] = part
    elif before and before == values.get("institution") and (school or vocabulary.is_place(part)):
        values["institution"] += f", {part}"
    else:
        return False
    return True


def _degree(text: str, values: dict[str, str]) -> None:
    """ "BSc in Physics", "B.S. Physics" and "Bachelor of Science: Physics" as degree and field."""
    match = re.match(r"([^:]+):\s+(.+)$", text) or _IN.match(text) or _SHORT_DEGREE.match(text)
    if match and "field" not in values and vocabulary.degree_in(match[1]):
        values["degree"], values["field"] = match[1].strip(), match[2].strip()
        if (found := re.fullmatch(r"(.+?)\s+(?:from|at|@)\s+(.+)", values["field"])) and "institution" not in values:
            values["field"], values["institution"] = found[1], found[2]
        return
    if (found := re.fullmatch(r"(.+?)\s+(?:from|at|@)\s+(.+)", text)) and "institution" not in values:
        text, values["institution"] = found[1], found[2]
    values["degree"] = text
