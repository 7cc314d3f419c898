"""Dates in headings: finding them, and writing them as "2021-03", "2021" or "Present"."""

import re
from functools import lru_cache
from typing import NamedTuple

_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# Months as they are named and shortened in English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish,
# Russian and Greek.
_MONTH_NAMES = (
    "jan january januar jänner jan janvier janv enero ene janeiro gennaio gen januari styczeń sty январь января янв ιανουάριος ιαν",
    "feb february februar février févr fév febrero febbraio fevereiro fev februari luty lut февраль февраля фев φεβρουάριος φεβ",
    "mar march märz mär mrz mars marzo março maart mrt marzec март марта мар μάρτιος μαρ",
    "apr april avril avr abril abr aprile kwiecień kwi апрель апреля апр απρίλιος απρ",
    "may mai mayo maio maggio mag mei maj май мая μάιος μαΐ",
    "jun june juni juin junio junho giugno giu czerwiec cze июнь июня июн ιούνιος ιουν",
    "jul july juli juillet juil julio julho luglio lug lipiec lip июль июля июл ιούλιος ιουλ",
    "aug august août aout agosto ago augustus augusti sierpień sie август августа авг αύγουστος αυγ",
    "sep sept september septembre septiembre setiembre setembro settembre set wrzesień wrz сентябрь сентября сен сент σεπτέμβριος σεπ",
    "oct october oktober okt octobre octubre outubro out ottobre ott październik paź октябрь октября окт οκτώβριος οκτ",
    "nov november novembre noviembre novembro listopad lis ноябрь ноября ноя νοέμβριος νοε",
    "dec december dezember dez décembre déc diciembre dic dezembro dicembre grudzień gru декабрь декабря дек δεκέμβριος δεκ",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?![^\W\d_])\.?"
