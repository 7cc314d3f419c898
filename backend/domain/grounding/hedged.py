"""What the evidence says with a reserve: "most", "may", "studying towards". The reserve may not be dropped."""

import re
from functools import lru_cache

from backend.domain import claim_words as words_of
from backend.domain.claims import Claims, Sentence
from backend.domain.grounding.check import GLUE, Check, said_words
from backend.domain.verification import ClaimKind

# (what it is, the marks of it, the rule, the kind). A mark is a reserve on the words after it.
_RESERVES: tuple[tuple[ClaimKind, str, re.Pattern[str]], ...] = (
    (
        "outcome",
        "doubt-kept",
        re.compile(
            r"\b(?:may|might|could|appear(?:s|ed)?|seem(?:s|ed)?|suggest(?:s|ed)? that|too small|inconclusive|preliminary|"
            r"early (?:data|signs|results)|expected to|hop(?:e|ed|es|ing) to|aim(?:s|ed|ing)? to|plan(?:s|ned|ning)? to|due to (?:start|open|begin|finish|launch)|"
            r"unclear|not (?:yet )?(?:sure|confirmed|measured|proven)|so far|proposed|possibly|perhaps|probably|likely)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "outcome",
        "guess-kept",
        re.compile(
            r"(?<!^)(?<![.;] )\b(?:suggests|suggested|indicates|indicated|hints?|hinted|guess(?:es|ed)|hoped|believed|(?:may|might|could) have|(?:intended|meant|designed|projected|estimated|forecast|thought|said) to)\b(?: (?:that|to|it))?",
            re.IGNORECASE,
        ),
    ),
    (
        "credential",
        "progress-kept",
        re.compile(
            r"\b(?:studying|working|training|reading|building|progressing)\s+towards?\b|\bstudying (?:for|to become)\b|\btraining (?:as|to become)\b|"
            r"\b(?:in progress|candidate|part-qualified|pursuing|enrolled|trainee|expected (?:in )?\d{4}|eligib\w+|incomplete|unfinished|coursework|"
            r"not (?:yet )?(?:finished|completed?|licensed|certified|qualified)|lapsed|expired)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "scope",
        "share-kept",
        re.compile(
            r"\b(?:most|mostly|mainly|largely|chiefly|primarily|predominantly|principally|for the most part|(?:much|the bulk|a large part|(?:the )?majority) of|the majority|the main (?:reason|cause)|partly|partially|in part|some of|(?<!as )part of (?=the|a|its|our)|half (?:of|the)|many of|several of|"
            r"a few of|nearly (?:all|every)|almost (?:all|every)|usually|often|sometimes|occasional(?:ly)?|selected)\b",
            re.IGNORECASE,
        ),
    ),
)  # fmt: skip
_DOUBTS = _RESERVES[0][2]
_SPAN = 60  # characters after a mark that it is a reserve on
_END = re.compile(r"[,;:.!?()]\s|\s[-–—]\s|\b(?:and|but|while|which)\b")


def reserves(check: Check) -> None:
    told = any(word.text.lower() in words_of.OUTCOME for word in check.claim.words)
    for kind, rule, marks in _RESERVES:
        guessed = rule == "guess-kept"
        if (
            marks.search(check.claim.text)
            or (guessed and _DOUBTS.search(check.claim.text))
            or (kind == "outcome" and not (told or guessed))
            or (kind == "scope" and check.known.whole_resume)
        ):
            continue
        for sentence in check.claim.sentences:
            source = check.source(sentence)
            if kind == "credential":
                found = [r for claims in check.known.claims for r in _reserved(claims, marks)]
            elif source is None:
                continue
            elif kind == "outcome" and not guessed:
                found = [(place, mark, frozenset[str]()) for place, mark, _ in _reserved(source[0], marks)]
            else:
                found = [r for r in _reserved(source[0], marks) if source[1].start <= r[0] < source[1].end]
            for _, mark, about in found:
                if sum(_says(sentence, s) for s in about) >= 0.6 * len(about):
                    reason = f"Your line says it with a reserve: “{mark.strip()}”."
                    check.refuse(kind, sentence.start, sentence.end, rule, reason)
                    return


def _says(sentence: Sentence, stem: str) -> bool:
    return stem in sentence.stems or (len(stem) >= 6 and any(s[:6] == stem[:6] for s in sentence.stems))


@lru_cache(maxsize=8_192)
def _reserved(claims: Claims, marks: re.Pattern[str]) -> tuple[tuple[int, str, frozenset[str]], ...]:
    """The marks in a line: where, how written, and the words that they are a reserve on."""
    found = []
    for match in marks.finditer(claims.text):
        end = _END.search(claims.text, match.end(), match.end() + _SPAN)
        reach = end.start() if end else match.end() + _SPAN
        about = frozenset([s for w, s in said_words(claims) if match.end() <= w.start < reach][:4])
        if about:
            found.append((match.start(), match.group(), about - GLUE or about))
    return tuple(found)
