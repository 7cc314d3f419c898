"""How near a text is to somebody's way of writing: by its style, never by what it says.

    voice_match = 0.3 · length + 0.2 · openings + 0.3 · small words + 0.2 · punctuation

Each part is 0 to 1, and 1 for a text that is one of the examples.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from backend.domain.edits import Edit
from backend.domain.text import sentences, words

WEIGHTS = {"length": 0.3, "openings": 0.2, "small_words": 0.3, "punctuation": 0.2}
_SMALL = frozenset(
    """
    a an the and or but so because while when which that who as if than then this these those it its i me my we us our you
    your they their he she his her of in on at by for from to with without into onto over under after before between through
    during per via is are was were be been being have has had do did can could would will should may might not no all any
    each every both more most some such only just also very
    """.split()
)
_MARKS = re.compile(r"[,;:()!?%&/\"“”]|[–—]|\s-\s|\.$")
_PERSONS = frozenset("i my me we our us".split())
_OPENERS = frozenset("the a an this that these those".split())


class Style(NamedTuple):
    """The mean words of a sentence; the kinds of first words, the small words and the marks, each with how often a sentence
    has them."""

    length: float
    openings: Mapping[str, float]
    small_words: Mapping[str, float]
    punctuation: Mapping[str, float]


def voice_match(texts: Iterable[str], examples: Iterable[str]) -> float | None:
    """0 to 1; None if there is nothing to compare, or nothing to compare with.

    - length: the shorter of the mean sentence lengths over the longer.
    - openings: the share of sentences that begin alike: with a deed in the past, an -ing form, an article, "I" or "we", a
      figure, or another word.
    - small words: the cosine of how often a sentence has each of some hundred function words; 1 if neither has any.
    - punctuation: the marks that both have a sentence, over those that either has; 1 if neither has any.
    """
    mine, theirs = style(texts), style(examples)
    if mine is None or theirs is None:
        return None
    parts = {
        "length": min(mine.length, theirs.length) / max(mine.length, theirs.length),
        "openings": _shared(mine.openings, theirs.openings),
        "small_words": _cosine(mine.small_words, theirs.small_words),
        "punctuation": _shared(mine.punctuation, theirs.punctuation),
    }
    return round(min(1.0, sum(WEIGHTS[name] * value for name, value in parts.items())), 4)


def prose(edits: Iterable[Edit]) -> list[str]:
    """The lines that edits write, but for names of skills."""
    return [edit.text for edit in edits if edit.text and not edit.path.startswith("/skills")]


def style(texts: Iterable[str]) -> Style | None:
    """None if the texts have no words."""
    found = [sentence for text in texts for sentence in sentences(text) if words(sentence)]
    if not found:
        return None
    opened, small, marks, total = Counter[str](), Counter[str](), Counter[str](), 0
    for sentence in found:
        lower = [word.text.lower() for word in words(sentence)]
        total += len(lower)
        opened[_opening(lower[0])] += 1
        small.update(word for word in lower if word in _SMALL)
        marks.update(mark.strip() for mark in _MARKS.findall(sentence))
    count = len(found)
    return Style(total / count, _each(opened, count), _each(small, count), _each(marks, count))


def _each(counts: Counter[str], count: int) -> dict[str, float]:
    return {name: number / count for name, number in counts.items()}


def _opening(word: str) -> str:
    if word[0].isdigit():
        return "figure"
    if word in _PERSONS:
        return "person"
    if word in _OPENERS:
        return "article"
    if word.endswith("ing"):
        return "going on"
    return "deed" if word.endswith("ed") or word in _DEEDS else "other"


_DEEDS = frozenset(
    """
    built led ran wrote made took kept cut won grew brought taught held set put gave got began found did drew drove sold
    bought sent spoke oversaw rebuilt rewrote spent dealt shrank read saw became met left lent paid went
    """.split()
)


def _shared(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """What both have over what either has; 1 if neither has anything."""
    names = sorted(first.keys() | second.keys())
    either = sum(max(first.get(n, 0.0), second.get(n, 0.0)) for n in names)
    return sum(min(first.get(n, 0.0), second.get(n, 0.0)) for n in names) / either if either else 1.0


def _cosine(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    lengths = [math.sqrt(sum(value * value for value in counts.values())) for counts in (first, second)]
    if not all(lengths):
        return float(not any(lengths))
    return sum(value * second.get(name, 0.0) for name, value in sorted(first.items())) / (lengths[0] * lengths[1])
