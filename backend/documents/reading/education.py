"""Education entries: institution, degree, field, dates, details."""

import re
from collections.abc import Sequence
from typing import Any

from backend.documents.reading import vocabulary
from backend.documents.reading.body import INNER_LABEL, joined
from backend.documents.reading.lines import Line
from backend.documents.reading.pieces import DATE_LABELS, dated, headline, labelled, split, take_labelled

_LABELS = DATE_LABELS | {
    "institution": "institution", "school": "institution", "university": "institution", "college": "institution",
    "degree": "degree", "qualification": "degree", "field": "field", "field of study": "field", "major": "field",
    "location": "location", "graduated": "dates", "graduation": "dates", "graduation date": "dates", "year": "dates",
    "expected graduation": "dates",
}  # fmt: skip
_DETAIL = re.compile(
    r"(?:(?:cumulative |overall |major )?c?gpa|grade|score|percentage|marks|honou?rs|relevant|coursework|courses|thesis|"
    r"dissertation|minor|activities|awards?|dean|distinction|first class|cum laude|magna|summa|concentration|"
    r"specialization|modules|scholarship|advisor|societies|member|\d(?:\.\d+)?\s?/\s?\d|\d{1,3}(?:\.\d+)?\s?%)",
    re.IGNORECASE,
)
_COMMA = re.compile(r"(?:,|;(?=\s))(?![^()]{0,80}\))")
_IN = re.compile(r"^(.*?)\s+in\s+(.+)$", re.IGNORECASE)
_SHORT_DEGREE = re.compile(
    r"((?:[BM]\.?\s?(?:Sc|S|A|Eng|Tech|E|Com|Ed|Phil|BA|FA|CA)\b\.?|BSE|MSE|BBA|BFA|MFA|Ph\.?\s?D\b\.?|Diploma|Associate)"
    r"(?:\s?\(?Hons\.?\)?)?)\s+(?!of\b|in\b|degree\b|\()([A-Z].{2,80})$"
)


def education_entries(lines: Sequence[Line], *, marked: bool) -> list[dict[str, Any]]:
    lines = [line for line in joined(lines, marked=marked) if line.text]
    groups = _under_headings(lines) if any(line.kind == "heading" for line in lines) else _groups(lines)
    entries: list[dict[str, Any]] = []
    for group in groups:
        if entry := _entry(group):
            if entries and "institution" not in entry and _shares_school(group[0], entries[-1]):
                entry = {"institution": entries[-1]["institution"], **entry}
            entries.append(entry)
    return entries


def _shares_school(line: Line, above: dict[str, Any]) -> bool:
    """A second degree straight below the first one, under a school that was named before both."""
    if line.gap or line.strong or line.kind == "heading":
        return False
    named = "degree" if vocabulary.degree_in(line.text) else "field"
    return next(iter(above), "") == "institution" and named in above and (named == "degree" or "degree" not in above)


def _under_headings(lines: Sequence[Line]) -> list[list[Line]]:
    top = min(line.level for line in lines if line.kind == "heading")
    groups: list[list[Line]] = [[]]
    for line in lines:
        if line.kind == "heading" and line.level == top and groups[-1]:
            groups.append([])
        groups[-1].append(line)
    return groups


def _kinds(line: Line, *, degreeless: bool = False) -> set[str]:
    """What a line tells: "degree", "institution", "date"; empty for a detail. In a section that is `degreeless` what
    somebody studied stands for the degree."""
    if _is_detail(line):
        return set()
    rest, date = headline(line.text)
    rest = _STATE.sub("", rest)
    found = {"date"} if date else set()
    if vocabulary.SCHOOL.search(_DEGREE_SCHOOL.sub("", rest)):
        found.add("institution")
    if vocabulary.degree_in(rest) or (degreeless and not found & {"institution"} and _is_subject(rest)):
        found.add("degree")
    return found


def _is_subject(text: str) -> bool:
    """ "Mathematics", "Web Development Program" """
    if len(text.split()) > 6 or text.endswith(".") or re.match(r"(?:department|dept|division)\b", text, re.IGNORECASE):
        return False
    return _SUBJECT.search(text) is not None


