"""What a line says was not so: "evaluated X but did not adopt it", "without raising prices"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from backend.domain import claim_words as words_of
from backend.domain.claims import Claims, Sentence


class Denial(NamedTuple):
    """`about` are the content words of what is denied, `names` the proper names there, lower case, `line` is where it stands."""

    about: frozenset[str]
    names: frozenset[str]
    line: Claims


# Ways to say that something was given up or went to another.
_GIVEN_UP = (
    r"pulled (?:it|them|the plug|out)|pass(?:ed|ing) on|held off|back(?:ed|ing) out|walked away|(?:put|placed) on hold|on hold|withdrew|withdrawn|"
    r"scrapp(?:ed|ing)|nixed|vetoed|went back to|return(?:ed|ing) to|go(?:ing)? back to|revert(?:ed|ing)|rolled (?:it )?back|fell through|set aside|unsuccessful|"
    r"(?:chose|picked|selected|went with|stuck with|stayed with|opted for|preferred) [\w -]{2,40} (?:instead|over|on cost)|neither|lost the (?:bid|pitch|tender)"
)
SOFT_DENIAL = re.compile(
    rf"\b(?:{_GIVEN_UP}|took (?:it|them) (?:out|down|off|back)|removed (?:it|them)|ended (?:it|the))\b|"
    r"\b(?:no(?! (?:less|fewer|later))|rather than|not|\w+n['’]t|never|kept it in-house|neither|nor|without|(?:recommend|advis|decid|vot|argu)\w* against|declin\w*|reject\w*|dropp(?:ed|ing)|stopped|abandon\w*|instead|kept it from|ruled out|(?:kept|stay\w* (?:with|on|in)|remain\w* (?:on|with|in)) (?!it|them)|"
    r"no longer|turned down|decided|(?:was|were|been|and|but) shelved|shelved (?:it|them|the (?:plan|project|idea|rollout|launch|proposal))|unadopted|cancel\w*|discontinu\w*|turned (?:it|them) down)\b",
    re.IGNORECASE,
)
_HARD_DENIAL = re.compile(
    rf"\b(?:{_GIVEN_UP})\b|"
    r"\b(?:(?:recommend|advis|decid|vot|argu)\w* against|declin(?:ed|ing)|dropped (?:it|them|the)|stopped|abandon\w*|(?:was|were|been|and|but) shelved|shelved (?:it|them|the (?:plan|project|idea|rollout|launch|proposal))|turned (?:it|them) down|"
    r"ruled (?:it )?out|never (?:adopted|launched|used)|unadopted|discontinu\w*|kept it from|"
    r"(?:evaluat|test|trial|pilot|compar|assess|consider|tri|weigh|look|explor)\w* .*\b(?:kept|stay\w* (?:with|on|in)|remain\w* (?:on|with|in)|(?:not|\w*n['’]t|never) \w+ (?:it|them|this|that|these|one|either))|"
    r"(?:not|\w*n['’]t|never) (?:\w+ ){0,3}?(?:adopt|use[ds]?|put in|launch|purchas|buy|bought|extend|continu|renew|approv|fund|expand|implement|deploy|roll|go ahead|proceed|introduc|choose|pursue|releas|ship|publish)\w*)\b",
    re.IGNORECASE,
)


def denials_in(claims: Claims) -> Iterator[Denial]:
    for sentence in claims.sentences:
        hard = any(m.end() > sentence.start for m in _HARD_DENIAL.finditer(claims.text, 0, sentence.end))
        if (sentence.denies or hard) and not _is_praise(claims, sentence):
            inside = (name for name in claims.names if sentence.start <= name.start < sentence.end)
            named = frozenset(key for name in inside for key in name.keys) if hard else frozenset[str]()
            about = _what_is_declined(claims, sentence) if hard else _what_is_denied(claims, sentence)
            if len(about) > 1:
                yield Denial(about, named, claims)


def _what_is_declined(claims: Claims, sentence: Sentence) -> frozenset[str]:
    """ "Evaluated X for Y but did not adopt it" declines all that it speaks of."""
    own = sentence.stems - words_of.TRIED
    if own != sentence.stems:
        return own - words_of.GLUE if len(own - words_of.GLUE) > 2 else own
    # "the model was not put into use" leaves it to the sentence before to say which model
    return claims.content - words_of.GLUE - words_of.TRIED


def _what_is_denied(claims: Claims, sentence: Sentence) -> frozenset[str]:
    """ "Renegotiated the plan without raising contributions" denies only its end, "no budget authority" two words."""
    spans = [(max(a, sentence.start), min(b, sentence.end)) for a, b in claims.denied]
    return (
        frozenset(
            s
            for w, s in zip(claims.words, claims.stems, strict=True)
            if s in claims.content and any(a <= w.start < b for a, b in spans)
        )
        - words_of.TRIED
    )


_PRAISE = re.compile(
    r"\b(?:no|zero|without|never)\b(?:\W+\w+){0,4}?\W+(?:miss\w*|lost|late|error\w*|downtime|incident\w*|complaint\w*|finding\w*|injur\w*|defect\w*|outage\w*|violation\w*|lapse\w*)",
    re.IGNORECASE,
)


def _is_praise(claims: Claims, sentence: Sentence) -> bool:
    """ "No deadline was missed" denies nothing that was done."""
    return bool(_PRAISE.search(claims.text[sentence.start : sentence.end]))
