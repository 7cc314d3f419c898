"""What a text claims: numbers and what they measure, tools, names, credentials, ownership, scope, denials, causes.

Pure and remembered: the lines of a resume are read once however many edits are checked against them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from backend.domain import claim_words as known
from backend.domain.claim_initials import expansions, initials
from backend.domain.lexicon import Lexicon
from backend.domain.negation import denied
from backend.domain.numbers import Number, numbers
from backend.domain.skills import Mention
from backend.domain.text import STOPWORDS, Word, stem, words

_URL = re.compile(
    r"\b(?:https?://|www\.)[^\s)>\]]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|dev|ai|edu|gov|co|app|me)(?:/[^\s)>\]]*)?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“\"'(])|\n+|;\s+")
_CAUSAL = re.compile(known.CAUSAL, re.IGNORECASE)
# "Rewriting the guide lifted retention": what was done is the subject of what came of it.
_DOING = re.compile(
    r"(?:^|[.;] )[A-Z]\w+ing\b(?:(?!:| who | that |ing (?:manager|director|lead|specialist|assistant|coordinator|professional|engineer))[^,;.]){5,90}?(?= (?:has |have |had )?(?:also |directly )?(?:lifted|raised|cut|reduced|increased|improved|lowered|boosted|doubled|halved|"
    r"tripled|taken|took|brought|pushed|produced|drove|driven|grew|grown|earned|won|saved|led to|resulted|helped|shortened|shrank|kept|prevented|made|meant)\b)"
)
# "The coaching programme brought waiting time down", "guidelines that five offices use and reduced calls".
_BRINGS = re.compile(
    r"(?:(?:^|[.;] )(?:The|A|An|My|Our|This|That)\b[^,;:.]{4,90}?|\b(?:that|which)\b[^,;:.]{4,70}? and|(?:^|[.;] )(?:The|A|An|My|Our)\b[^;:.]{4,140}?,)"
    r"(?= (?:has |have |had )?(?:cut|reduced|lowered|boosted|halved|brought|pushed|drove|saved|led to|shortened|kept|prevented|persuaded|convinced|took|taken)\b)"
)
_PERIOD = re.compile(
    r"^\W*(?:(?!and\b|or\b|with\b|then\b|by\b|while\b|over\b|within\b|in\b|after\b|for\b|during\b|than\b|rather\b|instead\b|two\b|three\b|four\b|five\b|six\b|twice\b|once\b)[\w'’/-]+\s+){0,4}?(?:(?:a|an|per|each|every|/)\s*(?P<unit>second|minute|hour|day|night|week|month|quarter|year|shift)\b|"
    r"(?P<ly>hourly|daily|nightly|weekly|monthly|quarterly|yearly|annually)\b)",
    re.IGNORECASE,
)
_PERIOD_BEFORE = re.compile(
    r"\b(hourly|daily|nightly|weekly|monthly|quarterly|yearly|annual|annually)\b", re.IGNORECASE
)
_LY = {"hourly": "hour", "daily": "day", "nightly": "night", "weekly": "week", "monthly": "month", "quarterly": "quarter",
       "yearly": "year", "annually": "year", "annual": "year"}  # fmt: skip
_ROLE = re.compile(
    r"\b(by|to|from|off|of|at|under|below|within|than)\W+(?:(?:just|only|about|around|over|more|less|than|some|roughly|nearly|almost|under|an?|approximately|up|down)\W+)*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what is around it: `about` are the stems of content words in its clause, `period` the time it is
    counted by ("a day"), `role` the preposition before it, `direction` 1 for a rise, -1 for a fall."""

    number: Number
    about: frozenset[str]
    period: str
    role: str
    direction: int


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name, acronym or code. `keys` are its words, lower case."""

    start: int
    end: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb that says how much of something was the person's own doing, with the content words that follow it."""

    level: int
    start: int
    end: int
    what: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    stems: frozenset[str]
    denies: bool


