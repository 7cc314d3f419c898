"""Lines -> sections: which lines are section headings, in whatever way the writer marks them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from backend.documents.reading import vocabulary
from backend.documents.reading.lines import Line
from backend.documents.reading.section_names import INNER, KEYWORDS, KNOWN, SQUEEZED

_CORE = ("summary", "work_experience", "education", "skills", "projects")
_NO_HEADING = re.compile(r"[\d,|@•;]|[.!?]$")
_ENDS_AS_HEADING = re.compile(
    r"\b(?:experience|skills|education|projects|certifications|awards|achievements|expertise)$", re.I
)


@dataclass(slots=True)
class Section:
    """`key` is the document's section, "header" for what stands above the first one, "" for one we have no model for."""

    key: str
    title: str
    lines: list[Line] = field(default_factory=list)


def name_of(text: str) -> str:
    """A heading's text as it is looked up: lower case, without numbering, decoration and colon."""
    text = re.sub(r"^\W*(?:(?:\d{1,2}|[IVX]{1,4})[.)]\s+)?", "", text)
    text = re.sub(r"\s*(?:&|\+|/)\s*", " and ", re.sub(r"[^\w)]+$", "", text)).lower()
    if re.match(r"(?:\w ){3,}\w$", text):  # letter-spaced: "S K I L L S"
        text = text.replace(" ", "")
    name = re.sub(r"\s+", " ", text)
    return name if name in KNOWN else SQUEEZED.get(name.replace(" ", ""), name)


def key_of(text: str) -> str | None:
    """The section that a heading's text names, "" for a known one without a model, None for an unknown one."""
    name = name_of(text)
    if name in KNOWN:
        return KNOWN[name]
    words = len(name.split())
    if words > 5 or any(char.isdigit() or char == "," for char in name):
        return None
    return next((key for pattern, key in KEYWORDS if re.search(pattern, name)), None)


def sections_of(lines: Sequence[Line]) -> list[Section]:
    """The document's sections in order; the first is the header. A heading line itself is left out."""
    marks = _marked(lines) or _plain(lines)
    result = [Section("header", "")]
    for index, line in enumerate(lines):
        if (found := marks.get(index)) is not None:
            key, title, rest = found
            result.append(Section(key, title, [rest] if rest else []))
        else:
            result[-1].lines.append(line)
    return result


Marks = dict[int, tuple[str, str, Line | None]]


def _title(text: str) -> str:
    return re.sub(r"^[\W_]+|[\s:–—_*|=~.-]+$", "", text) or text


def _marked(lines: Sequence[Line]) -> Marks:
    """Headings by Markdown level (or underline): the level at which sections are named, and those above it."""
    headings = [(index, line) for index, line in enumerate(lines) if line.kind == "heading" and line.text]
    known = [(index, line) for index, line in headings if key_of(line.text) is not None]
    loose = sum(1 for line in lines if line.kind == "text" and name_of(line.text) in KNOWN and _strength(line) >= 3)
    if len(known) < loose or not headings:
        return {}
    level = min((line.level for _, line in known), default=2)
    first = known[0][0] if known else headings[0][0] + 1
    marks: Marks = {}
    for index, line in headings:
        key = key_of(line.text)
        if line.level > level and not (line.level >= 7 and level >= 7):
            continue
        if key is None and index < first and (not marks or vocabulary.title_score(line.text)):
            above = [heading for heading, _ in headings if heading < index]
            if not above or line.level < level or vocabulary.title_score(line.text):
                continue  # the name, or the headline below it
        marks[index] = (key or "", _title(line.text) if line.level >= 7 else line.text, None)
    return marks


def _strength(line: Line) -> int:
    """How loudly a line says that it is a heading: 4 a heading, 3 capitals or bold, 2 a colon, 1 nothing."""
    if line.kind == "heading":
        return 4
    letters = [char for char in line.text if char.isalpha()]
    if letters and (all(char.isupper() for char in letters) or line.strong):
        return 3
    return 2 if line.text.endswith(":") else 1


def _plain(lines: Sequence[Line]) -> Marks:
    known = {
        index: KNOWN[name]
        for index, line in enumerate(lines)
        if (line.kind != "bullet" or _is_loud_item(line))
        and (name := name_of(line.text)) in KNOWN
        and len(line.text) < 60
    }
    best = max((_strength(lines[index]) for index, key in known.items() if key in _CORE), default=1)
    marks: Marks = {}
    current = "header"
    for index, line in enumerate(lines):
        if line.kind == "bullet" and index not in known:
            continue
        if index in known:
            if not _accepts(line, known[index], best, current):
                continue
            marks[index] = (known[index], _title(line.text), None)
        elif found := _inline_heading(line, current, best) or _unknown_heading(lines, index, current, best):
            marks[index] = found
        else:
            continue
        current = marks[index][0]
    return marks


def _is_title_case(text: str) -> bool:
    return all(word[0].isupper() for word in text.split() if len(word) > 3)


def _is_loud_item(line: Line) -> bool:
    """ "1. EXPERIENCE" """
    return line.gap and line.text.isupper() and not line.indent


def _accepts(line: Line, key: str, best: int, current: str) -> bool:
    strength = _strength(line)
    inner = name_of(line.text) in INNER and current in ("work_experience", "projects", "education", "skills")
    if strength < min(best, 3):
        return not inner and line.gap and key in ("work_experience", "education", "skills")
    return not inner or strength >= 3 or (line.gap and best < 3)


def _inline_heading(line: Line, current: str, best: int) -> tuple[str, str, Line | None] | None:
    """ "Skills: Go, Python": the heading and its content in one line."""
    name, colon, rest = line.text.partition(":")
    key = KNOWN.get(name_of(name)) if colon and rest.strip() and len(name) < 40 and not line.indent else None
    if key is None or key == "contact" or rest.startswith("//"):
        return None
    loud = all(char.isupper() for char in name if char.isalpha())
    if current in ("work_experience", "projects", "skills", "education") and not (loud and line.gap):
        return None
    if current != "header" and best >= 3 and not loud:
        return None
    if current == "header" and key == "":
        return None
    return key, _title(name), replace(line, text=rest.strip(), gap=True)


def _unknown_heading(lines: Sequence[Line], index: int, current: str, best: int) -> tuple[str, str, Line | None] | None:
    """A heading that we do not know, where the document marks its known ones the same way."""
    line = lines[index]
    if not line.gap or index + 1 == len(lines) or not 5 <= len(line.text) <= 50 or _NO_HEADING.search(line.text):
        return None
    key = key_of(line.text)
    if key is not None and best < 3 and _ENDS_AS_HEADING.search(line.text) and _is_title_case(line.text):
        return key, _title(line.text), None
    if current == "header" or best < 3 or _strength(line) < best:
        return None
    entries = current in ("work_experience", "projects", "education")
    if key is None and entries and line.level < 7:  # an employer in capitals, or a Markdown heading of an entry
        return None
    if current in ("skills", "certifications", "languages") and key is None and len(line.text.split()) < 2:
        return None
    return key or "", _title(line.text), None
