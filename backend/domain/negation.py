"""Where a text denies: "did not adopt", "without", "instead of". What stands there is named, not shown."""

import re
from bisect import bisect_right
from functools import lru_cache

_DENIED = (
    r"(?:did|do|does|was|were|is|are|has|have|had|could|would|will|can)(?:\s+not|n['’]t)|cannot|never|no longer|not|"
    r"(?:decided|chose|voted|advised|recommended|argued) (?:against|not to)|declined(?: to)?|rejected|rul(?:ed|ing) out|"
    r"turned down|abandoned|opted (?:against|not to)"
)
_BACK = re.compile(
    # "evaluated GraphQL but did not adopt it": the denial is about what came before it in the sentence
    rf"(?:,|;|\bbut\b|\band\b|\byet\b|\balthough\b|\bthough\b|\bwhich\b|—|–|-)\s*(?:then\s+|ultimately\s+|finally\s+|we\s+|the team\s+|it\s+)*"
    rf"(?:{_DENIED})\b[^.;]*?\b(?:it|them|this|that|one|either|adopt\w*|us(?:e|ed|ing)\b|proceed\w*|roll\w*|implement\w*|pursu\w*|buy|bought|deploy\w*|"
    r"go ahead|move forward|continue\w*|choose|chosen|introduce\w*|sign\w*)",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    # "without Kubernetes", "not Java", "no experience with X": the denial is about what comes after it
    rf"\b(?:without|instead of|rather than|no (?:prior |formal |direct )?(?:experience|knowledge|exposure|use|need)|{_DENIED}|no)\b",
    re.IGNORECASE,
)
_NOT_A_DENIAL = re.compile(
    r"\bnot (?:only|just|merely|least)\b|\bno(?:\.|\s*\d)|\bdeclined (?=by|from|to [$€£]?\d|[$€£]?\d|in|over|after|for|during|each|every|year|sharply|steadily|slightly)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.;:!?]|,(?=\s)|\bbut\b|\band (?:then|instead)\b|\bwhile\b|\bthen\b")
_SENTENCE = re.compile(r"[.!?](?:\s|$)|\n")


@lru_cache(maxsize=16_384)
def denied(text: str) -> tuple[tuple[int, int], ...]:
    """Stretches of a text, in characters, whose content is denied."""
    found: list[tuple[int, int]] = []
    starts = [0, *(match.end() for match in _SENTENCE.finditer(text))]
    found += [(starts[bisect_right(starts, m.start()) - 1], m.end()) for m in _BACK.finditer(text)]
    reached = 0
    for match in _AHEAD.finditer(text):
        if match.start() >= reached and not _NOT_A_DENIAL.match(text, match.start()):
            end = _CLAUSE_END.search(text, match.end())
            reached = end.start() if end else len(text)
            found.append((match.start(), reached))
    return tuple(found)