_SUBJECT = re.compile(
    vocabulary.FIELD.pattern + r"|\b(?:program(?:me)?|course|immersive|track|training)$", re.IGNORECASE
)


_STATE = re.compile(r",\s[A-Z]{2}(?:\s\d{5})?$")  # "Cambridge, MA" is no Master of Arts
_DEGREE_SCHOOL = re.compile(r"high school(?= (?:diploma|degree|certificate))", re.IGNORECASE)


def _is_detail(line: Line) -> bool:
    pair = labelled(line.text)
    if pair and pair[0] not in _LABELS and not vocabulary.degree_in(pair[0]):
        return True
    return _DETAIL.match(line.text) is not None or len(line.text) > 160


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """A new entry begins where a line brings a second degree, institution or date, or, after a gap, a new first line."""
    outer = min((line.indent for line in lines), default=0)
    bullets_are_entries = bool(lines) and all(line.kind == "bullet" for line in lines if line.indent == outer)
    degreeless = not any(vocabulary.degree_in(_STATE.sub("", headline(line.text).text)) for line in lines)
    groups: list[list[Line]] = []
    seen: set[str] = set()
    for number, line in enumerate(lines):
        nested = line.kind == "bullet" and not (bullets_are_entries and line.indent == outer)
        kinds = set() if nested else _kinds(line, degreeless=degreeless)
        if kinds == {"institution"} and seen >= {"degree", "institution", "date"} and not _opens(lines, number):
            kinds = set()  # a faculty, below its entry
        complete = "degree" in seen and "institution" in seen
        fresh = not groups or bool(kinds & seen)
        if kinds == {"date"}:
            named = bool(headline(line.text).text)
            fresh = not groups or ("date" in seen and (line.gap or (complete and named)))
        elif groups and line.gap and not nested and not _is_detail(line) and complete and (kinds or _starts(line)):
            fresh = True
        if fresh:
            groups.append([])
            seen = set()
        groups[-1].append(line)
        seen |= kinds
    return groups


def _opens(lines: Sequence[Line], number: int) -> bool:
    """Whether a line that names a school begins an entry: it stands apart, or a degree or date is next to follow."""
    line = lines[number]
    return line.gap or line.strong or (number + 1 < len(lines) and bool(_kinds(lines[number + 1])))


def _starts(line: Line) -> bool:
    return line.kind == "text" and len(line.text) < 90 and line.text[:1].isupper() and not line.text.endswith(".")


def _entry(lines: Sequence[Line]) -> dict[str, Any]:
    values, rest = take_labelled(lines, _LABELS)
    values = dated(values)
    own = set(values.values())
    told = [_kinds(line) for line in rest if line.kind != "bullet"]
    subjects = any("institution" in kinds for kinds in told) and not any("degree" in kinds for kinds in told)
    details: list[str] = []
    for number, line in enumerate(rest):
        if line.kind == "heading" and line.text in own:
            continue
        if (line.kind == "bullet" and (number or (len(rest) == 1 and not _kinds(line)))) or (
            line.kind == "text" and _is_detail(line)
        ):
            details.append(line.text)
            continue
        text, date = headline(line.text)
        if date and not values.keys() & {"start_date", "end_date"}:
            start = "" if date.single else date.start
            values |= {k: v for k, v in (("start_date", start), ("end_date", date.end)) if v}
            text = re.sub(
                r"\s*\|?\s*\(?\b(?:expected|graduated|graduation|anticipated|class of)(?: in)?\s*:?\)?$",
                "",
                text,
                flags=re.IGNORECASE,
            )
        elif date:
            text = line.text
        pieces = split(text)
        if subjects and "degree" not in values:
            pieces = _without_subject(pieces, values)
        _assign(pieces, values, details)
    if "institution" not in values and "field" in values and not vocabulary.FIELD.search(values["field"]):
        values["institution"] = values.pop("field")  # "MBA, Insead": nothing else names where
    if details:
        return {**values, "details": [text for text in details if not INNER_LABEL.match(text)]}
    return dict(values)


