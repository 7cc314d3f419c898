"""Numbers: the same figure, in the same unit, of the same thing, going the same way, or following from the evidence."""

import re
from collections.abc import Iterator

from backend.domain import claim_words as words_of
from backend.domain.claims import Claims, Quantity
from backend.domain.grounding.check import GLUE, Check
from backend.domain.numbers import Number, Unit, converted, same
from backend.domain.text import STOPWORDS, stem

_MOVES = words_of.RISE | words_of.FALL


def numbers(check: Check) -> None:
    for quantity in check.claim.quantities:
        number = quantity.number
        span = (number.start, number.end)
        said = check.said(*span)
        source, objection = _source_of(check, quantity)
        if source:
            check.supported("number", *span, "same-number", f"“{said}” is in your own line.", source)
        elif number.unit in ("year", "month") and _is_tenure(check, quantity):
            check.supported("date", *span, "tenure", f"“{said}” follows from your dates.")
        elif number.spelled and number.unit == "ordinal":
            continue  # "the second time": what it counts is told by the words beside it
        elif check.said(*span).lower() == "24" and check.claim.text.startswith("/7", number.end):
            continue
        elif number.value != 1 or number.unit:
            check.refuse("number", *span, "same-number", objection or f"None of your lines here says “{said}”.")


def _source_of(check: Check, quantity: Quantity) -> tuple[Claims | None, str]:
    """The line that has the same quantity of the same thing, or that it follows from; else why an equal number is not it."""
    if is_year(quantity.number):
        return _source_of_year(check, quantity)
    objection = ""
    for claims in check.known.claims:
        for other in claims.quantities:
            if same(_counted(quantity, other), other.number):
                against = _objection(check, quantity, claims, other)
                if not against:
                    return claims, ""
                objection = objection or against
    for claims in check.known.claims:
        if quantity.about & claims.content and any(
            _near(quantity.number, n) for n in _derived(claims, check, quantity)
        ):
            return claims, ""
    return _said_otherwise(check, quantity), objection


_FIGURES = re.compile(r"-figures?\b|-digits?\b")
_OTHERS = re.compile(r"\W+(?:other|fellow)s?\b")
_LISTED = re.compile(r"[^.;:(]{0,40}(?:\(|: )([^().;:]+)")


def _said_otherwise(check: Check, quantity: Quantity) -> Claims | None:
    """Where the text counts what it lists itself, "three stations (grill, saute and pasta)", or says "two others" of three."""
    number, text = quantity.number, check.claim.text
    if _FIGURES.match(text, number.end):
        digits = (q.number.value for c in check.known.claims for q in c.quantities)
        return check.known.claims[0] if any(len(f"{value:.0f}") == number.value for value in digits) else None
    if number.value == 1 and number.unit:  # "within one day" of "a day"
        return next(
            (c for c in check.known.claims if re.search(rf"\b(?:an?|each|per|every) {number.unit}\b", c.text)), None
        )
    if number.value == 2 and not number.unit:
        return next((c for c in check.known.claims if "both" in c.stems and c.content & quantity.about), None)
    if _OTHERS.match(text, number.end):
        sources = (c for c in check.known.claims if any(q.number.value == number.value + 1 for q in c.quantities))
        return next((c for c in sources if c.content & quantity.about), None)
    listed = _LISTED.match(text, number.end)
    if listed is None:
        return None
    items = [part for part in re.split(r",|\band\b", listed[1]) if part.strip()]
    counted = sum(q.number.value for q in check.claim.quantities if listed.start(1) <= q.number.start < listed.end(1))
    return check.known.claims[0] if number.value in (len(items), counted) and check.known.claims else None


def _counted(quantity: Quantity, other: Quantity) -> Number:
    """ "8,000 training hours" counts hours, like "8,000 hours"."""
    number, known = quantity.number, other.number
    if number.unit == "" and known.unit in quantity.about:
        return number._replace(unit=known.unit)
    if number.unit in _MEASURES and known.unit == "" and number.unit in {*known.noun, *other.about}:
        return number._replace(unit="")
    if number.unit == "" and known.unit == "%" and "point" in number.noun[:1]:
        return number._replace(unit="%")
    return number


def _source_of_year(check: Check, quantity: Quantity) -> tuple[Claims | None, str]:
    """A year must be in the lines that the text is a version of; only if those have none, in the entry's dates."""
    value = quantity.number.value
    if any(item.kind == "summary" for item in check.known.evidence):  # the whole resume: any of its dates may be told
        source = next((c for c in check.known.claims if any(q.number.value == value for q in c.quantities)), None)
        return source, ""
    dated = [c for c in check.near if c not in check.known.contexts and any(is_year(q.number) for q in c.quantities)]
    for claims in (*dated, *check.known.contexts) if dated else check.known.claims:
        if any(q.number.value == value for q in claims.quantities):
            if (
                dated
                and claims not in dated
                and any(q.number.value != value for c in dated for q in c.quantities if is_year(q.number))
            ):
                continue
            return claims, ""
    return None, f"Your line has another year than {value:g}." if dated else ""


