"""The evaluation of one attempt.

    overall = 0.4 · keyword_coverage + 0.3 · relevance_ranking + 0.3 · ats_compatibility

Computed here, in code, from parts that are each 0 to 1.
"""

from backend.domain.audit.issue import Issue
from backend.domain.model import Model
from backend.domain.scoring import ScorePart

WEIGHTS = {"keyword_coverage": 0.4, "relevance_ranking": 0.3, "ats_compatibility": 0.3}


class Evaluation(Model):
    keyword_coverage: float
    relevance_ranking: float
    ats_compatibility: float
    overall: float
    issues: tuple[Issue, ...] = ()
    voice_match: float | None = None
    """How near what was written is to the person's own way of writing (`domain.voice_match`), 0 to 1; None without examples
    or without a written line. No part of `overall`: it says nothing about the job."""


class ScoreChange(Model):
    """The match score (0 to 100) before and after, and what made the difference, requirement by requirement."""

    before: float
    after: float
    parts: tuple[ScorePart, ...] = ()


def evaluation(coverage: float, relevance: float, ats: float, issues: tuple[Issue, ...] = ()) -> Evaluation:
    parts = {"keyword_coverage": coverage, "relevance_ranking": relevance, "ats_compatibility": ats}
    overall = round(sum(WEIGHTS[name] * value for name, value in parts.items()), 4)
    return Evaluation(**parts, overall=overall, issues=issues)
