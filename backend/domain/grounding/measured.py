"""What a figure measures: the noun phrase it is said of, "average check-in time" in "cut average check-in time by 30%".

An equal figure supports a text only if it is said of the same thing. The phrase is found by walking back from the figure, over
the words of moving and being, to what moved or is; each of its nouns must be in the evidence's own line, in some form.
"""

import re
from typing import NamedTuple

from backend.domain import claim_words as words_of
from backend.domain.claims import Claims, Quantity
from backend.domain.grounding.check import Check, said_words
from backend.domain.text import STOPWORDS, Word, stem


class Measured(NamedTuple):
    head: Word
    modifiers: tuple[Word, ...]
    whole: tuple[Word, ...]
    """All words back to the verb, "check-in time at the desk"."""


def something_else(check: Check, claimed: Quantity, source: Claims, other: Quantity) -> str:
    """The word that says that the figure is said of something that its source does not speak of; "" if none does."""
    found = _measured(check.claim, claimed)
    if found is None:
        return _put_for_another(check, claimed, source, other)
    theirs = _measured(source, other)
    if theirs and not _is_same_phrase(check, (found, claimed), (theirs, other)):
        return found.head.text
    if (
        theirs
        and stem(theirs.head.text) in _ANY_MEASURE
        and any(_is_told(check, word, source) for word in found.modifiers)
    ):
        return ""  # "the nightly backup window" of "nightly backup time"
    if claimed.number.unit == "money" and stem(found.head.text) in _COSTS and source.content & _COSTS:
        return ""  # "trimmed the bill by" what was saved
    head_known = _is_told(check, found.head, source)
    if not head_known and stem(found.head.text) not in _ANY_MEASURE:
        return found.head.text
    return next((word.text for word in found.modifiers if not _is_told(check, word, source)), "")


def _put_for_another(check: Check, claimed: Quantity, source: Claims, other: Quantity) -> str:
    """A thing beside the figure that the line does not have, where the line has beside it a thing that the text does not."""
    if claimed.number.unit == "" or claimed.number.unit in TIMES or check.known.whole_resume:
        return ""
    related = check.lexicon.related
    after = check.claim.text[claimed.number.end : claimed.number.end + 45]
    reach = claimed.number.end + (_BREAK.search(after) or re.search("$", after)).start()  # type: ignore[union-attr]
    new = [
        word
        for word, s in said_words(check.claim)
        if claimed.number.end <= word.start < reach
        and not _DESCRIBES.search(word.text)
        and _is_thing(check, s)
        and not check.expanded(word.start)
        and not any(related(s, t) for t in source.content)
    ]
    left = [s for s in other.about if _is_thing(check, s) and not any(related(s, t) for t in check.claim.content)]
    return new[0].text if new and left else ""


_DESCRIBES = re.compile(r"(?:ful|ive|al|ous|able|ible|ed|ly|est)$", re.IGNORECASE)


def _is_thing(check: Check, stem_: str) -> bool:
    return (
        check.lexicon.parts.get(stem_, "n")[:1] == "n"
        and stem_ not in _ANY_MEASURE
        and stem_ not in _QUALIFIERS
        and not (stem_ in check.lexicon.common and check.lexicon.bm25.weight(stem_) < 4)
    )


def _is_same_phrase(check: Check, mine: tuple[Measured, Quantity], theirs: tuple[Measured, Quantity]) -> bool:
    """Whether the head of one phrase is in the other, in some form. What any figure may be a figure of fits every phrase."""
    heads = [stem(phrase.head.text) for phrase, _ in (mine, theirs)]
    if any(check.expanded(word.start) for word in (mine[0].head, *mine[0].modifiers)):
        return True
    one, two = (
        {*(stem(word.text) for word in phrase.whole), *counted.number.noun} for phrase, counted in (mine, theirs)
    )
    related = check.lexicon.related
    if any(head in _ANY_MEASURE or head in _QUALIFIERS for head in heads):
        plain = _ANY_MEASURE | _QUALIFIERS | STOPWORDS
        rest = [{s for s in side - plain if len(s) > 2 and not s[0].isdigit()} for side in (one, two)]
        return not rest[0] or not rest[1] or any(related(a, b) for a in rest[0] for b in rest[1])
    return any(related(heads[0], other) for other in two) or any(related(heads[1], other) for other in one)


def _is_told(check: Check, word: Word, source: Claims) -> bool:
    key = stem(word.text)
    return (
        key in _QUALIFIERS
        or check.known.tells(key, source)
        or any(other in source.stems for other in check.lexicon.like.get(key, "").split()[:8])
        or any(key in claims.content for claims in check.known.contexts)
        or check.expanded(word.start)
    )


def _measured(claims: Claims, quantity: Quantity) -> Measured | None:
    """The noun phrase that a figure is said of; None if the figure counts what follows it, or nothing plain stands before."""
    number = quantity.number
    if number.year or (number.unit == "" and quantity.role not in ("from", "to", "by", "at")):
        return None
    if number.unit == "" and quantity.role == "from" and not any(q.role == "to" for q in claims.quantities):
        return None  # "rates from two hauliers"
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
    return None if stop in _EITHER else _head(phrase)


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
    plain = (
        first
        and len(first[-1].text) > 2
        and first[-1].text.lower() not in _COUNTED
        and first[-1].text.lower() not in _NOT_NOUNS
    )
    return Measured(first[-1], tuple(first[:-1]), tuple(chain)) if plain else None


def _is_verb(lower: str) -> bool:
    return lower in words_of.OUTCOME or lower in _VERBS or (lower.endswith("ed") and len(lower) > 4)


TIMES = frozenset("second minute hour day week month year ordinal".split())
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
_EITHER = frozenset("and or save saved saving saves cost costs costing".split())
"""What stands before these is not all of the phrase, or not what the figure measures."""
_PREPOSITIONS = frozenset(
    "of on in for at to from with across per among within between through over under into against versus vs than by".split()
)
_ARTICLES = frozenset("a an the its their our his her my your this that these those each every all both".split())
_NOT_NOUNS = frozenset(
    "worth longer shorter large small top big high low tall long found told known written total much many further due once twice afterwards afterward later then instead sooner".split()
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
    actual overall general around roughly better higher lower bigger smaller fresh afterwards then now today later since""".split()
) - {stem("combined")}
_COSTS = frozenset(
    stem(word) for word in "bill bills cost costs spend spending expense saving saved save outlay expenditure".split()
)
_ANY_MEASURE = frozenset(
    stem(word)
    for word in "number count time rate level amount figure total share average percentage value volume quantity size it".split()
)
