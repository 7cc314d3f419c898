"""Which lines matter most to a job, how well a resume orders them, and how two rankings become one."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from backend.domain.job import JobAnalysis, Requirement
from backend.domain.lexicon import Lexicon
from backend.domain.resume import Resume

RRF_K = 5
"""Small, because a person's library is: rank 1 must weigh clearly more than rank 20 (docs: benchmarks)."""


def fuse(rankings: Iterable[Sequence[str]], k: int = RRF_K) -> dict[str, float]:
    """Reciprocal rank fusion: id -> Σ 1/(k + rank), ranks from 1, scaled so that first in every ranking is 1."""
    scores: dict[str, float] = {}
    count = 0
    for ranking in rankings:
        count += 1
        for rank, name in enumerate(ranking, 1):
            scores[name] = scores.get(name, 0.0) + 1 / (k + rank)
    return {name: score * (k + 1) / count for name, score in scores.items()}


class Relevance:
    """How much a line says that a job asks: Σ over requirements of weight · match."""

    def __init__(self, analysis: JobAnalysis, lexicon: Lexicon, focus: Sequence[str] = ()) -> None:
        self._requirements = analysis.requirements
        self._lexicon = lexicon
        self._focus = tuple(focus)
        self._known: dict[str, float] = {}

    def of(self, text: str) -> float:
        value = self._known.get(text)
        if value is None:
            value = sum(r.weight * match(r, text, self._lexicon) for r in self._requirements)
            value += sum(2.0 for area in self._focus if self._lexicon.names(text, area))
            self._known[text] = value = round(value, 6)
        return value


_NOISE = 0.15
"""A share of a requirement's words below this is chance: "part" in "took part" answers nothing."""


def match(requirement: Requirement, text: str, lexicon: Lexicon) -> float:
    """How well one line answers one requirement, 0 to 1: by the skills it names or by the words it shares."""
    named = 0.0
    if requirement.skills:
        hits = [lexicon.names(text, skill) for skill in requirement.skills]
        named = float(any(hits)) if requirement.any_of else sum(hits) / len(hits)
    if requirement.kind in ("skill", "language"):
        return named
    share = lexicon.overlap(requirement.text, text)
    return max(named, share if share >= _NOISE else 0.0)


def ndcg(gains: Sequence[float]) -> float:
    """Normalised discounted cumulative gain of things in this order; 1.0 when there is nothing to gain."""
    best = _dcg(sorted(gains, reverse=True))
    return _dcg(gains) / best if best else 1.0


def order_quality(resume: Resume, relevance: Callable[[str], float]) -> float:
    """nDCG of the highlights within each entry, averaged with weight by what the entry has to gain; 0 to 1."""
    total = earned = 0.0
    for _, entry in resume.entries():
        gains = [relevance(highlight) for highlight in entry.highlights]
        if len(gains) > 1 and (best := max(gains)):
            total += best
            earned += best * ndcg(gains)
    return round(earned / total, 4) if total else 1.0


def best_order(texts: Sequence[str], relevance: Callable[[str], float], tie: Mapping[int, float]) -> tuple[int, ...]:
    """Places by falling relevance, then by `tie`, then as they were: what nothing tells apart stays put."""
    return tuple(sorted(range(len(texts)), key=lambda n: (-relevance(texts[n]), -tie.get(n, 0.0), n)))


def _dcg(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
