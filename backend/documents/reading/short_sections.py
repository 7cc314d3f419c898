"""Sections that are lists: skills, certifications, spoken languages."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from backend.documents.reading import dates, vocabulary
from backend.documents.reading.body import items, joined, listed
from backend.documents.reading.lines import Line
from backend.documents.reading.pieces import headline, split, trimmed

_GROUP = re.compile(r"([^:,;|•]{2,45}?)\s*:\s+(\S.*)$")
_GROUP_GAP = re.compile(r"([^:,;|•]{2,40}?)\s{3,}(\S.*,.*)$")
_GROUP_DASH = re.compile(r"([^:,;|•]{2,40}?)\s+[–—-]\s+(.*,.*)$")
_ISSUED = re.compile(r"\b(?:issued by|issuer|by|from)\s*:?\s+", re.IGNORECASE)
_LEVELS = re.compile(
    r"\b(?:native|fluent|mother tongue|bilingual|proficient|proficiency|professional|conversational|intermediate|basic|"
    r"beginner|elementary|advanced|limited|working|full|good|excellent|a1|a2|b1|b2|c1|c2|muttersprache|reading|spoken|"
    r"written|learning|upper|business)\b",
    re.IGNORECASE,
)
_EXPIRES = re.compile(r"\b(?:expir\w+|valid (?:until|through|to)|renewal)\b", re.IGNORECASE)
_CERTIFICATE_FIELDS = re.compile(r"(.*?)(?:; Issuer: (.*?))?(?:; Date: (.*?))?$")


def skills_of(lines: Sequence[Line], *, marked: bool) -> list[Any]:
    """Skill names, and {"category", "items"} for those written in named groups."""
    result: list[Any] = []
    category = ""
    for text, line in _rows(lines, marked=marked):
        if line.kind == "heading":
            category = text.rstrip(": ")
            continue
        if text.endswith(":") and len(text) < 45:
            category = text[:-1].strip()
            continue
        match = _GROUP.match(text) or _GROUP_DASH.match(text) or _GROUP_GAP.match(text)
        if match:
            _add(result, match[1].strip("* "), _skills_in(match[2]))
            category = "" if line.kind == "text" and line.gap else category
        else:
            if line.gap and line.kind == "text" and category:
                category = ""
            _add(result, category, _skills_in(text))
    return result


def _rows(lines: Sequence[Line], *, marked: bool) -> Iterator[tuple[str, Line]]:
    """Each row of the section with lines joined that were broken after a comma or inside brackets."""
    pending: tuple[str, Line] | None = None
    for line in joined(lines, marked=marked):
        if pending and line.kind == "text" and not line.gap and _is_cut(pending[0], line.text):
            pending = (f"{pending[0]} {line.text}", pending[1])
            continue
        if pending:
            yield pending
        pending = (line.text, line)
    if pending:
        yield pending


def _is_cut(above: str, text: str) -> bool:
    return above.endswith((",", "&", "/")) or above.count("(") > above.count(")") or text.startswith(("(", ","))


def _add(result: list[Any], category: str, names: list[str]) -> None:
    if not category:
        result.extend(names)
    elif result and isinstance(result[-1], dict) and result[-1]["category"] == category:
        result[-1]["items"].extend(names)
    elif names:
        result.append({"category": category, "items": names})


def _skills_in(text: str) -> list[str]:
    names = listed(text)
    if text.endswith(".") and any(len(name.split()) > 6 for name in names):
        return [text]  # a sentence, not a list
    return [piece for name in names for piece in re.split(r"\s{3,}|\s+[•·∙●▪]\s+", name) if piece]


def spoken_languages(text: str) -> list[dict[str, str]] | None:
    """The languages in "English (native), German B2"; None when something else is listed."""
    found = languages_of_text(text)
    known = [item for item in found if set(vocabulary.plain_words(item["language"])) & vocabulary.LANGUAGES]
    return found if found and len(known) == len(found) else None


def languages_of(lines: Sequence[Line], *, marked: bool) -> list[dict[str, str]]:
    return [item for text in items(lines, marked=marked) for item in languages_of_text(text)]


def languages_of_text(text: str) -> list[dict[str, str]]:
    """The languages in one row, whatever else may be listed there."""
    result: list[dict[str, str]] = []
    if match := re.fullmatch(
        r"(native|fluent|proficient|conversational|basic|intermediate|advanced)(?: in)?:?\s+(.+)", text, re.IGNORECASE
    ):
        return [
            {"language": name, "fluency": match[1]}
            for part in listed(match[2])
            for name in re.split(r" (?:and|&) ", part)
        ]
    for part in listed(text):
        if (match := re.fullmatch(r"(.*?)\s*[(\[]([^()\[\]]+)[)\]]", part)) or (
            match := re.fullmatch(r"(.+?)\s*(?::|\s[–—-]{1,2})\s+(.+)", part)
        ):
            result.append({"language": match[1].strip(), "fluency": match[2].strip()})
        elif result and not result[-1].get("fluency") and _LEVELS.search(part):
            result[-1]["fluency"] = part
        elif (level := _LEVELS.search(part)) and level.start() > 1:
            result.append({"language": part[: level.start()].strip(), "fluency": part[level.start() :]})
        elif len(pair := re.split(r" (?:and|&) ", part)) == 2 and {w.lower() for w in pair} <= vocabulary.LANGUAGES:
            result.extend({"language": name} for name in pair)
        else:
            result.append({"language": part})
    return [{key: value for key, value in item.items() if value} for item in result]


def certifications_of(lines: Sequence[Line], *, marked: bool) -> list[dict[str, str]]:
    result: list[dict[str, str]] = []
    for text in items(lines, marked=marked):
        certificate = _certificate(text)
        if result and "name" not in certificate:  # a line of its own for the date
            result[-1] = certificate | result[-1]
        else:
            result.append(certificate)
    return result


def _certificate(text: str) -> dict[str, str]:
    if (match := _CERTIFICATE_FIELDS.fullmatch(text)) and (match[2] or match[3]):
        date = dates.point(match[3] or "") or match[3]
        values = {"name": match[1], "issuer": match[2], "date": date}
        return {key: value for key, value in values.items() if value}
    # When something ends is not when it was earned.
    rest, date_found = (text, None) if _EXPIRES.search(text) else headline(text)
    rest = re.sub(
        r"[\s,|(–—-]*\b(?:issued|obtained|earned|completed|awarded)(?: on| in)?\s*:?\s*\)?$",
        "",
        rest,
        flags=re.IGNORECASE,
    )
    pieces = split(rest)
    if len(pieces) == 1:
        pieces = _by_comma(pieces[0])
    values = {}
    if pieces:
        values["name"] = pieces[0]
    if len(pieces) > 1:
        values["issuer"] = ", ".join(
            _ISSUED.sub("", piece, count=1) if _ISSUED.match(piece) else piece for piece in pieces[1:]
        )
    if date_found:
        single = date_found.single or not date_found.end
        values["date"] = date_found.start if single else f"{date_found.start} – {date_found.end}"
    return {key: value for key, value in values.items() if value}


def _by_comma(text: str) -> list[str]:
    if match := re.fullmatch(r"(.+?),?\s+(?:issued by|by|from)\s+(.+)", text):
        return [match[1], match[2]]
    if (match := re.fullmatch(r"(.+\S)\s*\(([^()]{4,60})\)", text)) and " " in match[1] and not match[2].isupper():
        return [match[1], match[2]]
    head, comma, tail = text.partition(", ")
    return [trimmed(head), tail] if comma and len(tail.split()) <= 8 and tail[:1].isupper() else [text]
