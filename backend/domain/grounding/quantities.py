"""Numbers: the same figure, in the same unit, of the same thing, going the same way, or following from the evidence."""

import re

from backend.domain import claim_words as words_of
from backend.domain.claims import Claims, Quantity
from backend.domain.grounding.check import GLUE, Check
from backend.domain.grounding.derived import derived, rounds_to
from backend.domain.grounding.measured import something_else
from backend.domain.grounding.restated import said_otherwise
from backend.domain.grounding.units import MEASURES, PEOPLE, TIME, counted_alike, parts_of, same_rate, sized_alike
from backend.domain.numbers import Number, same
from backend.domain.text import STOPWORDS, stem

_MOVES = words_of.RISE | words_of.FALL


def numbers(check: Check) -> None:
    if check.claim.unread is not None:
        reason = "There are too many figures here to check each."
        check.doubt("number", check.claim.unread, len(check.claim.text), "figures-read", reason)
    for quantity in check.claim.quantities:
        number = quantity.number
        span = (number.start, number.end)
        said = check.said(*span)
        source, objection = _source_of(check, quantity)
        if source:
            check.supported("number", *span, "same-number", f"“{said}” is in your own line.", source)
        elif number.unit in ("year", "month") and _is_tenure(check, quantity):
            check.supported("date", *span, "tenure", f"“{said}” follows from your dates.")
        elif number.spelled and number.unit == "ordinal" and not _PLACED.search(check.claim.text[: number.start]):
            continue  # "the second time": what it counts is told by the words beside it
        elif check.said(*span).lower() == "24" and check.claim.text.startswith("/7", number.end):
            continue
        elif number.value != 1 or number.unit:
            check.refuse("number", *span, "same-number", objection or f"None of your lines here says “{said}”.")


_PLACED = re.compile(r"\b(?:finish|rank|plac|came|com)(?:ed|ing|e|es|s)? (?:in )?(?:the )?$", re.IGNORECASE)


def _source_of(check: Check, quantity: Quantity) -> tuple[Claims | None, str]:
    """The line that has the same quantity of the same thing, or that it follows from; else why an equal number is not it."""
    if is_year(quantity.number):
        return _source_of_year(check, quantity)
    objection = ""
    ratio = parts_of(quantity.number)
    if ratio and (together := _both_parts(check, ratio)):
        return together, ""
    for claims in check.known.claims:
        for other in claims.quantities:
            alike = _with_unit(check, counted_alike(quantity, other), other.number)
            if same(alike, other.number) or same_rate(quantity, other):
                against = _objection(check, quantity, claims, other) or _said_of(check, quantity, claims, other)
                if not against:
                    return claims, ""
                objection = objection or against
    for claims in check.known.claims:
        if (claims in check.near or quantity.about & claims.content) and any(
            rounds_to(quantity.number, n) for n in derived(claims, check, quantity)
        ):
            return claims, ""
    return said_otherwise(check, quantity), objection


def _with_unit(check: Check, number: Number, known: Number) -> Number:
    """ "Took four minutes off the wait (it had been 11)": the bare figure is in the unit of the other."""
    units = {q.number.unit for q in check.claim.quantities}
    bare = number.unit == "" and not number.noun and not number.year
    return number._replace(unit=known.unit) if bare and known.unit in units - {"", "ordinal", "x"} else number


def _both_parts(check: Check, parts: tuple[float, ...]) -> Claims | None:
    for claims in check.known.claims:
        said = {value for q in claims.quantities for value, _ in ((q.number.value, ""), *q.number.alike)}
        if set(parts) <= said:
            return claims
    return None


