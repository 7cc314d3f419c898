"""What a figure measures: the noun phrase it is said of, "average check-in time" in "cut average check-in time by 30%".

An equal figure supports a text only if it is said of the same thing. The phrase is found by walking back from the figure, over
the words of moving and being, to what moved or is; each of its nouns must be in the evidence's own line, in some form.
"""

import re
from typing import NamedTuple

from backend.domain import claim_words as words_of
from backend.domain.claims import Claims, Quantity
from backend.domain.grounding.check import Check
from backend.domain.text import STOPWORDS, Word, stem


class Measured(NamedTuple):
    head: Word
    modifiers: tuple[Word, ...]


def something_else(check: Check, claimed: Quantity, source: Claims) -> str:
    """The word that says that the figure is said of something that its source does not speak of; "" if none does."""
    found = _measured(check.claim, claimed)
    if found is None:
        return ""
    head_known = _is_told(check, found.head, source)
    if not head_known and stem(found.head.text) not in _ANY_MEASURE:
        return found.head.text
    return next((word.text for word in found.modifiers if not _is_told(check, word, source)), "")


def _is_told(check: Check, word: Word, source: Claims) -> bool:
    key = stem(word.text)
    return (
        key in _QUALIFIERS
        or check.known.tells(key, source)
        or any(key in claims.content for claims in check.known.contexts)
        or check.expanded(word.start)
    )


def _measured(claims: Claims, quantity: Quantity) -> Measured | None:
    """The noun phrase that a figure is said of; None if the figure counts what follows it, or nothing plain stands before."""
    number = quantity.number
    if number.year or (number.unit == "" and quantity.role not in ("from", "to", "by", "at")):
        return None
    before = [word for word in claims.words if word.end <= number.start][-18:]
    place = len(before)
    after = number.start
    while place and _links(before[place - 1]) and not _BREAK.search(claims.text, before[place - 1].end, after):
        place -= 1
        after = before[place].start
    links = {word.text.lower() for word in before[place:]}
    phrase, stop = _chain(claims.text, before[:place], after)
    moved = bool(links & _LINKING) or ("of" in links and number.unit == "%")
    plain = number.unit == "%" and stop in _MOVING  # "lifted visits 16%"
    if not phrase or not (plain or (links and (moved or stop in _MOVING))):
        return None
    return _head(phrase)


def _links(word: Word) -> bool:
    lower = word.text.lower()
    return lower in _BETWEEN or lower in _LINKING or lower[0].isdigit() or lower in _COUNTED


def _chain(text: str, before: list[Word], after: int) -> tuple[list[Word], str]:
    """The words up to the figure's links, back to the verb or the break before them, and that verb."""
    chain: list[Word] = []
    for place in range(len(before) - 1, -1, -1):
        word = before[place]
        lower = word.text.lower()
        if _BREAK.search(text, word.end, after):
            return chain[::-1], ""
        described = chain and place and lower.endswith("ed") and before[place - 1].text.lower() in _BEFORE_NOUN
        if lower in _STOPS or (_is_verb(lower) and not described) or len(chain) > 8:
            return chain[::-1], lower
        chain.append(word)
        after = word.start
    return chain[::-1], ""


def _head(chain: list[Word]) -> Measured | None:
    first: list[Word] = []
    for word in chain:
        lower = word.text.lower()
        if lower in _PREPOSITIONS and first:
            break
        if (
            lower in _PREPOSITIONS
            or lower in _LINKING
            or lower in STOPWORDS
            or lower in _ARTICLES
            or lower[0].isdigit()
        ):
            continue
        first.append(word)
    plain = first and len(first[-1].text) > 2 and first[-1].text.lower() not in _NOT_NOUNS
    return Measured(first[-1], tuple(first[:-1])) if plain else None


def _is_verb(lower: str) -> bool:
    return lower in words_of.OUTCOME or lower in _VERBS or (lower.endswith("ed") and len(lower) > 4)


_BREAK = re.compile(r"[,;:()—–.!?]")
_LINKING = frozenset(
    """is was are were went fell rose dropped grew climbed declined sank slid dipped improved increased decreased doubled tripled averages
    averaging averaged stood stands reached hit hits came comes fallen risen gone going falling rising dropping growing totaled totalled
    up down""".split()
)
_BETWEEN = frozenset(
    """to from by of at been be about around over under nearly almost roughly some only just more less than a an the as low high below
    above approximately has have had against versus vs compared thirty forty""".split()
)
_COUNTED = frozenset(
    """percent percentage point points minutes hours days weeks months years zero one two three four five six seven eight nine ten
    eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million billion half quarter third thirds""".split()
)
# Verbs that move their object: "brought X down to 112", "cut X by 30%".
_MOVING = words_of.OUTCOME | frozenset(
    """brought bring bringing took take taking taken kept keep keeping got get getting drove drive driving pushed push pushing moved move
    moving pulled raised lowered reduced improved increased boosted lifted shortened trimmed slashed dropped held hold holding maintain
    maintained maintaining sent""".split()
)
_VERBS = _MOVING | frozenset(
    """made make making put made held led lead leading with saw see seeing had have has been being go goes turn write wrote ran run built
    build gave give won win lost lose spent spend sold sell paid pay bought buy beat left leave meant means let set achieve hitting reach
    reaching manage managing deliver delivering carry carrying complete handle produce track tracking found drawn swap add""".split()
)
_STOPS = frozenset(
    "and or but while which that who where when after before because since so then by than also i we it they".split()
)
_PREPOSITIONS = frozenset(
    "of on in for at to from with across per among within between through over under into against versus vs than by".split()
)
_ARTICLES = frozenset("a an the its their our his her my your this that these those each every all both".split())
_NOT_NOUNS = frozenset(
    "worth longer shorter large small top big high low tall long found told known written total much many further due once twice".split()
)
_BEFORE_NOUN = frozenset(
    "a an the its their our his her my your average overall total year month week day annual monthly weekly daily".split()
)
_QUALIFIERS = frozenset(
    stem(word)
    for word in """average mean median overall total annual yearly monthly weekly daily quarterly hourly nightly net gross original
    initial previous prior current final first second last new old own combined estimated typical usual whole entire full
    same monthly per year month week day quarter personal team company firm number share percentage rate level figure goal target
    result side unit half third client customer department project back line much many most further additional another
    actual overall general around roughly""".split()
) - {stem("combined")}
_ANY_MEASURE = frozenset(
    stem(word)
    for word in "number count rate level amount figure total share average percentage value volume quantity size it".split()
)
