"""Whether it happened, and what came of it."""

import re
from dataclasses import replace

from backend.domain import claim_words as words_of
from backend.domain.claims import Claims, Sentence
from backend.domain.grounding.check import GLUE, Check
from backend.domain.grounding.denied import SOFT_DENIAL
from backend.domain.text import Word

_MOVES = words_of.RISE | words_of.FALL


_ADOPTED = frozenset(
    "adopt implement introduc deploy migrat replac roll launch integr switch instal select chosen choos buy bought use brought "
    "releas ship publish bring keep kept move migrat purchas recommend advis put took take went go acquir start began".split()
)


_ONCE_SO = re.compile(r"\b(?:what (?:was|were)|previously|formerly|used to|had been)\b", re.IGNORECASE)


def denials(check: Check) -> None:
    """What the evidence denies may not be asserted."""
    denied = check.known.denials
    if not denied or SOFT_DENIAL.search(check.claim.text) or _ONCE_SO.search(check.claim.text):
        return
    said = check.claim.content
    least = 3 if check.known.whole_resume else 2  # of a whole resume, chance shares two
    asserts = said & (_ADOPTED | _MOVES) - (words_of.TRIED - {"recommend", "advis"}) or not said & words_of.TRIED
    told = [source[0] for s in check.claim.sentences if (source := check.source(s))]
    for about, names, line in denied if asserts else ():
        if told and line not in told:
            continue  # another line says it, and denies nothing
        shared = said & about
        by_name = len(shared) >= 2 and any(word.text.lower() in names for word in check.claim.words)
        if len(shared) >= max(least, 0.5 * len(about)) or by_name:
            reason = "Your line says that this was not so."
            check.refuse("negation", 0, len(check.claim.text), "denial-kept", reason)
            return