def _source_of_year(check: Check, quantity: Quantity) -> tuple[Claims | None, str]:
    """A year must be in the lines that the text is a version of; only if those have none, in the entry's dates."""
    value = quantity.number.value
    if check.known.whole_resume:  # the whole resume: any of its dates may be told
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
    if claimed.period and other.period and claimed.period != other.period and not same_rate(claimed, other):
        return f"“{said}” is counted by the {claimed.period} here, by the {other.period} in your line."
    if claimed.period == "day" and claimed.number.value == 24:
        return ""
    if claimed.period and not other.period and not _has_period(source, claimed.period):
        return f"“{said}” is counted by the {claimed.period} here, not in your line."
    if {_currency(said), _currency(source.text[other.number.start : other.number.end])} in _EXCHANGED:
        return f"“{said}” is in another currency in your line."
    if claimed.direction * other.direction < 0 and _way(check.claim, claimed) != claimed.direction:
        return f"“{said}” goes the other way in your line."
    role = other.role or ("by" if other.number.unit == "%" and other.direction else "")
    moving = claimed.direction or other.direction or claimed.number.unit in ("%", "money") or _GOES.search(source.text)
    half = claimed.number.unit == "%" and claimed.number.value == 50  # by half is to half
    if moving and not half and {claimed.role, role} in ({"by", "to"}, {"by", "from"}, {"from", "to"}):
        return f"“{said}” is a change “{claimed.role}” here and “{role}” in your line."
    measures = [set(number.noun[:1]) & MEASURES for number in (claimed.number, other.number)]
    if sized_alike(claimed.number, other.number):
        measures = []  # made equal before they were compared
    if measures and all(measures) and measures[0] != measures[1] and not same_rate(claimed, other):
        return f"“{said}” is in another unit in your line."
    return _other_thing(check, claimed, source, other)


def _other_thing(check: Check, claimed: Quantity, source: Claims, other: Quantity) -> str:
    """Why an equal number, in the same unit and going the same way, counts something else; "" if it does not."""
    said = check.said(claimed.number.start, claimed.number.end)
    if own := _own_figure(check, claimed, source, other):
        return f"“{said}” counts something else in your line, which has {own} of these."
    if rival := _same_noun(check, claimed, source):
        return f"“{said}” is the figure of something else; your line has {rival}."
    if _other_people(check, claimed, other):
        return f"“{said}” counts other people in your line."
    if _counts_the_same(claimed, other):
        rival = _rival(check, claimed, source)
        return f"“{said}” is the figure of another line; this one has {rival}." if rival else ""
    people = all(PEOPLE & set(number.noun[:2]) for number in (claimed.number, other.number))
    if people or _as_written(check, claimed, source):
        return ""
    return _other_measure(check, claimed, source, other)


def _own_figure(check: Check, claimed: Quantity, source: Claims, other: Quantity) -> str:
    """Another figure that the same line gives for the noun that the text counts, "22" of "22 adults on a 26-bed ward"."""
    nouns = [n for n in claimed.number.noun[:2] if n not in TIME | MEASURES and not n[0].isdigit()]
    if claimed.number.unit or not nouns or set(nouns) & set(other.number.noun):
        return ""
    for q in source.quantities:
        counts_it = q is not other and q.number.unit == "" and q.number.noun[:1] and q.number.noun[0] in nouns
        if counts_it and not same(claimed.number, q.number):
            return f"“{source.text[q.number.start : q.number.end]}”"
    return ""


def _way(claims: Claims, claimed: Quantity) -> int:
    """1 for "from 9 to 12", -1 for "from 12 to 9", whatever words stand around; 0 where no such pair is."""
    pair = {
        q.role: q.number.value
        for q in claims.quantities
        if q.role in ("from", "to")
        and q.number.unit == claimed.number.unit
        and abs(q.number.start - claimed.number.start) < 40
    }
    first, last = pair.get("from", 0.0), pair.get("to", 0.0)
    return (last > first) - (last < first) if len(pair) == 2 else 0


_GOES = re.compile(r"\b(?:went|go|goes|gone|bring|brought|took|taken|take|moved|pushed|kept|shift\w*|chang\w*)\b")


