"""The lines of an education section -> what each tells, and one group per entry."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from backend.documents.reading import vocabulary
from backend.documents.reading.body import INNER_LABEL
from backend.documents.reading.lines import Line
from backend.documents.reading.pieces import DATE_LABELS, headline, labelled, split

LABELS = DATE_LABELS | {
    "institution": "institution", "school": "institution", "university": "institution", "college": "institution",
    "degree": "degree", "qualification": "degree", "field": "field", "field of study": "field", "major": "field",
    "location": "location", "graduated": "dates", "graduation": "dates", "graduation date": "dates", "year": "dates",
    "expected graduation": "dates",
}  # fmt: skip
DETAIL = re.compile(
    r"(?:(?:cumulative |overall |major )?(?:c|s)?gpa|cpi\b|grade|score|percentage|marks|honou?rs|relevant|exchange|study abroad|semester (?:abroad|at)|erasmus|coursework|courses|thesis|"
    r"dissertation|minor|activities|awards?|dean|distinction|first class|cum laude|magna|summa\b|concentration|"
    r"specialization|modules|scholarship|advisor|societies|member|(?:master|bachelor|doctora|diploma|undergrad|graduate|ph\.?d)[\w.'’]*\s(?:thesis|dissertation|project|research|courses?|"
    r"coursework|seminars?|teaching|assistant)|final[- ]year project|capstone|(?:selected|ranked|awarded|completed|received|elected) |"
    r"(?:teaching|research) assistant|(?:vice[- ])?president,|captain,|(?:[\w’'.&-]+ ){0,3}scholarship|emphasis|track|pre-?\w+ track|"
    r"graduated (?:with|in the|magna|summa|cum)|\d(?:\.\d+)?\s?/\s?\d|\d{1,3}(?:\.\d+)?\s?%)",
    re.IGNORECASE,
)


MAJOR = re.compile(r"(?:double |dual |joint )?major(?:s|ed)?(?: in\b|\s*:)\s*", re.IGNORECASE)
"""What a degree is in, on a line of its own."""
ADDED = re.compile(r"(?:certificate|certification|minors?)\b", re.IGNORECASE)
"""What somebody got beside a degree; by itself it is an entry."""


def groups_of(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each entry."""
    lines = _listed_degrees(_details_joined([_year_apart(line) for line in lines]))
    return _under_headings(lines) if any(line.kind == "heading" for line in lines) else _groups(lines)


def _year_apart(line: Line) -> Line:
    """ "2014 BSc in Physics": a year that only a space parts from what was studied, or where."""
    match = re.match(r"((?:19|20)\d\d)\s(?=[A-Z])(.*)", line.text)
    if match is None or not (vocabulary.degree_in(match[2]) or vocabulary.SCHOOL.search(match[2])):
        return line
    return replace(line, text=f"{match[1]} | {match[2]}")


def _details_joined(lines: Sequence[Line]) -> list[Line]:
    """With what runs on from a detail, or stands below its label, in one line with it: no such list of courses has schools or
    degrees in it."""
    result: list[Line] = []
    for line in lines:
        above = result[-1] if result else None
        if above is None or line.kind != "text" or line.strong or above.kind != "text":
            result.append(line)
        elif _LABEL_ALONE.fullmatch(above.text):
            result[-1] = replace(above, text=f"{above.text.rstrip(':')}: {line.text}")
        elif is_detail(above) and above.text.endswith((",", " and", ";")) and not line.gap:
            result[-1] = replace(above, text=f"{above.text} {line.text}")
        else:
            result.append(line)
    return result


_LABEL_ALONE = re.compile(
    r"(?:relevant |selected |key |main )?(?:coursework|courses|modules|honou?rs|awards|honou?rs and awards|awards and honou?rs|"
    r"activities|thesis|dissertation)\s*:?",
    re.IGNORECASE,
)


