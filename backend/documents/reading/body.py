"""What stands below an entry's heading: prose, highlights, technologies. And paragraphs in general."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from backend.documents.reading import dates, vocabulary
from backend.documents.reading.lines import Line
from backend.documents.reading.pieces import split

TECHNOLOGIES = re.compile(
    r"(?:key |core |main )?(?:technologies|technology|tech(?:nology)? stack|tech|stack|environment|tools|tools used|"
    r"technologies used|tools and technologies|tools & technologies|built with|skills used)\s*:\s+(\S.*)$",
    re.IGNORECASE,
)
INNER_LABEL = re.compile(
    r"(?:key |main |major |selected |core |notable )?(?:responsibilities|duties|roles? (?:and|&) responsibilities|achievements|"
    r"accomplishments|highlights|contributions|job responsibilities|description|job description|"
    r"responsibilities (?:and|&) achievements|duties (?:and|&) responsibilities|achievements include)\s*:?$",
    re.IGNORECASE,
)
_WRAPPED = 60  # columns; a line shorter than this was not broken for want of room


@dataclass(slots=True)
class Body:
    prose: str = ""
    highlights: list[str] = field(default_factory=list)
    technologies: list[str] = field(default_factory=list)


def continues(previous: str, line: Line) -> bool:
    """Whether an unindented line runs on from `previous`, the line above it."""
    if line.gap or not line.text or line.kind != "text" or line.strong:
        return False
    if line.text[0].islower() or previous.endswith((",", " and", " or", " the", " of", " &", "/")):
        return True
    if line.page:
        return False  # whoever read the page saw where lines end
    heads = len(line.text) < _WRAPPED or len(split(line.text)) > 1
    return (
        len(previous) >= _WRAPPED
        and not previous.endswith((".", "!", "?", ";", ":"))
        and dates.find(line.text) is None
        and not (heads and vocabulary.title_score(line.text) >= 3)
    )


def joined(lines: Sequence[Line], *, marked: bool) -> list[Line]:
    """The lines with each bullet in one piece: lines that it runs on to are put at its end."""
    result: list[Line] = []
    above = ""
    for line in lines:
        last = result[-1] if result else None
        if last is not None and last.kind == "bullet" and _runs_on(line, last, above, marked=marked):
            result[-1] = replace(last, text=f"{last.text} {line.text}")
        else:
            result.append(line)
        above = line.text
    return result


def _runs_on(line: Line, bullet: Line, above: str, *, marked: bool) -> bool:
    if line.kind != "text" or line.gap or line.strong:
        return False
    if line.indent > bullet.indent:
        return True
    if TECHNOLOGIES.match(line.text) or INNER_LABEL.match(line.text):
        return False
    return marked or continues(above, line)


def paragraphs(lines: Sequence[Line], *, marked: bool) -> str:
    """Prose and bullets as text: lines that were only wrapped are joined, a bullet begins with "- "."""
    text = ""
    last: Line | None = None
    for line in joined(lines, marked=marked):
        piece = f"- {line.text}" if line.kind == "bullet" else line.text
        if last is None:
            text = piece
        elif line.kind != "text" or last.kind != "text":
            text += ("\n\n" if line.gap and line.kind == "text" else "\n") + piece
        elif line.gap:
            text += "\n\n" + piece
        else:
            runs_on = not last.broken if marked else continues(last.text, line)
            text += (" " if runs_on else "\n") + piece
        last = line
    return text


def items(lines: Sequence[Line], *, marked: bool) -> list[str]:
    """One text per bullet, or per line where there are no bullets; wrapped lines are joined."""
    result: list[str] = []
    last: Line | None = None
    for line in joined(lines, marked=marked):
        if last is not None and last.kind == "text" and not marked and continues(last.text, line):
            result[-1] = f"{result[-1]} {line.text}"
        elif line.text:
            result.append(line.text)
        last = line
    return result


def body_of(lines: Sequence[Line], *, marked: bool) -> Body:
    result = Body()
    prose: list[Line] = []
    for line in joined(lines, marked=marked):
        if line.kind == "bullet":
            result.highlights.append(line.text)
        elif match := TECHNOLOGIES.match(line.text):
            result.technologies.extend(listed(match[1]))
        elif not INNER_LABEL.match(line.text):
            prose.append(line)
    if not marked and not result.highlights and (statements := _statements(prose)):
        result.highlights = statements
    else:
        result.prose = paragraphs(prose, marked=marked)
    return result


def _statements(lines: Sequence[Line]) -> list[str]:
    """Highlights written without bullets: two or more short statements, one below the other."""
    units = items(lines, marked=False)
    plain = all(len(unit) <= 320 and unit[:1].isupper() for unit in units)
    return units if len(units) >= 2 and plain else []


def listed(text: str) -> list[str]:
    """The items of "Go, Python (3.x, async) and SQL": split at commas, semicolons and bars outside brackets."""
    result, depth, begin = [], 0, 0
    for index, char in enumerate(text):
        depth += (char in "([") - (char in ")]" and depth > 0)
        if not depth and char in _LIST_SEPARATORS:
            result.append(text[begin:index])
            begin = index + 1
    result.append(text[begin:])
    if depth:  # a bracket that never closes: every comma counts
        result = re.split(f"[{_LIST_SEPARATORS}]", text)
    return [item for raw in result if (item := re.sub(r"^(?:and|&)\s+|\.$", "", raw.strip()).strip())]


_LIST_SEPARATORS = ",;|•·\t"
