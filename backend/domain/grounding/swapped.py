"""Before and after: "from five minutes to one" may not become "one minute instead of five" turned round."""

import re
from collections.abc import Iterator
from itertools import pairwise

from backend.domain.claims import Claims
from backend.domain.grounding.check import Check
from backend.domain.text import STOPWORDS, stem, words

# What stands between two figures, the new one first, or the old one first.
_NEW_THEN_OLD = re.compile(
    r"\b(?:instead of|rather than|versus|vs|against|compared (?:to|with)|as opposed to|down from|up from|, not|not|where it had been)\b",
    re.IGNORECASE,
)
_OLD_THEN_NEW = re.compile(r"\b(?:to|into)\b|→|->", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:from|out of)\W+((?:[\w'’-]+\W+){1,6}?)(?:and )?(?:in)?to\W+((?:[\w'’-]+\W*){1,4})", re.IGNORECASE
)
_TO = re.compile(
    r"\b(?:in)?to\W+((?:[\w'’-]+\W+){1,5}?)(?:from|instead of|rather than|in place of)\W+((?:[\w'’-]+\W*){1,4})",
    re.IGNORECASE,
)


def before_and_after(check: Check) -> None:
    """What the evidence has as the old and the new may not change places."""
    mine = [*_figures(check.claim), *_things(check.claim)]
    if not mine:
        return
    theirs = {pair for claims in check.near for pair in (*_figures(claims), *_things(claims))}
    for old, new in mine:
        if (new, old) in theirs and (old, new) not in theirs:
            reason = f"Your line goes the other way: from {new} to {old}."
            check.refuse("number", 0, len(check.claim.text), "way-kept", reason)
            return


def _figures(claims: Claims) -> Iterator[tuple[str, str]]:
    """(old, new) of every two figures that stand beside each other as a change."""
    found = [q for q in claims.quantities if not q.number.year]
    for first, second in pairwise(found):
        between = claims.text[first.number.end : second.number.start]
        one, two = f"{first.number.value:g}", f"{second.number.value:g}"
        if len(between) > 60 or one == two:
            continue
        if _NEW_THEN_OLD.search(between) or (second.role == "from" and first.role in ("to", "")):
            yield two, one
        elif first.role == "from" and _OLD_THEN_NEW.search(between):
            yield one, two


def _things(claims: Claims) -> Iterator[tuple[str, str]]:
    """(old, new) of "moved from paper to a shared document": the first word of each that says something."""
    for match in _FROM.finditer(claims.text):
        old, new = _first(match[1]), _first(match[2])
        if old and new and old != new:
            yield old, new
    for match in _TO.finditer(claims.text):
        new, old = _first(match[1]), _first(match[2])
        if old and new and old != new:
            yield old, new


def _first(text: str) -> str:
    said = (word.text for word in words(text))
    return next((stem(word) for word in said if word.lower() not in STOPWORDS and not word[0].isdigit()), "")