def _objection(check: Check, claimed: Quantity, source: Claims, other: Quantity) -> str:
    """Why an equal number in the evidence does not support this one; "" if it does."""
    said = check.said(claimed.number.start, claimed.number.end)
    if claimed.period and other.period and claimed.period != other.period:
        return f"“{said}” is counted by the {claimed.period} here, by the {other.period} in your line."
    if claimed.period and not other.period and not _has_period(source, claimed.period):
        return f"“{said}” is counted by the {claimed.period} here, not in your line."
    if {_currency(said), _currency(source.text[other.number.start : other.number.end])} in _EXCHANGED:
        return f"“{said}” is in another currency in your line."
    if claimed.direction * other.direction < 0:
        return f"“{said}” goes the other way in your line."
    role = other.role or ("by" if other.number.unit == "%" and other.direction else "")
    if {claimed.role, role} in ({"by", "to"}, {"by", "from"}, {"from", "to"}):
        return f"“{said}” is a change “{claimed.role}” here and “{role}” in your line."
    measures = [set(number.noun[:1]) & _MEASURES for number in (claimed.number, other.number)]
    if all(measures) and measures[0] != measures[1]:
        return f"“{said}” is in another unit in your line."
    if _counts_the_same(claimed, other):
        rival = _rival(check, claimed, source)
        return f"“{said}” is the figure of another line; this one has {rival}." if rival else ""
    people = all(_PEOPLE & set(number.noun[:2]) for number in (claimed.number, other.number))
    if people or _as_written(check, claimed, source):
        return ""
    return _other_measure(check, claimed, source, other)


def _other_measure(check: Check, claimed: Quantity, source: Claims, other: Quantity) -> str:
    """By the words around it: why an equal number counts something else."""
    said = check.said(claimed.number.start, claimed.number.end)
    if claimed.number.unit == other.number.unit == "" and not claimed.number.alike:
        mine, theirs = set(claimed.number.noun) - GLUE, set(other.number.noun) - GLUE
        moved = mine & check.known.stems
        if moved and theirs and not moved & (theirs | other.about) and not claimed.about & theirs:
            return f"“{said}” counts something else in your line."
    about = (claimed.about & check.known.stems) - GLUE - _MOVES
    here = len(about & source.content)
    most = max((len(about & c.content) for c in check.known.claims), default=0)
    if not here and claimed.about and not claimed.about & source.content and source not in check.near:
        return f"“{said}” measures something else in your line."
    if not here and source in check.near and len(claimed.about & source.content) >= 2:
        return ""
    if about and (not here or (most >= 3 and here < 0.4 * most)):
        return f"“{said}” measures something else in your line."
    return ""


_CURRENCIES = {"$": "$", "USD": "$", "€": "€", "EUR": "€", "£": "£", "GBP": "£", "₹": "₹", "INR": "₹", "Rs": "₹", "¥": "¥", "CHF": "CHF"}  # fmt: skip
_EXCHANGED = [{one, other} for one in _CURRENCIES.values() for other in _CURRENCIES.values() if one != other]


def _currency(written: str) -> str:
    return next((name for mark, name in _CURRENCIES.items() if mark in written), "")


def _has_period(source: Claims, period: str) -> bool:
    """Whether a line speaks of a time: "a year", "annual", or an acronym that holds it."""
    adverb = _PERIODS.get(period, period)
    return period in source.text.lower() or adverb in source.text.lower() or stem(adverb) in source.content


def _as_written(check: Check, claimed: Quantity, source: Claims) -> bool:
    """Whether the number and the word beside it stand in the source just so: "OSHA 30-Hour", "22 a week"."""
    start, end = claimed.number.start, claimed.number.end
    before = re.search(r"[\w&.]+[\s-]$", check.claim.text[:start])
    return before is not None and before.group()[0].isupper() and check.claim.text[before.start() : end] in source.text


def _rival(check: Check, claimed: Quantity, source: Claims) -> str:
    """The figure that a line much more like this clause gives for the same noun; "" if there is none."""
    nouns = set(claimed.number.noun[:1]) - _TIME - GLUE
    here = len((claimed.about - nouns) & source.content)
    for claims in check.near:
        if claims is not source and len((claimed.about - nouns) & claims.content) >= here + 2:
            for other in claims.quantities:
                if nouns & set(other.number.noun[:1]) and not same(claimed.number, other.number):
                    return f"“{claims.text[other.number.start : other.number.end]}”"
    return ""


