"""One text and the evidence it is checked against."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from backend.domain import claim_words as known_words
from backend.domain.claim_initials import SMALL
from backend.domain.claims import Claims, Sentence
from backend.domain.content import Evidence
from backend.domain.grounding.denied import Denial, denials_in
from backend.domain.lexicon import Lexicon
from backend.domain.text import STOPWORDS, Word, stem
from backend.domain.verification import ClaimKind, ClaimStatus, Finding

GLUE = known_words.GLUE


@dataclass(frozen=True)
class Support:
    """The evidence that may be drawn on. `tenures` are years that dates give: of this entry, or of each and all."""

    lines: tuple[Evidence, ...]
    tenures: tuple[float, ...] = ()

    def __hash__(self) -> int:
        return hash((self.tenures, tuple(line.id for line in self.lines), len(self.lines)))


@dataclass(frozen=True)
class Known:
    """The evidence, read. Claims beyond the evidence's own are contexts: employer, title, dates, technologies."""

    evidence: tuple[Evidence, ...]
    claims: tuple[Claims, ...]
    lexicon: Lexicon
    tenures: tuple[float, ...] = ()

    @cached_property
    def ids(self) -> dict[int, str]:
        by_text = {item.text: item.id for item in reversed(self.evidence)}
        return {id(claims): by_text.get(claims.text, "") for claims in self.claims}

    @cached_property
    def whole_resume(self) -> bool:
        """Whether all of a resume may be drawn on, as for a summary: any two things of it may then be told together."""
        return any(item.kind == "summary" for item in self.evidence)

    @cached_property
    def contexts(self) -> tuple[Claims, ...]:
        """What says where a line belongs, and lists: any text may draw on them."""
        listed = {e.text for e in self.evidence if e.kind in ("context", "education", "credential", "skill")}
        texts = {e.context for e in self.evidence} | listed
        return tuple(c for c in self.claims if c.text in texts)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(w.text.lower().replace("’", "'").removesuffix("'s") for c in self.claims for w in c.words)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Of all words, and of what their acronyms stand for."""
        return frozenset(s for c in self.claims for s in c.stems).union(*(c.content for c in self.claims))

    @cached_property
    def denials(self) -> tuple[Denial, ...]:
        return tuple(denial for claims in self.claims for denial in denials_in(claims))

    @cached_property
    def skills(self) -> frozenset[str]:
        return frozenset(name for c in self.claims for name in c.skills)

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first six letters of every stem that has as many."""
        return frozenset(s[:6] for s in self.stems if len(s) >= 6)

    @cached_property
    def skill_stems(self) -> frozenset[str]:
        """Stems of the names of the skills that the evidence shows, broader ones included."""
        named = (frozenset(stem(word) for word in name.replace("-", " ").split()) for name in self.skills)
        return frozenset[str]().union(*named, *(self.lexicon.kinds.get(name, frozenset()) for name in self.skills))

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Acronyms that the evidence writes."""
        written = (w.text for c in self.claims for w in c.words)
        found = [w.lower() for w in written if len(w) > 1 and w[:2].isupper()]
        return frozenset(found) | {word.removesuffix("s") for word in found}

    @cached_property
    def initials(self) -> frozenset[str]:
        return frozenset(i for c in self.claims for i in c.initials)

    @cached_property
    def _said(self) -> dict[int, list[str]]:
        return {}

    def said(self, claims: Claims) -> list[str]:
        """The stems of a line's words that say something, in order."""
        found = self._said.get(id(claims))
        if found is None:
            found = self._said[id(claims)] = [stem_ for _, stem_ in said_words(claims)]
        return found

    @cached_property
    def _told(self) -> dict[tuple[str, int], bool]:
        return {}

    def tells(self, key: str, claims: Claims) -> bool:
        """Whether a line has a word, given as its stem: itself, another form of it, or one that says as much or nearly."""
        place = key, id(claims)
        told = self._told.get(place)
        if told is None:
            near = self.lexicon.near_set
            told = self._told[place] = (
                key in claims.content
                or key in claims.stems
                or (len(key) >= 6 and any(s.startswith(key[:6]) for s in claims.content))
                or not claims.content.isdisjoint(near(key))
                or any(key in near(s) for s in claims.content)
            )
        return told


How = Literal["same", "form", "known", "near", "like", "again", "beside", "new"]
"""The same word; another form of it; known by an acronym, a date or a context; one that says as much; one alike; a word that has
already answered for another; one of another line; none."""


class Aligned(NamedTuple):
    word: Word
    stem: str
    how: How


@dataclass(frozen=True)
class Alignment:
    words: tuple[Aligned, ...]
    left: frozenset[str]
    """Stems of the line that the text is most a version of, which answer for no word of it."""
    covered: float
    """How much of that line the text tells, 0 to 1."""