@dataclass(frozen=True, eq=False)
class Claims:
    """One text, read; the same only as itself."""

    text: str
    words: tuple[Word, ...]
    stems: tuple[str, ...]
    """One per word, stop words included."""
    content: frozenset[str]
    sentences: tuple[Sentence, ...]
    quantities: tuple[Quantity, ...]
    tools: tuple[Mention, ...]
    skills: frozenset[str]
    names: tuple[Name, ...]
    deeds: tuple[Deed, ...]
    denied: tuple[tuple[int, int], ...]
    urls: tuple[tuple[int, int], ...]
    causes: tuple[int, ...]
    """Where a cause and its effect meet, in characters."""
    unread: int | None
    """Where the figures begin that were not read, because there are too many; None if all were."""
    expansions: tuple[tuple[int, int, str], ...]
    """Words and their initials side by side, as in "requests for information (RFIs)": start, end, initials."""

    @cached_property
    def initials(self) -> frozenset[str]:
        """First letters of every run of two to five words."""
        return initials(self.words)


class ClaimReader:
    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._read: dict[str, Claims] = {}

    def read(self, text: str) -> Claims:
        claims = self._read.get(text)
        if claims is None:
            if len(self._read) > 10_000:
                self._read.clear()
            claims = self._read[text] = _read(text, self._lexicon)
        return claims


def _read(text: str, lexicon: Lexicon) -> Claims:
    found = words(text)
    stems = tuple(stem(word.text) for word in found)
    no = denied(text)
    sentences = tuple(_sentences(text, found, stems, no))
    mentions = lexicon.vocabulary.find(text)
    urls = tuple((m.start(), m.end()) for m in _URL.finditer(text))
    figures = _related(text)
    return Claims(
        text=text,
        words=found,
        stems=stems,
        content=frozenset(s for w, s in zip(found, stems, strict=True) if _carries_meaning(w.text)).union(
            *_meant(found, lexicon)
        ),
        sentences=sentences,
        quantities=tuple(_quantity(text, n, found, stems) for n in figures[:_MOST] if not _inside(n.start, urls)),
        unread=figures[_MOST].start if len(figures) > _MOST else None,
        tools=tuple(m for m in mentions if m.skill.kind == "tool" and m.skill.source != "mit"),
        skills=lexicon.read(text).skills,
        names=tuple(_names(text, found)),
        deeds=tuple(_deeds(text, found, stems)),
        denied=no,
        urls=urls,
        causes=tuple(
            [m.start() for m in _CAUSAL.finditer(text)]
            + [m.end() for pattern in (_DOING, _BRINGS) for m in pattern.finditer(text)]
        ),
        expansions=tuple(expansions(text, found)) if "(" in text else (),
    )


_MOST = 60  # figures of one text that are compared with others


def _meant(found: tuple[Word, ...], lexicon: Lexicon) -> Iterator[frozenset[str]]:
    """What the acronyms among the words stand for."""
    for word in found:
        key = word.text.lower()
        if len(word.text) > 1 and (_CAPITALS.search(word.text) or key in _SHORT_FORMS):
            yield from lexicon.acronyms.get(key, ())
            if word.text.endswith("s"):  # "GPs", and not what "GPS" stands for
                yield from lexicon.acronyms.get(key.removesuffix("s"), ())


_CAPITALS = re.compile(r"[A-Z].*[A-Z]")
_SHORT_FORMS = frozenset(
    """mi kw lb lbs oz kg km sq ft sqft yd yds gal gals qt hr hrs yr yrs wk wks mos mins secs mph rpm dept mgmt govt obits ops admin
    comps rep reps docs specs rehab info demo demos promo promos temps app apps repo repos config configs infra stats recon recs refs
    reqs supers vets lab labs gym exam exams meds peds psych onc cardio neuro ortho derm physio mic mics photo photos bio bios ad ads
    expo vocab math maths econ chem avg approx acct accts asst mgr mgrs exec execs intl natl bldg bldgs apts amp amps fridge reno
    renos limo helo helicopter vax flu sched mfg mfr mktg comms ecomm biz grad grads undergrad undergrads alum intro memo memos depo
    depos atty cert certs quals prelims mods regs recert collab collabs prep""".split()
)
"""Clipped words, in lower case, that are no words of their own."""