_PEOPLE = frozenset(stem(w) for w in "person people employee staff worker colleague headcount".split())
_MEASURES = frozenset(
    stem(w)
    for w in "ton tons tonne pound kg gram ounce mile kilometer km meter metre foot acre hectare gallon liter litre quart ms second "
    "minute hour day week month year gb tb mb watt kw kwh".split()
)
_TIME = frozenset(
    stem(w) for w in "hour day week month quarter year night shift minute time per each average percent point".split()
)


def _counts_the_same(claimed: Quantity, other: Quantity) -> bool:
    """Whether both count the same noun, or stand among the same words."""
    nouns = set(claimed.number.noun) & set(other.number.noun)
    if any(noun not in _TIME and noun not in STOPWORDS and not noun[0].isdigit() for noun in nouns):
        return True
    return len((claimed.about & other.about) - _TIME - _MOVES) >= 3


_PERIODS = {
    "day": "daily",
    "week": "weekly",
    "month": "monthly",
    "quarter": "quarterly",
    "year": "annual",
    "night": "nightly",
}


_AND_ONE = re.compile(r"\s+[\w-]+(?:\s+[\w-]+)?\s+and\s+(?:an?|one)\s+\w+")


_TAKEN = re.compile(
    r"\b(?:points?|took|taken|out of|off|removed|shed|lighter|above|below|over quota|more|less|fewer)\b"
)
_COMPARED = re.compile(
    r"\b(?:of|from|to|versus|vs|against|than|average|before|after|down|up)\b|→|->|[–—/]", re.IGNORECASE
)


def _near(claimed: Number, made: Number) -> bool:
    """Shares and multiples are rounded when they are said."""
    pairs = ((claimed.value, claimed.unit), *claimed.alike)
    if claimed.unit == "" and "point" in claimed.noun[:1]:
        claimed = claimed._replace(unit="%")
    close = 0.6 if made.unit == "%" else 0.05 * made.value if made.unit == "x" else 1e-6
    return same(claimed, made) or any(unit == made.unit and abs(value - made.value) <= close for value, unit in pairs)


def _derived(claims: Claims, check: Check, claimed: Quantity) -> Iterator[Number]:
    """What two numbers of one sentence make: the change as a share and a multiple, and what is left. A difference only where
    the text speaks of a change, a sum only where it names the parts."""
    values = {q.number.value for q in check.claim.quantities}
    around = check.claim.text[max(0, claimed.number.start - 25) : claimed.number.end + 25]
    moves = claimed.role == "by" or claimed.direction != 0 or bool(_TAKEN.search(around))
    found = [q.number for q in claims.quantities if q.number.unit != "ordinal" and not is_year(q.number)]
    for place, first in enumerate(found):
        if first.unit == "x" and claimed.number.spelled:
            yield first._replace(value=100 / first.value, unit="%")  # "a quarter of" from "four times"
        if first.unit == "%" and first.value > 100 and moves:
            yield first._replace(value=first.value - 100)
        if first.unit == "" and _AND_ONE.match(claims.text, first.end):
            yield first._replace(value=first.value + 1)
        for second in found[place + 1 : place + 3]:
            pairs = [
                (a, unit, scaled)
                for a, unit in ((first.value, first.unit), *first.alike)
                for b, unit_b in ((second.value, second.unit), *second.alike)
                if (scaled := converted(b, unit_b, unit)) and a
            ]
            for a, unit, b in pairs:
                change = abs(a - b)
                between = claims.text[first.end : second.start]
                results: list[tuple[float, Unit]] = []
                shared = claimed.number.spelled and claimed.number.unit == "%"
                if a != b and (shared or (len(between) < 60 and _COMPARED.search(between))):
                    results = [(change / a * 100, "%"), (max(a, b) / min(a, b), "x")]
                    if claimed.role != "by":
                        results += [(b / a * 100, "%"), (min(a, b) / max(a, b) * 100, "%")]
                if moves:
                    results.append((change, unit))
                if {first.value, second.value} <= values or (unit == "" and len(between) < 40 and " and " in between):
                    results.append((a + b, unit))
                for value, made in results:
                    yield Number(value, made, 0, 0)


def is_year(number: Number) -> bool:
    return number.year


def _is_tenure(check: Check, quantity: Quantity) -> bool:
    number = quantity.number
    years = number.value if number.unit == "year" else number.value / 12
    if number.hedge == "over" and any(0.6 * tenure <= years <= tenure for tenure in check.known.tenures):
        return True
    return any(tenure - 1.01 <= years <= tenure + 0.3 for tenure in check.known.tenures)