@dataclass
class Check:
    claim: Claims
    known: Known
    lexicon: Lexicon
    findings: list[Finding] = field(default_factory=list)
    alignment: Alignment | None = None

    def supported(
        self, kind: ClaimKind, start: int, end: int, rule: str, reason: str, source: Claims | None = None
    ) -> None:
        self._note(kind, start, end, rule, reason, "supported", self.known.ids.get(id(source), "") if source else "")

    def refuse(self, kind: ClaimKind, start: int, end: int, rule: str, reason: str) -> None:
        self._note(kind, start, end, rule, reason, "unsupported")

    def doubt(self, kind: ClaimKind, start: int, end: int, rule: str, reason: str) -> None:
        self._note(kind, start, end, rule, reason, "undecided")

    def _note(
        self, kind: ClaimKind, start: int, end: int, rule: str, reason: str, status: ClaimStatus, evidence: str = ""
    ) -> None:
        said = self.claim.text[start:end].strip()
        self.findings.append(
            Finding(
                kind=kind, text=said, start=start, end=end, status=status, rule=rule, reason=reason, evidence=evidence
            )
        )

    def counted(self, place: int) -> bool:
        """Whether a word is part of a figure that the evidence bears out, or of what it is counted in: "dollars", "a year"."""
        for finding in self.findings:
            if finding.status == "supported" and finding.kind in ("number", "date") and finding.start <= place:
                unit = _COUNTED_IN.match(self.claim.text, finding.end)
                if place < (unit.end() if unit else finding.end):
                    return True
        return False

    def fills(self, place: int) -> bool:
        """Whether a word is part of a phrase that says nothing of its own, "along the way"."""
        return any(start <= place < end for start, end in self._fillers)

    @cached_property
    def _fillers(self) -> tuple[tuple[int, int], ...]:
        return tuple(match.span() for match in _FILLERS.finditer(self.claim.text))

    def figures(self) -> Iterator[Finding]:
        """The figures that the evidence bears out, so far."""
        return (f for f in self.findings if f.rule == "same-number" and f.status == "supported")

    def said(self, start: int, end: int) -> str:
        return self.claim.text[start:end]

    @cached_property
    def near(self) -> tuple[Claims, ...]:
        """The lines that the text is a version of: for each sentence the one that shares most, and any that share much."""
        found: dict[int, Claims] = {}
        for sentence in self.claim.sentences:
            for claims in lines_near(sentence, self.known.claims):
                found[id(claims)] = claims
        return tuple(found.values())

    @cached_property
    def _sources(self) -> dict[int, tuple[Claims, Sentence] | None]:
        return {}

    def source(self, sentence: Sentence) -> tuple[Claims, Sentence] | None:
        """The evidence's sentence that shares most with one of the text's, and its line; None if none shares much."""
        if sentence.start not in self._sources:
            self._sources[sentence.start] = _best_sentence(sentence, self.known.claims)
        return self._sources[sentence.start]

    def sentence_at(self, place: int) -> Sentence | None:
        """The text's sentence in which a character stands."""
        return next((s for s in self.claim.sentences if s.start <= place < s.end), None)

    @cached_property
    def near_stems(self) -> frozenset[str]:
        return frozenset(s for c in (*self.near, *self.known.contexts) for s in c.stems)

    @cached_property
    def _acronym_runs(self) -> list[tuple[int, int]]:
        """Runs of words whose initials are an acronym that the evidence writes: "annual recurring revenue" from ARR."""
        every = self.claim.words
        counting = tuple(word for word in every if word.text.lower() not in SMALL)
        runs = []
        for words in (every, counting) if len(counting) < len(every) else (every,):
            letters = "".join(word.text[0].lower() for word in words)
            for acronym in self.known.acronyms:
                place = letters.find(acronym) if len(acronym) > 2 else -1
                while place >= 0:
                    run = words[place : place + len(acronym)]
                    if all(word.joined for word in run[1:]):
                        runs.append((run[0].start, run[-1].end))
                    place = letters.find(acronym, place + 1)
        return runs

    def expanded(self, place: int) -> bool:
        """Whether a word is part of an acronym spelled out beside it, which the evidence has as one or the other."""
        spelled = any(
            start <= place < end and (letters in self.known.acronyms or letters in self.known.initials)
            for start, end, letters in self.claim.expansions
        )
        return spelled or any(start <= place < end for start, end in self._acronym_runs)

    def is_known(self, key: str) -> bool:
        """Whether a word, lower case, stands in the evidence: itself, inflected, as a month of a date, or as initials."""
        if key in self.known.words or stem(key) in self.known.stems:
            return True
        if key in STATES and STATES[key] in self.known.words:
            return True
        if key in _STATE_NAMES and _STATE_NAMES[key] in self.known.words:
            return True
        if key in _QUARTERS:
            return any(_QUARTERS[key] in c.stems and "quarter" in c.stems for c in self.known.claims)
        if key in DAYS and self.known.stems & DAYS[key]:
            return True
        if key in MONTHS:
            return any(f"-{MONTHS[key]}" in c.text for c in self.known.claims)
        acronyms = self.lexicon.acronyms
        meanings = (*acronyms.get(key, ()), *acronyms.get(key.removesuffix("s"), ()))
        if any(meaning <= self.known.stems for meaning in meanings):
            return True
        letters = "".join(letter for letter in key if letter.isalpha())
        if letters not in self.known.initials:
            letters = letters.removesuffix("s")
        if not 2 <= len(letters) <= 5 or letters not in self.known.initials:
            return False
        skill = self.lexicon.vocabulary.lookup(key)
        product = key in known_words.CREDENTIAL or (
            skill is not None and skill.kind in ("tool", "credential") and skill.source == "core"
        )
        strict = product or len(letters) == 2
        return not strict or (skill is not None and skill.name in self.known.skills) or letters in self.spelled_out

    @cached_property
    def spelled_out(self) -> frozenset[str]:
        """Initials of runs of capitalised words in the evidence."""
        return frozenset(
            "".join(key[0] for key in name.keys) for c in self.known.claims for name in c.names if len(name.keys) > 1
        )


