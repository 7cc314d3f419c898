"""Initials: of the words of a text, and of what a text spells out beside them."""

import re
from collections.abc import Iterator

from backend.domain.text import Word


def expansions(text: str, found: tuple[Word, ...]) -> Iterator[tuple[int, int, str]]:
    for match in _IN_BRACKETS.finditer(text):
        letters = match[1].lower().removesuffix("s")
        before = [word for word in found if word.end <= match.start()]
        for size in range(len(letters), len(letters) + 4):
            run = before[-size:]
            small = "".join(
                w.text[0].lower() for w in run if w.text.lower() not in ("of", "and", "the", "for", "in", "to", "a")
            )
            if run and (small == letters or "".join(w.text[0].lower() for w in run) == letters):
                yield run[0].start, match.end(), letters
                break


_IN_BRACKETS = re.compile(r"\(([A-Z][A-Za-z]{1,6})\b")


SMALL = frozenset("of and the for in to a with".split())
"""Words that acronyms leave out."""


def initials(found: tuple[Word, ...]) -> frozenset[str]:
    letters = "".join(word.text[0].lower() for word in found)
    plain = "".join(word.text[0].lower() for word in found if word.text.lower() not in SMALL)
    return frozenset(
        run[n : n + size] for run in (letters, plain) for size in range(2, 6) for n in range(len(run) - size + 1)
    )
