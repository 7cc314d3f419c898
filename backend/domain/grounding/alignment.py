"""Word by word, what a text has from the evidence: each word that says something, beside the one that it stands for.

One word of the evidence answers for one word of the text. What is left over on both sides tells a rewording, where a new word
stands for one left out, from an addition, where nothing is left out for it.
"""

from backend.domain import claim_words as words_of
from backend.domain.grounding.check import Aligned, Alignment, Check, How, said_words
from backend.domain.text import Word

_MOVES = words_of.RISE | words_of.FALL
_FORM = 6  # letters that two forms of one word share


class _Lines:
    """The words of the lines that a text is a version of, and which of them have been used."""

    def __init__(self, check: Check) -> None:
        self.stems: list[str] = []
        self.line: list[int] = []
        near = check.lexicon.near_set
        for number, claims in enumerate(check.near):
            said = check.known.said(claims)
            self.stems += said
            self.line += [number] * len(said)
        self.free: dict[str, list[int]] = {}
        self.forms: dict[str, list[int]] = {}
        for place in range(len(self.stems) - 1, -1, -1):
            stem = self.stems[place]
            self.free.setdefault(stem, []).append(place)
            if len(stem) >= _FORM:
                self.forms.setdefault(stem[:_FORM], []).append(place)
        self.near = {stem: near(stem) for stem in self.free}
        self.used: set[int] = set()

    def take(self, stem: str) -> bool:
        return self._first(self.free.get(stem))

    def take_form(self, stem: str) -> bool:
        return len(stem) >= _FORM and self._first(self.forms.get(stem[:_FORM]))

    def take_near(self, stem: str, says: frozenset[str]) -> bool:
        """A word that says as much as this one, or that this one says as much as."""
        return any((other in says or stem in self.near[other]) and self.take(other) for other in self.free)

    def _first(self, places: list[int] | None) -> bool:
        while places:
            place = places.pop()
            if place not in self.used:
                self.used.add(place)
                return True
        return False


def aligned(check: Check) -> Alignment:
    """Worked out once for a check."""
    if check.alignment is None:
        check.alignment = _align(check)
    return check.alignment


def _align(check: Check) -> Alignment:
    lines = _Lines(check)
    said = list(said_words(check.claim))
    how: list[How] = ["same" if lines.take(stem) else "new" for _, stem in said]

    def rest() -> list[int]:
        return [place for place, found in enumerate(how) if found == "new"]

    for place in rest():
        if lines.take_form(said[place][1]):
            how[place] = "form"
    for place in rest():
        how[place] = _by_meaning(check, lines, *said[place])
    for place in rest():
        if any(
            lines.take(other) for other in check.lexicon.like.get(said[place][1], "").split() if other in lines.free
        ):
            how[place] = "like"
    for place in rest():
        stem = said[place][1]
        how[place] = "again" if stem in lines.free else "beside" if stem in check.known.stems else "new"
    words = tuple(Aligned(word, stem, found) for (word, stem), found in zip(said, how, strict=True))
    return Alignment(words, *_left_over(lines))


def _by_meaning(check: Check, lines: _Lines, word: Word, stem: str) -> How:
    known = check.known
    if stem not in known.stems and (
        stem in known.skill_stems
        or check.expanded(word.start)
        or check.counted(word.start)
        or check.fills(word.start)
        or (stem in _MOVES and any(0 < f.start - word.start < 25 for f in check.figures()))
        or check.is_known(word.text.lower())
    ):
        return "known"
    return "near" if lines.take_near(stem, check.lexicon.near_set(stem)) else "new"


def _left_over(lines: _Lines) -> tuple[frozenset[str], float]:
    """What the line most of which is told leaves untold, and how much of it is told."""
    counts: dict[int, int] = {}
    for place in lines.used:
        counts[lines.line[place]] = counts.get(lines.line[place], 0) + 1
    main = max(counts, key=lambda line: counts[line], default=-1)
    own = [place for place, line in enumerate(lines.line) if line == main]
    left = frozenset(lines.stems[place] for place in own if place not in lines.used)
    return left, counts.get(main, 0) / len(own) if own else 0.0