def said_words(claims: Claims) -> Iterator[tuple[Word, str]]:
    for word, stem_ in zip(claims.words, claims.stems, strict=True):
        lower = word.text.lower()
        if lower not in _UNSAID and not lower[0].isdigit() and len(lower) > 1:
            yield word, stem_


_UNSAID = STOPWORDS | frozenset(
    """zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
    twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion percent cent percentage half twice first second
    third fourth fifth sixth seventh eighth ninth tenth roughly approximately nearly almost total per year years month months week
    weeks day days hour hours minute minutes seconds january february march april june july august september october november
    december down back away went ago ever yet already now then later""".split()
)
"""Figures and times, which other rules look at, and what stands beside verbs and says nothing by itself."""


def lines_near(sentence: Sentence, evidence: Iterable[Claims]) -> list[Claims]:
    shared = [(_likeness(sentence.stems, claims.content), claims) for claims in evidence]
    best = max((count for count, _ in shared), default=0)
    return [claims for count, claims in shared if count and (count == best or count >= 4)]


def _likeness(mine: frozenset[str], other: frozenset[str]) -> int:
    """Shared words, those that any rewriting may bring along counted half."""
    both = mine & other
    return 2 * len(both) - len(both & GLUE)


def _best_sentence(sentence: Sentence, evidence: Iterable[Claims]) -> tuple[Claims, Sentence] | None:
    best: tuple[int, Claims, Sentence] | None = None
    for claims in evidence:
        for other in claims.sentences:
            shared = _likeness(sentence.stems, other.stems)
            if shared and (best is None or shared > best[0]):
                best = (shared, claims, other)
    return (best[1], best[2]) if best and best[0] >= max(2, 0.5 * len(sentence.stems)) else None


_FILLERS = re.compile(
    r"\b(?:along the way|in the process|at the same time|as (?:well|needed|required|necessary|a rule|a whole)|when (?:needed|required|necessary)|"
    r"in turn|on a [\w-]+ basis|day[- ]to[- ]day|given (?:how|that)|going out|carry(?:ing)? out|carried out|made sure(?: that)?|taking care of|took care of|"
    r"the latter|the former|lending a hand|in use by|since then|following)\b",
    re.IGNORECASE,
)
_COUNTED_IN = re.compile(
    r"\s?(?:an? |per |each |every )?(?:dollars?|euros?|pounds?|percent|(?:annual|year|month|week|dai|hour|night|quarter)ly|annual|"
    r"years?|months?|weeks?|days?|hours?|minutes?|seconds?|[kmgt]b|ms|kg|km)\b",
    re.IGNORECASE,
)
STATES = dict(
    pair.split(":")
    for pair in (
        "alabama:al alaska:ak arizona:az arkansas:ar california:ca colorado:co connecticut:ct delaware:de florida:fl georgia:ga "
        "hawaii:hi idaho:id illinois:il indiana:in iowa:ia kansas:ks kentucky:ky louisiana:la maine:me maryland:md "
        "massachusetts:ma michigan:mi minnesota:mn mississippi:ms missouri:mo montana:mt nebraska:ne nevada:nv ohio:oh "
        "oklahoma:ok oregon:or pennsylvania:pa tennessee:tn texas:tx utah:ut vermont:vt virginia:va washington:wa "
        "wisconsin:wi wyoming:wy"
    ).split()
)
MONTHS = {
    name: f"{n:02d}"
    for n, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}
_QUARTERS = {"q1": "first", "q2": "second", "q3": "third", "q4": "fourth"}
_STATE_NAMES = {short: name for name, short in STATES.items()}
_WEEKDAY, _WEEKEND = frozenset(("weekday", "daili", "week")), frozenset(("weekend", "daili"))
DAYS = dict.fromkeys("monday tuesday wednesday thursday friday".split(), _WEEKDAY)
DAYS |= dict.fromkeys(("saturday", "sunday"), _WEEKEND)
