"""One heading line taken apart: its date, its links, its labelled value, and the pieces between separators."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from backend.documents.reading import dates
from backend.documents.reading.lines import Line

URL = re.compile(
    r"(?:https?://|www\.)[^\s<>|•·,;()\[\]]{2,300}(?:\([^\s()]{1,80}\))?[^\s<>|•·,;()\[\].!?]{0,300}"
    r"|(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?\.){1,4}(?:com|org|net|io|dev|me|ai|app|co|edu|gov|info|tech|xyz|"
    r"design|site|blog|page|uk|de|fr|se|no|dk|fi|nl|be|ch|at|es|it|pt|pl|ca|us|in|au|eu|example)(?![\w.-])(?:/[^\s<>|•·,;()\[\]]{0,300})?",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r"\s*\|+\s*|\s+[•·◆⋄∙●▪‣♦⬥]\s+|\t+|\s{3,}|\s[–—―]{1,2}\s|\s--?\s|\s//?\s|(?<=\S)\s?—\s?(?=\S)")
_EMPTY_BRACKETS = re.compile(r"\(\s*[,;–-]*\s*\)|\[\s*\]")
_LOOSE_ENDS = re.compile(r"^[\s,;:|•·–—/*-]+|(?:[\s,;:|•·–—/*-]|\s\()+$")
# A shielded character (see `lines`) may stand in a label; it comes from whoever wrote the label out.
_LABEL = re.compile(
    "((?:[^\\W\\d]|[\U000f0000-\U000ffffd])[\\w\U000f0000-\U000ffffd /.’'-]{0,60}?)\\s*(?::\\s+|：\\s*)(\\S.*)$"
)


class Headline(NamedTuple):
    """`text` is what is left of the line without its date."""

    text: str
    date: dates.DateSpan | None


def trimmed(text: str) -> str:
    """Without empty brackets and the separators that a removed part leaves behind."""
    before = None
    while before != text:
        before = text
        text = _LOOSE_ENDS.sub("", _EMPTY_BRACKETS.sub(" ", text)).strip()
    if text.endswith(")") and text.count("(") < text.count(")"):
        text = text[:-1].rstrip()
    return text


def headline(text: str) -> Headline:
    date = dates.find(text)
    if date is None:
        return Headline(text.strip(), None)
    # A bar in the date's place keeps what stood around it apart.
    return Headline(trimmed(f"{text[: date.begin].rstrip(' ,')} | {text[date.finish :].lstrip(' ,')}"), date)


def split(text: str) -> list[str]:
    """The pieces between strong separators: bars, dots, dashes with spaces, wide gaps."""
    return [piece for part in SEPARATOR.split(text) if (piece := trimmed(part))]


def labelled(text: str) -> tuple[str, str] | None:
    """ "Company: Acme" as ("company", "Acme"); None when the line has no label."""
    match = _LABEL.match(text)
    return (match[1].strip().lower(), match[2].strip()) if match else None


def take_labelled(lines: Iterable[Line], names: dict[str, str]) -> tuple[dict[str, str], list[Line]]:
    """The values of lines labelled with one of `names` (label -> field), and the other lines. The first value counts."""
    values: dict[str, str] = {}
    rest: list[Line] = []
    for line in lines:
        pair = labelled(line.text) if line.kind != "heading" else None
        if pair and pair[0] in names and names[pair[0]] not in values:
            values[names[pair[0]]] = pair[1]
        else:
            rest.append(line)
    return values, rest


def dated(values: dict[str, str]) -> dict[str, str]:
    """`values` with "dates" read as a range, and "start_date" and "end_date" each normalised."""
    values = dict(values)
    if "dates" in values:
        text = values.pop("dates")
        found = dates.find(text)
        start, end = (found.start, found.end) if found else (text, "")
        values = {"start_date": start, "end_date": end} | values
    for field in ("start_date", "end_date"):
        if field in values:
            values[field] = dates.point(values[field]) or values[field]
    return values


DATE_LABELS = {
    "dates": "dates", "date": "dates", "duration": "dates", "period": "dates", "from": "start_date", "start": "start_date",
    "start date": "start_date", "to": "end_date", "end": "end_date", "end date": "end_date",
}  # fmt: skip
