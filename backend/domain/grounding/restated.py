"""A count that the evidence gives without the figure: by a list, by "both", by "quarterly", by "no"."""

import re

from backend.domain.claims import Claims, Quantity
from backend.domain.grounding.check import Check
from backend.domain.grounding.units import MEASURES, PEOPLE, TIME

_NONE = re.compile(r"\b(?:no|none|without|never|zero|free of|not (?:a|one))\b|-free\b", re.IGNORECASE)
# "Four times a year" and "every three months" of "quarterly".
_HOW_OFTEN: dict[tuple[float, str, str], re.Pattern[str]] = {
    key: re.compile(rf"\b(?:{written})\b", re.IGNORECASE)
    for keys, written in (
        ([(4, "x", "year"), (4, "", "year"), (3, "month", "")], "quarterly|(?:each|every|per|a) quarter"),
        ([(12, "x", "year"), (12, "", "year")], "monthly|(?:each|every|per|a) month"),
        ([(12, "month", ""), (1, "year", "")], "annual|annually|yearly|(?:each|every|per|a) year"),
        ([(2, "x", "year"), (2, "", "year"), (6, "month", "")], "semi-?annual(?:ly)?|bi-?annual(?:ly)?|twice (?:a year|yearly)"),
        ([(52, "x", "year"), (1, "week", "")], "weekly|(?:each|every|per|a) week"),
        ([(2, "x", "week"), (2, "", "week")], "twice (?:a week|weekly)"),
        ([(2, "x", "month"), (2, "", "month")], "twice (?:a month|monthly)|bi-?weekly|every (?:two|other) weeks?"),
        ([(7, "day", "")], "weekly|(?:each|every|per|a) week"),
    )
    for key in keys
}  # fmt: skip
_LASTS = re.compile(r"\b(?:within|in under|less than|more than|over|down to|from) $", re.IGNORECASE)
_TWICE = re.compile(r"\b(?:duplicat\w+|doubl\w+|twice|second time)\b", re.IGNORECASE)
_FIGURES = re.compile(r"-figures?\b|-digits?\b")
_OTHERS = re.compile(r"\W+(?:other|fellow|more|further|additional)s?\b")
_LISTED = re.compile(r"[^.;:(]{0,40}(?:\(|: )([^().;:]+)")


def said_otherwise(check: Check, quantity: Quantity) -> Claims | None:
    """Where the text counts what it lists itself, "three stations (grill, saute and pasta)", or says "two others" of three."""
    number, text = quantity.number, check.claim.text
    if _FIGURES.match(text, number.end):
        digits = (q.number.value for c in check.known.claims for q in c.quantities)
        return check.known.claims[0] if any(len(f"{value:.0f}") == number.value for value in digits) else None
    if number.value == 0:
        return next((c for c in check.near if _NONE.search(c.text)), None)
    if number.value == 1 and number.unit == "ordinal":
        return next((c for c in check.known.claims if "first" in c.stems), None)
    if number.value == 1 and number.unit and _LASTS.search(text[: number.start]):  # "within a week" is not "a week"
        lasts = re.compile(
            rf"\b(?:within|in|over|under|after|for|than|to|from|same|next) (?:an?|one|the|same|next) (?:\w+ )?{number.unit}\b|\bone {number.unit}"
        )
        return next((c for c in check.known.claims if lasts.search(c.text)), None)
    if how_often := _HOW_OFTEN.get((number.value, number.unit, quantity.period if number.unit != "month" else "")):
        return next((c for c in check.near if how_often.search(c.text)), None)
    if number.value == 1 and number.unit:  # "within one day" of "a day"
        return next(
            (
                c
                for c in check.known.claims
                if re.search(rf"\b(?:an?|each|per|every|the|next|same|previous) {number.unit}\b", c.text)
            ),
            None,
        )
    if number.value == 2 and number.spelled and (twice := next((c for c in check.near if _TWICE.search(c.text)), None)):
        return twice
    if number.value == 2 and not number.unit and not _OTHERS.match(text, number.end):
        return next((c for c in check.known.claims if _names_two(c, quantity)), None)
    if _OTHERS.match(text, number.end):
        more = number.value + 1
        sources = (
            c
            for c in check.known.claims
            if any(q.number.value == more or (more, "") in q.number.alike for q in c.quantities)
        )
        return next((c for c in sources if c.content & quantity.about), None)
    listed = _LISTED.match(text, number.end)
    if listed is None:
        return next((c for c in check.near if _lists(c, quantity)), None)
    items = [part for part in re.split(r",|\band\b", listed[1]) if part.strip()]
    counted = sum(q.number.value for q in check.claim.quantities if listed.start(1) <= q.number.start < listed.end(1))
    return check.known.claims[0] if number.value in (len(items), counted) and check.known.claims else None


def _lists(claims: Claims, quantity: Quantity) -> bool:
    """Whether a line names as many things in a row, "at Elm, Oak and Pine", as the text counts."""
    number = quantity.number
    if number.unit or number.hedge or not 2 < number.value < 9 or set(number.noun[:2]) & (PEOPLE | TIME | MEASURES):
        return False
    sizes = {
        match.group().count(",") + 1 + (", and " not in match.group() and ", or " not in match.group())
        for match in _ROW.finditer(claims.text)
    }
    return number.value in sizes and bool(quantity.about & claims.content)


_ROW = re.compile(r"(?:[\w'’&/-]+ ){0,3}[\w'’&/-]+(?:, (?:[\w'’&/-]+ ){0,3}?[\w'’&/-]+)+,? (?:and|or) [\w'’&/-]+")


def _names_two(claims: Claims, quantity: Quantity) -> bool:
    """Whether a line has "both", or what is counted as two: "the fiction and poetry collections"."""
    if set(quantity.number.noun[:1]) & TIME or quantity.number.alike:
        return False
    if "both" in claims.stems and claims.content & quantity.about:
        return True
    nouns = set(quantity.number.noun[:2])
    places = [n for n, s in enumerate(claims.stems) if s in nouns and claims.words[n].text.lower().endswith("s")]
    return any("and" in claims.stems[max(0, n - 4) : n] for n in places)
