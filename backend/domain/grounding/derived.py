"""Figures that follow from the evidence's own: "cut by 40%" from "from 10 to 6"."""

import re
from collections.abc import Iterator

from backend.domain.claims import Claims, Quantity
from backend.domain.grounding.check import Check
from backend.domain.grounding.units import SIZES, parts_of
from backend.domain.numbers import Number, Unit, converted, same

_AND_ONE = re.compile(r"\s+[\w-]+(?:\s+[\w-]+)?\s+and\s+(?:an?|one)\s+\w+")


_TAKEN = re.compile(
    r"\b(?:points?|took|taken|out of|off|removed|cleared|closed|resolved|added|shed|lighter|above|below|over (?:the|its|their|our|an?|target|goal|budget|quota)|sooner|shorter|longer|quicker|slower|earlier|later|more|less|fewer)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r" of (?:(?:its|their|the|what|our)\b(?: \w+)? (?:earlier|former|previous|original|old|starting|initial|before|was|were|used)\b|the time (?:they|it) )",
    re.IGNORECASE,
)
_EACH = re.compile(r"\b(?:classes|groups|teams|batches|sets|rounds) of\b|\beach\b")
_OFTEN = re.compile(r"\b(?:times|days|nights|shifts|weeks|months|sessions|classes)\b.{0,12}\b(?:a|per|each|every)\b")
_COMPARED = re.compile(
    r"\b(?:of|from|to|versus|vs|against|than|average|before|after|down|up)\b|→|->|[–—/]", re.IGNORECASE
)


_AGAINST = re.compile(
    r"\b(?:against|versus|vs|than|compared|target|goal|quota|budget|plan|benchmark|baseline|average)\b", re.IGNORECASE
)


def rounds_to(claimed: Number, made: Number) -> bool:
    """Shares and multiples are rounded when they are said."""
    pairs = ((claimed.value, claimed.unit), *(() if parts_of(claimed) else claimed.alike))
    claimed = claimed._replace(alike=pairs[1:])
    if claimed.unit == "" and "point" in claimed.noun[:1]:
        claimed = claimed._replace(unit="%")
    close = 0.6 if made.unit == "%" else 0.05 * made.value if made.unit == "x" else 1e-6
    return same(claimed, made) or any(unit == made.unit and abs(value - made.value) <= close for value, unit in pairs)


def derived(claims: Claims, check: Check, claimed: Quantity) -> Iterator[Number]:
    """What the figures of one line make: a share, a multiple, a change, a sum, a span of years. A difference only where the text
    speaks of a change, a sum only where it names the parts."""
    around = check.claim.text[max(0, claimed.number.start - 25) : claimed.number.end + 25]
    moves = claimed.role == "by" or claimed.direction != 0 or bool(_TAKEN.search(around))
    found = [q.number for q in claims.quantities if q.number.unit != "ordinal" and not q.number.year]
    yield from _of_many(claims, found, claimed)
    for place, first in enumerate(found):
        yield from _of_one(check, claims, first, claimed, moves=moves)
        for second in found[place + 1 : place + 3]:
            for value, unit in _of_two(check, claims, first, _scaled(second, first), claimed, moves=moves):
                yield Number(value, unit, 0, 0)


def _scaled(second: Number, first: Number) -> Number:
    """The second size in the unit of the first, so that "900 KB" is half of "1.8 MB"."""
    sizes = [SIZES.get(number.noun[0]) if number.noun and number.unit == "" else None for number in (first, second)]
    if not sizes[0] or not sizes[1] or sizes[0][0] != sizes[1][0]:
        return second
    return second._replace(value=second.value * sizes[1][1] / sizes[0][1])


def _of_many(claims: Claims, found: list[Number], claimed: Quantity) -> Iterator[Number]:
    years = [q.number.value for q in claims.quantities if q.number.year]
    if len(years) > 1 and claimed.number.unit == "year":
        yield Number(max(years) - min(years), "year", 0, 0)
        yield Number(max(years) - min(years) + 1, "year", 0, 0)
    counts = [n.value for n in found if n.unit == ""]
    if len(counts) > 2 and claimed.number.unit == "" and not claimed.number.hedge:
        yield Number(sum(counts), "", 0, 0)


def _of_one(check: Check, claims: Claims, first: Number, claimed: Quantity, *, moves: bool) -> Iterator[Number]:
    if parts_of(first):
        yield first
    if first.unit == "x" and claimed.number.spelled:
        yield first._replace(value=100 / first.value, unit="%")  # "a quarter of" from "four times"
    if first.unit == "%" and first.value < 100 and _LEFT.match(check.claim.text, claimed.number.end):
        yield first._replace(value=100 - first.value, alike=())  # "65% of what it was" from "cut by 35%"
    if first.unit == "%" and first.value > 100 and moves:
        yield first._replace(value=first.value - 100)
    if first.unit == "" and _AND_ONE.match(claims.text, first.end):
        yield first._replace(value=first.value + 1)


def _of_two(
    check: Check, claims: Claims, first: Number, second: Number, claimed: Quantity, *, moves: bool
) -> Iterator[tuple[float, Unit]]:
    values = {q.number.value for q in check.claim.quantities}
    between = claims.text[first.end : second.start]
    compared = len(between) < 60 and _COMPARED.search(between) is not None
    shared = claimed.number.spelled and claimed.number.unit == "%"
    for a, unit in ((first.value, first.unit), *first.alike):
        for own, unit_b in ((second.value, second.unit), *second.alike):
            b = converted(own, unit_b, unit)
            if not b or not a:
                continue
            change = abs(a - b)
            if a != b and (shared or compared):
                yield change / a * 100, "%"
                yield max(a, b) / min(a, b), "x"
                if _AGAINST.search(between):
                    yield change / b * 100, "%"  # the second is what the first is measured by
                if claimed.role != "by" and claimed.number.unit != "x":
                    yield b / a * 100, "%"
                    yield min(a, b) / max(a, b) * 100, "%"
            if unit == "" and _EACH.search(claims.text, first.start, second.end + 20):
                yield a * b, ""  # "six workshops with 20 people each"
            if moves:
                yield change, unit
            if (claimed.period or b in values) and unit == "" and _OFTEN.search(claims.text):
                yield a * b, ""  # "180 a night, six nights a week"
            if {first.value, second.value} <= values or (unit == "" and len(between) < 40 and " and " in between):
                yield a + b, unit