def _said_of(check: Check, claimed: Quantity, source: Claims, same: Quantity) -> str:
    other = something_else(check, claimed, source, same)
    said = check.said(claimed.number.start, claimed.number.end)
    return f"“{said}” is said of “{other}” here, not in your line." if other else ""


def _other_measure(check: Check, claimed: Quantity, source: Claims, other: Quantity) -> str:
    """By the words around it: why an equal number counts something else."""
    said = check.said(claimed.number.start, claimed.number.end)
    counted = other.number.unit == "" or bool(parts_of(other.number))
    if claimed.number.unit == "" and counted and not claimed.number.alike:
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


def _same_noun(check: Check, claimed: Quantity, source: Claims) -> str:
    """Another figure that a line near the text gives for the very noun phrase, two words long; "" if there is none."""
    nouns = claimed.number.noun[:2]
    if len(nouns) < 2 or claimed.number.unit or set(nouns) & (TIME | PEOPLE) or nouns == ():
        return ""
    if any(
        q.number.noun[:2] == nouns and same(claimed.number, q.number) for c in check.known.claims for q in c.quantities
    ):
        return ""
    for claims in check.near:
        for other in claims.quantities if claims is not source else ():
            if other.number.noun[:2] == nouns and not same(claimed.number, other.number):
                return f"“{claims.text[other.number.start : other.number.end]}”"
    return ""


def _other_people(check: Check, claimed: Quantity, other: Quantity) -> bool:
    """Whether both count people, and not the same: "employers" where the line has "workers"."""
    mine, theirs = ([n for n in q.number.noun[:2] if "p" in check.lexicon.parts.get(n, "")] for q in (claimed, other))
    related = check.lexicon.related
    plain = (PEOPLE & {*mine, *theirs}) - {"employe", "worker"}
    return (
        bool(mine and theirs) and not plain and not any(related(a, b) for a in (*mine, *claimed.about) for b in theirs)
    )


def _rival(check: Check, claimed: Quantity, source: Claims) -> str:
    """The figure that a line much more like this clause gives for the same noun; "" if there is none."""
    nouns = set(claimed.number.noun[:1]) - TIME - GLUE
    here = len((claimed.about - nouns) & source.content)
    sentence = check.sentence_at(claimed.number.start)
    best = check.source(sentence) if sentence else None
    for claims in check.near:
        least = here + (1 if best and best[0] is claims else 2)
        if claims is not source and len((claimed.about - nouns) & claims.content) >= least:
            for other in claims.quantities:
                if nouns & set(other.number.noun[:1]) and not same(claimed.number, other.number):
                    return f"“{claims.text[other.number.start : other.number.end]}”"
    return ""


def _counts_the_same(claimed: Quantity, other: Quantity) -> bool:
    """Whether both count the same noun, or stand among the same words."""
    nouns = set(claimed.number.noun) & set(other.number.noun)
    if sized_alike(claimed.number, other.number) and len(claimed.about & other.about) >= 1:
        return True
    if any(noun not in TIME and noun not in STOPWORDS and not noun[0].isdigit() for noun in nouns):
        return True
    if any(
        len(a) > 4 and b.startswith(a)
        for one, two in ((claimed, other), (other, claimed))
        for a in one.number.noun[:1]
        for b in two.number.noun[:1]
    ):
        return True  # "photos" of "photographs"
    return len((claimed.about & other.about) - TIME - _MOVES) >= 3


_PERIODS = {
    "day": "daily",
    "week": "weekly",
    "month": "monthly",
    "quarter": "quarterly",
    "year": "annual",
    "night": "nightly",
}


def is_year(number: Number) -> bool:
    return number.year


def _is_tenure(check: Check, quantity: Quantity) -> bool:
    number = quantity.number
    years = number.value if number.unit == "year" else number.value / 12
    if number.hedge == "over" and any(0.6 * tenure <= years <= tenure for tenure in check.known.tenures):
        return True
    return any(tenure - 1.01 <= years <= tenure + 0.3 for tenure in check.known.tenures)
