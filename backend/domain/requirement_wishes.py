"""Whether a place in a line of a job description is a demand or a wish: a line may hold both."""

import re
from functools import lru_cache

from backend.domain.job import Importance
from backend.domain.job_reading import WISH as WISH
from backend.domain.job_reading import Line

_AFTER = re.compile(
    r"\b(?:preferabl[ey]|ideally|bonus(?: points)?(?: for| if)?|nice[- ]to[- ]have|optional(?:ly)?|desirable|preferred)\s*:?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:(?:is|are|would be|will be|as)\s+)?(?:an?\s+(?:\w+\s+)?(?:plus|bonus|advantage|asset)|preferred|desirable|desired|advantageous|"
    r"optional|welcome|nice[- ]to[- ]have)\b",
    re.IGNORECASE,
)
_RESTART = re.compile(
    r"[;.()•]|\s[–—-]\s|\b(?:required|must(?: have)?|mandatory|essential)\b|,\s+(?:and\s+|but\s+|plus\s+)?(?=(?:knowledge|experience|familiarity|any|"
    r"understanding|exposure|background|proficiency|a \w+ (?:degree|certificate))\b)",
    re.IGNORECASE,
)
_MUST = re.compile(r"\b(?:required|must|mandatory|essential)\b", re.IGNORECASE)
_LISTED = re.compile(r"\b(?:and|or)\b", re.IGNORECASE)


def importance_at(line: Line, at: int) -> Importance:
    """Of what stands at this place of a line: "Python, preferably with Django", "Go required, Rust a plus"."""
    if not _wishes(line.text):
        return "preferred" if line.section == "preferred" else "required"
    if line.section == "preferred" and not _MUST.search(line.text):
        return "preferred"
    for match in _AFTER.finditer(line.text):
        behind = line.text[match.end() :].strip(" .)")
        if behind and match.end() <= at and not re.search(r"[;.]\s", line.text[match.end() : at]):
            return "preferred"
    for match in _BEFORE.finditer(line.text):
        if at < match.start() and at >= _subject(line.text, match):
            return "preferred"
    return "required"


@lru_cache(maxsize=64)
def _wishes(text: str) -> bool:
    return WISH.search(text) is not None


def _subject(line: str, wish: re.Match[str]) -> int:
    """Where what a wish is about begins: "Go and Rust are a plus", but "Fluent English, German is a plus"."""
    start = max((found.end() for found in _RESTART.finditer(line, 0, wish.start())), default=0)
    if not wish.group().lower().startswith(("are ", "as ")):
        last = line.rfind(",", start, wish.start())
        if last >= 0 and not _LISTED.search(line, last, wish.start()):
            return last + 1
    return start