_SEASON = (
    r"(?:spring|summer|fall|autumn|winter|early|mid|late|q[1-4]|h[12]|frühling|frühjahr|sommer|herbst|sommersemester|"
    r"wintersemester|été|printemps|automne|hiver|verano|otoño|invierno|primavera|estate|autunno|inverno|outono|verão|zomer|herfst)"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_NOW = r"present|presently|current(?:ly)?|now|today|ongoing|till (?:date|now)|to (?:date|present)|date|the present(?: day)?"
NOW = rf"(?:{_NOW})"
# What ends a range, but is an ordinary word, or a word's part, by itself.
_TO_NOW = (
    rf"(?:{_NOW}|heute|jetzt|aktuell|dato|gegenwärtig|laufend|aujourd[’']hui|présent|actuel(?:lement)?|ce jour|en cours|maintenant|"
    r"actualidad|la actualidad|actual(?:mente|idade)?|presente|hoy|la fecha|o presente|momento|atual(?:mente)?|hoje|oggi|attuale|in corso|heden|nu|"
    r"obecnie|teraz|nadal|nuvarande|nå|pågående|настоящее время|н\.?\s?в\.?|сейчас|σήμερα|παρόν|günümüz|halen|今|至今|现在|現在|현재)"
)
_POINT = (
    rf"(?:{_YEAR}\s?[年년](?:\s?\d{{1,2}}\s?[月월])?|{_YEAR}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?(?!\d)|\d{{1,2}}[/.-](?:\d{{1,2}}[/.-])?{_YEAR}"
    rf"|(?:{_DAY}\s)?{_MONTH}(?:\s{_DAY}(?:,|(?=\s)))?(?:\sd[eo]l?\s|\sdi\s|\sof\s|[\s,/'’-]{{0,2}})(?:{_YEAR}|['’]\d\d)|{_MONTH}[\s-]\d\d"
    rf"|{_SEASON}(?:,?[\s-])(?:of\s)?{_YEAR}|{_YEAR})"
)
_SHORT = r"(?:0[1-9]|1[0-2])/\d\d(?![\d/])"  # "06/19", only as one end of a range
_TO = r"\s?(?:[-‐‑‒–—−→~～〜]{1,2}|\b(?:to|until|till|through|thru|bis|à|au|a|al|hasta|até|tot|do|till|по|до|έως)\b(?:\sa\b)?|至|到|から|부터)\s?"
_RANGE = re.compile(
    rf"(?<!\w)(?:(?:from|von|de|du|del|desde|da|dal|van|od|с)\s)?(?:(?P<start>{_POINT}|{_MONTH}){_TO}(?:(?:exp(?:ected|\.)?:?|по|bis|to|à|hasta)\s)?"
    rf"(?P<end>{_POINT}|{_TO_NOW}(?!\w)|\d\d(?!\d|[-/.]\d))|(?P<from>{_SHORT}){_TO}(?P<till>{_SHORT}|{_TO_NOW}))(?!\w)",
    re.IGNORECASE,
)
# "2020-01" is a month, not 2020 to 2001; "2020-01-05" is a day.
_YEAR_MONTH = re.compile(rf"{_YEAR}-(?:0[1-9]|1[0-2])(?:-\d\d)?")
_SLASHED = re.compile(rf"(?<!\w)(?P<start>{_YEAR})\s?/\s?(?P<end>{_YEAR}|\d\d)(?!\w|/)", re.IGNORECASE)
_OPEN = re.compile(
    rf"(?<!\w)(?:(?:since|seit|depuis|desde|dal|sinds|od|с)\s(?P<since>{_POINT})|until\s(?P<until>{_POINT})"
    rf"|(?P<start>{_POINT})\s?(?:onwards?|[-–—]\s?(?=$|[)\]|,;·•*])))",
    re.IGNORECASE,
)
# One date alone counts only where a heading puts its date: at an end, in brackets, or between separators.
_SINGLE = re.compile(
    rf"(?:^|(?<=[(\[,|;:·•–—-])|(?<=\s))(?P<at>{_POINT}|{NOW})(?=\s?(?:$|[()\],|;·•*]|[–—]\s|-\s|\s\s))", re.IGNORECASE
)
_SPACES = re.compile(r"[^\S\n]")
_POSSIBLE = re.compile(rf"\d\d|\b{NOW}\b", re.IGNORECASE)
_LONGEST = 500  # characters; a longer line is prose


class DateSpan(NamedTuple):
    """What was found between `begin` and `finish` of a text; `single` says that only one date was given."""

    start: str
    end: str
    begin: int
    finish: int
    single: bool = False


@lru_cache(maxsize=8_192)
def find(text: str) -> DateSpan | None:
    """The date or range of a heading line: the last range there is, else a date that stands where dates stand.

    Remembered, because every rule looks at the same lines.
    """
    if len(text) > _LONGEST or not _POSSIBLE.search(text):
        return None
    text = _SPACES.sub(" ", text)
    ranges = [m for m in _RANGE.finditer(text) if not _YEAR_MONTH.fullmatch(m.group())]
    if matches := ranges or list(_SLASHED.finditer(text)):
        match = matches[-1]
        groups = match.groupdict()
        start, end = _range(groups["start"] or groups["from"], groups["end"] or groups["till"])
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
    if re.fullmatch(_SHORT, start):
        start = _lengthened(start)
        end = _lengthened(end) if re.fullmatch(_SHORT, end) else end
    last = point(end) or end
    if re.fullmatch(r"\d\d", end) and (year := re.search(_YEAR, start)):
        last = year.group()[:2] + end
    first = point(start) or start
    if re.fullmatch(_MONTH, start, re.IGNORECASE) and (year := re.search(_YEAR, last)):
        first = f"{year.group()}-{_month(start):02}"
    return first, last


def _lengthened(text: str) -> str:
    """ "06/19" as "06/2019"."""
    return f"{text[:3]}{'20' if int(text[3:]) < 60 else '19'}{text[3:]}"


@lru_cache(maxsize=8_192)
def point(text: str) -> str | None:
    """One date as "2021-03", "2021" or "Present"; a season or an ISO day stays as it is. None when it is not a date."""
    text = _SPACES.sub(" ", text).strip()
    if re.fullmatch(_TO_NOW, text, re.IGNORECASE):
        return "Present"
    if not re.fullmatch(_POINT, text, re.IGNORECASE):
        return None
    text = re.sub(r"\s?[年년]$", "", text)
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
    return _MONTHS[name.lower().rstrip(".")]


def shown(text: str) -> str:
    """A date for the reader's eye: "2021-03" as "Mar 2021", anything else as it is."""
    if match := re.fullmatch(rf"({_YEAR})-(0[1-9]|1[0-2])", text):
        return f"{_NAMES[int(match[2]) - 1].title()} {match[1]}"
    return text
