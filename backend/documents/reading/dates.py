"""Dates in headings: finding them, and writing them as "2021-03", "2021" or "Present"."""

import re
from typing import NamedTuple

_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_SEASON = r"(?:spring|summer|fall|autumn|winter|early|mid|late|q[1-4])"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
NOW = r"(?:present|presently|current(?:ly)?|now|today|ongoing|till (?:date|now)|to (?:date|present)|date|the present(?: day)?)"
_POINT = (
    rf"(?:{_YEAR}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?|\d{{1,2}}[/.-](?:\d{{1,2}}[/.-])?{_YEAR}"
    rf"|(?:{_DAY}\s)?{_MONTH}(?:\s{_DAY},)?[\s,/-]{{0,2}}(?:{_YEAR}|['’]\d\d)|{_MONTH}[\s-]\d\d"
    rf"|{_SEASON}[\s-](?:of\s)?{_YEAR}|{_YEAR})"
)
_TO = r"\s?(?:[-‐‑‒–—−→]{1,2}|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bthru\b)\s?"
_RANGE = re.compile(
    rf"(?<!\w)(?:from\s)?(?P<start>{_POINT}|{_MONTH}){_TO}(?P<end>{_POINT}|{NOW}(?!\w)|\d\d(?!\d|[-/.]\d))(?!\w)",
    re.IGNORECASE,
)
_YEAR_MONTH = re.compile(rf"{_YEAR}-(?:0[1-9]|1[0-2])")  # "2020-01" is a month, not 2020 to 2001
_SLASHED = re.compile(rf"(?<!\w)(?P<start>{_YEAR})\s?/\s?(?P<end>{_YEAR}|\d\d)(?!\w|/)", re.IGNORECASE)
_OPEN = re.compile(
    rf"(?<!\w)(?:since\s(?P<since>{_POINT})|until\s(?P<until>{_POINT})|(?P<start>{_POINT})\s?(?:onwards?|[-–—]\s?(?=$|[)\]|,;·•*])))",
    re.IGNORECASE,
)
# One date alone counts only where a heading puts its date: at an end, in brackets, or between separators.
_SINGLE = re.compile(
    rf"(?:^|(?<=[(\[,|;:·•–—-])|(?<=\s))(?P<at>{_POINT}|{NOW})(?=\s?(?:$|[()\],|;·•*]|[–—]\s|-\s|\s\s))", re.IGNORECASE
)
_SPACES = re.compile(r"[^\S\n]")


class DateSpan(NamedTuple):
    """What was found between `begin` and `finish` of a text; `single` says that only one date was given."""

    start: str
    end: str
    begin: int
    finish: int
    single: bool = False


def find(text: str) -> DateSpan | None:
    """The date or range of a heading line: the last range there is, else a date that stands where dates stand."""
    text = _SPACES.sub(" ", text)
    ranges = [m for m in _RANGE.finditer(text) if not _YEAR_MONTH.fullmatch(m.group())]
    if matches := ranges or list(_SLASHED.finditer(text)):
        match = matches[-1]
        start, end = _range(match["start"], match["end"])
        return DateSpan(start, end, match.start(), match.end())
    if found := _OPEN.search(text):
        start, end = found["since"] or found["start"] or "", found["until"] or ""
        return DateSpan(point(start) or start, point(end) or end, found.start(), found.end())
    singles = [m for m in _SINGLE.finditer(text) if not re.fullmatch("date|now|today|current", m["at"], re.IGNORECASE)]
    if not singles:
        return None
    match = singles[-1]
    value = point(match["at"]) or match["at"]
    return DateSpan(value, value, match.start("at"), match.end("at"), single=True)


def _range(start: str, end: str) -> tuple[str, str]:
    last = point(end) or end
    if re.fullmatch(r"\d\d", end) and (year := re.search(_YEAR, start)):
        last = year.group()[:2] + end
    first = point(start) or start
    if re.fullmatch(_MONTH, start, re.IGNORECASE) and (year := re.search(_YEAR, last)):
        first = f"{year.group()}-{_month(start):02}"
    return first, last


def point(text: str) -> str | None:
    """One date as "2021-03", "2021" or "Present"; a season or an ISO day stays as it is. None when it is not a date."""
    text = _SPACES.sub(" ", text).strip()
    if re.fullmatch(NOW, text, re.IGNORECASE):
        return "Present"
    if not re.fullmatch(_POINT, text, re.IGNORECASE):
        return None
    if re.fullmatch(rf"{_YEAR}(?:-\d\d-\d\d)?", text) or re.match(_SEASON, text, re.IGNORECASE):
        return text
    year = _year(text)
    if named := re.search(_MONTH, text, re.IGNORECASE):
        return f"{year}-{_month(named.group()):02}"
    numbers = [int(part) for part in re.findall(r"\d+", text) if len(part) < 4]
    months = [number for number in numbers if 1 <= number <= 12]
    if not months:
        return None
    # Where both could be the month: 2020-03-04 and 3/4/2020 begin with it, 04.03.2020 with the day.
    month = months[0] if text.startswith(year) or "/" in text else months[-1]
    return f"{year}-{month:02}"


def _year(text: str) -> str:
    if full := re.search(_YEAR, text):
        return full.group()
    short: str = re.findall(r"\d\d", text)[-1]
    return ("20" if int(short) < 60 else "19") + short


def _month(name: str) -> int:
    return _NAMES.index(name[:3].lower()) + 1


def shown(text: str) -> str:
    """A date for the reader's eye: "2021-03" as "Mar 2021", anything else as it is."""
    if match := re.fullmatch(rf"({_YEAR})-(0[1-9]|1[0-2])", text):
        return f"{_NAMES[int(match[2]) - 1].title()} {match[1]}"
    return text
