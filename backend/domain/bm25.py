"""The lexical half of retrieval: BM25's term weights as sparse vectors of unit length, so a score is a cosine, 0 to 1.

Inverse document frequencies come from a fixed table and not from what a user happens to have stored. So a score is the
same on every machine and on every day, never depends on another user's content, and needs no statistics at query time.
Unit length in place of BM25's average-length term does better on short texts against long ones (docs: benchmarks).
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from zlib import crc32

from backend.domain.text import stems

K1 = 1.2  # how soon a repeated word stops adding

SparseVector = dict[int, float]
"""Term number (a 32-bit hash of the stem) -> weight."""


@dataclass(frozen=True)
class Bm25:
    """`idf` maps a stem to its inverse document frequency; a stem that is not in it is rarer than all that are."""

    idf: Mapping[str, float]
    rarest: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rarest", max(self.idf.values(), default=1.0))

    def weight(self, stem: str) -> float:
        return self.idf.get(stem, self.rarest)

    def vector(self, text: str) -> SparseVector:
        counts = Counter(stems(text))
        weights = {term_number(t): self.weight(t) * n * (K1 + 1) / (n + K1) for t, n in counts.items()}
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        return {term: weight / length for term, weight in weights.items()}


def term_number(stem: str) -> int:
    return crc32(stem.encode())


def dot(query: SparseVector, document: SparseVector) -> float:
    return sum(weight * document[term] for term, weight in query.items() if term in document)
