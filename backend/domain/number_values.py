"""One quantity of a text: its value and unit, what it counts, how it is hedged, and when two of them say the same."""

import re
from typing import Literal, NamedTuple

from backend.domain.text import stem, words_from

Unit = Literal["", "%", "x", "money", "second", "minute", "hour", "day", "week", "month", "year", "ordinal"]
Hedge = Literal["", "over", "under", "about"]


class Number(NamedTuple):
    """One quantity. `noun` holds the stems of the words right after it, which say what is counted. `alike` are other
    (value, unit) pairs that mean the same. `hedge` is "over" for "more than 5" and "5+"."""

    value: float
    unit: Unit
    start: int
    end: int
    noun: tuple[str, ...] = ()
    hedge: Hedge = ""
    alike: tuple[tuple[float, Unit], ...] = ()
    spelled: bool = False
    year: bool = False
    """Written as a year is: four digits, nothing else."""


_ONES = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
_TENS = {w: n * 10 for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALE = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "lakhs": 1e5, "million": 1e6, "mil": 1e6, "m": 1e6, "mm": 1e6, "mn": 1e6,
    "crore": 1e7, "crores": 1e7, "billion": 1e9, "b": 1e9, "bn": 1e9, "trillion": 1e12, "dozen": 12, "dozens": 12,
}  # fmt: skip
_UNITS: dict[str, Unit] = {
    "%": "%", "percent": "%", "per cent": "%", "percentage": "%", "pct": "%", "x": "x", "times": "x", "fold": "x", "×": "x",
    "second": "second", "sec": "second", "s": "second", "minute": "minute", "min": "minute", "hour": "hour", "hr": "hour", "day": "day", "week": "week", "month": "month",
    "year": "year", "yr": "year",
}  # fmt: skip
SPELLED = "|".join(
    sorted([*_ONES, *_TENS, "hundred", "thousand", "million", "billion", "dozen"], key=len, reverse=True)
)
_OVER = re.compile(
    r"(?:over|more than|(?<!and )above|at least|better than|north of|exceed(?:s|ing|ed)?|upwards? of|in excess of|>|≥|no (?:fewer|less) than|"
    r"not (?:fewer|less) than|minimum of|surpass(?:ing|ed)|topp(?:ing|ed)|greater than|higher than|longer than|larger than)"
    r"\s*(?:an?\s)?$",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"(?:under|less than|below|at most|fewer than|up to|nearly|almost|close to|no more than|not quite|shy of|short of|approaching|nearing|"
    r"maximum of|lower than|shorter than|as (?:tall|large|big|high|many|much|long|old|far|few|little) as|<|≤)\s*(?:an?\s)?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:about|around|approximately|approx\.?|roughly|some|~|circa|c\.|an estimated|in the region of|or so)\s*(?:an?\s)?$",
    re.IGNORECASE,
)
_OR_MORE = re.compile(
    r"[\s-](?:plus\b(?! an?\b| the\b| \d)|odd\b|or more\b|and (?:up|over|above)\b)|\s(?:[a-z]+ )?or more\b",
    re.IGNORECASE,
)
_OR_SO = re.compile(r"\s(?:[a-z]+ )?(?:or so|or thereabouts|give or take)\b|[\s-]?ish\b", re.IGNORECASE)
_SMALL = frozenset(
    {"of", "in", "on", "per", "a", "an", "the", "to", "and", "or", "by", "for", "with", "from", "at", "than"}
)


_MONEY_NOUNS = frozenset("dollar euro usd eur rupe yen franc peso krona kroner kronor rand buck".split())


def same(claimed: Number, known: Number) -> bool:
    """Whether one quantity says no more than another: equal values in equal units, or a bound that the known one meets.
    A rounded bound must be near: "over 16,000" from 16,181, never "over 5" from 500."""
    for value, unit in ((claimed.value, claimed.unit), *claimed.alike):
        for have, have_unit in ((known.value, known.unit), *known.alike):
            scaled = converted(value, unit, have_unit)
            if scaled is not None and _covers(scaled, claimed.hedge, have, known.hedge):
                return True
    return False


