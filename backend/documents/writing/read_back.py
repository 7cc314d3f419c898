"""Choosing how to write a part of a resume: the first way that our own reader gives back as the same part."""

from collections.abc import Iterable
from typing import Any

from backend.documents.reading import read_resume_file
from backend.documents.reading.dates import point
from backend.domain import stored_shape
from backend.domain.resume import Resume
from backend.domain.text import clean
from backend.errors import InvalidInput

_PROSE = ("summary", "description")
_DATES = ("start_date", "end_date", "date")


def first_read_back(candidates: Iterable[str], part: Resume, heading: str = "") -> str:
    """The first of `candidates` from which the reader makes `part`, under `heading` if one is given; else the last."""
    text = ""
    for text in candidates:
        document = f"## {heading}\n\n{text}\n" if heading else text
        try:
            found = stored_shape.read(read_resume_file(document.encode()))
        except InvalidInput:
            continue
        if comparable(found) == comparable(part):
            break
    return text


def comparable(resume: Resume) -> dict[str, Any]:
    """A resume's content without what a text cannot hold: dates are normalised, a heading's line breaks are spaces."""
    return {key: value for key, raw in resume.model_dump().items() if (value := _comparable(raw, key))}


def _comparable(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _comparable(item, name) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [item for raw in value if (item := _comparable(raw))]
    text = clean(value)
    if key in _DATES:
        return point(text) or one_line(text)
    if key in _PROSE:
        return "\n\n".join("\n".join(lines) for lines in prose_lines(text))
    return one_line(text)


def one_line(text: str) -> str:
    return " ".join(part.strip() for part in text.split("\n"))


def prose_lines(text: str) -> list[list[str]]:
    """The paragraphs of a text, each as its lines, empty ones left out."""
    paragraphs = [[line.strip() for line in part.split("\n") if line.strip()] for part in clean(text).split("\n\n")]
    return [lines for lines in paragraphs if lines]
