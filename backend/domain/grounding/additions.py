"""What is tacked on: a further clause, ", which cut their training time" or "and wrote the schedule", that no line bears out."""

import re
from collections.abc import Iterator
from functools import lru_cache

from backend.domain import claim_words as words_of
from backend.domain.claims import Claims
from backend.domain.grounding.check import Check
from backend.domain.text import Word, stem


def tails(check: Check) -> None:
    """A further clause needs a line that has its verb, or most of what the verb is about."""
    for verb, rest in _clauses(check.claim):
        what = [word for word in rest if _weighs(word)]
        figures = [f for f in check.findings if f.rule == "same-number" and f.status == "supported"]
        end = rest[-1].end if rest else verb.end
        if not what or any(verb.start <= f.start < end for f in figures):
            continue
        if check.expanded(verb.start):
            continue
        if any(_tells(check, verb, claims) for claims in check.near):
            if len(what) > 1 and not any(_tells(check, word, claims) for word in what for claims in check.known.claims):
                reason = f"No line of yours says this: “{check.said(verb.start, end)}”."
                check.refuse("outcome", verb.start, end, "clause-shown", reason)
            continue
        told = max((sum(_tells(check, word, claims) for word in what) for claims in check.known.claims), default=0)
        if told < 0.5 * len(what):
            reason = f"No line of yours says this: “{check.said(verb.start, end)}”."
            check.refuse("outcome", verb.start, end, "clause-shown", reason)


def _tells(check: Check, word: Word, claims: Claims) -> bool:
    return check.known.tells(stem(word.text), claims) or check.expanded(word.start)


def _clauses(claims: Claims) -> Iterator[tuple[Word, list[Word]]]:
    """The verb of every clause but a sentence's first, and the words after it up to the next break."""
    base = _speaks_in_the_present(claims)
    for match in _JOINT.finditer(claims.text):
        place = next((n for n, word in enumerate(claims.words) if word.start >= match.end()), None)
        if place is None:
            continue
        verb = claims.words[place]
        lower = verb.text.lower()
        relative = match["relative"] is not None
        if not (_is_verb(lower) or ((base or relative) and lower.removesuffix("s") in _ACTS)) or lower in _LIGHT:
            continue
        stop = _STOP.search(claims.text, verb.end)
        end = stop.start() if stop else len(claims.text)
        yield verb, [word for word in claims.words[place + 1 :] if word.end <= end]


def _speaks_in_the_present(claims: Claims) -> bool:
    return any(word.text.lower() in _ACTS for word in claims.words[:1]) or claims.text.startswith("I ")


@lru_cache(maxsize=8192)
def _is_verb(lower: str) -> bool:
    return lower in words_of.PAST or (lower.endswith(("ed", "ing")) and len(lower) > 4 and lower not in _NOT_VERBS)


def _weighs(word: Word) -> bool:
    lower = word.text.lower()
    return len(lower) > 2 and not lower[0].isdigit() and lower not in _WEIGHTLESS


# Where a clause is joined on. What may stand between the joint and its verb goes with it.
_JOINT = re.compile(
    r"(?:(?P<relative>,? which|,? whose \w+|,? that|,? who)|, and|, then|,|;|\band|\bplus| [—–-])\s+(?:(?:and|also|then|later|thereby|thus|so|all|each|both|most|was|were|"
    r"has|have|had|been|now|successfully|significantly|effectively|directly|ultimately|it|I|we|they|\w+ly)\s+){0,4}",
    re.IGNORECASE,
)
_STOP = re.compile(r"[,;:()]|\.\s|\s[—–-]\s|\b(?:and|while|which|that|by|as)\b")
_NOT_VERBS = frozenset(
    """hundred speed need seed feed evening morning building ceiling meeting meetings training nursing engineering marketing accounting
    manufacturing purchasing banking nothing something anything everything including regarding during following according concerning
    excluding pending spring string king ring wing thing being housing wiring plumbing painting wedding parking clothing lighting
    heating cooling catering clinical briefing filing funding hiring learning teaching testing planning scheduling pricing billing
    reporting writing editing recruiting onboarding mentoring coaching consulting staffing dining cooking cleaning bedding welding
    machining casting printing packaging shipping receiving warehousing lending trading underwriting licensed experienced skilled
    united used based limited fixed mixed combined related advanced detailed shared unpaid aged red""".split()
)
_LIGHT = frozenset(
    """using used being having including covering involving working worked doing did done making made taking took giving gave given
    getting got going went keeping kept based located according spanning ranging totaling worth called named known running ran
    starting started beginning began ending ended following followed leading led serving served handling handled dealing dealt putting put
    needed needing following set getting held holding bringing brought coming came seeing saw found had was were standing stood sat
    finishing finished completing completed meaning meant making moving moved turning turned remaining remained""".split()
) - {"set", "led", "leading"}
_WEIGHTLESS = frozenset(
    """the and for with from into onto over under per all any each every some own new their its his her our your them they that this
    these those who what when where how why not more most less least than then also very such one two three four five six seven eight nine
    ten first second next last year years month months week weeks day days time times work works people team teams part parts way ways
    use uses order case cases case number use used before after about around during between across within without until while as""".split()
)
# Verbs as people use them of their work, in the present.
_ACTS = frozenset(
    """train teach write set negotiate supervise manage lead direct handle draft prepare review run build design develop plan organize
    coordinate deliver present report test maintain repair install inspect order buy sell hire recruit mentor coach advise approve sign
    edit publish translate analyze analyse model forecast budget schedule assign monitor audit track support assist help treat care
    assess evaluate document file record research interview audit clean cook serve drive operate load pack ship receive stock price
    produce create launch host chair represent own oversee cover post cut save raise reduce improve increase lower boost lift grow win
    earn secure attract generate speed shorten strengthen prevent enable allow provide offer give answer brief liaise administer""".split()
)
