"""Who did it, whether it happened, and what came of it."""

import re

from backend.domain import claim_words as words_of
from backend.domain.claims import Claims, Deed, Sentence
from backend.domain.grounding.check import GLUE, Check, best_sentence
from backend.domain.grounding.denied import SOFT_DENIAL
from backend.domain.text import Word, stem

_MOVES = words_of.RISE | words_of.FALL


def ownership(check: Check) -> None:
    """A verb of leading needs one in the evidence about the same thing."""
    for deed in check.claim.deeds:
        if deed.level >= 2 and not check.expanded(deed.start) and not _has_deed(check, deed):
            said = check.said(deed.start, deed.end)
            check.refuse(
                "ownership", deed.start, deed.end, "ownership-kept", f"Your line does not say “{said}” of this."
            )


def _has_deed(check: Check, deed: Deed) -> bool:
    mine = deed.what - GLUE
    verb = check.said(deed.start, deed.end).lower()
    for claims in check.near or check.known.claims:
        for other in claims.deeds:
            if other.level >= 2:
                theirs = other.what - GLUE
                if not mine or not theirs or mine & (theirs | claims.content):
                    return True
        said = {word.text.lower() for word in claims.words}
        if deed.level == 2 and said & _IN_CHARGE:
            return True
        if any(_same_verb(verb, word) for word in said):
            return True  # a noun may say it: "Lead paralegal", "owner of"
    for claims in check.known.claims:  # a short line may not be near, and still say just this
        for other in claims.deeds:
            same = _same_verb(verb, claims.text[other.start : other.end].lower())
            if other.level >= 2 and same and deed.what & other.what:
                return True
    return any(_same_verb(verb, word.text.lower()) for claims in check.known.contexts for word in claims.words)


_IN_CHARGE = frozenset(
    """run runs ran running charge responsible supervise supervised supervises manage managed manages led leads oversee oversaw
    oversees directed headed heads""".split()
)


def _same_verb(verb: str, word: str) -> bool:
    return (
        verb == word
        or (len(verb) > 4 and word[:5] == verb[:5])
        or {verb, word} <= {"lead", "led", "leads", "leading", "leader"}
    )


_MODEST = re.compile(
    r"\b(?:part (?:in|of)|(?:work(?:ed|ing|s)?|along|together|side by side|jointly|in partnership) (?:with|alongside|under|on a team)|members? of|"
    r"alongside|served? on|serv(?:e|ed|es) in|sat on|joined|role in|hand in|shar(?:e|ed|es|ing)|suppl(?:y|ied)|provid(?:e|ed)|gave|followed|rode|accompanied|input|"
    r"co-\w+|was one of|on the team|team that|group that|gave a hand|pitched in|took turns|offered|suggested|ideas for|second(?:ed)?|back(?:ed|ing|up)?)\b",
    re.IGNORECASE,
)


_PLAINLY_MODEST = re.compile(
    r"\b(?:a|my|had|took|taken|take) (?:small )?(?:part|hand|turn)\b|\blent a hand\b|\bsome of the\b|\bpart in\b",
    re.IGNORECASE,
)


_HELPING = re.compile(
    r"\b(?:contribut|help|assist|aid(?!s?\b)|participa|collaborat|shadow)\w*|\b(?:aid(?:ed|ing)?|supporting|support (?:for|of|to)|in support|involved in|involvement)\b",
    re.IGNORECASE,
)


_BY_DOING = re.compile(r"(?:\bby|,) (\w+ing(?:(?:,| and) \w+ing)*)\b")


def modesty(check: Check) -> None:
    """A verb of taking part in the evidence may not become a verb of doing."""
    for sentence in check.claim.sentences:
        source = best_sentence(sentence, check.known.claims)
        if source is None:
            continue
        opening = check.claim.text[sentence.start : sentence.start + 60]
        mine = [d.level for d in check.claim.deeds if sentence.start <= d.start < sentence.end]
        raised = (
            bool(mine) and mine[0] >= 2 and 0 not in mine
        )  # "led it alongside the manager" is no modest way to say it
        if 0 in mine or (not raised and _MODEST.search(opening)):
            continue
        if _PLAINLY_MODEST.search(check.claim.text) or _HELPING.search(check.claim.text, sentence.start, sentence.end):
            continue
        modest = any(d.level == 0 for d in check.claim.deeds) or _MODEST.search(check.claim.text)
        if (
            modest
            and not raised
            and (sentence is not check.claim.sentences[0] or _HELPING.search(check.claim.text, sentence.end))
        ):
            continue
        first = next(
            (s for w, s in zip(check.claim.words, check.claim.stems, strict=True) if w.start >= sentence.start), ""
        )
        for deed in source[0].deeds:
            if (by := _BY_DOING.search(source[0].text, deed.end)) and first in map(stem, by[1].split()):
                continue  # "Supported the clinic by running its classes" supports "Ran its classes"
            what = deed.what - GLUE
            here = deed.start < source[1].end and not source[0].text[: deed.start].endswith(" to ")
            if deed.level == 0 and here and what and len(what & sentence.stems) >= 0.5 * len(what):
                verb = source[0].text[deed.start : deed.end]
                reason = f"Your line says “{verb}”; this says it was your own doing."
                check.refuse("ownership", sentence.start, sentence.end, "modesty-kept", reason)
                break


