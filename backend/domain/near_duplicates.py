"""Texts that say nearly the same in nearly the same words.

A text is the set of its stems and of its pairs of neighbouring stems; the likeness of two is the share of what either has
that both have (Jaccard). All pairs above a floor are found exactly: two sets that are alike must share one of their
rarest members, so only those are compared.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from backend.domain.text import stems

NEAR = 0.6
"""From here on two texts are near-duplicates: of seven words one differs, of fourteen two."""
_COMPARISONS = 2_000_000  # a few seconds; a library that people write by hand needs a hundredth


class Likeness(NamedTuple):
    """Two texts by their ids, the lesser first, and how alike they are, 0 to 1."""

    first: str
    second: str
    value: float


def features(text: str) -> frozenset[str]:
    found = stems(text)
    return frozenset(found).union(f"{a} {b}" for a, b in pairwise(found))


def likeness(first: str, second: str) -> float:
    return _jaccard(features(first), features(second))


def near_pairs(texts: Mapping[str, str], floor: float = NEAR, most: int = 1_000) -> list[Likeness]:
    """Pairs of the texts, by id, that are at least `floor` (above 0) alike, the most alike first; at most `most` of them."""
    sets = {id_: found for id_, text in texts.items() if (found := features(text))}
    count = Counter(member for found in sets.values() for member in found)
    ordered = {id_: sorted(found, key=lambda m: (count[m], m)) for id_, found in sets.items()}
    holders: defaultdict[str, list[str]] = defaultdict(list)
    pairs: list[Likeness] = []
    compared = 0
    for id_ in sorted(sets, key=lambda i: (len(sets[i]), i)):
        mine = sets[id_]
        rarest = ordered[id_][: len(mine) - ceil(floor * len(mine)) + 1]
        shorter = floor * len(mine)
        candidates = dict.fromkeys(o for member in rarest for o in holders[member] if len(sets[o]) >= shorter)
        for other in candidates:
            value = _jaccard(mine, sets[other])
            if value >= floor:
                pairs.append(Likeness(min(id_, other), max(id_, other), round(value, 4)))
        compared += len(candidates)
        if len(pairs) >= most or compared >= _COMPARISONS:
            break
        for member in rarest:
            holders[member].append(id_)
    return sorted(pairs, key=lambda pair: (-pair.value, pair))[:most]


def _jaccard(first: frozenset[str], second: frozenset[str]) -> float:
    both = len(first & second)
    return both / (len(first) + len(second) - both) if both else 0.0
