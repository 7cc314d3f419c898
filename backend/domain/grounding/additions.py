"""What is added: content that stands for nothing in the person's own lines.

A text is laid beside the lines it is a version of, word by word. A new word in the place of one left out is a rewording; new
words that nothing is left out for, in a clause of their own above all, are an addition. A few counts of that kind are weighed
together; the weights were fitted on labelled edits (see the data's README) and are the same for every text.
"""

import math
import re
from typing import NamedTuple

from backend.domain.grounding.alignment import aligned
from backend.domain.grounding.check import Aligned, Alignment, Check
from backend.domain.lexicon import Lexicon

REFUSED = 0.6
DOUBTED = 0.25
_OWN = ("same", "form", "known", "near")
_MASS = {"new": 1.0, "like": 0.4, "again": 0.4, "beside": 0.4}
_ALONE = 0.5  # mass of a clause, one that is all new
_MOST_OF_IT = 0.8
_RAREST = 7.5  # weight of a word above which it counts no more
_COMMON = 7.0  # weight below which a common word says little


class Clause(NamedTuple):
    """A stretch of a text between two joints. `mass` is how much of it has no counterpart, `own` how many words have one."""

    start: int
    end: int
    mass: float
    own: int
    new: int

    @property
    def added(self) -> float:
        return self.mass * self.mass / (self.mass + self.own) if self.mass else 0.0


def added_content(check: Check) -> None:
    if any(finding.status == "unsupported" for finding in check.findings):
        return  # refused as it is
    alignment = aligned(check)
    found = clauses(check, alignment)
    if not any(word.how not in _OWN for word in alignment.words):
        return
    chance = likelihood(check.lexicon, features(check, alignment, found))
    worst = max(found, key=lambda clause: clause.added)
    strange = sum(word.how == "new" and word.stem not in check.lexicon.parts for word in alignment.words)
    if (
        chance >= DOUBTED or _stands_for_nothing(check.lexicon, alignment) or strange > 0.5 * len(alignment.words)
    ):  # words of which we know nothing cannot be compared
        note = check.refuse if chance >= REFUSED else check.doubt
        reason = f"Your lines here do not say this: “{check.said(worst.start, worst.end)}”."
        note("content", worst.start, worst.end, "content-shown", reason)


def _stands_for_nothing(lexicon: Lexicon, alignment: Alignment) -> bool:
    """Whether there is a new thing, not one that everybody speaks of, and no thing is left out for it."""
    things = (
        word
        for word in alignment.words
        if word.how == "new" and not word.word.text.lower().endswith(("ed", "ing", "ly"))
    )
    new = any(lexicon.parts.get(word.stem, "n") in ("n", "np") and not is_light(lexicon, word.stem) for word in things)
    return (
        new
        and alignment.covered >= _MOST_OF_IT
        and not any(lexicon.parts.get(s, "n")[:1] == "n" for s in alignment.left)
    )


def likelihood(lexicon: Lexicon, counts: dict[str, float]) -> float:
    """How likely it is, 0 to 1, that a text with these counts adds something."""
    weights = lexicon.added
    total = weights.get("", 0.0) + sum(weights.get(name, 0.0) * value for name, value in counts.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def clauses(check: Check, alignment: Alignment) -> list[Clause]:
    text = check.claim.text
    starts = [0, *(match.start() for match in _JOINT.finditer(text)), len(text)]
    found: list[Clause] = []
    place = 0
    for end in starts[1:]:
        inside: list[Aligned] = []
        while place < len(alignment.words) and alignment.words[place].word.start < end:
            inside.append(alignment.words[place])
            place += 1
        if inside:
            mass = sum(_weight(check.lexicon, word.stem) * _MASS.get(word.how, 0.0) for word in inside)
            own = sum(word.how in _OWN for word in inside)
            new = sum(word.how == "new" for word in inside)
            found.append(Clause(inside[0].word.start, inside[-1].word.end, mass, own, new))
    return found


_JOINT = re.compile(
    r"(?<=\w)[,;:()—–.!?](?=\s|$)|\s[-–—]\s|\s\(|\b(?:and|or|but|plus|while|which|that|who|whose|so|because|thereby|thus)\b",
    re.IGNORECASE,
)


def features(check: Check, alignment: Alignment, found: list[Clause]) -> dict[str, float]:
    """The counts that are weighed. Shares are 0 to 1; masses are in words, a rare one counting one."""
    lexicon, words = check.lexicon, alignment.words
    new = [word for word in words if word.how == "new"]
    light = sum(is_light(lexicon, word.stem) for word in new)
    mass = sum(_weight(lexicon, word.stem) for word in new)
    left = sum(_weight(lexicon, stem) for stem in alignment.left)
    worst = max((clause.added for clause in found), default=0.0)
    alone = sum(clause.mass >= _ALONE and clause.own == 0 for clause in found[1:])
    count = max(1, len(words))
    negative = {w.text.lower() for w in check.claim.words} & _NEGATIVE
    covered = alignment.covered
    things = [word for word in new if lexicon.parts.get(word.stem, "n")[:1] == "n" and not is_light(lexicon, word.stem)]
    listed = sum(
        _LISTED.search(check.claim.text, max(0, word.word.start - 30), word.word.start) is not None for word in things
    )
    return {
        "words": min(40.0, float(len(words))),
        "lines": float(min(3, len(check.near))),
        "line_words": min(40.0, len(alignment.left) / (1 - covered) if covered < 1 else float(count)),
        "near": sum(word.how == "near" for word in words) / count,
        "like": float(sum(word.how == "like" for word in words)),
        "again": float(sum(word.how == "again" for word in words)),
        "beside": sum(word.how == "beside" for word in words) / count,
        "new": float(len(new) - light),
        "new_light": float(light),
        "mass": mass,
        "excess": max(0.0, min(4.0, mass - left)),
        "mass_told": mass * covered,
        "light_told": light * covered,
        "worst": worst,
        "worst_told": worst * covered,
        "alone": float(alone),
        "alone_told": alone * covered,
        "last_new": float(bool(words) and words[-1].how == "new"),
        "listed": float(listed),
        "person": float(any("p" in lexicon.parts.get(word.stem, "") for word in new)),
        "negative": float(bool(negative) and not any(claims.denied for claims in check.near)),
    }


_LISTED = re.compile(r"(?:,|\b(?:and|or|plus|including|as well as|with|for|in|to))\s+(?:[\w-]+\s+)?$")
_NEGATIVE = frozenset("no not never without nobody none nothing zero neither nor".split())


def is_light(lexicon: Lexicon, stem: str) -> bool:
    return stem in lexicon.common and lexicon.bm25.weight(stem) < _COMMON


def _weight(lexicon: Lexicon, stem: str) -> float:
    weight = min(lexicon.bm25.weight(stem), _RAREST) / _RAREST
    return 0.35 * weight if is_light(lexicon, stem) else weight
