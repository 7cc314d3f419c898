"""Is a mention of a skill a demand for it? "Experience with Java" is; "our Java team won a prize" is not.

A logistic regression over a handful of plain features, fitted on annotated job advertisements by
`backend/data/build_skills.py`, which also measures it. The weights travel in `backend/data/skill_gate.json`.
"""

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from backend.domain.skills import Mention, Vocabulary
from backend.domain.text import words

_CUE = re.compile(
    r"\b(?:experienced?|knowledge|proficien\w*|familiar\w*|skills?|skilled|expertise|understanding|background|degree|"
    r"certifi\w*|fluen\w*|technolog\w*|stack|qualif\w*|competenc\w*|hands-on|expert|grasp|required|must|plus|"
    r"nice to have|ideally|preferred|years)\b",
    re.IGNORECASE,
)
_PASSING = re.compile(
    r"\b(?:we offer|we are|our|benefits?|salary|holiday|vacation|insurance|pension|bonus|parental|snacks|gym|office|"
    r"equal opportunit\w*|race|religion|gender|disabilit\w*|apply|application|join us|founded|headquarter\w*|leading|"
    r"customers|worldwide|global)\b",
    re.IGNORECASE,
)
_HOLDER = re.compile(
    r"\W*(?:developers?|engineers?|managers?|architects?|consultants?|teams?|compan(?:y|ies)|departments?|roles?|"
    r"positions?|leads?|specialists?|analysts?|industry|sector|market|customers?|clients?|division|group|community|"
    r"space|insurance|students?|programme|program|solutions?|services?)\b",
    re.IGNORECASE,
)
_SKILL_NOUN = re.compile(r"\W*(?:skills|experience|knowledge)\b", re.IGNORECASE)
_OURS = re.compile(r"\b(?:our|we|us)\b", re.IGNORECASE)
_LIST_GAP = re.compile(r"[\s,/;|()&]*(?:and|or)?[\s,/;|(]*")


@lru_cache(maxsize=256)
def _line(text: str) -> tuple[int, bool, bool]:
    """What all mentions of one line share: its length in words, whether it has a cue, whether it is passing talk."""
    return len(words(text)), bool(_CUE.search(text)), bool(_PASSING.search(text))


def features(text: str, mention: Mention, neighbours: Sequence[Mention]) -> dict[str, float]:
    """The features of one mention in its line of text; `neighbours` are the mentions right before and after it."""
    skill = mention.skill
    before, after = text[max(0, mention.start - 200) : mention.start], text[mention.end : mention.end + 60]
    written = text[mention.start : mention.end]
    length = len(words(written))
    line_length, has_cue, is_passing = _line(text)
    listed = sum(_in_one_list(text, mention, other) for other in neighbours)
    opens = not before.strip() or before.rstrip().endswith((".", ":", "•", "-"))
    return {
        "bias": 1.0,
        "from_onet": skill.source == "onet",
        "from_mit": skill.source == "mit",
        "two_words": length > 1,
        "three_words": length > 2,
        "capital_inside": written[:1].isupper() and not opens,
        "listed": listed > 0,
        "listed_twice": listed > 1,
        "cue_before": bool(_CUE.search(before[-80:])),
        "cue_in_line": has_cue,
        "names_holder": bool(_HOLDER.match(after)),
        "passing_talk": is_passing,
        "ours": bool(_OURS.search(before)),
        "skill_noun_after": bool(_SKILL_NOUN.match(after)),
        "short_line": line_length <= 6,
        "credential": skill.kind == "credential",
        "soft": skill.kind == "soft",
        "prior": skill.prior or 0.0,
    }


def _in_one_list(text: str, one: Mention, other: Mention) -> bool:
    first, second = (one, other) if one.start < other.start else (other, one)
    gap = text[first.end : second.start]
    return len(gap) <= 5 and _LIST_GAP.fullmatch(gap) is not None


def demanded(text: str, vocabulary: Vocabulary, weights: Mapping[str, float]) -> list[tuple[Mention, float]]:
    """The mentions in one line of a job description, each with the probability that it is a demand."""
    mentions = vocabulary.find(text)
    scored = []
    for place, mention in enumerate(mentions):
        beside = (*mentions[max(0, place - 1) : place], *mentions[place + 1 : place + 2])
        logit = sum(weights[name] * value for name, value in features(text, mention, beside).items())
        scored.append((mention, 1 / (1 + math.exp(-logit))))
    return scored