def _listed_degrees(lines: Sequence[Line]) -> list[Line]:
    """The bullets straight below a school, and where it is, that list degrees, as lines like any other."""
    result: list[Line] = []
    below = False
    for line in lines:
        kinds = kinds_of(line)
        if line.kind == "bullet" and below and "degree" in kinds:
            line = replace(line, kind="text", gap=False)
        else:
            place = line.kind == "text" and vocabulary.is_place(line.text)
            below = (below and place) or (line.kind != "bullet" and bool(kinds & {"institution", "degree"}))
        result.append(line)
    return result


def _under_headings(lines: Sequence[Line]) -> list[list[Line]]:
    """What stands below each heading of the outermost level; one that names a detail goes with what it is about."""
    top = min(line.level for line in lines if line.kind == "heading")
    groups: list[list[Line]] = [[]]
    for line, below in zip_longest(lines, lines[1:]):
        # "Thesis", and not a school of whatever name, or one whose parts are named below it
        label = is_detail(line) and ":" not in line.text and not (below and _names_a_part(below))
        if line.kind == "heading" and line.level == top and groups[-1] and not label:
            groups.append([])
        groups[-1].append(line)
    return [part for group in groups for part in _degrees_apart(group)]


def _names_a_part(line: Line) -> bool:
    pair = labelled(line.text)
    return pair is not None and pair[0] in LABELS


def _degrees_apart(group: Sequence[Line]) -> list[list[Line]]:
    """One entry for each of several degrees below a heading that names the school and no degree."""
    head, *rest = group
    degrees = [number for number, line in enumerate(rest) if _is_degree(line)]
    if head.kind != "heading" or kinds_of(head) - {"date"} != {"institution"} or len(degrees) < 2:
        return [list(group)]
    cuts = [0, *degrees[1:], len(rest)]
    return [[head, *rest[start:stop]] for start, stop in pairwise(cuts)]


def _is_degree(line: Line) -> bool:
    return line.kind != "bullet" and "degree" in kinds_of(line) and not ADDED.match(line.text)


def kinds_of(line: Line, *, degreeless: bool = False) -> set[str]:
    """What a line tells: "degree", "institution", "date"; empty for a detail. In a section that is `degreeless` what
    somebody studied stands for the degree."""
    if is_detail(line):
        return set()
    rest, date = headline(line.text)
    rest = STATE.sub("", rest)
    found = {"date"} if date else set()
    if vocabulary.SCHOOL.search(DEGREE_SCHOOL.sub("", rest)):
        found.add("institution")
    degree = vocabulary.degree_in(rest) and not MAJOR.match(rest)
    if degree or (degreeless and not found & {"institution"} and is_subject(rest)):
        found.add("degree")
    return found


def is_subject(text: str) -> bool:
    """ "Mathematics", "Web Development Program" """
    if len(text.split()) > 6 or text.endswith(".") or re.match(r"(?:department|dept|division)\b", text, re.IGNORECASE):
        return False
    return _SUBJECT.search(text) is not None


_SUBJECT = re.compile(
    vocabulary.FIELD.pattern + r"|\b(?:program(?:me)?|course|immersive|track|training|speciali[sz]ation)$",
    re.IGNORECASE,
)


STATE = re.compile(r",\s[A-Z]{2}(?:\s\d{5})?$")  # "Cambridge, MA" is no Master of Arts
DEGREE_SCHOOL = re.compile(r"high school(?= (?:diploma|degree|certificate))", re.IGNORECASE)


