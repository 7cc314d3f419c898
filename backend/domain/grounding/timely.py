"""On time and within budget: early is more than on time, under more than within."""

import re

from backend.domain.grounding.check import Check
from backend.domain.text import stem

_BETTER = (
    re.compile(
        r"\b(?:ahead of (?:the )?(?:[\w’'-]+ ){0,3}?(?:schedule|time|deadline|plan|target|programme)|(?:day|week|month|hour)s? early|before (?:the )?(?:deadline|due date)|"
        r"(?:beat(?:ing)?|inside) (?:the )?(?:\w+ )?(?:schedule|deadline))\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:under|below|less than|inside) (?:the )?(?:\w+ )?budget\b", re.IGNORECASE),
)
_EARLY = re.compile(r"\b(?:ahead of|early|sooner|under (?:the )?budget)\b", re.IGNORECASE)
_DUE = re.compile(
    r"\b(?:ahead of|early|beat|under|below)\b[^.;]{0,20}\b(?:schedule|time|deadline|plan|programme|budget)\b|\b(?:day|week|month|hour)s? early\b",
    re.IGNORECASE,
)


_CHANGES = re.compile(
    r"\b(?:(?P<up>rais|increas|expand|extend|lengthen|widen|add)|(?P<down>lower|reduc|cut|decreas|shorten|narrow|shrank|shrink|remov))(?:e[ds]?|ed|es|s|ing)?"
    r" (?:(?:the|its|their|our|my|his|her|a|an|all) )?(?P<what>[a-z][\w-]+)",
    re.IGNORECASE,
)


def directions(check: Check) -> None:
    """What the lines say went up may not go down: "raised its prices" of "lowered its prices"."""
    mine = [(m, bool(m["up"]), stem(m["what"])) for m in _CHANGES.finditer(check.claim.text)]
    if not mine:
        return
    theirs = {(stem(m["what"]), bool(m["up"])) for c in check.near for m in _CHANGES.finditer(c.text)}
    for match, up, what in mine:
        if (what, not up) in theirs and (what, up) not in theirs:
            reason = f"Your line says the opposite of “{match.group()}”."
            check.refuse("outcome", match.start(), match.end(), "way-kept", reason)


_QUARTER = re.compile(
    r"\bQ([1-4])\b|\b(first|second|third|fourth|last) quarter of (?=(?:the year|\d{4}))", re.IGNORECASE
)
_NTH = {"first": "1", "second": "2", "third": "3", "fourth": "4", "last": "4"}


def quarters(check: Check) -> None:
    """Which quarter of a year it was, where the lines name one."""
    mine = list(_QUARTER.finditer(check.claim.text))
    theirs = {_nth(m) for c in check.near for m in _QUARTER.finditer(c.text)} if mine else ()
    for match in mine:
        if theirs and _nth(match) not in theirs:
            check.refuse("date", match.start(), match.end(), "quarter-kept", "Your lines name another quarter.")


def _nth(match: re.Match[str]) -> str:
    return match[1] or _NTH[match[2].lower()]


def timeliness(check: Check) -> None:
    for better in _BETTER:
        match = better.search(check.claim.text)
        if (
            match
            and _DUE.search(check.claim.text)
            and not any(better.search(c.text) or _EARLY.search(c.text) for c in check.near)
        ):
            check.refuse(
                "outcome", match.start(), match.end(), "time-kept", f"Your lines do not say “{match.group()}”."
            )