_OUTCOMES = words_of.OUTCOME
_MAYBE = re.compile(r"\b(?:may|might|could) $", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(?:may|might|could|appear(?:s|ed)?|seem(?:s|ed)?|suggest(?:s|ed)? that|too small|inconclusive|preliminary|"
    r"early (?:data|signs|results)|expected to|unclear|not (?:yet )?(?:sure|confirmed|measured|proven))\b",
    re.IGNORECASE,
)


_SAID_OF_OUTCOMES = _OUTCOMES | frozenset(
    "drove driving drive drives brought bringing brings yielded yielding made".split()
)


def outcomes(check: Check) -> None:
    """That something rose, fell or improved needs a line that says so of the same thing."""
    words = list(zip(check.claim.words, check.claim.stems, strict=True))
    for place, (word, stem_) in enumerate(words):
        following = words[place + 1][0].text.lower() if place + 1 < len(words) else ""
        if word.text.lower() not in _OUTCOMES or following in ("it", "them", "back", "off", "out", "up", "together"):
            continue
        if check.counted(word.start):
            continue  # "more than double" of the two figures
        declined = check.known.denials and SOFT_DENIAL.search(check.claim.text)
        if declined or (word.text.endswith("ing") and stem_ in check.near_stems):
            continue  # "so it was dropped"; "a group for preventing falls" of "a falls prevention group"
        if _MAYBE.search(check.claim.text, max(0, word.start - 12), word.start) and any(
            _DOUBT.search(c.text) for c in check.near
        ):
            continue
        sides = [words[place + 1 : place + 7]]
        if stem_ in _INTRANSITIVE:
            sides.append(words[max(0, place - 5) : place])
        figure = any(-70 < f.start - word.start < 70 for f in check.figures())
        if (
            figure
            and not any(_is_new(check, *side) for side in sides[0][:4])
            and not any(_is_new(check, *side) for side in sides[-1][-3:])
        ):
            continue  # the figure beside it has been found to measure the same thing
        lines = check.known.claims if check.known.whole_resume else check.near or check.known.claims
        shown = any(_says_outcome(check, claims, stem_, _object(check, side)) for side in sides for claims in lines)
        if not shown:
            reason = f"No line of yours says that this came about: “{word.text}”."
            check.refuse("outcome", word.start, word.end, "outcome-shown", reason)


_INTRANSITIVE = frozenset("fell fall drop dropped rose rise risen grew declin shrank climb improv".split())
_MEASURES = frozenset(
    "time rate cost score number error defect speed qualiti sale revenu effici product attend".split()
)


def _is_new(check: Check, word: Word, stem_: str) -> bool:
    known = stem_ in check.known.stems or stem_ in GLUE or check.expanded(word.start) or check.counted(word.start)
    return stem_ in check.claim.content and not known


def _object(check: Check, side: list[tuple[Word, str]]) -> tuple[set[str], set[str]]:
    """What rose or fell: its content words, and the measures among the first of them."""
    content = {s for _, s in side if s in check.claim.content}
    return (content - GLUE or content) - _MOVES, {s for _, s in side[:3]} & content & _MEASURES


def _says_outcome(check: Check, claims: Claims, verb: str, what: tuple[set[str], set[str]]) -> bool:
    says = (
        check.known.tells(verb, claims)
        or any(w.text.lower() in _SAID_OF_OUTCOMES for w in claims.words)
        or any(q.role in ("from", "to", "by") or q.direction for q in claims.quantities)
    )
    content, measures = what
    told = {s for s in content if s in claims.content or check.known.tells(s, claims)}
    return says and measures <= told and len(told) >= 0.5 * len(content)


def causes(check: Check) -> None:
    """A cause and its effect must come from one line: two true halves do not make a true whole."""
    for place in check.claim.causes:
        sentence = check.sentence_at(place)
        if sentence is None:
            continue
        if any(check.claim.text[place : place + _AS_IT_STANDS].lower() in c.text.lower() for c in check.known.claims):
            continue  # "came up through the gym floor"
        before, after = _halves(check.claim, sentence, place)
        if check.known.whole_resume:  # other things are told before it
            joints = _CLAUSE.finditer(check.claim.text, sentence.start, max(sentence.start, place - 12))
            clause = max((joint.end() for joint in joints), default=sentence.start)
            before = _halves(check.claim, replace(sentence, start=clause), place)[0] or before
        if not before and (comma := check.claim.text.find(", ", place)) > 0:  # "By doing this, achieved that"
            before, after = _halves(check.claim, sentence, comma)
        before, after = before - after - _MOVES, after - before - _MOVES - _JOINTS
        shares = [
            (_share(check, before, claims), _share(check, after, claims), claims) for claims in check.known.claims
        ]
        best_before = max((share[0] for share in shares), default=0.0)
        best_after = max((share[1] for share in shares), default=0.0)
        if not best_before or not best_after:
            continue
        figures = {
            f.evidence
            for f in check.findings
            if f.rule == "same-number" and f.evidence and sentence.start <= f.start < place
        }  # the lines that the cause's side has its figures from
        together = any(
            two >= _ONE_LINE * best_after
            and (one >= _ONE_LINE * best_before or check.known.ids.get(id(claims)) in figures)
            for one, two, claims in shares
            if _is_one_thought(check, before, after, claims)
        )
        if not together:
            reason = "Your lines say both, but not that one came of the other."
            check.refuse("outcome", place, sentence.end, "cause-kept", reason)


def _is_one_thought(check: Check, before: frozenset[str], after: frozenset[str], claims: Claims) -> bool:
    """Whether a line may mean that one came of the other. "Waits fell that year; I drew up the rota" tells the effect first and apart,
    and "...; it fell because a part was replaced" has another cause for it."""
    causes, effects = (
        {
            n
            for n, s in enumerate(claims.sentences)
            if any(stem in s.stems for stem in half if check.known.tells(stem, claims))
        }
        for half in (before, after)
    )
    if not causes or not effects or causes & effects:
        return True
    told = claims.sentences[min(effects)]
    return min(causes) < min(effects) and not _OWN_CAUSE.search(claims.text, told.start, told.end)


_OWN_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|thanks to|caused by|the (?:year|month|week) (?:the|that|a|in))\b", re.IGNORECASE
)
_AS_IT_STANDS = 20  # characters
_CLAUSE = re.compile(r"[,;:.] | and | who | which | that ")
_JOINTS = frozenset(("result", "thank", "becaus"))
_ONE_LINE = 0.7  # of the most that any line has of a half, for a line to be where it comes from


def _share(check: Check, half: frozenset[str], claims: Claims) -> float:
    """How much of a half of a sentence a line tells, rare words counting more."""
    return sum(check.lexicon.bm25.weight(s) for s in half if check.known.tells(s, claims))


_NEXT = re.compile(r",\s+(?:and|while|plus|as well as)\s|;")


def _halves(claim: Claims, sentence: Sentence, place: int) -> tuple[frozenset[str], frozenset[str]]:
    stop = _NEXT.search(claim.text, place + 2, sentence.end)
    end = stop.start() if stop else sentence.end
    inside = [
        (w.start, s)
        for w, s in zip(claim.words, claim.stems, strict=True)
        if sentence.start <= w.start < end and s in claim.content
    ]
    return frozenset(s for start, s in inside if start < place), frozenset(s for start, s in inside if start >= place)