@lru_cache(maxsize=65_536)
def _carries_meaning(word: str) -> bool:
    lower = word.lower()
    return lower not in STOPWORDS and not lower[0].isdigit() and len(lower) > 1


def _inside(place: int, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= place < end for start, end in spans)


def _sentences(
    text: str, found: tuple[Word, ...], stems: tuple[str, ...], no: tuple[tuple[int, int], ...]
) -> Iterator[Sentence]:
    start = 0
    for end in [*(match.start() for match in _SENTENCE.finditer(text)), len(text)]:
        inside = frozenset(
            s for w, s in zip(found, stems, strict=True) if start <= w.start < end and _carries_meaning(w.text)
        )
        if inside:
            yield Sentence(start, end, inside, any(a < end and start < b for a, b in no))
        start = end


def _quantity(text: str, number: Number, found: tuple[Word, ...], stems: tuple[str, ...]) -> Quantity:
    near = _around(found, stems, *_clause(text, number))
    if not near - known.GLUE:
        near = _around(found, stems, number.start - 60, number.end + 60)
    direction = _direction(text, number, near, found, stems)
    period = ""
    if match := _PERIOD.match(text[number.end : number.end + 70]):
        period = match["unit"].lower() if match["unit"] else _LY[match["ly"].lower()]
    elif (match := _PERIOD_BEFORE.search(text[max(0, number.start - 22) : number.start])) and number.unit == "money":
        period = _LY[match[1].lower()]
    before = _ROLE.search(text[max(0, number.start - 40) : number.start])
    role = before[1].lower() if before else ""
    if re.match(
        r"[\s-]*(?:(?:ms|seconds?|points?|hours?|days?|%|[a-z]{1,6})[\s-]+)?(?:off|out of (?:a|an|the|its|our|each|every)|less|fewer|reduction|decrease|increase|drop|cut|improvement|rise|gain)\b(?! than)",
        text[number.end :],
    ):
        role = "by"
    return Quantity(number, frozenset(near), period, role, direction)


def _direction(text: str, number: Number, near: set[str], found: tuple[Word, ...], stems: tuple[str, ...]) -> int:
    """Of the words of rising and falling around a number, what the nearest says; 0 if there is none."""
    no = denied(text)
    moves = [
        (w.start > number.start and _APART.search(text, number.end, w.start) is not None,
         min(abs(number.start - w.end), abs(w.start - number.end)), 1 if s in known.RISE else -1)
        for w, s in zip(found, stems, strict=True)
        if s in near and (s in known.RISE or s in known.FALL) and not any(a <= w.start < b for a, b in no)
    ]  # fmt: skip
    return min(moves, default=(False, 0, 0))[2]


_APART = re.compile(r"\b(?:by|after|from|and|while|which|that)\b")
"""Between a number and a word of moving after it: that word moves something else."""


def _clause(text: str, number: Number) -> tuple[int, int]:
    """The stretch between commas, brackets and the like in which a number stands."""
    starts = [m.end() for m in _CLAUSE.finditer(text, 0, number.start)]
    end = _CLAUSE.search(text, number.end)
    return starts[-1] if starts else 0, end.start() if end else len(text)


_CLAUSE = re.compile(
    r",\s|[;:()]|\.\s|\s[-–—]\s|\band\b(?=\s+(?:\w+(?:ed|ing)|cut|led|won|made|grew|built|wrote|ran|brought|kept|set|took|rose|fell)\b)|\bbut\b"
)


def _around(found: tuple[Word, ...], stems: tuple[str, ...], start: int, end: int) -> set[str]:
    return {s for w, s in zip(found, stems, strict=True) if start <= w.start < end and _carries_meaning(w.text)}


def _related(text: str) -> list[Number]:
    """The numbers, where one of a pair such as "from nine months to seven" takes the other's unit too."""
    found = numbers(text)
    for place, number in enumerate(found):
        if number.unit == "":
            before = next((other for other in reversed(found[:place]) if not other.year), None)
            for other in (*([before] if before else []), *found[place + 1 : place + 2]):
                first, second = sorted((number, other), key=lambda n: n.start)
                between = text[first.end : second.start]
                if other.unit not in ("", "ordinal") and len(between) <= 24 and _PAIR.search(between):
                    found[place] = number._replace(alike=(*number.alike, (number.value, other.unit)))
    return found


