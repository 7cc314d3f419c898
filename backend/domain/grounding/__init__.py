"""Is every claim of a text supported by what the person wrote? Decided by rule, in words a person understands.

The caller chooses the evidence: for a highlight that of its own entry alone, so that nothing moves from one employer to
another. Each rule looks for one thing in the text that the evidence does not bear out; a text that no rule objects to is
supported. What the rules catch, and what they refuse in error, is measured on a labelled set by `make eval`.
"""

from backend.domain.claims import ClaimReader
from backend.domain.grounding import (
    additions,
    deeds,
    hedged,
    listed,
    names,
    novelty,
    ownership,
    quantities,
    ranked,
    roles,
    spoken,
    swapped,
    timely,
    wording,
)
from backend.domain.grounding.check import Check, Known, Support
from backend.domain.grounding.support import support_for
from backend.domain.lexicon import Lexicon
from backend.domain.verification import Finding

RULES = (
    quantities.numbers,
    swapped.before_and_after,
    names.tools,
    names.proper_names,
    names.urls,
    spoken.fluency,
    wording.marked_words,
    wording.reach,
    timely.timeliness,
    timely.directions,
    timely.quarters,
    ranked.ranking,
    roles.roles,
    ownership.ownership,
    ownership.modesty,
    ownership.alone,
    ownership.qualified_deeds,
    deeds.denials,
    deeds.outcomes,
    hedged.reserves,
    deeds.causes,
    listed.list_items,
    listed.people,
    novelty.unknown_content,
    additions.added_content,
)


class Grounder:
    """Checks texts against evidence; remembers what it has read."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._reader = ClaimReader(lexicon)
        self._known: dict[Support, Known] = {}

    def check(self, text: str, support: Support) -> tuple[Finding, ...]:
        """Every claim found in a sentence, in its order, with the verdict that the evidence allows."""
        check = self.compare(text, support)
        for rule in RULES:
            rule(check)
        return tuple(sorted(check.findings, key=lambda finding: (finding.start, finding.end)))

    def compare(self, text: str, support: Support) -> Check:
        """A text beside its evidence, no rule applied yet."""
        return Check(self._reader.read(text), self._of(support), self._lexicon)

    def check_skill(self, name: str, support: Support) -> tuple[Finding, ...]:
        """Whether a skill may stand in the skills list: some line must name it, or have all its words."""
        check = Check(self._reader.read(name), self._of(support), self._lexicon)
        names.skill(check)
        return tuple(check.findings)

    def _of(self, support: Support) -> Known:
        known = self._known.get(support)
        if known is None:
            if len(self._known) > 500:
                self._known.clear()
            texts = dict.fromkeys([*(e.text for e in support.lines), *(e.context for e in support.lines if e.context)])
            known = self._known[support] = Known(
                support.lines, tuple(self._reader.read(t) for t in texts), self._lexicon, support.tenures
            )
        return known


__all__ = ["Grounder", "Support", "support_for"]
