"""Numbers in prose: "$550K", "22 percent", "fifteen", "1,00,000", "1.234,5", "3x", "halved" and "over 16,000" as values
with units, so that two ways to write one quantity compare as equal."""

import re
from collections.abc import Iterator

from backend.domain.number_values import (
    SCALE,
    SPELLED,
    Hedge,
    Number,
    Unit,
    converted,
    made,
    same,
    spelled_value,
    unit_named,
)
from backend.domain.number_words import in_words, multiples, ordinals

__all__ = ["Hedge", "Number", "Unit", "converted", "numbers", "same"]

_CODES = "USD|EUR|GBP|INR|CHF|CAD|AUD|NZD|SGD|HKD|JPY|CNY|SEK|NOK|DKK|ZAR|MXN|BRL"
_ROMAN_CURRENCY = rf"(?:US|C|A|NZ|CA)?[$€£₹¥]|\b(?:{_CODES}|Rs\.?)\s?"
_RANGE = re.compile(r"\s?[-–]\s?[$€£₹¥]?\d+(?:\.\d+)?\s?(thousand|million|billion|mil|mm|mn|bn|[kKmMbB])(?!\w)")
_COINS = re.compile(r"p\b|[ \u00a0]?(?:¢|cents?\b|pence\b)", re.IGNORECASE)
_CURRENCY_AFTER = re.compile(rf"[ \u00a0]?(?:[€£₹¥]|(?:{_CODES})\b)")
_DIGITS = r"\d{1,3}(?:[,.’ \u00a0]\d{2,3})*(?:[,.’ \u00a0]\d{3})(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_NUMBER = re.compile(
    rf"(?P<money>{_ROMAN_CURRENCY})?(?<![\w.])(?P<digits>{_DIGITS})"
    r"(?P<scale>[\s-]?(?:thousand|million|billion|trillion|lakhs?|crores?|dozen|hundred|mil|mm|mn|bn|[kKmMbB])(?![\w]))?"
    r"(?P<plus>\s?\+|-plus\b)?"
    r"(?P<unit>\s?(?:%|×|x(?![\w])|st\b|nd\b|rd\b|th\b)|-second\b|[\s-]?fold\b|\ss(?![\w’'])|[\s-](?:per ?cent(?:age)?|pct|times|seconds|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?)\b(?!-\s))?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"\b(?P<words>(?:{SPELLED})(?:(?:[\s-]|(?<=hundred)\sand\s|(?<=thousand)\sand\s|(?<=million)\sand\s)(?:{SPELLED}))*)(?=fold\b|\b)"
    r"(?P<unit>fold\b|-second\b|[\s-](?:per ?cent|percentage|times|fold|seconds|minutes?|hours?|days?|weeks?|months?|years?)\b)?",
    re.IGNORECASE,
)
_AND_A_HALF = re.compile(
    r"[\s-]and[\s-]a[\s-]half([\s-](?:times|hours?|days?|weeks?|months?|years?)\b)?", re.IGNORECASE
)


def numbers(text: str) -> list[Number]:
    """Every quantity in a text, left to right. A lone "one" is no quantity; a version such as "Python 3.11" is one."""
    if not _ANY.search(text):
        return []
    digits = _NUMBER.finditer(text) if _DIGIT.search(text) else ()
    found = [_of_digits(text, match) for match in digits if not _DIMENSION.match(text, match.end())]
    for number in _written_together(text, found):
        found = [n for n in found if n.end <= number.start or n.start >= number.end] + [number]
    taken = [(n.start, n.end) for n in found]

    def free(start: int, end: int) -> bool:
        return all(end <= s or start >= e for s, e in taken)

    found += [n for n in in_words(text) if free(n.start, n.end)]
    taken = [(n.start, n.end) for n in found]
    found += [n for n in multiples(text) if free(n.start, n.end)]
    taken = [(n.start, n.end) for n in found]
    for match in _WORDS.finditer(text):
        value = spelled_value(match["words"])
        if (
            value is not None
            and free(match.start(), match.end())
            and (
                match["words"].lower() != "one"
                or match["unit"]
                or _AND_A_HALF.match(text, match.end())
                or _TO_ONE.search(text[: match.start()])
            )
        ):
            unit, end = unit_named(match["unit"]), match.end()
            if half := _AND_A_HALF.match(text, end):
                value, end = value + 0.5, half.end()
                unit = unit_named(half[1])
            found.append(made(text, value, unit, match.start(), end, spelled=True))
    taken = [(n.start, n.end) for n in found]
    found += [n for n in ordinals(text) if free(n.start, n.end)]
    return sorted(found, key=lambda n: n.start)