def _without_subject(pieces: list[str], values: dict[str, str]) -> list[str]:
    """The pieces of a line without what somebody studied, where a school is named and no degree."""
    kept = []
    for piece in pieces:
        parts = [part.strip() for part in _COMMA.split(piece)]
        for part in parts:
            if "field" not in values and _is_subject(part) and not vocabulary.SCHOOL.search(part):
                values["field"] = part
                parts.remove(part)
                break
        kept.extend([", ".join(parts)] if parts else [])
    return kept


def _assign(pieces: list[str], values: dict[str, str], details: list[str]) -> None:
    # Beside another piece, which names the school, "Princeton, NJ" is a town.
    beside = {"institution": ""} | values
    places = [piece for piece in pieces[1:] if vocabulary.is_place(piece) and not _any_school(piece, beside)]
    if places and "location" not in values:
        values["location"] = places[0]
        pieces = [piece for piece in pieces if piece != places[0]]
    for piece in pieces:
        apart = len(pieces) > 1 or "institution" in values
        if apart and "location" not in values and vocabulary.is_sure_place(piece):
            values["location"] = piece
        else:
            parts = [part.strip() for part in _COMMA.split(piece) if part.strip()]
            _assign_parts(parts, values, details, last=len(pieces) > 1 and piece == pieces[-1])


def _assign_parts(parts: list[str], values: dict[str, str], details: list[str], *, last: bool) -> None:
    """What stands between the commas of one piece; `last` says that it ends a line of several."""
    for index, part in enumerate(parts):
        rest = parts[index:]
        if index == 1 and parts[0] == values.get("institution") and _is_campus(parts[0], rest, values):
            values["institution"] += f", {part}"
        elif index and "location" not in values and _is_where(rest, values):
            values["location"] = ", ".join(rest)
            return
        elif index and _DETAIL.match(part):
            details.append(part)
        elif not _take(part, parts[index - 1] if index else "", values):
            if any(vocabulary.degree_in(later) or _names_school(later, values) for later in rest[1:]):
                details.append(part)
                continue
            if (index or (last and _TOWN.fullmatch(part))) and "location" not in values and len(part.split()) <= 3:
                values["location"] = ", ".join(rest)
            else:
                details.append(", ".join(rest))
            return


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
    found = vocabulary.SCHOOL.search(_DEGREE_SCHOOL.sub("", text))
    return found is not None and not vocabulary.is_place(text) and not ("institution" in values and found[0] == text)


def _is_campus(institution: str, rest: list[str], values: dict[str, str]) -> bool:
    """ "University of California, Berkeley"; also where the place is named again beside it."""
    state = _SYSTEM.fullmatch(institution)
    if state and len(rest[0].split()) <= 3 and not vocabulary.is_place(f"X, {rest[0]}"):
        # "University of Michigan, Ann Arbor, MI" is in that town.
        return len(rest) == 1 or state[1].lower() == "california"
    return rest[0] == values.get("location", "").split(",")[0]


_TOWN = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?: [^\W\d_][^\W\d_.'’-]*){0,2}")
# States whose universities have campuses that go by the town.
_SYSTEM = re.compile(
    r"university of (alabama|california|colorado|hawaii|illinois|maryland|massachusetts|michigan|minnesota|missouri|nebraska|"
    r"nevada|north carolina|tennessee|texas|wisconsin)",
    re.IGNORECASE,
)


def _take(part: str, before: str, values: dict[str, str]) -> bool:
    """Put one part between commas where it belongs; False when it is neither degree, institution nor field."""
    school = vocabulary.SCHOOL.search(_DEGREE_SCHOOL.sub("", part)) is not None
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
    elif "field" not in values and "degree" in values and not school:
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
        if (found := re.fullmatch(r"(.+?)\s+(?:from|at)\s+(.+)", values["field"])) and "institution" not in values:
            values["field"], values["institution"] = found[1], found[2]
        return
    if (found := re.fullmatch(r"(.+?)\s+(?:from|at)\s+(.+)", text)) and "institution" not in values:
        text, values["institution"] = found[1], found[2]
    values["degree"] = text
