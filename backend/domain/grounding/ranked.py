"""Comparisons with others: "the highest of any branch", "first among widgets", "the most read". A line must compare so."""

import re

from backend.domain.claims import Claims
from backend.domain.grounding.check import GLUE, Check, said_words
from backend.domain.text import stem

_SUPERLATIVE = re.compile(
    r"(?:\b(?:the|its|our|their|second|third)\b|['’]s) (?:most|least)[ -](?!of\b|recent|likely|common|part\b)(?:\w+)|\b(?!(?:inter|re|r|t|w|for|gu|hon|inv|harv|cont|prot|manif|dig|sugg|arr|n|ch|qu|lat|"
    r"requ|att|cr|v|p|b|earli|near|new|old|eld|young|pri|conqu|dec|d)est\b)\w{2,}est\b|\b(?:best|a record(?! of\b| for each)|record (?:year|number|sales|high|low|month|quarter|season)|unmatched|unrivall?ed|second to none|"
    r"ahead of (?:all|any|every)|more than any|of any|no other|number one|top[- ](?:\d+|three|five|ten|rated|ranked|performing|selling)|record-(?:setting|breaking|high|low)|"
    r"(?:comes?|came|ranks?|ranked|placed|finish(?:ed|es)) (?:first|second|third|top)|first (?:in|among|of|place|out of))\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\b(?:top|first|highest|largest|biggest|leading|ranked|ranks?|only|best|worst|quota|target|against|average|record|finish(?:ed|es)|placed|#1|no\. ?1)\b|\w{3,}est\b|\bmost \w+(?:ed|ing|ful)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\b(?:from|between)\b.{1,40}\b(?:to|and)\b|\d\s?[-–]\s?\d|\d to \d")
_AMONG = re.compile(r"\b(?:in|of|among|across|at|for)\b([^,.;:]{2,40})")


def ranking(check: Check) -> None:
    """A comparison needs a line that compares, with the same others, or that gives the range of which it is an end."""
    match = _SUPERLATIVE.search(check.claim.text)
    if match is None or any(f.start <= match.start() < f.end for f in check.findings if f.status == "unsupported"):
        return
    if is_end_of_range(check, match.start()) or any(_compares(check, c, match) for c in check.near):
        return
    check.refuse(
        "scope", match.start(), match.end(), "ranking-shown", f"No line of yours compares it so: “{match.group()}”."
    )


def _compares(check: Check, claims: Claims, match: re.Match[str]) -> bool:
    """Whether a line has the very comparison, or one of its own with the same others."""
    said = match.group().lower()
    if said.endswith("est") and stem(said.split()[-1]) in claims.content - GLUE:
        return True
    if not _COMPARES.search(claims.text):
        return False
    among = _AMONG.match(check.claim.text, match.end() + 1) or _AMONG.search(
        check.claim.text, match.end(), match.end() + 40
    )
    others = [w for w, s in said_words(check.claim) if among and among.start(1) <= w.start < among.end(1)]
    return all(check.known.tells(stem(word.text), claims) for word in others[:2])


def is_end_of_range(check: Check, place: int) -> bool:
    """Whether a figure beside the word is an end of a range that a line gives: "the largest with 140" of "from 12 to 140"."""
    beside = [q.number for q in check.claim.quantities if abs(q.number.start - place) < 60 and q.number.unit == ""]
    for claims in check.near:
        for span in _RANGE.finditer(claims.text):
            ends = {q.number.value for q in claims.quantities if span.start() <= q.number.start <= span.end() + 1}
            if any(number.value in ends or number.hedge for number in beside):
                return True
    return False
