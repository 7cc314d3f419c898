"""How a line is put: clichés, weak openings, the passive, the first person."""

import re
from collections.abc import Iterator

from backend.domain.audit.issue import Issue, issue
from backend.domain.audit.verbs import opening_tense

# Words that anybody may say of themselves and that nobody can check.
BUZZWORDS = tuple(
    phrase.strip()
    for phrase in """
    team player; hard-working; hard working; hardworking; hard worker; results-driven; results-oriented; results driven;
    result-oriented; detail-oriented; detail oriented; self-starter; self-motivated; go-getter; go-to person; think outside the box;
    thinking outside the box; outside-the-box; synergy; synergies; synergize; dynamic professional; passionate; guru; ninja; rockstar;
    rock star; wizard; proven track record; track record of success; best of breed; best-in-class; world-class; cutting-edge;
    bleeding-edge; game changer; game-changing; thought leader; thought leadership; people person; highly motivated; value add;
    value-added; seasoned professional; visionary; people skills; excellent communication skills; strong work ethic;
    deep dive; move the needle; low-hanging fruit; paradigm shift; disruptive; win-win; strategic thinker; growth mindset;
    fast learner; quick learner; multitasker; out-of-the-box; hit the ground running; wear many hats; wore many hats;
    dynamic individual; goal-oriented; action-oriented; solution-oriented; results-focused; forward-thinking; innovative thinker
    """.split(";")
)
_BUZZWORD = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, BUZZWORDS)) + r")(?![\w-])", re.IGNORECASE)
_WEAK = re.compile(
    r"(?:(?:was |were )?(?:responsible|accountable) for|(?:my |key |main |primary )?(?:duties|responsibilities|tasks)\b|"
    r"(?:was )?tasked with|(?:was )?in charge of|(?:was )?involved in|worked on\b|had to\b|job (?:duties|involved)|"
    r"(?:was )?assigned to|role (?:involved|included))",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:was|were|been|being|is being|are being)\s+(?:\w+ly\s+)?(?:\w{2,}ed|built|made|given|taken|written|done|led|held|run|"
    r"sold|brought|found|kept|sent|shown|won|drawn|driven|grown|chosen|taught|cut|put|set)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[,;:()–—]|\b(?:which|that|who|when|while|after|before|because|so|where|until|as)\b", re.IGNORECASE
)
_FIRST_PERSON = re.compile(r"(?<![\w/.&'’-])(?:I|I['’](?:m|ve|d|ll)|[Mm]y|[Mm]yself|me|[Ww]e|[Oo]ur|us)(?![\w/.&-])")


def wording_issues(place: str, text: str, *, highlight: bool) -> Iterator[Issue]:
    """What one text shows; only a highlight is asked to open with a verb."""
    if highlight:
        yield from _openings(place, text)
    if found := _BUZZWORD.search(text):
        yield issue(
            "buzzword",
            place,
            f"“{found.group()}” is what everybody says, and nobody can check it.",
            "Say what you did that shows it, or leave it out.",
        )
    if person := _FIRST_PERSON.search(text):
        yield issue(
            "first_person",
            place,
            f"A resume is about one person, who need not be named: “{person.group()}”.",
            "Leave the pronoun out: “Built …”, not “I built …”.",
        )


def _openings(place: str, text: str) -> Iterator[Issue]:
    if weak := _WEAK.match(text.strip()):
        yield issue(
            "weak_opening",
            place,
            f"“{weak.group()}” says what was expected, not what you did.",
            "Open with what you did, in a verb that is no stronger than your part in it.",
        )
        return
    clause = _CLAUSE_END.split(text, maxsplit=1)[0]
    if opening_tense(text) is None and (passive := _PASSIVE.search(clause)):
        yield issue(
            "passive",
            place,
            f"“{passive.group()}” does not say who did it.",
            "If it was you, open with the verb.",
        )