def _covers(value: float, hedge: Hedge, have: float, have_hedge: Hedge) -> bool:
    if abs(value - have) <= 1e-6 * max(1.0, abs(have)):
        return not (hedge == "" and have_hedge == "under")
    if hedge == "over":
        return 0.6 * have <= value <= have
    if hedge == "under":
        return have_hedge != "under" and have <= value <= 1.5 * have
    return hedge == "about" and abs(value - have) <= 0.1 * have


_MINUTES: dict[Unit, float] = {
    "second": 1 / 60,
    "minute": 1,
    "hour": 60,
    "day": 1440,
    "week": 10080,
    "month": 43800,
    "year": 525600,
}


# Months are said to have 30 days and four weeks by nobody who means it to the minute.
_EXACT = {
    ("month", "year"): 1 / 12, ("year", "month"): 12.0, ("month", "day"): 30.0, ("day", "month"): 1 / 30,
    ("year", "week"): 52.0, ("week", "year"): 1 / 52, ("month", "week"): 4.0, ("week", "month"): 0.25,
}  # fmt: skip


def converted(value: float, unit: Unit, to: Unit) -> float | None:
    """The value in another unit; None where one cannot become the other."""
    if unit == to:
        return value
    if unit in _MINUTES and to in _MINUTES:
        exact = _EXACT.get((unit, to))
        return value * (exact if exact else _MINUTES[unit] / _MINUTES[to])
    return None


def made(text: str, value: float, unit: Unit, start: int, end: int, *, spelled: bool = False) -> Number:
    before = text[max(0, start - 24) : start]
    hedge: Hedge = (
        "over"
        if _OVER.search(before)
        else "under"
        if _UNDER.search(before)
        else "about"
        if _ABOUT.search(before) or _OR_SO.match(text, end)
        else "over"
        if _OR_MORE.match(text, end)
        else ""
    )
    noun: list[str] = []
    for word in words_from(text, end, end + 60):
        if not word.joined and (noun or _APART.search(text, end, word.start)):
            break
        if word.text.lower() in _SMALL:
            if noun:
                break
            continue
        noun.append(stem(word.text))
        if len(noun) == 3:
            break
    if unit == "" and noun[:1] and noun[0] in _MONEY_NOUNS:
        unit = "money"
    if unit == "" and _PLACE.search(before):
        unit = "ordinal"
    if unit == "" and noun[:1] and noun[0] in ("bp", "bps", "basi"):
        value, unit = value / 100, "%"
    if unit == "" and noun[:1] and noun[0] in ("pp", "ppt"):
        unit = "%"
    if unit == "" and noun[:1] and noun[0] in _DECADES:
        value, unit = value * _DECADES[noun[0]], "year"
    longer = _LONGER.get(noun[0]) if unit == "" and noun else None
    alike: tuple[tuple[float, Unit], ...] = ((value * longer[0], longer[1]),) if longer else ()
    return Number(value, unit, start, end, tuple(noun), hedge, alike, spelled)


_APART = re.compile(r"[,;:().!?]")
_PLACE = re.compile(r"(?:\b[Nn]o\. ?|\b[Nn]umber[ -]|#)$")
_DECADES = {"decad": 10, "centuri": 100}
_LONGER: dict[str, tuple[float, Unit]] = {
    "fortnight": (2, "week"), "quarter": (3, "month"), "semest": (6, "month"),
    "ms": (0.001, "second"), "millisecond": (0.001, "second"),
}  # fmt: skip


def unit_named(written: str | None) -> Unit:
    name = (written or "").strip(" -\u00a0").lower()
    if name in ("st", "nd", "rd", "th"):
        return "ordinal"
    return _UNITS.get(name) or _UNITS.get(name.removesuffix("s")) or ""


def spelled_value(text: str) -> float | None:
    total = current = 0.0
    seen = False
    for word in re.split(r"[\s-]+", text.lower()):
        if word == "and":
            continue
        seen = True
        if word in _ONES:
            current += _ONES[word]
        elif word in _TENS:
            current += _TENS[word]
        else:
            scale = SCALE[word]
            current = (current or 1) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
    return total + current if seen else None