_PAIR = re.compile(r"\b(?:to|from|of|or|and|versus|vs|against|than|not|instead)\b|^\s*[-–]\s*$")


_OPENS = re.compile(r"[.!?:;\n]")
_ODD = re.compile(r"(?<=.)[A-Z]|[A-Za-z]\d|\d[A-Za-z]")


def _names(text: str, found: tuple[Word, ...]) -> Iterator[Name]:
    """Runs of capitalised words inside a sentence, and words with capitals or digits inside, wherever they stand."""
    run: list[Word] = []
    for place, word in enumerate(found):
        if _is_name(text, found, place, goes_on=bool(run) and word.joined):
            if run and not word.joined:
                yield _name(run)
                run = []
            run.append(word)
        elif run:
            yield _name(run)
            run = []
    if run:
        yield _name(run)


def _is_name(text: str, found: tuple[Word, ...], place: int, *, goes_on: bool) -> bool:
    word = found[place].text
    if word.islower() or word in ("I", "I'm"):
        return False
    if word[0].isdigit():
        return goes_on and _ODD.search(word) is not None
    if _ODD.search(word):
        return True
    return word[0].isupper() and place > 0 and not _OPENS.search(text[found[place - 1].end : found[place].start])


def _name(run: list[Word]) -> Name:
    return Name(
        run[0].start, run[-1].end, tuple(word.text.lower().replace("’", "'").removesuffix("'s") for word in run)
    )


def _deeds(text: str, found: tuple[Word, ...], stems: tuple[str, ...]) -> Iterator[Deed]:
    anchors = [
        (n, level)
        for n, w in enumerate(found)
        if (level := _level(w.text.lower())) is not None
        and text[w.start - 1 : w.start] != "-"  # "body-weight-supported"
        and not _is_not_mine(found, n)
    ]
    for order, (place, level) in enumerate(anchors):
        stop = anchors[order + 1][0] if order + 1 < len(anchors) else len(stems)
        stop = next((n for n in range(place + 1, stop) if found[n].text.lower() in _ENDS), stop)
        what = [
            s for w, s in zip(found[place + 1 : stop], stems[place + 1 : stop], strict=True) if _carries_meaning(w.text)
        ][:8]
        yield Deed(level, found[place].start, found[place].end, frozenset(what))


_ENDS = frozenset("by which while".split())


def _is_not_mine(found: tuple[Word, ...], place: int) -> bool:
    """A verb's form that is no deed of the person: "the lead", "supervised by", "a team supporting 600 people"."""
    word = found[place].text.lower()
    before = found[place - 1].text.lower() if place else ""
    after = [w.text.lower() for w in found[place + 1 : place + 3]]
    if word in ("lead", "head") and place and before not in _BEFORE_VERB:
        return True
    if word == "own" and (
        before in ("my", "our", "your", "their", "its", "his", "her") or before.endswith(("'s", "’s", "s'", "s’"))
    ):
        return True
    if word.endswith("ed") and before in ("a", "an", "the", "its", "our", "their", "with"):
        return True  # "an established measure"
    if after[:1] == ["by"] and after[1:] != ["me"]:
        return True
    if (
        word.startswith(("help", "support", "assist", "aid"))
        and after
        and (after[0][0].isdigit() or after[0] in _SERVED)
    ):
        return True
    if word in ("support", "help", "aid", "assist", "contribute") and place and before not in _BEFORE_VERB:
        return True  # a noun: "new support workers"
    return (
        place > 0
        and word.endswith("ing")
        and word[:4] in ("supp", "help", "assi", "cont")
        and before not in (*_BEFORE_VERB, "while", "by")
    )


_SERVED = frozenset(
    "patients students customers clients users families tenants residents guests members people children adults employees".split()
)
_BEFORE_VERB = frozenset("and to also then i who help helped".split())


def _level(word: str) -> int | None:
    if word in known.FOUNDED:
        return 3
    if word in known.LED:
        return 2
    return 0 if word in known.TOOK_PART else None