def _written_together(text: str, found: list[Number]) -> Iterator[Number]:
    """What is one quantity though it has several figures: "27 of the 31", "6:30", "FY22", "2021-22", "3 1/2"."""
    for match in _RATIO.finditer(text):
        part, whole = (_ratio_value(match[group]) for group in ("part", "whole"))
        if part and whole and part < whole <= 100:
            number = made(text, 100 * part / whole, "%", match.start(), match.end(), spelled=True)
            yield number._replace(alike=((part, ""), (whole, "")))
    for match in _CLOCK.finditer(text):
        yield made(text, int(match[1]) + int(match[2]) / 60, "", match.start(), match.end())
    for match in _SHORT_YEAR.finditer(text):
        group = match.lastindex or 0
        start, end = match.span(group)
        short = int(match[group])
        if group == 2 and short <= max(12, int(text[start - 3 : start - 1])):
            continue  # "2019-03" is a month
        year = short + (0 if short > 99 else 1900 if short > 70 else 2000)
        yield made(text, year, "", start, end)._replace(year=True)
    for match in _SLASH.finditer(text):
        top, bottom = _SIGNS.get(match.group(), (float(match[1] or 0), float(match[2] or 1)))
        whole_number = next((n for n in found if n.unit == "" and 0 <= match.start() - n.end <= 1), None)
        if whole_number and text[whole_number.end : match.start()] in ("", " ", "-"):  # "3 1/2"
            yield made(text, whole_number.value + top / bottom, "", whole_number.start, match.end())
        else:
            number = made(text, 100 * top / bottom, "%", match.start(), match.end(), spelled=True)
            yield number._replace(alike=((top / bottom, ""),))


_TO_ONE = re.compile(r"\b(?:minute|hour|day|week|month|year)s? to $", re.IGNORECASE)
"""Before a "one" that is a figure, "from three days to one"."""
_DIGIT = re.compile(r"\d")
_ANY = re.compile(
    rf"\d|[½⅓⅔¼¾⅛]|{SPELLED}|hal[fv]|quarter|third|f(?:if|our)th|sixth|seventh|eighth|ninth|tenth|second|doubl|tripl|treb|quadrupl|quintupl|twice|thrice|fold|"
    r"pair|couple|trio|quartet|score|bi-?(?:week|month|enn|ann)|fortnight|every (?:other|second)|semi-?annual|eleventh|twelfth|(?:within|from|to|under|than|over) an? (?:minute|hour|day|week|month|year)\b|an? (?:minute|hour|day|week|month|year) and",
    re.IGNORECASE,
)
"""What every quantity has some of: most lines have none, and are done with at once."""
_DIMENSION = re.compile(r"[DG]\b")
"""What makes "3D" and "5G" words."""
_CLOCK = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])")
# "FY22", "'21", and the second of "2021-22".
_SHORT_YEAR = re.compile(
    r"\bFY[ -]?['’]?((?:20)?\d\d)\b|(?<=\b(?:19|20)\d\d[-–/])(\d\d)\b(?![-/]\d)|(?<![\w'’])['’](\d\d)\b(?!s)"
)
_SIGNS = {"½": (1.0, 2.0), "⅓": (1.0, 3.0), "⅔": (2.0, 3.0), "¼": (1.0, 4.0), "¾": (3.0, 4.0), "⅛": (1.0, 8.0)}
_SLASH = re.compile(r"[½⅓⅔¼¾⅛]|(?<![\d/.])\b([123])/([2-8])\b(?![/\d.])")
_LATER = r"[\w ]{0,12}[\s-](?:minute|hour|day|week|month|quarter|year)s?\b"
_RATIO = re.compile(
    rf"(?<![\d.,])\b(?P<part>\d{{1,2}}|{SPELLED})(?: (?:out of|of|of every|of the) | in (?!{_LATER})|(?:(?<=\bone)|(?<=\b1)) (?!in\b|of\b|out\b)[a-z]+(?: [a-z]+)? (?:in|out of|of) (?:every )?(?!{_LATER})|(?<=\bone)-in-)"
    rf"(?:every |the )?(?P<whole>\d{{1,3}}|{SPELLED})\b(?!\s?(?:%|percent|per cent))",
    re.IGNORECASE,
)


def _ratio_value(written: str) -> float | None:
    return float(written) if written.isdigit() else spelled_value(written)


def _of_digits(text: str, match: re.Match[str]) -> Number:
    value = _digits_value(match["digits"])
    metres = match["scale"] == " m" and not match["money"]  # "60 m of wall"
    if match["scale"] and not metres:
        value *= SCALE[match["scale"].strip().lstrip("-").lower()]
    after = None if match["money"] or match["unit"] else _CURRENCY_AFTER.match(text, match.end())
    if not match["scale"] and not match["unit"] and (upper := _RANGE.match(text, match.end())):
        value *= SCALE[upper[1].lower()]  # "$40-60K"
    unit: Unit = "money" if match["money"] or after else unit_named(match["unit"])
    if unit == "" and not match["scale"] and (coins := _COINS.match(text, match.end())):
        return made(text, value / 100, "money", match.start(), coins.end())
    if unit == "x" and value >= 20 and (match["unit"] or "").strip().lower() == "times":
        unit = ""  # "downloaded 48,000 times" counts downloads
    end = match.start("scale") if metres else after.end() if after else match.end()
    number = made(text, value, unit, match.start(), end)
    if re.fullmatch(r"(?:19|20)\d\d", match["digits"]) and not match["scale"] and not match["plus"]:
        number = number._replace(year=unit == "")
    return number._replace(hedge="over") if match["plus"] else number


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