_ADOPTED = frozenset(
    "adopt implement introduc deploy migrat replac roll launch integr switch instal select chosen choos buy bought use brought "
    "releas ship publish bring keep kept move migrat purchas recommend advis put took take went go acquir start began".split()
)


def denials(check: Check) -> None:
    """What the evidence denies may not be asserted."""
    denied = check.known.denials
    if not denied or SOFT_DENIAL.search(check.claim.text):
        return
    said = check.claim.content
    least = (
        3 if any(item.kind == "summary" for item in check.known.evidence) else 2
    )  # of a whole resume, chance shares two
    asserts = said & (_ADOPTED | _MOVES) - (words_of.TRIED - {"recommend", "advis"}) or not said & words_of.TRIED
    for about, names in denied if asserts else ():
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


def doubts(check: Check) -> None:
    """What the evidence only supposes may not be told as having come about."""
    if _DOUBT.search(check.claim.text):
        return
    told = [w for w in check.claim.words if w.text.lower() in _OUTCOMES]
    for sentence in check.claim.sentences:
        source = best_sentence(sentence, check.known.claims)
        if source and told and _DOUBT.search(source[0].text):
            reason = f"Your line says it with a doubt: “{source[0].text[:120]}”."
            check.refuse("outcome", told[0].start, told[0].end, "doubt-kept", reason)
            return


_SAID_OF_OUTCOMES = _OUTCOMES | frozenset(
    "drove driving drive drives brought bringing brings yielded yielding made".split()
)


def outcomes(check: Check) -> None:
    """That something rose, fell or improved needs a line that says so of the same thing."""
    words = list(zip(check.claim.words, check.claim.stems, strict=True))
    for place, (word, stem_) in enumerate(words):
        following = words[place + 1][0].text.lower() if place + 1 < len(words) else ""
        if word.text.lower() not in _OUTCOMES or following in ("it", "them", "back"):
            continue
        if _MAYBE.search(check.claim.text, max(0, word.start - 12), word.start) and any(
            _DOUBT.search(c.text) for c in check.near
        ):
            continue
        sides = [words[place + 1 : place + 7]]
        if stem_ in _INTRANSITIVE:
            sides.append(words[max(0, place - 5) : place])
        figure = any(
            f.rule == "same-number" and f.status == "supported" and -70 < f.start - word.start < 70
            for f in check.findings
        )
        if (
            figure
            and not any(_is_new(check, *side) for side in sides[0][:4])
            and not any(_is_new(check, *side) for side in sides[-1][-3:])
        ):
            continue  # the figure beside it has been found to measure the same thing
        lines = check.near or check.known.claims
        shown = any(_says_outcome(claims, _object(check, side)) for side in sides for claims in lines)
        if not shown:
            reason = f"No line of yours says that this came about: “{word.text}”."
            check.refuse("outcome", word.start, word.end, "outcome-shown", reason)


_INTRANSITIVE = frozenset("fell fall drop dropped rose rise risen grew declin shrank climb improv".split())
_MEASURES = frozenset(
    "time rate cost score number error defect speed qualiti sale revenu effici product attend".split()
)


def _is_new(check: Check, word: Word, stem_: str) -> bool:
    known = stem_ in check.known.stems or stem_ in GLUE or check.expanded(word.start)
    return stem_ in check.claim.content and not known


def _object(check: Check, side: list[tuple[Word, str]]) -> tuple[set[str], set[str]]:
    """What rose or fell: its content words, and the measures among the first of them."""
    content = {s for _, s in side if s in check.claim.content}
    return (content - GLUE or content) - _MOVES, {s for _, s in side[:3]} & content & _MEASURES


def _says_outcome(claims: Claims, what: tuple[set[str], set[str]]) -> bool:
    says = any(w.text.lower() in _SAID_OF_OUTCOMES for w in claims.words) or any(
        q.role in ("from", "to", "by") or q.direction for q in claims.quantities
    )
    content, measures = what
    return says and measures <= claims.content and len(content & claims.content) >= 0.5 * len(content)


def causes(check: Check) -> None:
    """A cause and its effect must come from one line: two true halves do not make a true whole."""
    for place in check.claim.causes:
        sentence = next((s for s in check.claim.sentences if s.start <= place < s.end), None)
        if sentence is None:
            continue
        before, after = (half - GLUE - _MOVES or half - _MOVES for half in _halves(check.claim, sentence, place))
        if not before and (comma := check.claim.text.find(", ", place)) > 0:  # "By doing this, achieved that"
            before, after = (half - GLUE - _MOVES for half in _halves(check.claim, sentence, comma))
        best_before = max((len(before & c.content) for c in check.known.claims), default=0)
        best_after = max((len(after & c.content) for c in check.known.claims), default=0)
        together = any(
            len(before & c.content) >= max(1, 0.6 * best_before) and len(after & c.content) >= max(1, 0.6 * best_after)
            for c in check.known.claims
        )
        figures = {
            f.evidence
            for f in check.findings
            if f.rule == "same-number" and f.evidence and sentence.start <= f.start < place
        }  # the lines that the cause's side has its figures from
        together = together or any(
            check.known.ids.get(id(c)) in figures and len(after & c.content) >= max(1, 0.6 * best_after)
            for c in check.known.claims
        )
        if best_after and best_before and not together:
            reason = "Your lines say both, but not that one came of the other."
            check.refuse("outcome", place, sentence.end, "cause-kept", reason)


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
