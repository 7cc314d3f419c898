"""Numbers in prose: "$550K", "22 percent", "fifteen", "1,00,000", "1.234,5", "3x", "halved" and "over 16,000" as values
with units, so that two ways to write one quantity compare as equal."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from backend.domain.text import stem, words_from

Unit = Literal["", "%", "x", "money", "minute", "hour", "day", "week", "month", "year", "ordinal"]
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
_SCALE = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "lakhs": 1e5, "million": 1e6, "m": 1e6, "mm": 1e6, "mn": 1e6,
    "crore": 1e7, "crores": 1e7, "billion": 1e9, "b": 1e9, "bn": 1e9, "trillion": 1e12, "dozen": 12, "dozens": 12,
}  # fmt: skip
_UNITS: dict[str, Unit] = {
    "%": "%", "percent": "%", "per cent": "%", "percentage": "%", "pct": "%", "x": "x", "times": "x", "fold": "x", "×": "x",
    "minute": "minute", "min": "minute", "hour": "hour", "hr": "hour", "day": "day", "week": "week", "month": "month",
    "year": "year", "yr": "year",
}  # fmt: skip
_ROMAN_CURRENCY = r"(?:US|C|A)?[$€£₹¥]|\b(?:USD|EUR|GBP|INR|CHF|Rs\.?)\s?"
_CURRENCY_AFTER = re.compile(r"[ \u00a0]?(?:[€£₹¥]|(?:USD|EUR|GBP|INR|CHF)\b)")
_SPELLED = "|".join(
    sorted([*_ONES, *_TENS, "hundred", "thousand", "million", "billion", "dozen"], key=len, reverse=True)
)
_DIGITS = r"\d{1,3}(?:[,.’ \u00a0]\d{2,3})*(?:[,.’ \u00a0]\d{3})(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_NUMBER = re.compile(
    rf"(?P<money>{_ROMAN_CURRENCY})?(?<![\w.])(?P<digits>{_DIGITS})"
    r"(?P<scale>\s?(?:thousand|million|billion|trillion|lakhs?|crores?|dozen|hundred|mm|mn|bn|[kKmMbB])(?![\w]))?"
    r"(?P<plus>\s?\+)?"
    r"(?P<unit>\s?(?:%|×|x(?![\w])|st\b|nd\b|rd\b|th\b)|[\s-](?:per ?cent(?:age)?|pct|times|fold|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?)\b(?!-\s))?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"\b(?P<words>(?:{_SPELLED})(?:(?:[\s-]|\sand\s)(?:{_SPELLED}))*)\b"
    r"(?P<unit>[\s-](?:per ?cent|percentage|times|fold|minutes?|hours?|days?|weeks?|months?|years?)\b)?",
    re.IGNORECASE,
)
# Verbs and adverbs that hold a number: (value, unit), and what else says the same.
_MULTIPLES: dict[str, tuple[tuple[float, Unit], ...]] = {
    "halv": ((50, "%"), (0.5, "x"), (2, "x")), "half": ((50, "%"), (0.5, "x"), (2, "x")),
    "doubl": ((2, "x"), (100, "%")), "twice": ((2, "x"), (100, "%")), "twofold": ((2, "x"), (100, "%")),
    "tripl": ((3, "x"), (200, "%")), "treb": ((3, "x"), (200, "%")), "threefold": ((3, "x"), (200, "%")),
    "quadrupl": ((4, "x"), (300, "%")), "third": ((100 / 3, "%"), (33, "%")), "quarter": ((25, "%"),), "fifth": ((20, "%"),), "tenth": ((10, "%"),),
}  # fmt: skip
_MULTIPLE = re.compile(
    r"\b(?:(halv)(?:ed|ing|es)|(?:by|in|cut|one|a)[\s-](half)\b|(half)(?=[\s-](?:of|the|its|their|our|that|as)\b)|(?<=nearly |almost |.about |..over |..than )(half)\b|(doubl)(?:ed|ing|es|e)|(twice)\b|(twofold)\b|"
    r"(tripl)(?:ed|ing|es|e)|(treb)(?:led|ling|les|le)|(threefold)\b|(quadrupl)(?:ed|ing|es|e)|"
    r"(?:by|one|a|two)[\s-](third)s?\b|(?:by|one|a)[\s-](fifth|tenth)\b(?=\s+(?:of|less|more|the)\b)|(?:by a |(?:by|one|a)[\s-]|\bthree[\s-])(quarter)s?\b(?!\s+(?:in|of the year|ended)))",
    re.IGNORECASE,
)
_AND_A_HALF = re.compile(
    r"[\s-]and[\s-]a[\s-]half([\s-](?:times|hours?|days?|weeks?|months?|years?)\b)?", re.IGNORECASE
)
_OVER = re.compile(
    r"(?:over|more than|above|at least|better than|north of|exceed(?:ing|ed)|upwards? of|in excess of|>|≥)\s*(?:an?\s)?$",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"(?:under|less than|below|at most|fewer than|up to|nearly|almost|close to|as (?:tall|large|big|high|many|much|long|old|far) as|<|≤)\s*(?:an?\s)?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:about|around|approximately|approx\.?|roughly|some|~|circa|c\.)\s*(?:an?\s)?$", re.IGNORECASE)
_SMALL = frozenset(
    {"of", "in", "on", "per", "a", "an", "the", "to", "and", "or", "by", "for", "with", "from", "at", "than"}
)


def numbers(text: str) -> list[Number]:
    """Every quantity in a text, left to right. A lone "one" is no quantity; a version such as "Python 3.11" is one."""
    found = [_of_digits(text, match) for match in _NUMBER.finditer(text) if not _DIMENSION.match(text, match.end())]
    for match in _RATIO.finditer(text):
        part, whole = (_ratio_value(match[group]) for group in ("part", "whole"))
        if part and whole and part < whole <= 100:
            found = [n for n in found if n.end <= match.start() or n.start >= match.end()]
            number = _number(text, 100 * part / whole, "%", match.start(), match.end(), spelled=True)
            found.append(number._replace(alike=((part, ""), (whole, ""))))
    taken = [(n.start, n.end) for n in found]

    def free(start: int, end: int) -> bool:
        return all(end <= s or start >= e for s, e in taken)

    found += [n for n in _in_words(text) if n.unit != "ordinal" and free(n.start, n.end)]
    taken = [(n.start, n.end) for n in found]
    for match in _MULTIPLE.finditer(text):
        key = next(group for group in match.groups() if group).lower()
        if free(match.start(), match.end()) and not text[: match.start()].lower().endswith(("and ", "and-")):
            (multiple, unit), *alike = _MULTIPLES[key]
            if key == "third" and match.group().lower().startswith("two"):
                multiple, alike = 200 / 3, [(67, "%"), (66, "%")]
            if key == "quarter" and match.group().lower().startswith("three"):
                multiple = 75.0
            number = _number(text, multiple, unit, match.start(), match.end(), spelled=True)
            found.append(number._replace(alike=tuple(alike)))
    taken = [(n.start, n.end) for n in found]
    for match in _WORDS.finditer(text):
        value = _spelled_value(match["words"])
        if (
            value is not None
            and free(match.start(), match.end())
            and (match["words"].lower() != "one" or match["unit"])
        ):
            unit, end = _unit(match["unit"]), match.end()
            if half := _AND_A_HALF.match(text, end):
                value, end = value + 0.5, half.end()
                unit = _unit(half[1])
            found.append(_number(text, value, unit, match.start(), end, spelled=True))
    taken = [(n.start, n.end) for n in found]
    found += [n for n in _in_words(text) if n.unit == "ordinal" and free(n.start, n.end)]
    return sorted(found, key=lambda n: n.start)


_DIMENSION = re.compile(r"[DG]\b")
"""What makes "3D" and "5G" words."""
_PART_OF = re.compile(r"\b(half|(?:a )?quarter of) an? (hundred|thousand|million|billion|dozen)\b", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:bi-?weekly|fortnightly|every (?:other|second) week)\b", re.IGNORECASE)
_ORDINALS = {
    w: float(n)
    for n, w in enumerate("second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 2)
}
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})\b(?!-)", re.IGNORECASE)


def _in_words(text: str) -> Iterator[Number]:
    """ "Half a million", "fortnightly", "sixth"."""
    for match in _PART_OF.finditer(text):
        share = 0.5 if match[1].lower() == "half" else 0.25
        yield _number(text, share * _SCALE[match[2].lower()], "", match.start(), match.end(), spelled=True)
    for match in _EVERY.finditer(text):
        yield _number(text, 2, "week", match.start(), match.end(), spelled=True)
    for match in _ORDINAL.finditer(text):
        yield _number(text, _ORDINALS[match[1].lower()], "ordinal", match.start(), match.end(), spelled=True)


_RATIO = re.compile(
    rf"\b(?P<part>\d{{1,2}}|{_SPELLED}) (?:in|out of|of|of every|of the) (?:every |the )?(?P<whole>\d{{1,3}}|{_SPELLED})\b(?!\s?(?:%|percent|per cent))",
    re.IGNORECASE,
)


def _ratio_value(written: str) -> float | None:
    return float(written) if written.isdigit() else _spelled_value(written)


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
        return have <= value <= 1.25 * have
    return hedge == "about" and abs(value - have) <= 0.1 * have


_MINUTES: dict[Unit, float] = {"minute": 1, "hour": 60, "day": 1440, "week": 10080, "month": 43800, "year": 525600}


# Months are said to have 30 days and four weeks by nobody who means it to the minute.
_EXACT = {
    ("month", "year"): 1 / 12, ("year", "month"): 12.0, ("month", "day"): 30.0, ("day", "month"): 1 / 30,
    ("year", "week"): 52.0, ("week", "year"): 1 / 52,
}  # fmt: skip


def converted(value: float, unit: Unit, to: Unit) -> float | None:
    """The value in another unit; None where one cannot become the other."""
    if unit == to:
        return value
    if unit in _MINUTES and to in _MINUTES:
        exact = _EXACT.get((unit, to))
        return value * (exact if exact else _MINUTES[unit] / _MINUTES[to])
    return None


def _of_digits(text: str, match: re.Match[str]) -> Number:
    value = _digits_value(match["digits"])
    if match["scale"]:
        value *= _SCALE[match["scale"].strip().lower()]
    after = None if match["money"] or match["unit"] else _CURRENCY_AFTER.match(text, match.end())
    unit: Unit = "money" if match["money"] or after else _unit(match["unit"])
    if unit == "x" and value >= 20 and (match["unit"] or "").strip().lower() == "times":
        unit = ""  # "downloaded 48,000 times" counts downloads
    number = _number(text, value, unit, match.start(), after.end() if after else match.end())
    if re.fullmatch(r"(?:19|20)\d\d", match["digits"]) and not match["scale"] and not match["plus"]:
        number = number._replace(year=unit == "")
    return number._replace(hedge="over") if match["plus"] else number


def _number(text: str, value: float, unit: Unit, start: int, end: int, *, spelled: bool = False) -> Number:
    before = text[max(0, start - 24) : start]
    hedge: Hedge = (
        "over"
        if _OVER.search(before)
        else "under"
        if _UNDER.search(before)
        else "about"
        if _ABOUT.search(before)
        else ""
    )
    noun: list[str] = []
    for word in words_from(text, end, end + 60):
        if not word.joined and noun:
            break
        if word.text.lower() in _SMALL:
            if noun:
                break
            continue
        noun.append(stem(word.text))
        if len(noun) == 3:
            break
    if unit == "" and noun[:1] and noun[0] in ("dollar", "euro", "usd", "eur", "rupe"):
        unit = "money"
    return Number(value, unit, start, end, tuple(noun), hedge, (), spelled)


def _unit(written: str | None) -> Unit:
    name = (written or "").strip(" -\u00a0").lower()
    if name in ("st", "nd", "rd", "th"):
        return "ordinal"
    return _UNITS.get(name) or _UNITS.get(name.removesuffix("s")) or ""


def _digits_value(written: str) -> float:
    """1,234.5 and 1.234,5 and 1,00,000 and 1 234: the last mark is a decimal point unless three digits follow it and
    every group fits."""
    text = re.sub(r"[’ \u00a0]", "", written)
    marks = re.findall(r"[.,]", text)
    if not marks:
        return float(text)
    last = marks[-1]
    whole, _, tail = text.rpartition(last)
    decimal = len(tail) != 3 or (len(marks) > 1 and len(set(marks)) > 1 and last == ".")
    if len(marks) > 1 and len(set(marks)) == 1:
        decimal = False
    if len(marks) == 1 and last == "." and len(tail) == 3:
        decimal = len(whole) > 3 or whole == "0"
    digits = re.sub(r"[.,]", "", whole)
    return float(f"{digits}.{tail}") if decimal else float(digits + tail)


def _spelled_value(text: str) -> float | None:
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
            scale = _SCALE[word]
            current = (current or 1) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
    return total + current if seen else None