def is_detail(line: Line) -> bool:
    first, *others = split(line.text) or [line.text]
    if others and kinds_of(replace(line, text=first)):
        return False  # "Leeds College    GPA: 3.9"
    pair = labelled(line.text)
    if pair and pair[0] not in LABELS and not vocabulary.degree_in(pair[0]):
        return not (vocabulary.SCHOOL.search(pair[0]) and vocabulary.degree_in(pair[1]))
    return DETAIL.match(line.text) is not None or len(line.text) > 160


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """A new entry begins where a line brings a second degree, institution or date, or, after a gap, a new first line."""
    outer = min((line.indent for line in lines), default=0)
    bullets_are_entries = bool(lines) and all(line.kind == "bullet" for line in lines if line.indent == outer)
    degreeless = not any(vocabulary.degree_in(STATE.sub("", headline(line.text).text)) for line in lines)
    groups: list[list[Line]] = []
    seen: set[str] = set()
    heads = heads_of(lines)
    for number, line in enumerate(lines):
        nested = line.kind == "bullet" and not (bullets_are_entries and line.indent == outer)
        kinds = set() if nested else kinds_of(line, degreeless=degreeless)
        if kinds == {"institution"} and seen >= {"degree", "institution", "date"} and not _opens(lines, number):
            kinds = set()  # a faculty, below its entry
        if kinds == {"institution"} and "degree" not in seen and not line.gap and _is_unit(line, groups):
            kinds = set()
        if kinds == {"degree"} and "degree" in seen and ADDED.match(line.text):
            kinds = set()
        complete = "degree" in seen and "institution" in seen
        fresh = not groups or bool(kinds & seen)
        if kinds == {"date"}:
            named = bool(headline(line.text).text)
            fresh = not groups or ("date" in seen and (line.gap or (complete and named)))
        elif groups and line.gap and not nested and not is_detail(line) and complete and (kinds or _starts(line)):
            fresh = True
        if number in heads or ("degree" in seen and _names_next(lines, number)):
            fresh = True
        if fresh:
            groups.append([])
            seen = set()
        groups[-1].append(line)
        seen |= kinds
    return groups


def heads_of(lines: Sequence[Line]) -> frozenset[int]:
    """The lines that begin entries where all of those, and they alone, are set off by being bold."""
    bold = [
        number
        for number, line in enumerate(lines)
        if line.kind == "text" and line.strong and not is_detail(line) and not INNER_LABEL.match(line.text)
    ]
    alone = all(after - before > 1 for before, after in pairwise(bold))
    told = [kinds_of(lines[number]) & {"degree", "institution"} for number in bold]
    alike = not ({"degree"} in told and {"institution"} in told)
    named = all(headline(lines[number].text).text for number in bold)
    return frozenset(bold) if bold[:1] == [0] and len(bold) > 1 and alone and alike and named else frozenset()


def _names_next(lines: Sequence[Line], number: int) -> bool:
    """Whether a line names a school that we do not know: where the section begins with such a line above a degree, others
    like it do the same."""

    def leads(at: int) -> bool:
        if at + 1 >= len(lines) or kinds_of(lines[at]) - {"date"} or is_detail(lines[at]) or not _starts(lines[at]):
            return False
        below = lines[at + 1 : at + 3]
        only_date = kinds_of(below[0]) == {"date"} and not headline(below[0].text).text
        return _is_degree(below[1] if only_date and len(below) > 1 else below[0])

    return leads(0) and leads(number) and not vocabulary.is_place(lines[number].text)


def _is_unit(line: Line, groups: Sequence[Sequence[Line]]) -> bool:
    """ "College of Engineering", below the university that it is a part of."""
    return bool(groups) and _UNIT.match(line.text) is not None and _WHOLE.search(groups[-1][-1].text) is not None


_UNIT = re.compile(r"(?:[\w.’'&-]+ ){0,3}(?:school|college|faculty|department|institute|division) of\b", re.IGNORECASE)
_WHOLE = re.compile(r"\buniversit|\binstitute of technology\b", re.IGNORECASE)


def _opens(lines: Sequence[Line], number: int) -> bool:
    """Whether a line that names a school begins an entry: it stands apart, or a degree or date is next to follow."""
    line = lines[number]
    return line.gap or line.strong or (number + 1 < len(lines) and bool(kinds_of(lines[number + 1])))


def _starts(line: Line) -> bool:
    return line.kind == "text" and len(line.text) < 90 and line.text[:1].isupper() and not line.text.endswith(".")
